"""Where a function can be damaged, and with what values it may return."""
import re

from source import Edit

PURE = {"strcmp", "strncmp", "strlen", "strchr", "strcspn", "strspn", "strstr", "memcpy", "memset",
    "memcmp", "snprintf", "abs", "labs", "INT64_C", "UINT64_C", "sizeof", "size", "empty", "c_str",
    "__builtin_mul_overflow"}
CALL = re.compile(r"\b(\w+)\s*\(")
HEADS = {"if", "for", "while", "switch", "return", "do"}


def calls(function, start=None, end=None):
    """Names called in a part of the body."""
    text = function.file.masked[start or function.body:end or function.end]
    return [name for name in CALL.findall(text) if name not in HEADS]


def is_callback(program, function):
    """Its name stands somewhere without a call: nobody knows from where it runs."""
    pattern = re.compile(r"\b%s\b(?!\s*\()" % re.escape(function.simple_name))
    return any(pattern.search(file.masked) for file in program.files.values())


def is_tiny(program, function, depth=0):
    """Short, without loops and spans, and so is everything it calls."""
    if depth > 3 or function.name == "main" or function.is_lambda or function.is_template:
        return False
    if "OTEL_" in function.note or "~" in function.name or program.roles(function):
        return False
    api = program.api(function)
    if any(re.search(api.span_type, p) for p in function.params) or "racer" in function.result:
        return False
    if re.search(r"\bgoto\b|\bctel_|\bOTELC|trace::|racer\(", function.inner):
        return False
    statements = function.statements()
    if not statements or len(statements) > 7 or any(s.kind == "loop" for s in statements):
        return False
    return all(is_cheap_call(program, name, depth) for name in calls(function))


def is_cheap_call(program, name, depth=0):
    if name in PURE:
        return True
    known = program.by_name(name)
    return bool(known) and all(is_tiny(program, f, depth + 1) for f in known)


def is_accessor(function):
    """One statement that reads or writes a field, compares, or picks an element."""
    statements = function.statements()
    return len(statements) == 1 and statements[0].kind == "simple" and not calls(function)


def failing_return(function):
    """A return statement with a value that means failure, or none."""
    if function.is_lambda or "::~" in function.name:
        return None
    if function.is_void():
        return "return;"
    result = function.result.replace("const ", "")
    if result.endswith("*"):
        return "return nullptr;" if function.file.is_cpp else "return NULL;"
    if re.fullmatch(r"bool", result):
        return "return false;"
    if re.fullmatch(r"int|long|ssize_t|int64_t", result):
        return "return -1;"
    return None


def successful_return(function):
    """A return that this function itself uses for success."""
    if function.is_void():
        return "return;"
    for statement in function.returns():
        found = re.match(r"return (0|true|\w+_OK);", statement.flat)
        if found:
            return found.group(0)
    last = function.root.children[-1]
    if re.match(r"return \w+;", last.flat) and re.fullmatch("int", function.result):
        return "return 0;"
    return None


def says_failure(statement):
    """`return` of a failing value: negative, NULL, false, an enumerator, the variable it tested."""
    return bool(re.match(r"return (-\w|NULL|nullptr|false|-?[A-Z]\w*_(ERROR|EMPTY\w*)|rc\b)",
        statement.flat))


def mentions(statement, var):
    return bool(re.search(r"(?<![\w>.\"])%s\b" % re.escape(var), statement.text))


def refuse(program, function, edit):
    """Declares the condition nobody can see through."""
    edit.declare(program.api(function).refusal)
    return "is_refused()"


def open_span(program, function, is_auto=False):
    """Starts of local spans, each with the siblings that follow while it is surely open."""
    for role in program.roles(function, "start"):
        if not role.is_local or role.is_auto != is_auto or not role.var.isidentifier():
            continue
        statement, region = role.statement, []
        roles = {id(r.statement): r for r in program.roles(function)}
        for following in statement.after():
            own = roles.get(id(following))
            if own and own.kind == "end" and own.var == role.var:
                break
            if any(mentions(s, role.var) and id(s) not in roles and s.kind == "simple" and
                    not is_harmless(program, s, role.var) for s in following.walk()):
                break
            region.append(following)
        yield role, region


def is_harmless(program, statement, var):
    """It hands the span to something that neither ends nor keeps it: a check, a context, a helper."""
    flat = statement.flat
    if re.match(r"return ", flat) and not re.search(r"\(", flat):
        return False
    return re.search(r"(->|\.)\w+ = %s;" % var, flat) is None


def is_null_check(statement, var):
    return statement.kind == "if" and re.fullmatch(
        r"!%s|%s == (NULL|nullptr)" % (var, var), statement.head_text.strip()) is not None


def in_loop(statement):
    return any(a.kind == "loop" for a in statement.ancestors())


def new_edit(function):
    return Edit(function.file)
