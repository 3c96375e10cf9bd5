"""A base program, its helpers, and what a damaged copy of it is."""
import fnmatch
import os
import re

from api import api_of
from source import File, Edit


class Program:
    """The sources of one folder. `name` is the folder's, `flags` go before the file's name."""

    def __init__(self, root, folder, name):
        self.root, self.folder, self.name = root, folder, name
        self.texts, self.files = {}, {}
        for entry in sorted(os.listdir(os.path.join(root, folder))):
            with open(os.path.join(root, folder, entry), encoding="utf-8") as stream:
                self.texts[entry] = stream.read()
            if entry.endswith((".c", ".cpp")):
                self.files[entry] = File(entry, self.texts[entry])
        together = "".join(self.texts.values())
        self.apis = {path: api_of(together, file) for path, file in self.files.items()}
        self.helpers = self.find_helpers()
        self.role_lists = {}

    def flags(self, path):
        includes = ["-I%s/%s" % (self.root, d) for d in
            ("lab/sdk/include", "analyzer/include", "tests/include", "lab/shop")]
        return ["-std=c++17" if path.endswith(".cpp") else "-std=gnu11", "-D_GNU_SOURCE"] + includes

    def find_helpers(self):
        """(function, start|end, which argument): those that return, store or end a span for others."""
        helpers = []
        for file, function in self.functions():
            api = self.apis[file.path]
            roles = api.roles(function, [])
            started = {r.var for r in roles if r.kind == "start"}
            if re.search(api.span_type, function.result) and any(
                    re.match(r"return (\w+);", s.text) and re.match(r"return (\w+);", s.text).group(1)
                    in started for s in function.returns()):
                helpers.append((function.name, "start", None))
            for k, name in enumerate(function.param_names()):
                if "*" + name in started:
                    helpers.append((function.name, "start", k))
                if re.search(api.span_type, function.params[k]) and any(
                        r.kind == "end" and r.var in (name, "*" + name) for r in roles):
                    helpers.append((function.name, "end", k))
        return helpers

    def functions(self):
        for path in sorted(self.files):
            for function in self.files[path].functions:
                yield self.files[path], function

    def api(self, function):
        return self.apis[function.file.path]

    def roles(self, function, *kinds):
        key = (function.file.path, function.start)
        if key not in self.role_lists:
            self.role_lists[key] = self.api(function).roles(function, self.helpers)
        return [r for r in self.role_lists[key] if not kinds or r.kind in kinds]

    def by_name(self, name):
        return [f for _, f in self.functions() if f.name == name or f.simple_name == name]

    def callers(self, name):
        pattern = re.compile(r"\b%s\s*\(" % re.escape(name))
        return [f for _, f in self.functions()
            if f.name != name and pattern.search(f.file.masked[f.body:f.end])]


    def fillers(self, var):
        """The functions that put something into the field of `job->span`."""
        pattern = re.compile(r"->%s\s*=[^=]" % re.escape(var.split("->")[-1]))
        return [f for _, f in self.functions() if pattern.search(f.file.masked[f.body:f.end])]


def place(function):
    """A function's name in its file: what is left of it when lines move."""
    same = [f for f in function.file.functions if f.name == function.name]
    return (function.file.path, function.name, [f.start for f in same].index(function.start))


class Mutant:
    """A damaged program: the operator, the rule that must speak, and the functions it may name."""

    def __init__(self, program, operator, function, detail, edits, expected):
        self.program, self.operator = program, operator
        self.texts = {edit.file.path: edit.result() for edit in edits}
        self.expected = expected
        self.id = "%s/%s/%s%s" % (program.name, operator.name, function.name,
            "#" + detail if detail else "")
        self.outcome, self.told = None, ""

    def ranges(self):
        """(path, first line, last line) of the expected functions, in the damaged program."""
        found = []
        for path, name, k in self.expected:
            text = self.texts.get(path)
            file = File(path, text) if text is not None else self.program.files[path]
            same = [f for f in file.functions if f.name == name]
            if k < len(same):
                found.append((path, file.line_of(same[k].start), file.line_of(same[k].end)))
        return found


class Operator:
    """One way of damaging a program. `accepts` are rules that are right as well."""

    all = []

    def __init__(self, name, rule, accepts, make):
        self.name, self.rule, self.accepts, self.make = name, rule, (rule,) + accepts, make
        self.about = (make.__doc__ or "").strip().split("\n")[0]

    def mutants(self, program):
        seen = {}
        for function, detail, edits, expected in self.make(program):
            edits = edits if isinstance(edits, list) else [edits]
            places = [e if isinstance(e, tuple) else place(e) for e in expected or [function]]
            mutant = Mutant(program, self, function, detail, edits, places)
            seen[mutant.id] = seen.get(mutant.id, 0) + 1
            if seen[mutant.id] > 1:
                mutant.id += "~%d" % seen[mutant.id]
            yield mutant


def operator(name, rule, *accepts):
    """Registers a generator of (function, detail, edits, expected functions or None)."""
    def register(make):
        Operator.all.append(Operator(name, rule, accepts, make))
        return make
    return register


class Survivors:
    """survivors.txt: `pattern | reason` by line."""

    def __init__(self, path):
        self.entries = []
        with open(path, encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                line = line.strip()
                if not line or line.startswith("#"):
                    continue
                pattern, bar, reason = (part.strip() for part in line.partition("|"))
                if not bar or not reason:
                    raise SystemExit("%s:%d: no reason; write `pattern | reason`" % (path, number))
                self.entries.append([pattern, reason, 0, number])

    def reason(self, mutant_id):
        for entry in self.entries:
            if fnmatch.fnmatchcase(mutant_id, entry[0]):
                entry[2] += 1
                return entry[1]
        return None


def edit_of(function):
    return Edit(function.file)
