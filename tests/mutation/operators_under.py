"""Damage that makes traces say too little."""
import re

from operators_lifetime import each, is_cpp, number
from program import operator
from sites import failing_return, in_loop, new_edit, refuse, says_failure, successful_return


def critical(function):
    """The required groups of a critical path's annotation, or None."""
    found = re.search(r"OTEL_CRITICAL_PATH\s*\(", function.note)
    if not found:
        return None
    texts = re.findall(r'"([^"]*)"', function.note[found.end():])
    return [t.split("|") for t in texts[1:] if not t.endswith("?") and "=" not in t]


def criticals(program):
    for _, function in program.functions():
        if critical(function) is not None:
            yield function, critical(function)


def remove_span(program, function, role):
    """Takes a span and everything that is said about it out of a function; None if it is woven in."""
    edit = new_edit(function)
    names = {role.var}
    for other in program.roles(function, "attach", "scope"):
        if re.search(r"\b%s\b" % role.var, other.value or ""):
            names.add(other.scope)
    roles = {id(r.statement): r for r in program.roles(function)}
    for statement in function.simple():
        if not any(re.search(r"(?<![\w>.\"])%s\b" % n, statement.text) for n in names):
            continue
        own = roles.get(id(statement))
        if not own and not statement.text.startswith("describe("):
            return None
        edit.delete(statement)
    return edit


def needed_sets(program):
    """Attributes that a critical path requires and that nothing else sets: (where, role, function)."""
    for function, groups in criticals(program):
        reached = [function] + [f for _, f in program.functions() if f is not function and
            re.search(r"\b%s\s*\(" % f.simple_name, function.inner) and critical(f) is None]
        sets = [r for f in reached for r in program.roles(f, "set")]
        for group in groups:
            own = [r for r in sets if r.key in group]
            given = re.findall(r"\{\"([^\"]+)\",", function.inner)
            if len(own) == 1 and not any(key in group for key in given):
                yield own[0].function, own[0], function


@operator("remove-span", "missing-span")
def remove_critical_span(program):
    """A critical path loses its span."""
    for function, _ in criticals(program):
        for role in program.roles(function, "start"):
            edit = remove_span(program, function, role)
            if edit:
                yield function, role.var, edit, None


@operator("start-sometimes", "missing-span")
def start_sometimes(program):
    """A critical path's span is started under a condition."""
    for function, _ in criticals(program):
        for role in program.roles(function, "start"):
            if role.is_auto or is_cpp(program, function):
                continue
            parts = re.match(r"(.*?)%s = (.*);$" % role.var, role.statement.text, re.S)
            edit = new_edit(function)
            edit.replace(role.statement.start, role.statement.end,
                "%s%s = NULL;\n\tif (%s)\n\t\t%s = %s;" % (parts.group(1), role.var,
                    refuse(program, function, edit), role.var, parts.group(2)))
            yield function, role.var, edit, None


@operator("return-before-span", "missing-span")
def return_before_span(program):
    """A way that does its work leaves a critical path before the span starts."""
    for function, _ in criticals(program):
        value = successful_return(function)
        for role in program.roles(function, "start"):
            if not value:
                continue
            edit = new_edit(function)
            edit.declare("#include <stdio.h>")
            edit.insert_before(role.statement, 'if (%s) {\n\tputs("served from the cache");\n\t%s\n}'
                % (refuse(program, function, edit), value))
            yield function, role.var, edit, None


@operator("delete-attribute", "missing-attribute")
def delete_attribute(program):
    """A required attribute is deleted."""
    for function, role, expected in needed_sets(program):
        yield function, role.key, new_edit(function).delete(role.statement), [expected]


@operator("attribute-sometimes", "missing-attribute")
def attribute_sometimes(program):
    """A required attribute is set on one branch only."""
    for function, role, expected in needed_sets(program):
        edit = new_edit(function)
        edit.replace(role.statement.start, role.statement.end, "if (%s)\n\t\t%s" % (
            refuse(program, function, edit), role.statement.text))
        yield function, role.key, edit, [expected]


@operator("attribute-misspelled", "missing-attribute")
def attribute_misspelled(program):
    """A required attribute gets another key."""
    for function, role, expected in needed_sets(program):
        edit = new_edit(function)
        wrong = role.key.replace(".", "_")
        text = role.statement.text.replace('"%s"' % role.key, '"%s"' % wrong, 1)
        yield function, role.key, edit.replace(
            role.statement.start, role.statement.end, text), [expected]


@operator("return-before-attribute", "missing-attribute")
def return_before_attribute(program):
    """A successful return is put before a required attribute."""
    for function, role, expected in needed_sets(program):
        value = successful_return(function)
        if function is not expected or not value:
            continue
        open_ends = [r for r in program.roles(function, "start") if r.var == role.var]
        if not open_ends or role.statement.parent is not function.root:
            continue
        edit = new_edit(function)
        text = value
        if not open_ends[0].is_auto and not is_cpp(program, function):
            text = "%s\n\t%s" % (program.api(function).end(role.var), value)
        edit.insert_before(role.statement, "if (%s) {\n\t%s\n}" % (
            refuse(program, function, edit), text))
        yield function, role.key, edit, None


