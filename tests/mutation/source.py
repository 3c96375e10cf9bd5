"""Reads C and C++ far enough to damage it: functions, statements, and edits that keep the layout."""
import re
import textwrap

NOT_NAMES = {"if", "for", "while", "switch", "catch", "return", "sizeof", "do", "else", "defined"}
NOTES = re.compile(r"\b(OTEL_[A-Z_]+|__attribute__|alignas|explicit|decltype)\s*$")


def mask(text):
    """The same length, with comments, literals and preprocessor lines blanked."""
    out = list(text)
    pattern = re.compile(
        r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|^[ \t]*#(?:\\\n|[^\n])*",
        re.S | re.M)
    for found in pattern.finditer(text):
        for i in range(found.start(), found.end()):
            if out[i] != "\n":
                out[i] = " "
    return "".join(out)


def close_of(masked, at):
    """The position of the bracket that closes the one at `at`."""
    pairs = {"(": ")", "[": "]", "{": "}"}
    opening, closing, depth = masked[at], pairs[masked[at]], 0
    for i in range(at, len(masked)):
        if masked[i] == opening:
            depth += 1
        elif masked[i] == closing:
            depth -= 1
            if depth == 0:
                return i
    raise ValueError("unbalanced " + opening)


def split_list(text):
    """What stands between the commas of an argument list."""
    parts, depth, last, masked = [], 0, 0, mask(text)
    for i, c in enumerate(masked):
        if c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
        elif c == "," and depth == 0:
            parts.append(text[last:i].strip())
            last = i + 1
    rest = text[last:].strip()
    return parts + [rest] if rest else parts


class Statement:
    """One statement: kind is simple, block, if, loop, switch or label; children are statements."""

    def __init__(self, function, kind, start, end, parent=None):
        self.function, self.kind, self.start, self.end = function, kind, start, end
        self.parent = parent
        self.children = []
        self.head = (start, start)  # what stands in the parentheses
        self.otherwise = None

    @property
    def text(self):
        return self.function.file.text[self.start:self.end]

    @property
    def flat(self):
        """On one line."""
        return re.sub(r"\s+", " ", self.text)

    @property
    def head_text(self):
        return self.function.file.text[self.head[0]:self.head[1]]

    @property
    def is_braceless(self):
        return self.parent is not None and self.parent.kind in ("if", "loop") and self.kind != "block"

    @property
    def siblings(self):
        return self.parent.children if self.parent else []

    def before(self):
        """Siblings before this one, the nearest first."""
        if self.is_braceless:
            return []
        return self.siblings[:self.siblings.index(self)][::-1]

    def after(self):
        if self.is_braceless:
            return []
        return self.siblings[self.siblings.index(self) + 1:]

    def ancestors(self):
        at = self.parent
        while at:
            yield at
            at = at.parent

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


class Function:
    """A function's or a lambda's definition."""

    def __init__(self, file, name, result, params, start, body):
        self.file, self.name, self.result, self.start, self.body = file, name, result, start, body
        self.end = close_of(file.masked, body)
        self.params = params
        self.is_lambda = False
        self.is_static = False
        self.root = Parser(self).block(body)

    @property
    def simple_name(self):
        return self.name.split("::")[-1]

    @property
    def inner(self):
        return self.file.text[self.body + 1:self.end]

    def statements(self):
        return [s for s in self.root.walk() if s is not self.root]

    def simple(self):
        return [s for s in self.statements() if s.kind == "simple"]

    def returns(self):
        return [s for s in self.simple() if re.match(r"return\b", s.text)]

    def is_void(self):
        return bool(re.search(r"\bvoid$", self.result.strip()))

    def param_names(self):
        names = []
        for param in self.params:
            found = re.search(r"\(\*(\w+)\)|(\w+)(?:\[\w*\])*$", param)
            if found and found.group(0) != "void":
                names.append(found.group(1) or found.group(2))
        return names

    def param_of(self, pattern):
        """The name of the first parameter whose declaration matches."""
        for param in self.params:
            if re.search(pattern, param):
                return re.search(r"(\w+)$", param).group(1)
        return None


