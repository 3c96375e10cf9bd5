/* Components of the program's own, named in configuration files and variables. */
#include "memory.h"

#include <errno.h>

static char file_path[512];

static ctel_sampled every_nth(void *user, const ctel_sampling *what)
{
	int64_t *n = user;
	(void)what;
	return (ctel_sampled){.decision = n[1]++ % n[0] ? CTEL_DROP : CTEL_RECORD_AND_SAMPLE};
}

/* every_nth: {n: 3} */
static ctel_sampler *make_every_nth(void *user, const ctel_properties *p)
{
	static int64_t n[2];
	assert_ptr_equal(user, &file_path);
	n[0] = 1;
	n[1] = 0;
	if (!ctel_property_keys(p, "n"))
		return NULL;
	ctel_property_int(p, "n", &n[0]);
	if (n[0] < 1) {
		ctel_property_error(p, "n", "less than 1");
		return NULL;
	}
	return ctel_sampler_callback("every_nth", every_nth, n);
}

/* not_too_many: {sampler: {...}}: one within another */
static ctel_sampler *make_around(void *user, const ctel_properties *p)
{
	(void)user;
	return ctel_property_sampler(p, "sampler");
}

static struct {
	const char *topic;
	char copy[64];
	bool is_fast;
	double share;
	int64_t shards[4];
	size_t nr_shards;
	char tier[16];
} said;

static ctel_exporter *make_memory(void *user, const ctel_properties *p)
{
	const char *text = "none";
	(void)user;
	memset(&said, 0, sizeof(said));
	ctel_property_string(p, "topic", &text);
	snprintf(said.copy, sizeof(said.copy), "%s", text);
	ctel_property_bool(p, "fast", &said.is_fast);
	ctel_property_double(p, "share", &said.share);
	said.nr_shards = ctel_property_count(p, "shards");
	for (size_t i = 0; i < said.nr_shards && i < NR(said.shards); i++)
		ctel_property_int(ctel_property_item(p, "shards", i), NULL, &said.shards[i]);
	const ctel_properties *broker = ctel_property_map(p, "broker");
	text = "";
	if (broker)
		ctel_property_string(broker, "tier", &text);
	snprintf(said.tier, sizeof(said.tier), "%s", text);
	assert_null(ctel_property_map(p, "nowhere"));
	assert_null(ctel_property_item(p, "shards", said.nr_shards));
	assert_false(ctel_property_string(p, "nowhere", &text));
	return ctel_exporter_memory(memory);
}

static void stamp(void *user, ctel_span *s, const ctel_ctx *parent)
{
	(void)parent;
	ctel_set(s, "app.stamp", (const char *)user);
}

/* stamped: {with: text, exporter: {...}} */
static bool make_stamped(void *user, const ctel_properties *p, ctel_processor *out)
{
	static char text[64];
	const char *with = NULL;
	(void)user;
	if (!ctel_property_string(p, "with", &with))
		return false;
	snprintf(text, sizeof(text), "%s", with);
	out->on_start = stamp;
	out->user = text;
	out->exporter = ctel_property_exporter(p, "exporter");
	out->is_simple = true;
	return true;
}

static void inject_tenant(void *user, ctel_ctx ctx, ctel_setter set, void *carrier)
{
	const char *tenant = ctel_baggage_get(ctx, "tenant");
	if (tenant)
		set(carrier, user, tenant);
}

static ctel_ctx extract_tenant(void *user, ctel_ctx ctx, ctel_getter get, void *carrier)
{
	const char *tenant = get(carrier, user);
	return tenant ? ctel_baggage_set(ctx, "tenant", tenant) : ctel_ctx_copy(ctx);
}

/* tenant: {header: x-tenant} */
static bool make_tenant(void *user, const ctel_properties *p, ctel_propagator *out)
{
	static char header[64];
	static const char *const fields[] = {header, NULL};
	const char *name = "x-default-tenant";
	(void)user;
	ctel_property_string(p, "header", &name);
	snprintf(header, sizeof(header), "%s", name);
	*out = (ctel_propagator){inject_tenant, extract_tenant, fields, header};
	return *header != '!';
}

static int register_all(void **state)
{
	(void)state;
	const char *dir = getenv("CTEL_TEST_DIR");
	snprintf(file_path, sizeof(file_path), "%s/components_%ld.yaml", dir ? dir : "/tmp",
		(long)getpid());
	return ctel_register_sampler("every_nth", make_every_nth, &file_path) ||
	       ctel_register_sampler("not_too_many", make_around, NULL) ||
	       ctel_register_exporter("acme_queue", make_memory, NULL) ||
	       ctel_register_processor("stamped", make_stamped, NULL) ||
	       ctel_register_propagator("tenant", make_tenant, NULL);
}

