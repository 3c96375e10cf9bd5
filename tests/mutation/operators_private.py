"""Damage that tells too much: credentials, personal data, keys without end, baggage gone astray."""
import re

from operators_lifetime import each, is_cpp
from operators_over import name_source
from program import operator
from sites import failing_return, new_edit


def settable(program):
    """Places where an attribute is set and another statement may stand before it."""
    for function, role in each(program, "set"):
        if not role.statement.is_braceless and role.var and not role.helper:
            yield function, role


def say(program, function, edit, role, key, value, declaration):
    """One more attribute, before this one."""
    edit.declare(declaration)
    edit.insert_before(role.statement, program.api(function).set_text(role.var, key, value))
    return edit


def with_prototype(program, function, name):
    return "const char *%s(%s);" % (name, "" if is_cpp(program, function) else "void")


@operator("add-password", "sensitive-attribute")
def add_password(program):
    """A password is written onto the span, under its name."""
    for function, role in settable(program):
        edit = say(program, function, new_edit(function), role, "user.password", "what_was_typed()",
            with_prototype(program, function, "what_was_typed"))
        yield function, role.key, edit, None


@operator("add-secret", "sensitive-attribute")
def add_secret(program):
    """A secret of the environment is written onto the span, under a name that does not say so."""
    for function, role in settable(program):
        edit = say(program, function, new_edit(function), role, "app.mode",
            'getenv("PAYMENT_API_KEY")', "#include <stdlib.h>")
        yield function, role.key, edit, None


@operator("add-email", "personal-attribute")
def add_email(program):
    """The customer's address is written onto the span."""
    for function, role in settable(program):
        edit = say(program, function, new_edit(function), role, "customer.email", "what_was_typed()",
            with_prototype(program, function, "what_was_typed"))
        yield function, role.key, edit, None


@operator("key-with-value", "dynamic-attribute-key")
def key_with_value(program):
    """The key gets a number or an identifier into it."""
    for function, role in settable(program):
        source, key = name_source(function), '"%s"' % role.key
        if not source or key not in role.statement.text:
            continue
        edit = new_edit(function)
        if is_cpp(program, function):
            value = source[1] if source[0] == "%s" else "std::to_string(%s)" % source[1]
            edit.declare("#include <string>")
            key_text = 'std::string("%s.") + %s' % (role.key, value)
        else:
            edit.declare("#include <stdio.h>")
            edit.insert_before(role.statement, "char made_key[96];\nsnprintf(made_key, "
                'sizeof(made_key), "%s.%s", %s);' % (role.key, source[0], source[1]))
            key_text = "made_key"
        yield function, role.key, edit.replace(role.statement.start, role.statement.end,
            role.statement.text.replace(key, key_text, 1)), None


BAGGAGE = re.compile(r"CTEL_CTX\((\w+),\s*ctel_baggage_set\(.*?,\s*(\"[^\"]*\"),\s*(.*)\)\);$", re.S)


def baggage(program):
    """Statements that make a context with one entry more: (function, statement, context, key, value)."""
    for _, function in program.functions():
        for statement in function.simple():
            found = BAGGAGE.match(statement.text)
            if found:
                yield function, statement, found.group(1), found.group(2), found.group(3)


@operator("credential-in-baggage", "sensitive-baggage")
def credential_in_baggage(program):
    """The entry becomes a token that opens something."""
    for function, statement, _, key, value in baggage(program):
        edit = new_edit(function)
        edit.declare(with_prototype(program, function, "what_was_typed"))
        text = statement.text.replace(key, '"auth.access_token"', 1).replace(
            value, "what_was_typed()", 1)
        yield function, key.strip('"'), edit.replace(statement.start, statement.end, text), None


@operator("baggage-not-attached", "baggage-not-propagated")
def baggage_not_attached(program):
    """The context that holds the entry is made, and never becomes current."""
    for function, statement, context, key, _ in baggage(program):
        attached = [r for r in program.roles(function, "attach") if r.value == context]
        others = [s for s in function.simple() if s is not statement and
            re.search(r"\b%s\b" % context, s.text)]
        if len(attached) != 1 or len(others) != 1:
            continue
        edit = new_edit(function).delete(attached[0].statement)
        for detach in program.roles(function, "detach"):
            if detach.scope == attached[0].scope:
                edit.delete(detach.statement)
        yield function, key.strip('"'), edit, None


@operator("baggage-not-injected", "baggage-not-propagated")
def baggage_not_injected(program):
    """The only injection of a program that sends requests is deleted."""
    injects = list(each(program, "inject"))
    setters = [function for function, *_ in baggage(program)]
    if len(injects) != 1 or not setters or not program.by_name("main"):
        return
    function, role = injects[0]
    if any("curl_easy_perform" in f.inner for _, f in program.functions()):
        yield function, "", new_edit(function).delete(role.statement), setters


@operator("role-from-baggage", "baggage-as-authority")
def role_from_baggage(program):
    """A critical path lets in whom baggage says to be an administrator."""
    for _, function in program.functions():
        refusal = failing_return(function)
        if "OTEL_CRITICAL_PATH" not in function.note or program.api(function).name != "ctel" or \
                not refusal:
            continue
        edit = new_edit(function)
        edit.declare("#include <string.h>\n#include <ctel/ctel.h>")
        edit.at_top_of(function, 'const char *who = ctel_baggage_get(ctel_ctx_current(), "user.role");'
            '\nif (!who || strcmp(who, "admin") != 0)\n\t%s' % refusal)
        yield function, "", edit, None


@operator("path-from-baggage", "baggage-as-authority")
def path_from_baggage(program):
    """A file that is opened is the one that baggage names."""
    for _, function in program.functions():
        if program.api(function).name != "ctel":
            continue
        for statement in function.simple():
            found = re.search(r"\b(fopen|open|unlink)\((\w+)\b", statement.text)
            if not found or statement.is_braceless:
                continue
            edit = new_edit(function)
            edit.declare("#include <stdio.h>\n#include <ctel/ctel.h>")
            edit.insert_before(statement, "char tenant_path[128];\nsnprintf(tenant_path, "
                'sizeof(tenant_path), "/data/%s", ctel_baggage_get(ctel_ctx_current(), "tenant.id"));')
            text = statement.text.replace(found.group(0),
                "%s(tenant_path" % found.group(1), 1)
            yield function, found.group(2), edit.replace(statement.start, statement.end, text), None