class Parser:
    """Statements of one body. Sources are as clang-format leaves them; nothing else is promised."""

    def __init__(self, function):
        self.function, self.masked = function, function.file.masked

    def skip(self, at):
        while self.masked[at].isspace():
            at += 1
        return at

    def word(self, at):
        found = re.compile(r"\w+").match(self.masked, at)
        return found.group(0) if found else ""

    def block(self, at, parent=None):
        end = close_of(self.masked, at)
        node = Statement(self.function, "block", at, end + 1, parent)
        at = self.skip(at + 1)
        while at < end:
            child = self.statement(at, node)
            node.children.append(child)
            at = self.skip(child.end) if child.end < end else end
        return node

    def headed(self, kind, at, parent):
        node = Statement(self.function, kind, at, at, parent)
        opening = self.masked.index("(", at)
        closing = close_of(self.masked, opening)
        node.head = (opening + 1, closing)
        body = self.statement(self.skip(closing + 1), node)
        node.children.append(body)
        node.end = body.end
        return node

    def statement(self, at, parent):
        word = self.word(at)
        if self.masked[at] == "{":
            return self.block(at, parent)
        if word == "if":
            node = self.headed("if", at, parent)
            after = self.skip(node.end)
            if self.word(after) == "else":
                node.otherwise = self.statement(self.skip(after + 4), node)
                node.children.append(node.otherwise)
                node.end = node.otherwise.end
            return node
        if word in ("for", "while"):
            return self.headed("loop", at, parent)
        if word == "switch":
            return self.headed("switch", at, parent)
        if word == "do":
            node = Statement(self.function, "loop", at, at, parent)
            node.children.append(self.statement(self.skip(at + 2), node))
            node.end = self.masked.index(";", node.children[0].end) + 1
            return node
        label = re.compile(r"(case\b[^;{}]*?|default|\w+)\s*:(?!:)").match(self.masked, at)
        if label and "?" not in label.group(0):
            return Statement(self.function, "label", at, label.end(), parent)
        return Statement(self.function, "simple", at, self.simple_end(at), parent)

    def simple_end(self, at):
        while self.masked[at] != ";":
            at = close_of(self.masked, at) + 1 if self.masked[at] in "([{" else at + 1
        return at + 1


class File:
    """A source file and what is defined in it."""

    def __init__(self, path, text):
        self.path, self.text, self.masked = path, text, mask(text)
        self.is_cpp = path.endswith((".cpp", ".cc"))
        self.functions = []
        self.scan(0, len(text), "")
        self.add_lambdas()

    def scan(self, at, end, scope):
        last = at
        while at < end:
            c = self.masked[at]
            if c == ";":
                last = at + 1
            elif c == "(":
                at = close_of(self.masked, at)
            elif c == "{":
                closing = close_of(self.masked, at)
                self.take(last, at, closing, scope)
                last = closing + 1
                at = closing
            elif c == ":" and re.search(r"\b(public|private|protected)\s*$", self.masked[last:at]):
                last = at + 1
            at += 1

    def take(self, start, brace, closing, scope):
        head = self.masked[start:brace]
        container = re.match(r"\s*(?:template\s*<[^>]*>\s*)?(namespace|class|struct|extern)\b([^(=]*)$",
            head, re.S)
        if container:
            name = re.match(r"\s*(\w*)", container.group(2)).group(1)
            self.scan(brace + 1, closing, scope + name + "::" if name else scope)
            return
        for opening in re.finditer(r"\(", head):
            before = head[:opening.start()]
            if NOTES.search(before):
                continue
            found = re.search(r"(operator\s*\S+|[\w:~]+)\s*$", before)
            if not found or found.group(1) in NOT_NAMES or before.count("(") != before.count(")"):
                continue
            self.add(start, brace, scope, head, opening.start(), found)
            return

    def add(self, start, brace, scope, head, opening, found):
        result = re.sub(r"OTEL_\w+(\s*\([^()]*\))?|\b(static|inline|virtual|extern|explicit)\b", " ",
            head[:found.start()])
        params = self.text[start + opening + 1:close_of(self.masked, start + opening)]
        first = start + len(head) - len(head.lstrip())
        function = Function(self, scope + found.group(1).strip(), re.sub(r"\s+", " ", result).strip(),
            split_list(re.sub(r"\s+", " ", params)), first, brace)
        function.is_static = bool(re.search(r"\bstatic\b", head[:found.start()]))
        function.note = self.text[start:start + found.start()]
        function.is_const = bool(re.search(r"\)\s*const\b", head))
        function.is_template = "template" in head
        self.functions.append(function)

    def add_lambdas(self):
        if not self.is_cpp:
            return
        for found in re.finditer(r"\[[&=\w, ]*\]\s*(\(([^()]*)\))?\s*(mutable\s*)?\{", self.masked):
            function = Function(self, "lambda", "auto", split_list(found.group(2) or ""),
                found.start(), found.end() - 1)
            function.is_lambda, function.is_template = True, False
            function.note, function.is_const = "", False
            self.functions.append(function)

    def line_of(self, at):
        return self.text.count("\n", 0, at) + 1