static int begin(void **state)
{
	(void)state;
	memory = ctel_memory_new();
	tracer = ctel_tracer_get("tests", "1.0");
	listen_to_messages();
	return 0;
}

static int end(void **state)
{
	ctel_shutdown(1000);
	ctel_memory_free(memory);
	memory = NULL;
	remove(file_path);
	return (void)state, 0;
}

static int init(const char *text)
{
	FILE *f = fopen(file_path, "w");
	fprintf(f, "file_format: \"1.1\"\n%s", text);
	fclose(f);
	return ctel_init_file(file_path, "components");
}

static void names_are_taken_once(void **state)
{
	(void)state;
	assert_int_equal(ctel_register_sampler("every_nth", make_every_nth, NULL), -EEXIST);
	assert_int_equal(
		ctel_register_exporter("every_nth", make_memory, NULL), 0); /* another sort */
	assert_int_equal(ctel_register_sampler("always_on", make_every_nth, NULL), -EEXIST);
	assert_int_equal(ctel_register_exporter("otlp_http", make_memory, NULL), -EEXIST);
	assert_int_equal(ctel_register_processor("batch", make_stamped, NULL), -EEXIST);
	assert_int_equal(ctel_register_propagator("B3", make_tenant, NULL), -EEXIST);
	assert_int_equal(ctel_register_propagator("a,b", make_tenant, NULL), -EINVAL);
	assert_int_equal(ctel_register_propagator("", make_tenant, NULL), -EINVAL);
	assert_int_equal(ctel_register_sampler("none", NULL, NULL), -EINVAL);
}

static void a_file_names_components(void **state)
{
	(void)state;
	assert_int_equal(init("tracer_provider:\n"
			      "  processors:\n"
			      "    - stamped: {with: seen, exporter: {acme_queue: {}}}\n"
			      "  sampler: {not_too_many: {sampler: {every_nth: {n: 3}}}}\n"),
		0);
	for (int i = 0; i < 9; i++)
		ctel_span_end(ctel_span_start(tracer, "s", NULL));
	assert_int_equal(ctel_memory_count(memory), 3);
	assert_string(ctel_memory_span(memory, 0)->attributes, "app.stamp", "seen");
	assert_string_equal(messages, "");
}

static void what_the_file_says(void **state)
{
	(void)state;
	setenv("ACME_TOPIC", "traces", 1);
	assert_int_equal(init("tracer_provider:\n"
			      "  processors:\n"
			      "    - batch:\n"
			      "        exporter:\n"
			      "          acme_queue:\n"
			      "            topic: ${ACME_TOPIC}\n"
			      "            fast: true\n"
			      "            share: 0.25\n"
			      "            shards: [3, 0x10, -1]\n"
			      "            broker: {tier: gold}\n"),
		0);
	assert_string_equal(said.copy, "traces");
	assert_true(said.is_fast);
	assert_true(said.share == 0.25);
	assert_int_equal(said.nr_shards, 3);
	assert_int_equal(said.shards[0], 3);
	assert_int_equal(said.shards[1], 16);
	assert_int_equal(said.shards[2], -1);
	assert_string_equal(said.tier, "gold");
	ctel_span_end(ctel_span_start(tracer, "s", NULL));
	assert_int_equal(ctel_flush(1000), 0);
	assert_int_equal(ctel_memory_count(memory), 1);
	ctel_shutdown(1000);
	/* A component may say nothing at all. */
	assert_int_equal(
		init("tracer_provider: {processors: [{simple: {exporter: {acme_queue: }}}]}\n"), 0);
	assert_string_equal(said.copy, "none");
	assert_int_equal(said.nr_shards, 0);
}

/* Each is refused, with its place and what is wrong. */
static void mistakes_have_a_place(void **state)
{
	static const struct {
		const char *processors, *sampler, *said;
	} all[] = {
		{"simple: {exporter: {acme_queue: {fast: perhaps}}}",
			"always_on: ", ":4:40: fast: \"perhaps\" is neither true nor false"},
		{"simple: {exporter: {acme_queue: {shards: 7}}}",
			"always_on: ", "shards: a list is expected"},
		{"simple: {exporter: {acme_queue: {shards: [x]}}}",
			"always_on: ", "\"x\" is not a whole number"},
		{"simple: {exporter: {acme_queue: {broker: 3}}}",
			"always_on: ", "broker: a mapping is expected"},
		{"simple: {exporter: {acme_queue: [1]}}",
			"always_on: ", "acme_queue: a mapping is expected"},
		{"simple: {exporter: {acme_kju: {}}}", "always_on: ", "no such exporter here"},
		{"stamped: {}", "always_on: ", ":4:7: stamped: cannot be made"},
		{"stamped: {with: a, exporter: {nope: }}", "always_on: ", "no such exporter here"},
		{"stampede: {}", "always_on: ", "no such processor here"},
		{"simple: {exporter: {acme_queue: }}", "every_nth: {n: 0}", "n: less than 1"},
		{"simple: {exporter: {acme_queue: }}", "every_nth: {m: 1}",
			"m: not known here; known are: n"},
		{"simple: {exporter: {acme_queue: }}", "not_too_many: {}",
			"not_too_many: cannot be made"},
		{"simple: {exporter: {acme_queue: }}", "every_mth: {}", "no such sampler here"},
	};
	char text[512];
	(void)state;
	for (size_t i = 0; i < NR(all); i++) {
		snprintf(text, sizeof(text),
			"tracer_provider:\n  processors:\n    - %s\n  sampler: {%s}\n",
			all[i].processors, all[i].sampler);
		assert_int_equal(init(text), -EINVAL);
		assert_null(ctel_span_start(tracer, "s", NULL));
		assert_said(all[i].said);
	}
}

