/* Models: which entry a name finds, what the shipped ones say, which errors bad ones get, and that
 * rules/models/schema.json and the loader accept and refuse the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/embedded.h"
#include "base/json.h"
#include "base/str.h"
#include "model/fields.h"

#define NR(array) (sizeof(array) / sizeof(*(array)))

static struct arena arena;
static struct models models;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	models_init(&models, &arena);
	return 0;
}

static int set_up_builtin(void **state)
{
	struct model_error error;
	set_up(state);
	if (models_add_builtin(&models, &error))
		return 0;
	print_error("%s:%u: %s\n", error.file, error.line, error.text);
	return -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

static void add(const char *text)
{
	struct model_error error;
	if (!models_add(&models, "test.json", text, &error))
		fail_msg("%s:%u: %s", error.file, error.line, error.text);
}

/* ---- Precedence -------------------------------------------------------------------------- */

static void exact_over_glob(void **state)
{
	(void)state;
	add("{\"io\": [{\"match\": \"read_*\", \"cost\": \"network\"},"
	    " {\"match\": \"read_x\", \"cost\": \"free\"},"
	    " {\"match\": \"read_xyz*\", \"cost\": \"wait\"}]}");
	assert_int_equal(models_io(&models, "read_x")->cost, COST_FREE);
	assert_int_equal(models_io(&models, "read_y")->cost, COST_NETWORK);
	assert_int_equal(models_io(&models, "read_xyz1")->cost, COST_WAIT);
	assert_int_equal(models_io(&models, "xread_x")->cost, COST_UNKNOWN);
	assert_int_equal(models_io(&models, "")->cost, COST_UNKNOWN);
	assert_string_equal(models_io(&models, "nothing")->kind, "");
}

static void more_fixed_characters_win(void **state)
{
	(void)state;
	add("{\"io\": [{\"match\": \"a::**********\", \"cost\": \"io\"},"
	    " {\"match\": \"a::*::f\", \"cost\": \"lock\"},"
	    " {\"match\": \"a::b?*\", \"cost\": \"log\"}]}");
	assert_int_equal(models_io(&models, "a::x")->cost, COST_IO);
	assert_int_equal(models_io(&models, "a::bb")->cost, COST_LOG);
	assert_int_equal(models_io(&models, "a::bb::f")->cost, COST_LOCK);
}

static void later_models_override(void **state)
{
	(void)state;
	add("{\"io\": [{\"match\": [\"f\", \"g_*\"], \"cost\": \"free\"}]}");
	assert_int_equal(models_io(&models, "f")->cost, COST_FREE);
	assert_int_equal(models_io(&models, "g_1")->cost, COST_FREE);
	assert_int_equal(models_io(&models, "h")->cost, COST_UNKNOWN);
	char before[33];
	strcpy(before, models_version(&models, &arena));
	add("{\"name\": \"mine\", \"io\": [{\"match\": [\"f\", \"g_*\", \"h\"], \"cost\": \"io\", "
	    "\"kind\": \"tape\", \"outgoing\": true}]}");
	assert_int_equal(models_io(&models, "f")->cost, COST_IO);
	assert_int_equal(models_io(&models, "g_1")->cost, COST_IO);
	assert_int_equal(models_io(&models, "h")->cost, COST_IO);
	assert_string_equal(models_io(&models, "h")->kind, "tape");
	assert_string_equal(models_io(&models, "h")->model, "mine");
	assert_true(models_io(&models, "h")->is_outgoing_request);
	assert_string_not_equal(models_version(&models, &arena), before);
}

static void a_bad_model_adds_nothing(void **state)
{
	(void)state;
	struct model_error error;
	add("{\"calls\": [{\"match\": \"f\", \"effect\": \"flush\"}]}");
	char before[33];
	strcpy(before, models_version(&models, &arena));
	assert_false(models_add(&models, "bad.json",
		"{\"calls\": [{\"match\": \"g\", \"effect\": \"flush\"}, {}]}", &error));
	assert_null(models_call_named(&models, "g"));
	assert_string_equal(models_version(&models, &arena), before);
	assert_int_equal(models.nr_calls, 1);
}