class Edit:
    """Changes to one file, by positions in its text as it was."""

    def __init__(self, file):
        self.file, self.changes = file, []

    def replace(self, start, end, text):
        self.changes.append((start, end, text))
        return self

    def line_start(self, at):
        return self.file.text.rfind("\n", 0, at) + 1

    def indent(self, at):
        return re.match(r"[ \t]*", self.file.text[self.line_start(at):]).group(0)

    def lines(self, at, text, levels=0):
        tabs = self.indent(at) + "\t" * levels
        return textwrap.indent(textwrap.dedent(text).strip("\n"), tabs) + "\n"

    def insert_before(self, statement, text):
        if statement.is_braceless:
            body = self.lines(statement.parent.start, text, 1) + self.lines(
                statement.parent.start, statement.text, 1)
            return self.replace(statement.start, statement.end,
                "{\n" + body + self.indent(statement.parent.start) + "}")
        at = self.line_start(statement.start)
        return self.replace(at, at, self.lines(statement.start, text))

    def insert_after(self, statement, text):
        if statement.is_braceless:
            body = self.lines(statement.parent.start, statement.text, 1) + self.lines(
                statement.parent.start, text, 1)
            return self.replace(statement.start, statement.end,
                "{\n" + body + self.indent(statement.parent.start) + "}")
        if statement.kind == "label":
            following = statement.after()
            return self.insert_before(following[0], text)
        at = self.file.text.find("\n", statement.end - 1) + 1
        return self.replace(at, at, self.lines(statement.start, text))

    def at_top_of(self, function, text):
        at = self.file.text.find("\n", function.body) + 1
        tabs = self.indent(function.body) + "\t"
        return self.replace(at, at, textwrap.indent(textwrap.dedent(text).strip("\n"), tabs) + "\n")

    def delete(self, statement):
        if statement.is_braceless and statement.parent.kind == "if" and not statement.parent.otherwise:
            return self.delete(statement.parent)
        if statement.is_braceless or statement.text.count("\n") == 0 and not self.is_alone(statement):
            return self.replace(statement.start, statement.end, ";")
        end = self.file.text.find("\n", statement.end - 1) + 1
        return self.replace(self.line_start(statement.start), end, "")

    def is_alone(self, statement):
        line = self.file.text[self.line_start(statement.start):].split("\n")[0]
        return line.strip().startswith(statement.text) and statement.text.count("\n") == 0

    def declare(self, text):
        """Before the first function, or its namespace's members: after the last include."""
        last = 0
        for found in re.finditer(r"^#include[^\n]*\n", self.file.text, re.M):
            last = found.end()
        return self.replace(last, last, text.strip("\n") + "\n")

    def append(self, text):
        """At the end, inside the last namespace if there is one."""
        at = self.file.text.rfind("} // namespace")
        at = len(self.file.text) if at < 0 else at
        return self.replace(at, at, "\n" + textwrap.dedent(text).strip("\n") + "\n")

    def result(self):
        text = self.file.text
        for start, end, new in sorted(self.changes, key=lambda c: (c[0], c[1]), reverse=True):
            text = text[:start] + new + text[end:]
        return text
