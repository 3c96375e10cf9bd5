"""otel-tidy as actions of the build: each unit is collected once, where its compile action would run, and one
action links the facts. The program is `otel-tidy` in PATH, or the one that --action_env=OTEL_TIDY=/path names."""

OtelTidyInfo = provider(
    doc = "Facts of a target and of what it depends on.",
    fields = {
        "facts": "depset of files",
        "sources": "depset of the files that reports quote from",
    },
)

_EXTENSIONS = ["c", "cc", "cpp", "cxx", "c++", "C"]

_COLLECT = """
program=${OTEL_TIDY:-otel-tidy} source=$1 facts=$2
shift 2
exec "$program" collect "$source" --root . --incomplete-ok -o "$facts" -- "$@"
"""

# 1: findings, which the test tells. Anything above means that there is no verdict.
_LINK = """
program=${OTEL_TIDY:-otel-tidy} list=$1 text=$2 sarif=$3 status=$4
shift 4
sed "s,^,$PWD/," "$list" >"$list.here" # names in a list count from where the list is
"$program" link --root . --list "$list.here" --color never --format "text:$text" --format "sarif:$sarif" "$@"
code=$?
echo $code >"$status"
[ $code -le 1 ] || { cat "$text" >&2; exit $code; }
"""

def _command_line(ctx, info, path):
    """What the toolchain would be called with for this source; compile actions do not tell their own."""
    toolchain = ctx.attr._toolchain[cc_common.CcToolchainInfo]
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        unsupported_features = ctx.disabled_features,
    )
    is_c = path.endswith(".c")
    context = info.compilation_context
    copts = ctx.fragments.cpp.copts + (ctx.fragments.cpp.conlyopts if is_c else ctx.fragments.cpp.cxxopts)
    own = [ctx.expand_make_variables("copts", word, {}) for word in getattr(ctx.rule.attr, "copts", [])]
    variables = cc_common.create_compile_variables(
        cc_toolchain = toolchain,
        feature_configuration = features,
        source_file = path,
        user_compile_flags = copts + own,
        include_directories = context.includes,
        quote_include_directories = context.quote_includes,
        system_include_directories = context.system_includes,
        preprocessor_defines = depset(getattr(ctx.rule.attr, "local_defines", []), transitive = [context.defines]),
    )
    return cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = "c-compile" if is_c else "c++-compile",
        variables = variables,
    )

def _facts_impl(target, ctx):
    facts = []
    sources = []
    for name in ["srcs", "hdrs", "textual_hdrs"]:
        sources += getattr(ctx.rule.files, name, [])
    if CcInfo in target:
        # with the headers of what it depends on, also where the target itself hands none on (cc_binary)
        below = [dep[CcInfo] for dep in getattr(ctx.rule.attr, "deps", []) if CcInfo in dep]
        info = cc_common.merge_cc_infos(cc_infos = [target[CcInfo]] + below)
        for file in sources:
            if file.extension not in _EXTENSIONS:
                continue
            out = ctx.actions.declare_file("_otel_tidy/{}/{}.facts".format(target.label.name, file.path))
            ctx.actions.run_shell(
                outputs = [out],
                inputs = depset(sources, transitive = [info.compilation_context.headers]),
                command = _COLLECT,
                arguments = [file.path, out.path] + _command_line(ctx, info, file.path),
                mnemonic = "OtelTidyCollect",
                progress_message = "otel-tidy collect " + file.path,
                use_default_shell_env = True,
            )
            facts.append(out)
    infos = [dep[OtelTidyInfo] for dep in getattr(ctx.rule.attr, "deps", []) if OtelTidyInfo in dep]
    return [OtelTidyInfo(
        facts = depset(facts, transitive = [info.facts for info in infos]),
        sources = depset(sources, transitive = [info.sources for info in infos]),
    )]

otel_tidy_facts = aspect(
    doc = "Collects each unit of a target and of its deps.",
    implementation = _facts_impl,
    attr_aspects = ["deps"],
    attrs = {"_toolchain": attr.label(default = "@bazel_tools//tools/cpp:current_cc_toolchain")},
    fragments = ["cpp"],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)

def _test_impl(ctx):
    facts = depset(transitive = [dep[OtelTidyInfo].facts for dep in ctx.attr.deps])
    sources = depset(transitive = [dep[OtelTidyInfo].sources for dep in ctx.attr.deps])
    names = ctx.actions.declare_file(ctx.label.name + ".facts-list")
    text = ctx.actions.declare_file(ctx.label.name + ".txt")
    sarif = ctx.actions.declare_file(ctx.label.name + ".sarif")
    status = ctx.actions.declare_file(ctx.label.name + ".status")
    script = ctx.actions.declare_file(ctx.label.name + ".sh")
    ctx.actions.write(names, "".join([file.path + "\n" for file in facts.to_list()]))
    ctx.actions.run_shell(
        outputs = [text, sarif, status],
        inputs = depset([names] + ctx.files.config, transitive = [facts, sources]),
        command = _LINK,
        arguments = [names.path, text.path, sarif.path, status.path] +
                    (["--whole"] if ctx.attr.whole else []) +
                    (["--config", ctx.file.config.path] if ctx.file.config else []) + ctx.attr.options,
        mnemonic = "OtelTidyLink",
        progress_message = "otel-tidy link %s" % ctx.label,
        use_default_shell_env = True,
    )
    ctx.actions.write(
        script,
        "#!/bin/sh\ncat '{}'\nexit $(cat '{}')\n".format(text.short_path, status.short_path),
        is_executable = True,
    )
    return [DefaultInfo(
        executable = script,
        files = depset([script, text, sarif]),
        runfiles = ctx.runfiles([text, status]),
    )]

otel_tidy_test = rule(
    doc = "Judges the units of `deps` and of everything below them together.",
    implementation = _test_impl,
    test = True,
    attrs = {
        "config": attr.label(allow_single_file = [".json"], doc = "otel-tidy.json"),
        "deps": attr.label_list(aspects = [otel_tidy_facts]),
        "options": attr.string_list(doc = "more options of `otel-tidy link`, such as --profile strict"),
        "whole": attr.bool(doc = "these are all units of the program"),
    },
)