static void the_star_operator_is_no_wildcard(void **state)
{
	(void)state;
	add("{\"io\": [{\"match\": \"p::operator*\", \"cost\": \"free\"},"
	    " {\"match\": \"q::*::operator*\", \"cost\": \"free\"},"
	    " {\"match\": \"operator new[]\", \"cost\": \"alloc\"}]}");
	assert_int_equal(models_io(&models, "p::operator*")->cost, COST_FREE);
	assert_int_equal(models_io(&models, "p::operator()")->cost, COST_UNKNOWN);
	assert_int_equal(models_io(&models, "q::c::operator*")->cost, COST_FREE);
	assert_int_equal(models_io(&models, "q::c::operator()")->cost, COST_UNKNOWN);
	assert_int_equal(models_io(&models, "operator new[]")->cost, COST_ALLOC);
}

/* A name must be found although its text has moved: callers' units come and go. */
static void names_may_die(void **state)
{
	(void)state;
	add("{\"calls\": [{\"match\": \"f*\", \"effect\": \"flush\"}]}");
	char name[8] = "fa";
	assert_non_null(models_call_named(&models, name));
	strcpy(name, "xb");
	assert_null(models_call_named(&models, name));
	strcpy(name, "fa");
	assert_non_null(models_call_named(&models, name));
}

static void types_without_pointers(void **state)
{
	(void)state;
	add("{\"types\": [{\"match\": \"my_span\", \"role\": \"span\"},"
	    " {\"match\": \"ns::*ptr<ns::*Span>\", \"role\": \"scope\", \"is_shared\": true}]}");
	static const char *const same[] = {"my_span", "struct my_span", "struct my_span *",
		"const struct my_span *", "struct my_span *const", "const struct my_span *const *",
		"my_span &", "const my_span &", "my_span &&", "volatile my_span",
		"struct my_span *restrict", "my_span *__restrict"};
	for (size_t i = 0; i < NR(same); i++) {
		const struct model_type *t = models_type(&models, same[i]);
		if (!t || t->role != ROLE_SPAN)
			fail_msg("%s is a span", same[i]);
	}
	static const char *const other[] = {"my_spans", "", "constmy_span", "my_span_const",
		"struct", "my_span (*)(int)", "my_span[4]", "struct other *"};
	for (size_t i = 0; i < NR(other); i++)
		if (models_type(&models, other[i]))
			fail_msg("%s is nothing", other[i]);
	const struct model_type *t = models_type(&models, "const ns::v1::ptr<ns::v1::Span> &");
	assert_non_null(t);
	assert_true(t->is_shared);
	assert_false(t->ends_on_destroy);
	assert_null(models_type(&models, "std::vector<ns::v1::ptr<ns::v1::Span> >"));
	assert_null(models_type(&models, NULL));
}

/* ---- The shipped models ------------------------------------------------------------------ */

static const struct model_call *call(const char *name)
{
	struct ir_op op = {.kind = IR_CALL, .sym = name};
	const struct model_call *c = models_call(&models, &op);
	if (!c)
		fail_msg("no model knows %s", name);
	return c;
}

