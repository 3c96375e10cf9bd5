"""What the tracing calls look like in the three APIs: finding them, and writing them."""
import re

PATH = r"\*?&?\w+(?:(?:->|\.)\w+)*"


class Role:
    """What a statement does to a span: kind, the span's expression, and where it was seen."""

    def __init__(self, kind, statement, var, **more):
        self.kind, self.statement, self.var = kind, statement, var
        self.key = more.get("key")
        self.value = more.get("value")
        self.name = more.get("name")
        self.is_auto = more.get("is_auto", False)
        self.helper = more.get("helper")
        self.scope = more.get("scope")

    @property
    def function(self):
        return self.statement.function

    @property
    def is_local(self):
        return bool(re.fullmatch(r"\w+", self.var)) and self.var not in self.function.param_names()


class Api:
    """Patterns are matched against a statement on one line."""

    patterns = []  # (kind, pattern, more); groups: var, key, value, name, scope

    def roles(self, function, helpers):
        found = []
        for statement in function.simple():
            role = self.role(statement, helpers)
            if role:
                found.append(role)
        return found

    def role(self, statement, helpers):
        flat = statement.flat
        for kind, pattern, more in self.patterns:
            match = re.match(pattern, flat)
            if match:
                groups = {k: v for k, v in match.groupdict().items() if v is not None}
                var = groups.pop("var", "")
                return Role(kind, statement, var, **groups, **more)
        for name, kind, index in helpers:
            match = re.match(r"(?:(?:return |[\w ]+\*?)?(?P<to>%s) = |return )?%s\((?P<args>.*)\);$"
                % (PATH, name), flat)
            if not match:
                continue
            if kind == "start" and index is None:
                if match.group("to"):
                    return Role("start", statement, match.group("to"), helper=name)
                continue
            args = split(match.group("args"))
            if index < len(args):
                return Role(kind, statement, args[index].lstrip("&"), helper=name)
        return None

    def around(self, edit, function, name, result):
        """A span from the first to the last statement of a function with at most one return."""
        returns = function.returns()
        if len(returns) > 1 or function.root.children and returns and \
                function.root.children[-1] is not returns[0]:
            return False
        start, end = self.pair("extra", name)
        edit.declare(self.declaration)
        edit.at_top_of(function, start)
        if returns:
            value = re.match(r"return\s+(.*);$", returns[0].text, re.S).group(1)
            edit.replace(returns[0].start, returns[0].end,
                "%s%sextra_result = %s;\n\t%s\n\treturn extra_result;" % (
                    result, "" if result.endswith("*") else " ", value, end))
        else:
            edit.insert_after(function.root.children[-1], end)
        return True


def split(text):
    from source import split_list
    return split_list(text)


class Ctel(Api):
    """The lab's C SDK."""

    name = "ctel"
    span_type = r"\bctel_span\s*\*"
    declaration = "#include <ctel/ctel.h>\nextern ctel_tracer *the_tracer;"
    refusal = "int is_refused(void);"
    null = "NULL"
    patterns = [
        ("start", r"CTEL_SPAN\((?P<var>\w+), .*?, (?P<name>\".*?\")\);", {"is_auto": True}),
        ("start", r"(?:ctel_span \*)?(?P<var>%s) = ctel_span_(?:start|enter)\( ?.*?, "
            r"(?P<name>\"[^\"]*\")" % PATH, {}),
        ("end", r"ctel_span_end\((?P<var>%s)\);" % PATH, {}),
        ("set", r"ctel_set\((?P<var>%s), \"(?P<key>[^\"]*)\", (?P<value>.*)\);" % PATH, {}),
        ("error", r"ctel_span_error\((?P<var>%s), " % PATH, {}),
        ("event", r"ctel_event\((?P<var>%s), " % PATH, {}),
        ("attach", r"ctel_scope (?P<scope>\w+) = ctel_ctx_attach\((?P<value>.*)\);", {}),
        ("detach", r"ctel_ctx_detach\((?P<scope>\w+)\);", {}),
        ("inject", r"ctel_inject\(", {}),
        ("extract", r"CTEL_CTX\((?P<scope>\w+), (?P<value>ctel_extract\(.*\))\);", {}),
        ("flush", r"ctel_shutdown\(", {}),
        ("provider", r"ctel_init\(", {}),
    ]

    def auto(self, var, name):
        return 'CTEL_SPAN(%s, the_tracer, "%s");' % (var, name)

    def pair(self, var, name):
        return ('ctel_span *%s = ctel_span_start(the_tracer, "%s", NULL);' % (var, name),
            "ctel_span_end(%s);" % var)

    def end(self, var):
        return "ctel_span_end(%s);" % var

    def event(self, var):
        return 'ctel_event(%s, "reached");' % var

    def set_true(self, var):
        return 'ctel_set(%s, "app.late", 1);' % var

    def set_text(self, var, key, value):
        return 'ctel_set(%s, "%s", %s);' % (var, key, value)

    def status_ok(self, var, text=None):
        return "ctel_span_status(%s, CTEL_OK, %s);" % (var, '"%s"' % text if text else "NULL")

    def end_current(self):
        return "ctel_span_end(ctel_span_current());"


