"""Damage that makes traces say too much, and names that say too much."""
import re

from operators_lifetime import each, is_cpp
from program import operator
from sites import PURE, calls, is_accessor, is_callback, is_cheap_call, is_tiny, new_edit


def add_auto(program, function, edit, name="extra"):
    """A span from the beginning to the end of a function; False when it cannot be written."""
    api = program.api(function)
    text = api.auto(name, function.simple_name)
    if text is None:
        return api.around(edit, function, function.simple_name, function.result)
    edit.declare(api.declaration)
    edit.at_top_of(function, text)
    return True


def is_one_line(function):
    return "\n" not in function.file.text[function.body:function.end]


def small_functions(program):
    for _, function in program.functions():
        if is_tiny(program, function) and not is_callback(program, function) and \
                not is_one_line(function):
            yield function


@operator("span-on-accessor", "accessor-span", "trivial-span")
def span_on_accessor(program):
    """A getter, a setter or a predicate gets a span."""
    for function in small_functions(program):
        edit = new_edit(function)
        if is_accessor(function) and add_auto(program, function, edit):
            yield function, "", edit, None


@operator("span-on-helper", "trivial-span", "accessor-span")
def span_on_helper(program):
    """A small function that never waits gets a span."""
    for function in small_functions(program):
        edit = new_edit(function)
        if not is_accessor(function) and add_auto(program, function, edit):
            yield function, "", edit, None


@operator("explicit-span-on-small", "trivial-span", "accessor-span")
def explicit_span_on_small(program):
    """A small function gets a span with an explicit end."""
    for function in small_functions(program):
        edit = new_edit(function)
        if program.api(function).name != "wrapper" and program.api(function).around(
                edit, function, function.simple_name, function.result):
            yield function, "", edit, None


def forwards(program, function):
    """The program's function that this one only forwards to, if it has a span."""
    statements = function.statements()
    if len(statements) != 1 or statements[0].kind != "simple":
        return None
    found = re.match(r"(?:return )?(\w+)\(", statements[0].flat)
    named = program.by_name(found.group(1)) if found else []
    return named[0] if named and program.roles(named[0], "start") else None


@operator("span-on-forwarder", "wrapper-span")
def span_on_forwarder(program):
    """A function that only calls another one with a span gets a span as well."""
    for _, function in program.functions():
        edit = new_edit(function)
        if forwards(program, function) and add_auto(program, function, edit):
            yield function, "", edit, None


def wrapper_text(program, function, name):
    """Another function with the same parameters that spans and forwards."""
    api = program.api(function)
    call = "%s(%s)" % (function.simple_name, ", ".join(function.param_names()))
    head = "%s%s%s(%s)" % (function.result, "" if function.result.endswith("*") else " ", name,
        ", ".join(function.params))
    start, end = api.pair("extra", name)
    if api.auto("extra", name):
        start, end = api.auto("extra", name), None
    result = "" if function.is_void() else "return "
    if end and result:
        body = "%s\n\t%s result = %s;\n\t%s\n\treturn result;" % (start, function.result, call, end)
    else:
        body = "%s\n\t%s%s;" % (start.replace("\n", "\n\t"), result, call)
        body += "\n\t" + end if end else ""
    return "%s\n{\n\t%s\n}" % (head, body.replace("if (extra)\n\t", "if (extra)\n\t\t"))


def has_outer_kind(function):
    """Its span says where the process begins or ends: one around it or in it says something else."""
    return re.search(r"CTEL_(CLIENT|SERVER|PRODUCER|CONSUMER)|KIND_(CLIENT|SERVER)|"
        r"SpanKind::k(Client|Server|Producer|Consumer)", function.inner) is not None


def wrappable(program):
    for file, function in program.functions():
        roles = program.roles(function, "start")
        if not roles or not roles[0].is_local or function.is_lambda or function.name == "main":
            continue
        if has_outer_kind(function):
            continue
        if any(h[0] == function.name for h in program.helpers) or "::" in function.name and \
                re.match(r"[A-Z]", function.name.split("::")[-2]):
            continue
        if roles[0].statement.parent is function.root:
            yield file, function