static void cpp_calls(void **state)
{
	(void)state;
	const struct model_call *c = call("opentelemetry::trace::Tracer::StartSpan");
	assert_int_equal(c->effect, EFFECT_START);
	assert_int_equal(c->span, MODEL_RESULT);
	assert_int_equal(c->name, 1);
	assert_int_equal(c->attributes, 2);
	assert_int_equal(c->key, MODEL_NONE);
	assert_int_equal(c->flags, 0);
	assert_string_equal(c->model, "opentelemetry-cpp");
	c = call("opentelemetry::trace::Span::SetAttribute");
	assert_int_equal(c->effect, EFFECT_ATTRIBUTE);
	assert_int_equal(c->span, 0);
	assert_int_equal(c->value, 2);
	c = call("opentelemetry::trace::Scope::Scope");
	assert_int_equal(c->effect, EFFECT_ACTIVATE);
	assert_int_equal(c->scope, MODEL_RESULT);
	static const struct {
		const char *name;
		enum model_effect effect;
	} table[] = {
		{"opentelemetry::sdk::trace::Span::End", EFFECT_END},
		{"opentelemetry::trace::Span::IsRecording", EFFECT_TELEMETRY},
		{"opentelemetry::trace::SpanContext::IsValid", EFFECT_TELEMETRY},
		{"opentelemetry::nostd::shared_ptr::operator->", EFFECT_ALIAS},
		{"opentelemetry::nostd::shared_ptr::operator*", EFFECT_ALIAS},
		{"opentelemetry::nostd::shared_ptr::operator bool", EFFECT_TELEMETRY},
		{"opentelemetry::nostd::shared_ptr::operator=", EFFECT_SWAP},
		{"std::__shared_ptr_access::operator->", EFFECT_ALIAS},
		{"std::move", EFFECT_ALIAS},
		{"opentelemetry::context::propagation::TextMapPropagator::Inject", EFFECT_INJECT},
		{"opentelemetry::trace::propagation::HttpTraceContext::Extract", EFFECT_EXTRACT},
		{"opentelemetry::context::propagation::TextMapCarrier::Set", EFFECT_TELEMETRY},
		{"opentelemetry::baggage::Baggage::Set", EFFECT_BAGGAGE_SET},
		{"opentelemetry::sdk::trace::TracerProviderFactory::Create", EFFECT_PROVIDER},
		{"opentelemetry::sdk::trace::BatchSpanProcessorFactory::Create", EFFECT_TELEMETRY},
		{"opentelemetry::exporter::otlp::OtlpHttpExporterFactory::Create",
			EFFECT_TELEMETRY},
		{"opentelemetry::sdk::trace::TracerProvider::ForceFlush", EFFECT_FLUSH},
	};
	for (size_t i = 0; i < NR(table); i++)
		if (call(table[i].name)->effect != table[i].effect)
			fail_msg("%s is %s, not %s", table[i].name,
				model_effect_name(call(table[i].name)->effect),
				model_effect_name(table[i].effect));
	/* The SDK's inside and other people's namespaces are ordinary code. */
	assert_null(models_call_named(&models, "opentelemetry::sdk::trace::SpanData::SetName"));
	assert_null(models_call_named(&models, "opentelemetry_trace_helper"));
	assert_null(models_call_named(&models, "shop::opentelemetry::trace::f"));
}

static void cpp_types(void **state)
{
	(void)state;
	static const struct {
		const char *type;
		enum model_role role;
		bool ends, shared;
	} table[] = {
		{"opentelemetry::v1::nostd::shared_ptr<opentelemetry::v1::trace::Span>", ROLE_SPAN,
			true, true},
		{"const opentelemetry::v2::nostd::shared_ptr<opentelemetry::v2::trace::Span> &",
			ROLE_SPAN, true, true},
		{"std::shared_ptr<opentelemetry::v1::trace::Span>", ROLE_SPAN, true, true},
		{"std::unique_ptr<opentelemetry::v1::trace::Span, "
		 "std::default_delete<opentelemetry::v1::trace::Span>>",
			ROLE_SPAN, true, false},
		{"opentelemetry::v1::trace::Span *", ROLE_SPAN, false, false},
		{"opentelemetry::v1::trace::Scope", ROLE_SCOPE, true, false},
		{"opentelemetry::v1::nostd::unique_ptr<opentelemetry::v1::context::Token>",
			ROLE_SCOPE, true, false},
		{"opentelemetry::v1::trace::SpanContext", ROLE_CONTEXT, false, false},
		{"opentelemetry::v1::nostd::shared_ptr<opentelemetry::v1::trace::Tracer>",
			ROLE_TRACER, false, false},
		{"opentelemetry::v1::trace::StartSpanOptions", ROLE_OTHER, false, false},
		{"struct otelc_span **", ROLE_SPAN, false, false},
		{"struct ctel_span *", ROLE_SPAN, false, false},
		{"struct ctel_ctx", ROLE_CONTEXT, false, false},
	};
	for (size_t i = 0; i < NR(table); i++) {
		const struct model_type *t = models_type(&models, table[i].type);
		if (!t || t->role != table[i].role || t->ends_on_destroy != table[i].ends ||
			t->is_shared != table[i].shared)
			fail_msg("%s: %s", table[i].type, t ? "another role" : "unknown");
	}
	assert_null(models_type(&models, "std::vector<opentelemetry::v1::nostd::shared_ptr<"
					 "opentelemetry::v1::trace::Span>>"));
}

