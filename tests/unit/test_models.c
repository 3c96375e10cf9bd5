/* Models: which entry a name finds, what the shipped ones say, which errors bad ones get. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bad_models.h"
#include "model/model.h"

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

static void callbacks_are_found_by_call_and_by_field(void **state)
{
	(void)state;
	assert_null(models_callback(&models, "my_sort"));
	add("{\"callbacks\": [{\"match\": \"my_sort\", \"kind\": \"comparator\", \"function\": 3}, "
	    "{\"match\": \"on_both\", \"kind\": \"hash\", \"function\": [1, 2]}, "
	    "{\"match\": \"hooks::alloc_*\", \"kind\": \"allocator\"}]}");
	const struct model_callback *c = models_callback(&models, "my_sort");
	assert_non_null(c);
	assert_int_equal(c->kind, CALLBACK_COMPARATOR);
	assert_int_equal(c->positions, 1u << 3);
	assert_int_equal(models_callback(&models, "on_both")->positions, 6);
	assert_int_equal(models_callback(&models, "hooks::alloc_one")->positions, 0);
	assert_int_equal(models_callback(&models, "hooks::alloc_one")->kind, CALLBACK_ALLOCATOR);
}

static void shipped_callbacks(void **state)
{
	(void)state;
	assert_int_equal(models_callback(&models, "qsort")->positions, 1u << 4);
	assert_int_equal(models_callback(&models, "sigaction::sa_handler")->kind, CALLBACK_SIGNAL);
	assert_int_equal(models_callback(&models, "pthread_create")->kind, CALLBACK_THREAD);
	assert_int_equal(models_callback(&models, "std::sort")->positions, 1u << 3 | 1u << 4);
	assert_null(models_callback(&models, "atexit"));
}

/* ---- Names ------------------------------------------------------------------------------- */

static bool is_secret(const char *name, enum model_name_place place)
{
	return models_name(&models, name, place, MEANING_CREDENTIAL) != NULL;
}

static void names_are_read_word_by_word(void **state)
{
	(void)state;
	add("{\"names\": [{\"match\": \"api_key\", \"meaning\": \"credential\", \"qualified\": "
	    "true},"
	    " {\"match\": \"auth.token\", \"meaning\": \"credential\", \"in\": [\"key\"]},"
	    " {\"match\": \"pin\", \"meaning\": \"credential\", \"in\": [\"field\", "
	    "\"header\"]}]}");
	static const char *const keys[] = {"api_key", "apiKey", "API_KEY", "app.api-key",
		"my_api_key", "APIKey", "api.key", "api_key2", "auth.token", "auth_token",
		"app.auth.token"};
	static const char *const others[] = {"", "key", "api", "api_keys", "rapi_key", "api_key_id",
		"has_api_key", "is.api_key", "oauth.token", "my_auth.token", "auth.tokens", "pin",
		"api_keyboard", "apikey"};
	for (size_t i = 0; i < NR(keys); i++)
		if (!is_secret(keys[i], NAME_KEY))
			fail_msg("%s is not found", keys[i]);
	for (size_t i = 0; i < NR(others); i++)
		if (is_secret(others[i], NAME_KEY))
			fail_msg("%s is found", others[i]);
	assert_true(is_secret("pin", NAME_FIELD));
	assert_true(is_secret("api_key", NAME_FIELD));
	assert_false(is_secret("auth.token", NAME_FIELD));
	assert_false(is_secret("pin", NAME_ENVIRONMENT));
	assert_false(is_secret("user_pin", NAME_FIELD));
	assert_null(models_name(&models, "pin", NAME_FIELD, MEANING_PERSONAL));
	assert_null(models_name(&models, NULL, NAME_FIELD, MEANING_CREDENTIAL));
	/* more words than a name has are none */
	assert_false(
		is_secret("a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.api_key", NAME_KEY));
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
	assert_string_equal(c->key_texts[0], "error.type");
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

static void errors_name_the_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < NR(bad_models); i++) {
		struct model_error error;
		if (models_add(&models, "dir/bad.json", bad_models[i].text, &error))
			fail_msg("accepted: %s", bad_models[i].text);
		assert_string_equal(error.file, "dir/bad.json");
		if (error.line != bad_models[i].line || !strstr(error.text, bad_models[i].says))
			fail_msg("%s\n  line %u: %s\n  wanted line %u: %s", bad_models[i].text,
				error.line, error.text, bad_models[i].line, bad_models[i].says);
	}
	assert_int_equal(models.nr_calls + models.nr_types + models.nr_ios, 0);
}

int main(void)
{
#define TEST(f)    cmocka_unit_test_setup_teardown(f, set_up, tear_down)
#define SHIPPED(f) cmocka_unit_test_setup_teardown(f, set_up_builtin, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(exact_over_glob),
		TEST(more_fixed_characters_win),
		TEST(later_models_override),
		TEST(callbacks_are_found_by_call_and_by_field),
		TEST(names_are_read_word_by_word),
		TEST(a_bad_model_adds_nothing),
		TEST(the_star_operator_is_no_wildcard),
		TEST(names_may_die),
		TEST(types_without_pointers),
		SHIPPED(cpp_calls),
		SHIPPED(cpp_types),
		SHIPPED(c_calls),
		SHIPPED(costs),
		SHIPPED(shipped_callbacks),
		SHIPPED(each_cost_once),
		TEST(errors_name_the_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