@operator("wrapper-here", "wrapper-span")
def wrapper_here(program):
    """A forwarding function with a span is added behind the function it forwards to."""
    for _, function in wrappable(program):
        name = function.simple_name + "_traced"
        edit = new_edit(function)
        edit.declare(program.api(function).declaration)
        edit.append(wrapper_text(program, function, name))
        full = "::".join(function.name.split("::")[:-1] + [name])
        yield function, "", edit, [(function.file.path, full, 0)]


@operator("wrapper-elsewhere", "wrapper-span")
def wrapper_elsewhere(program):
    """A forwarding function with a span is added in another file."""
    for file, function in wrappable(program):
        header = [h for h in program.texts if h.endswith(".h") and
            re.search(r"\b%s\(" % function.simple_name, program.texts[h])]
        others = [p for p in sorted(program.files) if p != file.path]
        if not header or not others or function.is_static:
            continue
        other = program.files[others[0]].functions[0]
        name = function.simple_name + "_traced"
        edit = new_edit(other)
        edit.declare('#include "%s"\n' % header[0] + program.api(function).declaration)
        edit.append(wrapper_text(program, function, name))
        full = "::".join(function.name.split("::")[:-1] + [name])
        yield function, "", edit, [(other.file.path, full, 0)]


def is_free_of_waits(program, function, loop):
    """Nothing in the loop's body leaves the process, and it may run often."""
    body = loop.children[0]
    if not all(name in PURE or is_cheap_call(program, name)
            for name in calls(function, body.start, body.end)):
        return False
    bound = re.search(r"<=? (\d+)", loop.head_text)
    return not (bound and int(bound.group(1)) <= 4)


@operator("span-in-loop", "span-in-loop")
def span_in_loop(program):
    """Each round of a loop over data gets a span."""
    for _, function in program.functions():
        api, taken = program.api(function), 0
        for loop in (s for s in function.statements() if s.kind == "loop"):
            if not is_free_of_waits(program, function, loop) or "(" in mask_calls(loop.head_text):
                continue
            if any(s.kind == "loop" for s in loop.children[0].walk()):
                continue
            body = loop.children[0]
            first = body.children[0] if body.kind == "block" else body
            start, end = api.pair("extra", "round")
            text = api.auto("extra", "round")
            edit = new_edit(function)
            edit.declare(api.declaration)
            if text is None:
                if body.kind != "block" or any(re.match("return|break|continue|goto", s.text)
                        for s in body.walk() if s.kind == "simple"):
                    continue
                edit.insert_after(body.children[-1], end)
                text = start
            taken += 1
            yield function, "%d" % taken, edit.insert_before(first, text), None


def mask_calls(head):
    """A loop's head without calls that cost nothing: what waits for I/O stays."""
    for name in sorted(PURE):
        head = head.replace(name + "(", "")
    return re.sub(r"\(\w+\)|\(size_t\)|catalog_size\(\)", "", head)


@operator("span-on-recursion", "recursive-span")
def span_on_recursion(program):
    """A function that calls itself gets a span."""
    for _, function in program.functions():
        edit = new_edit(function)
        if function.simple_name in calls(function) and not program.roles(function) and add_auto(
                program, function, edit):
            yield function, "", edit, None


@operator("span-on-callback", "hot-callback-span")
def span_on_callback(program):
    """A comparator or a signal handler gets a span."""
    for _, function in program.functions():
        name = function.simple_name
        hot = re.compile(r"\b(qsort|bsearch)\s*\([^;]*\b%s\)|sa_handler = %s;|signal\(\w+, %s\)" % (
            name, name, name))
        edit = new_edit(function)
        if any(hot.search(text) for text in program.texts.values()) and add_auto(
                program, function, edit):
            yield function, "", edit, None


@operator("same-extent", "duplicate-span")
def same_extent(program):
    """A second span covers what the first one covers."""
    for function, role in each(program, "start"):
        api = program.api(function)
        scopes = [r for r in program.roles(function, "scope")]
        if role.helper or not (role.is_auto or scopes) or has_outer_kind(function):
            continue
        if program.roles(function, "inject", "extract"):
            continue  # the current span decides what is sent
        if any(r.var == role.var for r in program.roles(function, "end")):
            continue  # it is over before the scope is: not the same extent
        last = scopes[0].statement if scopes else role.statement
        text = api.auto("extra", function.simple_name)
        edit = new_edit(function)
        edit.declare(api.declaration)
        yield function, role.var, edit.insert_after(last, text), None