static void c_calls(void **state)
{
	(void)state;
	const struct model_call *c = call("otelc_span_ops::end_with_options");
	assert_int_equal(c->effect, EFFECT_END);
	assert_int_equal(c->span, 1);
	assert_int_equal(c->status, 3);
	assert_int_equal(c->flags, MODEL_BY_ADDRESS | MODEL_NULLS | MODEL_RELEASES);
	c = call("otelc_span_ops::set_attribute_var");
	assert_int_equal(c->flags, MODEL_REPEATS);
	c = call("otelc_tracer_ops::start_span_with_options");
	assert_int_equal(c->kind, 7);
	assert_int_equal(c->flags, MODEL_MAY_FAIL);
	assert_int_equal(call("otelc_text_map_free")->effect, EFFECT_TELEMETRY);
	c = call("ctel_span_error");
	assert_int_equal(c->effect, EFFECT_EXCEPTION);
	assert_string_equal(c->key_text, "error.type");
	assert_int_equal(c->flags, MODEL_SETS_STATUS | MODEL_NULL_OK);
	c = call("ctel_span_cleanup");
	assert_int_equal(c->effect, EFFECT_END);
	assert_true(c->flags & MODEL_BY_ADDRESS);
	c = call("ctel_baggage_get");
	assert_int_equal(c->value, MODEL_RESULT);
	assert_null(models_call_named(&models, "strlen"));
	struct ir_op op = {.kind = IR_LOAD, .sym = "ctel_span_end"};
	assert_null(models_call(&models, &op));
}

static void costs(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		enum model_cost cost;
	} table[] = {
		{"strlen", COST_FREE},
		{"malloc", COST_ALLOC},
		{"qsort", COST_COMPUTE},
		{"pthread_mutex_lock", COST_LOCK},
		{"syslog", COST_LOG},
		{"fprintf", COST_IO},
		{"connect", COST_NETWORK},
		{"nanosleep", COST_WAIT},
		{"pthread_create", COST_UNKNOWN},
		{"fcntl", COST_UNKNOWN},
		{"curl_easy_perform", COST_NETWORK},
		{"curl_easy_setopt", COST_FREE},
		{"sqlite3_step", COST_IO},
		{"sqlite3_bind_text", COST_FREE},
		{"sqlite3_bind_unheard_of", COST_FREE},
		{"__builtin_expect", COST_FREE},
		{"std::vector::push_back", COST_ALLOC},
		{"std::vector::size", COST_FREE},
		{"std::basic_string::c_str", COST_FREE},
		{"std::function::operator()", COST_UNKNOWN},
		{"std::unique_ptr::operator*", COST_FREE},
		{"std::operator<<", COST_UNKNOWN},
		{"std::basic_ostream::operator<<", COST_UNKNOWN},
		{"std::basic_ofstream::open", COST_IO},
		{"std::filesystem::exists", COST_IO},
		{"std::filesystem::path::c_str", COST_ALLOC},
		{"std::lock_guard::lock_guard", COST_LOCK},
		{"std::thread::join", COST_WAIT},
		{"std::thread::thread", COST_UNKNOWN},
		{"std::future::get", COST_WAIT},
		{"std::sort", COST_COMPUTE},
		{"std::make_shared", COST_UNKNOWN},
		{"absl::SleepFor", COST_WAIT},
		{"absl::StrCat", COST_ALLOC},
		{"shop::v1::Checkout::Stub::PlaceOrder", COST_NETWORK},
		{"shop::v1::Checkout::Stub::Stub", COST_FREE},
		{"opentelemetry::nostd::string_view::size", COST_FREE},
		{"boost::asio::ip::tcp::socket::async_connect", COST_NETWORK},
	};
	for (size_t i = 0; i < NR(table); i++) {
		enum model_cost cost = models_io(&models, table[i].name)->cost;
		if (cost != table[i].cost)
			fail_msg("%s is %s, not %s", table[i].name, model_cost_name(cost),
				model_cost_name(table[i].cost));
	}
	assert_true(models_io(&models, "curl_easy_perform")->is_outgoing_request);
	assert_string_equal(models_io(&models, "curl_easy_perform")->kind, "http client");
	assert_false(models_io(&models, "recv")->is_outgoing_request);
}