class Wrapper(Api):
    """The C wrapper, with its tables of functions."""

    name = "wrapper"
    span_type = r"\bstruct otelc_span\s*\*"
    declaration = ("#include <opentelemetry-c-wrapper/include.h>\n"
        "extern struct otelc_tracer *the_tracer;")
    refusal = "int is_refused(void);"
    null = "NULL"
    patterns = [
        ("start", r"(?:struct otelc_span \*)?(?P<var>%s) = OTELC_OPS\(.*?, "
            r"start_span(?:_with_options)?, (?P<name>\"[^\"]*\")" % PATH, {}),
        ("end", r"OTELC_OPSR\((?P<var>%s), end\);" % PATH, {}),
        ("set", r"OTELC_OPS\((?P<var>%s), set_attribute_var, \"(?P<key>[^\"]*)\", "
            r"(?P<value>.*?), NULL\);" % PATH, {}),
        ("error", r"OTELC_OPS\((?P<var>%s), set_status, OTELC_SPAN_STATUS_ERROR, " % PATH, {}),
        ("flush", r"OTELC_OPS\(\w+, shutdown", {}),
    ]

    def auto(self, var, name):
        return None

    def pair(self, var, name):
        return ('struct otelc_span *%s = OTELC_OPS(the_tracer, start_span, "%s");' % (var, name),
            "if (%s)\n\tOTELC_OPSR(%s, end);" % (var, var))

    def end(self, var):
        return "OTELC_OPSR(%s, end);" % var

    def event(self, var):
        return 'OTELC_OPS(%s, set_operation_name, "reached");' % var

    def set_true(self, var):
        return 'OTELC_OPS(%s, set_operation_name, "late");' % var

    def set_text(self, var, key, value):
        return ("struct otelc_value told = {.u_type = OTELC_VALUE_STRING};\n"
            "told.u.value_string = %s;\n"
            'OTELC_OPS(%s, set_attribute_var, "%s", &told, NULL);' % (value, var, key))

    def status_ok(self, var, text=None):
        return "OTELC_OPS(%s, set_status, OTELC_SPAN_STATUS_OK, %s);" % (
            var, '"%s"' % text if text else "NULL")

    def end_current(self):
        return None


class Cpp(Api):
    """opentelemetry-cpp: the last handle's destructor ends a span."""

    name = "cpp"
    span_type = r"shared_ptr<[\w:]*Span>"
    declaration = ('#include "opentelemetry/trace/provider.h"\n'
        "extern opentelemetry::nostd::shared_ptr<opentelemetry::trace::Tracer> the_tracer;")
    refusal = "bool is_refused();"
    null = "nullptr"
    patterns = [
        ("start", r"(?:auto|nostd::shared_ptr<trace::Span>) (?P<var>\w+) = .*?StartSpan\( ?"
            r"(?P<name>\"[^\"]*\")", {}),
        ("end", r"(?P<var>\w+)->End\(\);", {}),
        ("set", r"(?P<var>\w+)->SetAttribute\(\"(?P<key>[^\"]*)\", (?P<value>.*)\);", {}),
        ("error", r"(?P<var>\w+)->SetStatus\(trace::StatusCode::kError, ", {}),
        ("scope", r"trace::Scope (?P<scope>\w+)\((?P<value>\w+)\);", {}),
        ("scope", r"auto (?P<scope>\w+) = (?P<value>trace::Tracer::WithActiveSpan\(\w+\));", {}),
        ("inject", r"\w+->Inject\(", {}),
        ("extract", r"auto (?P<scope>\w+) = (?P<value>\w+->Extract\(.*\));", {}),
    ]

    def auto(self, var, name):
        return ('auto %s = the_tracer->StartSpan("%s");\n'
            "opentelemetry::trace::Scope %s_scope(%s);" % (var, name, var, var))

    def pair(self, var, name):
        return ('auto %s = the_tracer->StartSpan("%s");' % (var, name), "%s->End();" % var)

    def end(self, var):
        return "%s->End();" % var

    def event(self, var):
        return '%s->AddEvent("reached");' % var

    def set_true(self, var):
        return '%s->SetAttribute("app.late", 1);' % var

    def set_text(self, var, key, value):
        return '%s->SetAttribute("%s", %s);' % (var, key, value)

    def status_ok(self, var, text=None):
        return "%s->SetStatus(opentelemetry::trace::StatusCode::kOk%s);" % (
            var, ', "%s"' % text if text else "")

    def end_current(self):
        return "opentelemetry::trace::Tracer::GetCurrentSpan()->End();"


def api_of(program_text, file):
    if file.is_cpp:
        return Cpp()
    return Wrapper() if "OTELC_OPS" in program_text else Ctel()