/* An alias that leads to itself must not make components for ever. */
static void circles_end(void **state)
{
	(void)state;
	assert_int_equal(
		init("tracer_provider:\n"
		     "  processors: [{simple: {exporter: {acme_queue: }}}]\n"
		     "  sampler: &a {not_too_many: {sampler: {not_too_many: {sampler: *a}}}}\n"),
		-EINVAL);
	assert_said("components within components, more than 32 deep");
}

static char carried_name[64], carried_value[64];

static void set_one(void *carrier, const char *name, const char *value)
{
	(void)carrier;
	snprintf(carried_name, sizeof(carried_name), "%s", name);
	snprintf(carried_value, sizeof(carried_value), "%s", value);
}

static const char *get_one(void *carrier, const char *name)
{
	(void)carrier;
	return !strcmp(name, carried_name) ? carried_value : NULL;
}

static void propagators_of_the_program(void **state)
{
	const char *fields[4];
	(void)state;
	/* by the file, with what it says; the trace that came before it stays */
	assert_int_equal(
		init("propagator: {composite: [tracecontext: , tenant: {header: x-acme}]}\n"
		     "tracer_provider:\n"
		     "  processors: [{simple: {exporter: {acme_queue: }}}]\n"),
		0);
	{
		CTEL_CTX(ctx, ctel_baggage_set((ctel_ctx){0}, "tenant", "t-1"));
		ctel_inject(ctx, set_one, NULL);
		assert_string_equal(carried_name, "x-acme");
		CTEL_CTX(back, ctel_extract(get_one, NULL));
		assert_string_equal(ctel_baggage_get(back, "tenant"), "t-1");
		assert_null(ctel_span_current());
		*carried_name = '\0';
		CTEL_CTX(none, ctel_extract(get_one, NULL));
		assert_null(ctel_baggage_get(none, "tenant"));
	}
	assert_int_equal(ctel_propagation_fields(fields, 4), 3);
	assert_string_equal(fields[2], "x-acme");
	ctel_shutdown(1000);
	/* by name alone */
	assert_int_equal(init("propagator: {composite_list: \"baggage,tenant\"}\n"
			      "tracer_provider:\n"
			      "  processors: [{simple: {exporter: {acme_queue: }}}]\n"),
		0);
	assert_int_equal(ctel_propagation_fields(fields, 4), 2);
	ctel_shutdown(1000);
	assert_int_equal(init("propagator: {composite: [tenant: {header: \"!\"}]}\n"
			      "tracer_provider:\n"
			      "  processors: [{simple: {exporter: {acme_queue: }}}]\n"),
		-EINVAL);
	assert_said("tenant: cannot be made");
}

static void variables_name_components(void **state)
{
	(void)state;
	setenv("OTEL_TRACES_EXPORTER", "acme_queue", 1);
	setenv("OTEL_TRACES_SAMPLER", "every_nth", 1);
	setenv("OTEL_PROPAGATORS", "tenant", 1);
	assert_int_equal(ctel_init("components"), 0);
	assert_string_equal(said.copy, "none");
	ctel_span_end(ctel_span_start(tracer, "s", NULL));
	ctel_flush(1000);
	assert_int_equal(ctel_memory_count(memory), 1);
	assert_int_equal(ctel_propagation_fields(NULL, 0), 1);
	assert_string_equal(messages, "");
	unsetenv("OTEL_TRACES_EXPORTER");
	unsetenv("OTEL_TRACES_SAMPLER");
	unsetenv("OTEL_PROPAGATORS");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(names_are_taken_once),
		TEST(a_file_names_components),
		TEST(what_the_file_says),
		TEST(mistakes_have_a_place),
		TEST(circles_end),
		TEST(propagators_of_the_program),
		TEST(variables_name_components),
	};
	return cmocka_run_group_tests_name("components", tests, register_all, NULL);
}