/* Two entries for one name, even in two files, would let the order of files decide. */
static void each_cost_once(void **state)
{
	(void)state;
	struct map seen;
	map_init(&seen, &arena);
	for (size_t i = 0; i < models.nr_ios; i++) {
		const struct model_io *io = &models.ios[i];
		if (map_has(&seen, io->match))
			fail_msg("%s has a cost in %s and in %s", io->match, io->model,
				(const char *)map_get(&seen, io->match));
		map_put(&seen, io->match, (void *)(uintptr_t)io->model);
	}
	assert_true(models.nr_ios > 3000);
	map_init(&seen, &arena);
	for (size_t i = 0; i < models.nr_calls; i++) {
		if (map_has(&seen, models.calls[i].match))
			fail_msg("%s is a call twice", models.calls[i].match);
		map_put(&seen, models.calls[i].match, &models);
	}
}

/* ---- Errors ------------------------------------------------------------------------------ */

static const struct {
	const char *text;
	unsigned line;
	const char *says;
} bad[] = {
	{"{\n\"calls\": [\n", 3, "end"},
	{"\n[]", 2, "a model is an object"},
	{"{\n\"name\": \"x\",\n\"call\": []}", 3, "did you mean \"calls\"?"},
	{"{\"calls\":\n{}}", 2, "must be a list"},
	{"{\"calls\": [\n3]}", 2, "a call is an object"},
	{"{\"calls\": [\n{\"effect\": \"end\", \"span\": 1}]}", 2, "needs a \"match\""},
	{"{\"calls\": [\n{\"match\": \"f\"}]}", 2, "needs a \"effect\""},
	{"{\"calls\": [{\"match\": \"f\",\n\"effect\": \"xyzzyxyzzy\"}]}", 2,
		"known are start, end"},
	{"{\"calls\": [{\"match\": \"f\",\n\"effect\": \"strat\"}]}", 2, "did you mean \"start\"?"},
	{"{\"calls\": [{\"match\": \"f\", \"effect\": \"end\",\n\"spam\": 1}]}", 2,
		"unknown key \"spam\" in a call; did you mean \"span\"?"},
	{"{\"calls\": [{\"match\": \"f\", \"effect\": \"end\",\n\"span\": -1}]}", 2, "position"},
	{"{\"calls\": [{\"match\": \"f\", \"effect\": \"end\",\n\"span\": 1.5}]}", 2, "position"},
	{"{\"calls\": [{\"match\": \"f\", \"effect\": \"end\",\n\"span\": 32}]}", 2, "position"},
	{"{\"calls\": [{\"match\": \"f\", \"effect\": \"end\",\n\"span\": \"first\"}]}", 2,
		"or \"result\""},
	{"{\"calls\": [{\"match\": \"f\", \"effect\": \"rename\", \"span\": 1,\n\"name\": "
	 "\"result\"}]}",
		2, "position"},
	{"{\"calls\": [\n{\"match\": \"f\", \"effect\": \"end\"}]}", 2,
		"effect \"end\" needs \"span\" or \"on_current\""},
	{"{\"calls\": [\n{\"match\": \"f\", \"effect\": \"attribute\", \"span\": 1}]}", 2,
		"needs \"key\" or \"key_text\" or \"attributes\""},
	{"{\"calls\": [{\"match\": \"f\", \"effect\": \"end\", \"span\": 1,\n\"nulls\": 1}]}", 2,
		"must be true or false"},
	{"{\"calls\": [{\"effect\": \"flush\", \"match\":\n\"a::b<int>::c\"}]}", 2,
		"without template arguments"},
	{"{\"calls\": [{\"effect\": \"flush\", \"match\":\n\"f(int)\"}]}", 2, "without parameters"},
	{"{\"calls\": [{\"effect\": \"flush\", \"match\":\n\"void f\"}]}", 2, "no spaces"},
	{"{\"calls\": [{\"effect\": \"flush\", \"match\":\n[]}]}", 2, "empty list"},
	{"{\"calls\": [{\"effect\": \"flush\", \"match\": [\"f\",\n4]}]}", 2,
		"a name, or a list of names"},
	{"{\"calls\": [{\"effect\": \"flush\", \"match\": \"f\"},\n{\"effect\": \"flush\", "
	 "\"match\": \"f\"}]}",
		2, "matched twice under \"calls\": already on line 1"},
	{"{\"types\": [{\"match\": \"s\",\n\"role\": \"spam\"}]}", 2, "did you mean \"span\"?"},
	{"{\"types\": [{\"role\": \"span\",\n\"match\": \"struct s *\"}]}", 2,
		"without its pointers"},
	{"{\"types\": [{\"role\": \"span\", \"match\": \"s\",\n\"ends_on_destroy\": \"yes\"}]}", 2,
		"must be true or false"},
	{"{\"io\": [{\"match\": \"f\",\n\"cost\": \"netwrok\"}]}", 2, "did you mean \"network\"?"},
	{"{\"io\": [{\"match\": \"f\", \"cost\": \"io\",\n\"kind\": \"\"}]}", 2,
		"must not be empty"},
	{"{\"io\": [{\"match\": \"f\", \"cost\": \"io\",\n\"outgoing\": null}]}", 2,
		"must be true or false"},
	{"{\"language\":\n\"rust\"}", 2, "unknown language \"rust\""},
	{"{\"name\":\n7}", 2, "must be a text"},
	{"{\"$comment\":\n7}", 2, "must be a text"},
	{"{\"name\": \"a\",\n\"name\": \"b\"}", 2, "name"},
};