@operator("span-as-log", "log-like-span")
def span_as_log(program):
    """A span is started and ended on the spot, to say that this place was reached."""
    for _, function in program.functions():
        api = program.api(function)
        if len(function.root.children) < 5 or function.is_lambda or not program.roles(function, "start"):
            continue
        if program.roles(function, "inject", "extract"):
            continue  # the current span decides what is sent
        start, end = api.pair("step", "step reached")
        last = function.root.children[-1]
        if re.match(r"return \w+;", last.text) is None and not last.text.startswith("return 0"):
            continue
        edit = new_edit(function)
        edit.declare(api.declaration)
        yield function, "", edit.insert_before(last, start + "\n" + end), None


IDENTITIES = re.compile(r"(^|_)(id|key|token|url|uri|sku|email)$")


def name_source(function):
    """(format, parameter) of a value without bounds: a number, or a text that tells things apart."""
    for param in function.params:
        name = re.search(r"(\w+)$", param)
        if re.fullmatch(r"(int|long|unsigned|unsigned int|size_t|unsigned long) \w+", param):
            wide = "%lu" if re.match("size_t|unsigned long", param) else "%ld" if \
                param.startswith("long") else "%d"
            return wide, name.group(1)
        if re.fullmatch(r"const (char \*|std::string &)\w+", param) and IDENTITIES.search(
                name.group(1)):
            return "%s", name.group(1)
    return None


def file_source(function):
    """A text parameter that this function opens, removes or measures as a file."""
    for name in function.param_names():
        if re.search(r"\b(fopen|open|unlink|stat)\(%s\b(?!->|\[)" % name, function.inner):
            return "%s", name
    return None


def name_it(program, role, source):
    """The literal name becomes a text that is made at run time."""
    function, text = role.function, role.statement.text
    edit = new_edit(function)
    if is_cpp(program, function):
        value = source[1] if source[0] == "%s" else "std::to_string(%s)" % source[1]
        edit.declare("#include <string>")
        dynamic = 'std::string(%s ") + %s' % (role.name[:-1], value)
        return edit.replace(role.statement.start, role.statement.end,
            text.replace(role.name, dynamic, 1))
    edit.declare("#include <stdio.h>")
    edit.insert_before(role.statement, "char span_name[96];\nsnprintf(span_name, "
        'sizeof(span_name), %s %s", %s);' % (role.name[:-1], source[0], source[1]))
    return edit.replace(role.statement.start, role.statement.end,
        text.replace(role.name, "span_name", 1))


@operator("name-with-value", "dynamic-span-name")
def name_with_value(program):
    """The span's name gets a number or an identifier into it."""
    for function, role in each(program, "start"):
        source = name_source(function)
        if source and role.name and not role.helper:
            yield function, role.var, name_it(program, role, source), None


@operator("name-with-file", "dynamic-span-name")
def name_with_file(program):
    """The span's name gets the file's name into it."""
    for function, role in each(program, "start"):
        source = file_source(function)
        if source and role.name and not role.helper:
            yield function, role.var, name_it(program, role, source), None


@operator("rename-with-value", "dynamic-span-name")
def rename_with_value(program):
    """The span is renamed after a number or an identifier."""
    for function, role in each(program, "start"):
        source = name_source(function)
        if not source or not role.is_local or not role.name:
            continue
        api, edit = program.api(function), new_edit(function)
        if api.name == "ctel":
            text = "ctel_span_rename(%s, span_name);" % role.var
        elif api.name == "cpp":
            text = "%s->UpdateName(span_name);" % role.var
        else:
            text = "OTELC_OPS(%s, set_operation_name, span_name);" % role.var
        edit.declare("#include <stdio.h>")
        edit.insert_after(role.statement, "char span_name[96];\nsnprintf(span_name, "
            'sizeof(span_name), "step %s", %s);\n%s' % (source[0], source[1], text))
        yield function, role.var, edit, None
