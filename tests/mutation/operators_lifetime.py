"""Damage to the life of spans, scopes and contexts."""
import re

from program import operator
from sites import failing_return, in_loop, is_null_check, mentions, new_edit, open_span, refuse


def each(program, *kinds):
    for _, function in program.functions():
        for role in program.roles(function, *kinds):
            yield function, role


def number(roles, role):
    same = [r for r in roles if r.var == role.var and r.kind == role.kind]
    return "%s.%d" % (role.var.lstrip("*&"), same.index(role) + 1)


def is_cpp(program, function):
    return program.api(function).name == "cpp"


def take_end_away(edit, role):
    """Deletes an end; of `return finish(span, rc);` the result stays."""
    statement = role.statement
    returned = re.match(r"return \w+\(%s, (.*)\);$" % re.escape(role.var), statement.flat)
    if returned:
        return edit.replace(statement.start, statement.end, "return %s;" % returned.group(1))
    return edit.delete(statement)


@operator("delete-end", "span-leak", "inconsistent-exits")
def delete_end(program):
    """An end is deleted on one path."""
    for function, role in each(program, "end"):
        if is_cpp(program, function) or "->" in role.var and not is_kept_here(program, function, role):
            continue
        expected = None
        if not role.is_local and "->" not in role.var:
            expected = program.callers(function.simple_name)
            if not expected:
                continue
        if "->" in role.var:
            expected = [function] + program.fillers(role.var)
        edit = take_end_away(new_edit(function), role)
        yield function, number(program.roles(function), role), edit, expected


def is_kept_here(program, function, role):
    """The path's span ends nowhere else in this function, so the struct's owner is forgotten."""
    ends = [r for r in program.roles(function, "end") if r.var == role.var]
    return len(ends) == 1


@operator("delete-one-exit", "inconsistent-exits", "span-leak")
def delete_one_exit(program):
    """Of several exits that all end a span kept elsewhere, one forgets it."""
    for function, role in each(program, "end"):
        ends = [r for r in program.roles(function, "end") if r.var == role.var]
        if is_cpp(program, function) or role.is_local or "->" not in role.var or len(ends) < 3:
            continue
        yield function, number(program.roles(function), role), take_end_away(
            new_edit(function), role), None


@operator("delete-one-detach", "inconsistent-exits", "scope-mismatch")
def delete_one_detach(program):
    """Of several exits that all detach the context, one forgets it."""
    for function, role in each(program, "detach"):
        same = [r for r in program.roles(function, "detach") if r.scope == role.scope]
        if len(same) >= 3:
            yield function, "%s.%d" % (role.scope, same.index(role) + 1), new_edit(function).delete(
                role.statement), None


@operator("drop-cleanup", "span-leak")
def drop_cleanup(program):
    """A scope macro becomes a start that nobody ends."""
    for function, role in each(program, "start"):
        if role.is_auto:
            tracer = re.match(r"CTEL_SPAN\(\w+, (.*), \"", role.statement.flat).group(1)
            text = "ctel_span *%s = ctel_span_enter(%s, %s);" % (role.var, tracer, role.name)
            yield function, role.var, new_edit(function).replace(
                role.statement.start, role.statement.end, text), None