static void errors_name_the_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < NR(bad); i++) {
		struct model_error error;
		if (models_add(&models, "dir/bad.json", bad[i].text, &error))
			fail_msg("accepted: %s", bad[i].text);
		assert_string_equal(error.file, "dir/bad.json");
		if (error.line != bad[i].line || !strstr(error.text, bad[i].says))
			fail_msg("%s\n  line %u: %s\n  wanted line %u: %s", bad[i].text, error.line,
				error.text, bad[i].line, bad[i].says);
	}
	assert_int_equal(models.nr_calls + models.nr_types + models.nr_ios, 0);
}

/* ---- The schema -------------------------------------------------------------------------- */

/* Just as much of JSON Schema 2020-12 as rules/models/schema.json uses; anything else fails. */
static bool valid(const struct json *root, const struct json *schema, const struct json *j);

static bool same(const struct json *a, const struct json *b)
{
	if (json_type(a) != json_type(b))
		return false;
	if (json_type(a) == JSON_STRING)
		return str_eq(json_string(a), json_string(b));
	assert_int_equal(json_type(a), JSON_BOOL);
	return json_bool(a, false) == json_bool(b, false);
}

static bool has_type(const char *type, const struct json *j)
{
	double n = json_number(j, 0.5);
	switch (json_type(j)) {
	case JSON_OBJECT:
		return str_eq(type, "object");
	case JSON_ARRAY:
		return str_eq(type, "array");
	case JSON_STRING:
		return str_eq(type, "string");
	case JSON_BOOL:
		return str_eq(type, "boolean");
	case JSON_NUMBER:
		return str_eq(type, "integer") && n >= -1e9 && n <= 1e9 && (double)(long)n == n;
	default:
		return false;
	}
}

static bool valid_members(const struct json *root, const struct json *schema, const struct json *j)
{
	const struct json *properties = json_get(schema, "properties");
	bool is_closed = !json_bool(json_get(schema, "additionalProperties"), true);
	for (size_t i = 0; json_type(j) == JSON_OBJECT && i < json_size(j); i++) {
		const struct json *member =
			properties ? json_get(properties, json_key(j, i)) : NULL;
		if (member ? !valid(root, member, json_at(j, i)) : is_closed)
			return false;
	}
	return true;
}

static bool valid_list(
	const struct json *root, const char *word, const struct json *is, const struct json *j)
{
	size_t nr = 0;
	if (str_eq(word, "items")) {
		for (size_t i = 0; json_type(j) == JSON_ARRAY && i < json_size(j); i++)
			if (!valid(root, is, json_at(j, i)))
				return false;
		return true;
	}
	for (size_t i = 0; i < json_size(is); i++) {
		const struct json *one = json_at(is, i);
		if (str_eq(word, "required"))
			nr += json_type(j) != JSON_OBJECT || json_get(j, json_string(one));
		else if (str_eq(word, "enum"))
			nr += same(one, j);
		else
			nr += valid(root, one, j);
	}
	return str_eq(word, "required") || str_eq(word, "allOf") ? nr == json_size(is) : nr > 0;
}