@operator("delete-start-attribute", "missing-attribute")
def delete_start_attribute(program):
    """A required attribute is taken out of the start's list."""
    for function, groups in criticals(program):
        for role in program.roles(function, "start"):
            text = role.statement.text
            for found in re.finditer(r"\{\"([^\"]+)\", [^{}]+\}(, )?", text):
                key = found.group(1)
                set_later = [r for r in program.roles(function, "set") if r.key == key]
                if set_later or not any(key in group for group in groups):
                    continue
                left = text[:found.start()] + text[found.end():]
                left = re.sub(r", \}", "}", left).replace(", {})", ")")
                yield function, key, new_edit(function).replace(
                    role.statement.start, role.statement.end, left), None


def ignores_errors(function):
    return function.is_void() or function.result.endswith("void *")


@operator("delete-error", "error-without-status")
def delete_error(program):
    """An error path forgets to say so on the span."""
    for function, role in each(program, "error"):
        if ignores_errors(function) or in_loop(role.statement) or "->" in role.var:
            continue
        expected = None
        if not role.is_local:
            expected = program.callers(function.simple_name)
        if expected != []:
            yield function, number(program.roles(function), role), new_edit(function).delete(
                role.statement), expected


@operator("fail-silently", "error-without-status")
def fail_silently(program):
    """A check is added that fails without a word on the span."""
    for _, function in program.functions():
        value = failing_return(function)
        for role in program.roles(function, "start"):
            closed = role.is_auto or is_cpp(program, function)
            following = [s for s in role.statement.after() if s.kind in ("if", "loop")]
            known = any(says_failure(s) for r in program.roles(function, "error")
                for s in r.statement.after()[:1])
            if not closed or not known or not following or not role.is_local or not value:
                continue
            edit = new_edit(function)
            edit.declare("#include <unistd.h>")
            edit.insert_before(following[-1], "if (fsync(1) < 0)\n\t%s" % value)
            yield function, role.var, edit, None


@operator("succeed-after-error", "error-on-success")
def succeed_after_error(program):
    """After the error was recorded, success is returned."""
    for function, role in each(program, "error"):
        value = successful_return(function)
        failing = [s for s in function.returns() if says_failure(s)]
        for following in role.statement.after():
            # with its last failing return gone, nobody could tell what success means here
            if following.kind == "simple" and says_failure(following) and value and \
                    not function.is_void() and role.is_local and len(failing) > 1:
                edit = new_edit(function).replace(following.start, following.end, value)
                yield function, number(program.roles(function), role), edit, None


@operator("delete-inject", "unpropagated-context")
def delete_inject(program):
    """A request leaves without its context."""
    for function, role in each(program, "inject"):
        if "curl_" in function.file.text:
            senders = [f for f in function.file.functions if "curl_easy_perform" in f.inner]
            yield function, "", new_edit(function).delete(role.statement), [function] + senders


@operator("context-not-passed", "context-lost-in-thread")
def context_not_passed(program):
    """A thread's body gets no context from its creator."""
    for function, role in each(program, "attach"):
        started = re.compile(r"pthread_create\([^;]*\b%s\b" % function.simple_name)
        creators = [f for f in function.file.functions if started.search(f.inner)]
        if not creators:
            continue
        edit = new_edit(function).delete(role.statement)
        for detach in program.roles(function, "detach"):
            if detach.scope == role.scope:
                edit.delete(detach.statement)
        field = role.value.split("->")[-1]
        for statement in (s for f in creators for s in f.simple()):
            if re.search(r"(->|\.)%s\b" % field, statement.text):
                edit.delete(statement)
        yield function, role.scope, edit, [function] + creators


@operator("delete-shutdown", "unflushed-provider")
def delete_shutdown(program):
    """The program ends without flushing its spans."""
    for function, role in each(program, "flush"):
        yield function, "", new_edit(function).delete(role.statement), None


@operator("return-before-shutdown", "unflushed-provider")
def return_before_shutdown(program):
    """`main` leaves after its work, before the shutdown."""
    for function, role in each(program, "flush"):
        count = function.param_of(r"^int \w+$")
        if function.name == "main" and count and not role.statement.is_braceless:
            edit = new_edit(function)
            yield function, "", edit.insert_before(
                role.statement, "if (%s > 9)\n\treturn 1;" % count), None


@operator("orphan-client", "root-client-span")
def orphan_client(program):
    """The span around an outgoing request's span is removed."""
    if not program.by_name("main"):
        return
    for _, function in program.functions():
        if not re.search(r"CTEL_CLIENT|kClient|KIND_CLIENT", function.inner):
            continue
        for caller in program.callers(function.simple_name):
            for role in program.roles(caller, "start"):
                edit = remove_span(program, caller, role)
                if edit and role.is_local:
                    yield caller, role.var, edit, [function]