@operator("return-early", "span-leak")
def return_early(program):
    """A check is added that returns with the span open."""
    for _, function in program.functions():
        value = failing_return(function)
        if is_cpp(program, function) or not value:
            continue
        for role, region in open_span(program, function):
            ends = [r for r in program.roles(function, "end") if r.var == role.var]
            places = [s for s in region if s.kind in ("simple", "if", "loop") and
                not is_null_check(s, role.var)]
            if not ends or not places:
                continue
            for k, place in enumerate([places[0]] + places[len(places) // 2:][:1] + places[-1:]):
                edit = new_edit(function)
                edit.insert_before(place, "if (%s)\n\t%s" % (refuse(program, function, edit), value))
                yield function, "%s.%d" % (role.var, k + 1), edit, None


@operator("goto-to-return", "span-leak")
def goto_to_return(program):
    """A jump to the label that ends the span becomes a return."""
    for _, function in program.functions():
        last = function.root.children[-1] if function.root.children else None
        if not last or not re.match(r"return\b", last.text) or is_cpp(program, function):
            continue
        started = [r for r in program.roles(function, "start") if r.is_local and not r.is_auto]
        gotos = [s for s in function.simple() if s.text.startswith("goto ")]
        for k, jump in enumerate(gotos):
            if started and jump.start > started[0].statement.end and any(
                    r.kind == "end" and r.statement.parent is function.root and r.var == started[0].var
                    for r in program.roles(function)):
                yield function, "%d" % (k + 1), new_edit(function).replace(
                    jump.start, jump.end, last.text), None


@operator("continue-before-end", "span-leak")
def continue_before_end(program):
    """The round of a loop is left before its span ends."""
    for _, function in program.functions():
        for role, region in open_span(program, function):
            if is_cpp(program, function) or not in_loop(role.statement) or not region:
                continue
            edit = new_edit(function)
            edit.insert_before(region[-1], "if (%s)\n\tcontinue;" % refuse(program, function, edit))
            yield function, role.var, edit, None


@operator("start-again", "span-leak")
def start_again(program):
    """The variable takes a second span while the first is open."""
    for _, function in program.functions():
        for role, region in open_span(program, function):
            if is_cpp(program, function) or role.helper or not region:
                continue
            call = re.search(r"= (.*);$", role.statement.text, re.S).group(1)
            edit = new_edit(function).insert_after(region[-1], "%s = %s;" % (role.var, call))
            if any(mentions(s, role.var) for s in region):
                yield function, role.var, edit, None


@operator("discard-start", "discarded-span")
def discard_start(program):
    """The result of a start is dropped."""
    for function, role in each(program, "start"):
        if role.is_auto or not role.var.isidentifier() or not role.is_local:
            continue
        parts = re.match(r"(.*?)%s = (.*);$" % role.var, role.statement.text, re.S)
        if not parts or not parts.group(1).strip():
            continue
        if is_cpp(program, function):
            text = "%s;\n\tauto %s = trace::Tracer::GetCurrentSpan();" % (parts.group(2), role.var)
        else:
            text = "%s%s = NULL;\n\t%s;" % (parts.group(1), role.var, parts.group(2))
        yield function, role.var, new_edit(function).replace(
            role.statement.start, role.statement.end, text), None


@operator("discard-scope", "discarded-span")
def discard_scope(program):
    """The scope that keeps a span active is a temporary."""
    for function, role in each(program, "scope"):
        text = role.value if "(" in role.value else "trace::Scope{%s}" % role.value
        yield function, role.scope, new_edit(function).replace(
            role.statement.start, role.statement.end, text + ";"), None


@operator("end-before-use", "use-after-end")
def end_before_use(program):
    """An end moves up, before the statement that uses the span."""
    for function, role in each(program, "end"):
        if role.helper or not role.var.isidentifier():
            continue
        for previous in role.statement.before():
            if previous.kind == "label" or role.kind == "start":
                break
            uses = [r for r in program.roles(function, "set", "error", "event")
                if r.var == role.var and previous.start <= r.statement.start < previous.end]
            if uses:
                edit = new_edit(function).insert_before(previous, role.statement.text)
                edit.delete(role.statement)
                yield function, number(program.roles(function), role), edit, None
                break
            if mentions(previous, role.var) and not uses:
                break


@operator("use-after-end", "use-after-end")
def use_after_end(program):
    """An attribute or a name is set after the end."""
    for function, role in each(program, "end"):
        if role.var.isidentifier() and role.statement.text.startswith("return") is False:
            edit = new_edit(function)
            edit.insert_after(role.statement, program.api(function).set_true(role.var))
            if not role.helper and not role.statement.is_braceless:
                yield function, number(program.roles(function), role), edit, None


@operator("end-twice", "double-end", "use-after-end")
def end_twice(program):
    """An end is doubled."""
    for function, role in each(program, "end"):
        if role.statement.text.startswith("return") or role.helper and not role.var.isidentifier():
            continue
        if role.helper and "&" + role.var in role.statement.text:
            continue  # it leaves NULL, and NULL may be ended
        edit = new_edit(function).insert_after(role.statement, program.api(function).end(role.var))
        yield function, number(program.roles(function), role), edit, None


@operator("end-in-branch", "double-end", "use-after-end")
def end_in_branch(program):
    """A branch ends the span, and does not leave."""
    for function, role in each(program, "error"):
        if not role.is_local or not role.var.isidentifier() or in_loop(role.statement):
            continue
        later = [r for r in program.roles(function, "end", "start") if r.var == role.var and (
            r.is_auto or r.kind == "end" and r.statement.parent is function.root and
            r.statement.start > role.statement.end)]
        leaves = any(s.kind == "simple" and re.match(r"return|goto", s.text)
            for s in role.statement.after())
        if later and not leaves and not is_cpp(program, function):
            yield function, role.var, new_edit(function).insert_after(
                role.statement, program.api(function).end(role.var)), None


@operator("end-in-scope", "double-end")
def end_in_scope(program):
    """A span that ends with its scope is ended by hand as well."""
    for function, role in each(program, "start"):
        if role.is_auto and function.returns():
            edit = new_edit(function).insert_before(
                function.returns()[-1], program.api(function).end(role.var))
            yield function, role.var, edit, None


@operator("end-callers-span", "end-not-owned", "double-end", "use-after-end")
def end_callers_span(program):
    """A helper that only describes the caller's span ends it."""
    for _, function in program.functions():
        api = program.api(function)
        name = function.param_of(api.span_type)
        if not name or any(h[0] == function.name for h in program.helpers) or api.name == "cpp":
            continue
        uses = [r for r in program.roles(function, "set", "event", "error") if r.var == name]
        if uses:
            edit = new_edit(function).insert_after(uses[-1].statement, api.end(name))
            yield function, name, edit, [function] + program.callers(function.simple_name)


@operator("end-current-span", "end-not-owned")
def end_current_span(program):
    """A function without a span ends the one that is current."""
    for path in sorted(program.files):
        for function in program.files[path].functions:
            text = program.api(function).end_current()
            if not text or program.roles(function) or function.is_lambda or function.name == "main":
                continue
            if "StartSpan" in function.inner:
                continue
            if "racer" in function.result or not function.root.children or function.is_template:
                continue
            edit = new_edit(function)
            edit.declare(program.api(function).declaration)
            edit.insert_before(function.root.children[-1], text)
            yield function, "", edit, None
            break


@operator("drop-detach", "scope-mismatch", "inconsistent-exits")
def drop_detach(program):
    """A context stays attached."""
    for function, role in each(program, "detach"):
        same = [r for r in program.roles(function, "detach") if r.scope == role.scope]
        if len(same) < 3:
            yield function, "%s.%d" % (role.scope, same.index(role) + 1), new_edit(
                function).delete(role.statement), None


@operator("detach-in-wrong-order", "scope-mismatch")
def detach_in_wrong_order(program):
    """The outer of two contexts is detached first."""
    for function, role in each(program, "attach"):
        detaches = [r for r in program.roles(function, "detach") if r.scope == role.scope]
        if len(detaches) != 1:
            continue
        edit = new_edit(function)
        edit.insert_before(role.statement, "ctel_scope first = ctel_ctx_attach(ctel_ctx_current());")
        edit.insert_before(detaches[0].statement, "ctel_ctx_detach(first);")
        yield function, role.scope, edit, None


@operator("return-attached", "scope-mismatch", "inconsistent-exits")
def return_attached(program):
    """A check is added that returns with the context attached."""
    for function, role in each(program, "attach"):
        value = failing_return(function)
        following = role.statement.after()
        if value and following and not in_loop(role.statement):
            edit = new_edit(function)
            edit.insert_before(following[0], "if (%s)\n\t%s" % (
                refuse(program, function, edit), value))
            yield function, role.scope, edit, None


@operator("discard-attach", "discarded-context", "scope-mismatch")
def discard_attach(program):
    """The token of an attach is thrown away, and with it the way back."""
    for function, role in each(program, "attach"):
        edit = new_edit(function).replace(role.statement.start, role.statement.end,
            "ctel_ctx_attach(%s);" % role.value)
        for detach in program.roles(function, "detach"):
            if detach.scope == role.scope:
                edit.delete(detach.statement)
        yield function, role.scope, edit, None


@operator("discard-extract", "discarded-context")
def discard_extract(program):
    """The context of an incoming request is read and thrown away."""
    for function, role in each(program, "extract"):
        if is_cpp(program, function):
            given = re.search(r", (\w+)\)$", role.value).group(1)
            text = "%s;\n\tauto %s = %s;" % (role.value, role.scope, given)
        else:
            text = "%s;\n\tctel_ctx %s = {0};" % (role.value, role.scope)
        yield function, role.scope, new_edit(function).replace(
            role.statement.start, role.statement.end, text), None


@operator("set-before-value", "attribute-before-value")
def set_before_value(program):
    """An attribute moves up, before its variable has its value."""
    for function, role in each(program, "set"):
        found = re.fullmatch(r"&?(\w+)", role.value)
        if not found or found.group(1) in function.param_names():
            continue
        var = found.group(1)
        assigns = re.compile(r"(?<![\w>.*])%s (\+|-)?= |&%s\b|\b%s(\+\+|--)" % (var, var, var))
        declares = re.compile(r"^[\w ]+[ *]%s( =|;|,)" % var)
        if any(re.match(r"\w[\w ]*[ *]%s = .*\(" % var, s.flat) for s in function.simple()):
            continue  # it has a value from the beginning, if not the last one
        for previous in role.statement.before():
            if declares.match(previous.flat) or previous.kind == "label":
                break
            if any(assigns.search(s.text) for s in previous.walk()):
                edit = new_edit(function).insert_before(previous, role.statement.text)
                yield function, role.key, edit.delete(role.statement), None
                break


@operator("ok-at-the-end", "ok-on-failure", "ok-overwritten")
def ok_at_the_end(program):
    """Where success and failure meet, the status becomes Ok."""
    for function, role in each(program, "end"):
        if role.helper or not role.is_local or "*" in function.result:
            continue
        failing = [s for s in role.statement.before() if s.kind == "if" and any(
            r.kind == "error" and s.start <= r.statement.start < s.end and r.var == role.var
            for r in program.roles(function))]
        if failing and not any(re.match("return|goto", s.text) for s in failing[0].walk()):
            edit = new_edit(function).insert_before(
                role.statement, program.api(function).status_ok(role.var))
            yield function, role.var, edit, None


@operator("ok-first", "ok-overwritten")
def ok_first(program):
    """The status is Ok from the start, and cannot become Error any more."""
    for function, role in each(program, "start"):
        errors = [r for r in program.roles(function, "error") if r.var == role.var]
        following = [s for s in role.statement.after() if not is_null_check(s, role.var)]
        if errors and following and role.is_local:
            edit = new_edit(function).insert_before(
                following[0], program.api(function).status_ok(role.var))
            yield function, role.var, edit, None


@operator("ok-with-description", "ok-overwritten")
def ok_with_description(program):
    """Ok comes with a description, which is dropped."""
    for function, role in each(program, "end"):
        leaves = role.statement.after()
        if role.is_local and leaves and re.match(r"return 0;", leaves[0].text) and not role.helper:
            edit = new_edit(function).insert_before(
                role.statement, program.api(function).status_ok(role.var, "done"))
            yield function, role.var, edit, None


@operator("event-under-if", "dangling-instrumentation")
def event_under_if(program):
    """An event is put between a brace-less `if` and its statement."""
    for _, function in program.functions():
        for is_auto in (False, True):
            for role, region in open_span(program, function, is_auto):
                taken = 0
                for statement in (s for top in region for s in top.walk()
                        if not role.statement.function.is_lambda):
                    if not statement.is_braceless or statement.kind != "simple" or taken >= 2:
                        continue
                    if statement.parent.kind == "if" and statement.parent.otherwise:
                        continue
                    if is_null_check(statement.parent, role.var):
                        continue
                    edit = new_edit(function)
                    at = edit.line_start(statement.start)
                    if at <= statement.parent.start:
                        continue
                    edit.replace(at, at, edit.indent(statement.start) + program.api(
                        function).event(role.var) + "\n")
                    taken += 1
                    yield function, "%s.%d" % (role.var, taken), edit, None


@operator("drop-null-check", "unchecked-span")
def drop_null_check(program):
    """A span that may be NULL is used as it is."""
    for function, role in each(program, "start"):
        if program.api(function).name != "wrapper":
            continue
        for statement in role.statement.after():
            if is_null_check(statement, role.var):
                yield function, role.var, new_edit(function).delete(statement), None


@operator("set-after-start", "late-sampling-attribute")
def set_after_start(program):
    """An attribute that was given to the start is set after it, too late for the sampler."""
    for function, role in each(program, "start"):
        if not is_cpp(program, function):
            continue
        pairs = re.findall(r"\{\"([^\"]+)\", ([^{}]+)\}", role.statement.text)
        if not pairs:
            continue
        head = role.statement.text[:role.statement.text.index(role.name) + len(role.name)]
        text = head + ");\n" + "\n".join('\t%s->SetAttribute("%s", %s);' % (role.var, key, value)
            for key, value in pairs)
        yield function, role.var, new_edit(function).replace(
            role.statement.start, role.statement.end, text), None