static bool valid_word(
	const struct json *root, const struct json *schema, size_t i, const struct json *j)
{
	const char *word = json_key(schema, i);
	const struct json *is = json_at(schema, i);
	double n = json_number(is, 0);
	static const char *const silent[] = {
		"$schema", "$id", "$defs", "title", "description", "additionalProperties", "then"};
	for (size_t s = 0; s < NR(silent); s++)
		if (str_eq(word, silent[s]))
			return true;
	if (str_eq(word, "$ref"))
		return valid(root,
			json_get(json_get(root, "$defs"), json_string(is) + strlen("#/$defs/")), j);
	if (str_eq(word, "type"))
		return has_type(json_string(is), j);
	if (str_eq(word, "const"))
		return same(is, j);
	if (str_eq(word, "minimum"))
		return json_type(j) != JSON_NUMBER || json_number(j, 0) >= n;
	if (str_eq(word, "maximum"))
		return json_type(j) != JSON_NUMBER || json_number(j, 0) <= n;
	if (str_eq(word, "minLength"))
		return json_type(j) != JSON_STRING || (double)strlen(json_string(j)) >= n;
	if (str_eq(word, "minItems"))
		return json_type(j) != JSON_ARRAY || (double)json_size(j) >= n;
	if (str_eq(word, "if"))
		return !valid(root, is, j) || valid(root, json_get(schema, "then"), j);
	if (str_eq(word, "properties"))
		return valid_members(root, schema, j);
	static const char *const lists[] = {"items", "required", "enum", "anyOf", "allOf"};
	for (size_t l = 0; l < NR(lists); l++)
		if (str_eq(word, lists[l]))
			return valid_list(root, word, is, j);
	fail_msg("the schema uses \"%s\", which this test does not know", word);
	return false;
}

static bool valid(const struct json *root, const struct json *schema, const struct json *j)
{
	assert_non_null(schema);
	for (size_t i = 0; i < json_size(schema); i++)
		if (!valid_word(root, schema, i, j))
			return false;
	return true;
}

static const struct json *parse(const char *text)
{
	unsigned line;
	const char *error;
	return json_parse(&arena, text, &line, &error);
}

static const struct json *schema(void)
{
	for (const struct embedded_file *f = embedded_files; f->path; f++)
		if (str_eq(f->path, "rules/models/schema.json"))
			return parse(f->bytes);
	fail_msg("rules/models/schema.json is not embedded");
	return NULL;
}

static void shipped_models_are_valid(void **state)
{
	(void)state;
	const struct json *s = schema();
	size_t nr = 0;
	for (const struct embedded_file *f = embedded_files; f->path; f++) {
		if (!str_has_prefix(f->path, "rules/models/") ||
			str_has_suffix(f->path, "/schema.json"))
			continue;
		nr++;
		const struct json *j = parse(f->bytes);
		if (!valid(s, s, j))
			fail_msg("%s does not fit the schema", f->path);
		assert_string_equal(json_string(json_get(j, "$schema")), "schema.json");
		const char *name = json_string(json_get(j, "name"));
		if (!strstr(f->path, name))
			fail_msg("%s calls itself %s", f->path, name);
	}
	assert_true(nr >= 8);
}

static void expect_words(const struct json *list, const char *const *words, size_t nr)
{
	assert_int_equal(json_size(list), nr);
	for (size_t i = 0; i < nr; i++) {
		const struct json *j = json_at(list, i);
		const char *word =
			json_type(list) == JSON_ARRAY ? json_string(j) : json_key(list, i);
		bool is_known = false;
		for (size_t k = 0; k < nr; k++)
			is_known |= str_eq(words[k], word);
		if (!is_known)
			fail_msg("the loader does not know \"%s\"", word);
	}
}

#define EXPECT_WORDS(list, ...)                                                                    \
	do {                                                                                       \
		static const char *const words_[] = {__VA_ARGS__};                                 \
		expect_words((list), words_, NR(words_));                                          \
	} while (0)

static void schema_and_loader_know_the_same_words(void **state)
{
	(void)state;
	const struct json *s = schema(), *defs = json_get(s, "$defs");
	const struct json *type = json_get(json_get(defs, "type"), "properties");
	const struct json *c = json_get(json_get(defs, "call"), "properties");
	const struct json *io = json_get(json_get(defs, "io"), "properties");
	EXPECT_WORDS(json_get(s, "properties"), MODEL_FILE_KEYS);
	EXPECT_WORDS(type, MODEL_TYPE_KEYS);
	EXPECT_WORDS(io, MODEL_IO_KEYS);
#define X(id, key)               key,
#define P(member, key, is_place) key,
	EXPECT_WORDS(c, MODEL_CALL_WORDS, MODEL_POSITIONS(P) MODEL_FLAGS(X));
	EXPECT_WORDS(json_get(json_get(type, "role"), "enum"), MODEL_ROLES(X));
	EXPECT_WORDS(json_get(json_get(c, "effect"), "enum"), MODEL_EFFECTS(X));
	EXPECT_WORDS(json_get(json_get(io, "cost"), "enum"), MODEL_COSTS(X));
#undef X
#undef P
}

/* Every effect with every choice of the words that any effect needs. */
static void schema_and_loader_agree_on_needs(void **state)
{
	(void)state;
	static const char *const parts[] = {"\"span\": 1", "\"on_current\": true", "\"key\": 1",
		"\"key_text\": \"k\"", "\"attributes\": 1", "\"status\": 1",
		"\"sets_status\": true", "\"name\": 1", "\"scope\": 1", "\"on_current\": false"};
	const struct json *s = schema();
	for (int effect = 0; effect < EFFECT_NR; effect++) {
		for (unsigned set = 0; set < 1u << NR(parts); set++) {
			if ((set & 2) && (set & 512))
				continue;
			struct arena a;
			struct models m;
			struct model_error error;
			struct strbuf b;
			arena_init(&a);
			models_init(&m, &a);
			strbuf_init(&b, &a);
			strbuf_addf(&b, "{\"calls\": [{\"match\": \"f\", \"effect\": \"%s\"",
				model_effect_name((enum model_effect)effect));
			for (size_t p = 0; p < NR(parts); p++)
				if (set & 1u << p)
					strbuf_addf(&b, ", %s", parts[p]);
			strbuf_add(&b, "}]}");
			unsigned line;
			const char *problem;
			const struct json *j = json_parse(&a, strbuf_str(&b), &line, &problem);
			if (models_add(&m, "x", strbuf_str(&b), &error) != valid(s, s, j))
				fail_msg("the loader says \"%s\": %s", error.text, strbuf_str(&b));
			arena_fini(&a);
		}
	}
}

/* What no schema can say: names of another form, and the same name twice. */
static bool only_loader_sees(const char *says)
{
	static const char *const loader[] = {"without", "no spaces", "matched twice"};
	for (size_t i = 0; i < NR(loader); i++)
		if (strstr(says, loader[i]))
			return true;
	return false;
}

static void schema_refuses_what_the_loader_refuses(void **state)
{
	(void)state;
	const struct json *s = schema();
	for (size_t i = 0; i < NR(bad); i++) {
		const struct json *j = parse(bad[i].text);
		if (j && !only_loader_sees(bad[i].says) && valid(s, s, j))
			fail_msg("the schema accepts %s", bad[i].text);
	}
}

int main(void)
{
#define TEST(f)    cmocka_unit_test_setup_teardown(f, set_up, tear_down)
#define SHIPPED(f) cmocka_unit_test_setup_teardown(f, set_up_builtin, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(exact_over_glob),
		TEST(more_fixed_characters_win),
		TEST(later_models_override),
		TEST(a_bad_model_adds_nothing),
		TEST(the_star_operator_is_no_wildcard),
		TEST(names_may_die),
		TEST(types_without_pointers),
		SHIPPED(cpp_calls),
		SHIPPED(cpp_types),
		SHIPPED(c_calls),
		SHIPPED(costs),
		SHIPPED(each_cost_once),
		TEST(errors_name_the_line),
		TEST(shipped_models_are_valid),
		TEST(schema_and_loader_know_the_same_words),
		TEST(schema_and_loader_agree_on_needs),
		TEST(schema_refuses_what_the_loader_refuses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
