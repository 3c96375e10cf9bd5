/* OTEL_… variables and the declarative file: what they lead to, and what is said of mistakes. */
#include "memory.h"

#include <errno.h>

#include <cjson/cJSON.h>

static char file_path[512], spans_path[512];

static const char *directory(void)
{
	const char *dir = getenv("CTEL_TEST_DIR");
	return dir ? dir : "/tmp";
}

static void clear_environment(void)
{
	extern char **environ;
	char name[128];
	for (char **e = environ; *e;) {
		if (!strncmp(*e, "OTEL_", 5) || !strncmp(*e, "CTEL_FILE=", 10)) {
			snprintf(name, sizeof(name), "%.*s", (int)strcspn(*e, "="), *e);
			unsetenv(name);
			e = environ;
		} else {
			e++;
		}
	}
}

static int begin(void **state)
{
	(void)state;
	clear_environment();
	snprintf(file_path, sizeof(file_path), "%s/config_%ld.yaml", directory(), (long)getpid());
	snprintf(
		spans_path, sizeof(spans_path), "%s/config_%ld.jsonl", directory(), (long)getpid());
	remove(spans_path);
	listen_to_messages();
	tracer = ctel_tracer_get("tests", "1.0");
	return 0;
}

static int end(void **state)
{
	(void)state;
	ctel_shutdown(1000);
	clear_environment();
	remove(file_path);
	remove(spans_path);
	return 0;
}

/* The spans in the file, as one text. */
static const char *exported(void)
{
	static char text[1 << 20];
	ctel_flush(1000);
	FILE *f = fopen(spans_path, "r");
	size_t n = f ? fread(text, 1, sizeof(text) - 1, f) : 0;
	text[n] = '\0';
	if (f)
		fclose(f);
	return text;
}

static cJSON *resource_attributes(void)
{
	cJSON *request = cJSON_Parse(exported());
	assert_non_null(request);
	return request;
}

static const cJSON *resource_value(const cJSON *request, const char *key)
{
	const cJSON *a,
		*resource = cJSON_GetObjectItem(
			cJSON_GetArrayItem(cJSON_GetObjectItem(request, "resourceSpans"), 0),
			"resource");
	cJSON_ArrayForEach(
		a, cJSON_GetObjectItem(resource,
			   "attributes")) if (!strcmp(cJSON_GetStringValue(cJSON_GetObjectItem(a,
							      "key")),
						      key)) return cJSON_GetObjectItem(a, "value")
		->child;
	return NULL;
}

static void assert_resource(const cJSON *request, const char *key, const char *value)
{
	const cJSON *v = resource_value(request, key);
	if (!v)
		fail_msg("no %s in the resource", key);
	assert_string_equal(cJSON_GetStringValue(v), value);
}

static void one_span(void)
{
	ctel_span *s = ctel_span_start(tracer, "one", NULL);
	ctel_set(s, "k1", "long value");
	ctel_set(s, "k2", 2);
	ctel_event(s, "e1");
	ctel_event(s, "e2");
	ctel_span_end(s);
}

/* ---- Variables ------------------------------------------------------------------------------ */

static void not_configured(void **state)
{
	(void)state;
	assert_int_equal(ctel_init("x"), 0);
	assert_false(ctel_tracer_is_enabled(tracer));
	setenv("OTEL_TRACES_EXPORTER", "none", 1);
	assert_int_equal(ctel_init("x"), 0);
	one_span();
	assert_string_equal(messages, "");
}

static void resource_of_the_environment(void **state)
{
	(void)state;
	setenv("CTEL_FILE", spans_path, 1);
	setenv("OTEL_RESOURCE_ATTRIBUTES",
		" deployment.environment.name = caf%C3%A9 ,service.version=1%2C2,service.name=weak",
		1);
	setenv("OTEL_SERVICE_NAME", "strong", 1);
	assert_int_equal(ctel_init("given"), 0);
	one_span();
	cJSON *r = resource_attributes();
	assert_resource(r, "deployment.environment.name", "caf\xc3\xa9");
	assert_resource(r, "service.version", "1,2");
	assert_resource(r, "service.name", "strong");
	assert_resource(r, "telemetry.sdk.name", "ctel");
	assert_resource(r, "telemetry.sdk.language", "c");
	assert_resource(r, "telemetry.sdk.version", CTEL_VERSION);
	assert_non_null(resource_value(r, "host.name"));
	assert_non_null(resource_value(r, "service.instance.id"));
	char pid[32];
	snprintf(pid, sizeof(pid), "%ld", (long)getpid());
	assert_resource(r, "process.pid", pid);
	assert_resource(r, "process.executable.name", "test_config");
	assert_null(resource_value(r, "process.command_args"));
	cJSON_Delete(r);
}

static void bad_resource_is_ignored(void **state)
{
	(void)state;
	setenv("CTEL_FILE", spans_path, 1);
	setenv("OTEL_RESOURCE_ATTRIBUTES", "a=1,b", 1);
	assert_int_equal(ctel_init(NULL), 0);
	assert_said("resource attributes");
	one_span();
	cJSON *r = resource_attributes();
	assert_null(resource_value(r, "a"));
	assert_resource(r, "service.name", "unknown_service:test_config");
	cJSON_Delete(r);
}

static void limits_of_the_environment(void **state)
{
	(void)state;
	setenv("CTEL_FILE", spans_path, 1);
	setenv("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "1", 1);
	setenv("OTEL_ATTRIBUTE_COUNT_LIMIT", "77", 1);
	setenv("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "4", 1);
	setenv("OTEL_SPAN_EVENT_COUNT_LIMIT", "0", 1);
	setenv("OTEL_SPAN_LINK_COUNT_LIMIT", "many", 1);
	assert_int_equal(ctel_init("x"), 0);
	assert_said("OTEL_SPAN_LINK_COUNT_LIMIT=many: not a whole number from 0 on, ignored");
	one_span();
	const char *text = exported();
	assert_non_null(strstr(text, "\"stringValue\":\"long\"}}],\"droppedAttributesCount\":1"));
	assert_non_null(strstr(text, "\"droppedEventsCount\":2"));
	assert_null(strstr(text, "\"events\""));
}

static void samplers_of_the_environment(void **state)
{
	(void)state;
	static const struct {
		const char *name, *argument;
		bool is_sampled;
		const char *said;
	} cases[] = {
		{"always_on", NULL, true, ""},
		{"ALWAYS_OFF", NULL, false, ""},
		{"parentbased_always_off", NULL, false, ""},
		{"traceidratio", "0", false, ""},
		{"parentbased_traceidratio", "0.0", false, ""},
		{"traceidratio", NULL, true, ""},
		{"traceidratio", "1.5", true, "OTEL_TRACES_SAMPLER_ARG=1.5"},
		{"parentbased_probability", "0", false, ""},
		{"jaeger_remote", NULL, true, "OTEL_TRACES_SAMPLER=jaeger_remote: not known here"},
	};
	setenv("CTEL_FILE", spans_path, 1);
	for (size_t i = 0; i < NR(cases); i++) {
		setenv("OTEL_TRACES_SAMPLER", cases[i].name, 1);
		unsetenv("OTEL_TRACES_SAMPLER_ARG");
		if (cases[i].argument)
			setenv("OTEL_TRACES_SAMPLER_ARG", cases[i].argument, 1);
		assert_int_equal(ctel_init("x"), 0);
		assert_said(cases[i].said);
		ctel_span *s = ctel_span_start(tracer, "s", NULL);
		assert_int_equal(ctel_span_is_recording(s), cases[i].is_sampled);
		ctel_span_end(s);
		ctel_shutdown(1000);
	}
}

static void odd_variables_are_said_and_ignored(void **state)
{
	(void)state;
	setenv("CTEL_FILE", spans_path, 1);
	setenv("OTEL_TRACES_EXPORTER", "zipkin,none", 1);
	setenv("OTEL_PROPAGATORS", "b3,jaeger", 1);
	setenv("OTEL_BSP_SCHEDULE_DELAY", "soon", 1);
	setenv("OTEL_BSP_MAX_QUEUE_SIZE", "-5", 1);
	setenv("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "3000", 1);
	setenv("OTEL_SDK_DISABLED", "yes", 1);
	assert_int_equal(ctel_init("x"), 0);
	static const char *const said[] = {"OTEL_TRACES_EXPORTER: \"zipkin\"",
		"OTEL_PROPAGATORS: \"jaeger\"", "OTEL_BSP_SCHEDULE_DELAY=soon",
		"OTEL_BSP_MAX_QUEUE_SIZE=-5", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE: 3000 is more",
		"OTEL_SDK_DISABLED=yes: neither"};
	for (size_t i = 0; i < NR(said); i++)
		if (!strstr(messages, said[i]))
			fail_msg("not said: %s, but %s", said[i], messages);
	one_span();
	assert_non_null(strstr(exported(), "\"one\""));
	const char *fields[4];
	assert_int_equal(ctel_propagation_fields(fields, 4), 1);
}

static void otlp_of_the_environment(void **state)
{
	(void)state;
	setenv("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", 1);
	setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "zstd", 1);
	setenv("OTEL_EXPORTER_OTLP_HEADERS", "api-key=a%20b,broken", 1);
	setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "100", 1);
	setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9", 1);
	assert_int_equal(ctel_init("x"), 0);
	assert_non_null(strstr(messages, "OTEL_EXPORTER_OTLP_PROTOCOL=grpc"));
	assert_non_null(strstr(messages, "OTEL_EXPORTER_OTLP_COMPRESSION=zstd"));
	assert_non_null(strstr(messages, "\"broken\" is not key=value"));
	one_span();
	assert_true(ctel_flush(5000) < 0);
	assert_said("http://127.0.0.1:9/v1/traces");
	ctel_shutdown(1000);
	setenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "no-scheme:4318", 1);
	assert_int_equal(ctel_init("x"), -EINVAL);
	assert_false(ctel_tracer_is_enabled(tracer));
}

/* ---- The file ------------------------------------------------------------------------------- */

static int start_file(const char *text)
{
	FILE *f = fopen(file_path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	messages[0] = '\0';
	return ctel_init_file(file_path, "given");
}

#define HEAD "file_format: \"1.1\"\n"
#define PROVIDER                                                                                   \
	HEAD "tracer_provider:\n  processors:\n  - batch:\n      exporter:\n        "              \
	     "otlp_file/development:\n          output_stream: ${OUT}\n"

static void set_out(void)
{
	char out[600];
	snprintf(out, sizeof(out), "file://%s", spans_path);
	setenv("OUT", out, 1);
}

static void a_whole_file(void **state)
{
	(void)state;
	set_out();
	setenv("OTEL_SERVICE_NAME", "ignored", 1); /* only what the file names counts */
	setenv("STAGE", "test", 1);
	assert_int_equal(
		start_file(PROVIDER "  limits: {attribute_count_limit: 1, event_count_limit: 0}\n"
				    "  sampler: {parent_based: {root: {always_on: }}}\n"
				    "resource:\n"
				    "  attributes:\n"
				    "  - {name: service.name, value: \"${STAGE}-shop\"}\n"
				    "  - {name: n, value: 7, type: int}\n"
				    "  - {name: b, value: [true, false], type: bool_array}\n"
				    "  attributes_list: service.name=weaker,list=1\n"
				    "  schema_url: https://example.org/1\n"
				    "propagator: {composite: [b3: ], composite_list: \"xray\"}\n"),
		0);
	assert_string_equal(messages, "");
	one_span();
	cJSON *r = resource_attributes();
	assert_resource(r, "service.name", "test-shop");
	assert_resource(r, "n", "7");
	assert_resource(r, "list", "1");
	assert_true(cJSON_IsObject(resource_value(r, "b")));
	assert_null(resource_value(r, "host.name")); /* detection is off unless asked for */
	cJSON_Delete(r);
	assert_non_null(strstr(exported(), "\"droppedAttributesCount\":1"));
	assert_non_null(strstr(exported(), "\"schemaUrl\":\"https://example.org/1\""));
	const char *fields[4];
	assert_int_equal(ctel_propagation_fields(fields, 4), 2);
}

static void by_variable_and_as_json(void **state)
{
	(void)state;
	set_out();
	FILE *f = fopen(file_path, "w");
	fputs("{\"file_format\": \"1.0\", \"resource\": {\"detection/development\": "
	      "{\"attributes\": {\"excluded\": [\"host.id\"]}, \"detectors\": [{\"host\": null}]}},"
	      " \"tracer_provider\": {\"processors\": [{\"simple\": {\"exporter\": "
	      "{\"otlp_file/development\": {\"output_stream\": \"${OUT}\"}}}}],"
	      " \"id_generator\": {\"xray\": null}}}",
		f);
	fclose(f);
	setenv("OTEL_CONFIG_FILE", file_path, 1);
	assert_int_equal(ctel_init("from code"), 0);
	one_span();
	cJSON *r = resource_attributes();
	assert_resource(r, "service.name", "from code");
	assert_non_null(resource_value(r, "host.name"));
	assert_null(resource_value(r, "host.id"));
	assert_null(resource_value(r, "process.pid"));
	cJSON_Delete(r);
}

static void disabled_and_no_provider(void **state)
{
	(void)state;
	assert_int_equal(start_file(PROVIDER "disabled: ${OFF:-true}\n"), 0);
	assert_false(ctel_tracer_is_enabled(tracer));
	assert_int_equal(start_file(HEAD "tracer_provder: {}\n"), 0);
	assert_said(":2:1: tracer_provder: not known here, ignored");
	assert_false(ctel_tracer_is_enabled(tracer));
	assert_int_equal(start_file(HEAD "propagator: {composite_list: b3}\n"), 0);
	const char *fields[4];
	assert_int_equal(ctel_propagation_fields(fields, 4), 1);
	/* As it was, for the other tests. */
	assert_int_equal(
		start_file(HEAD "propagator: {composite_list: \"tracecontext,baggage\"}\n"), 0);
}

static void tracers_switched_off(void **state)
{
	(void)state;
	set_out();
	assert_int_equal(
		start_file(PROVIDER "  tracer_configurator/development:\n"
				    "    default_config: {enabled: false}\n"
				    "    tracers: [{name: te?t*, config: {enabled: true}}]\n"),
		0);
	assert_true(ctel_tracer_is_enabled(tracer));
	assert_false(ctel_tracer_is_enabled(ctel_tracer_get("other", NULL)));
	assert_null(ctel_span_start(ctel_tracer_get("other", NULL), "s", NULL));
	ctel_shutdown(1000);
	assert_int_equal(start_file(PROVIDER), 0);
	assert_true(ctel_tracer_is_enabled(ctel_tracer_get("other", NULL)));
}

/* The specification's table of substitutions, seen through a resource attribute. */
static void substitution(void **state)
{
	(void)state;
	static const struct {
		const char *in, *out; /* NULL: refused */
	} cases[] = {
		{"${STRING_VALUE}", "value"},
		{"\"${STRING_VALUE}\"", "value"},
		{"${env:STRING_VALUE}", "value"},
		{"foo ${STRING_VALUE} ${FLOAT_VALUE}", "foo value 1.1"},
		{"${UNDEFINED_KEY:-fallback}", "fallback"},
		{"${UNDEFINED_KEY:-${STRING_VALUE}}", "${STRING_VALUE}"},
		{"${EMPTY:-fallback}", "fallback"},
		{"${REPLACE_ME}", "${DO_NOT_REPLACE_ME}"},
		{"$${STRING_VALUE}", "${STRING_VALUE}"},
		{"$$${STRING_VALUE}", "$value"},
		{"$$$${STRING_VALUE}", "$${STRING_VALUE}"},
		{"$${STRING_VALUE:-fallback}", "${STRING_VALUE:-fallback}"},
		{"a $$ b", "a $ b"},
		{"a $ b", "a $ b"},
		{"${INVALID_MAP_VALUE}", "value\nkey:value"},
		{"${STRING_VALUE:?error}", NULL},
		{"${1KEY}", NULL},
		{"${API_$KEY}", NULL},
	};
	set_out();
	setenv("STRING_VALUE", "value", 1);
	setenv("FLOAT_VALUE", "1.1", 1);
	setenv("EMPTY", "", 1);
	setenv("REPLACE_ME", "${DO_NOT_REPLACE_ME}", 1);
	setenv("DO_NOT_REPLACE_ME", "never", 1);
	setenv("INVALID_MAP_VALUE", "value\nkey:value", 1);
	for (size_t i = 0; i < NR(cases); i++) {
		char text[1000];
		snprintf(text, sizeof(text),
			PROVIDER "resource:\n  attributes:\n  - name: key\n    value: %s\n",
			cases[i].in);
		remove(spans_path);
		int rc = start_file(text);
		if (!cases[i].out) {
			assert_int_equal(rc, -EINVAL);
			assert_said(":11:5: value: not a valid substitution");
			continue;
		}
		assert_int_equal(rc, 0);
		one_span();
		cJSON *r = resource_attributes();
		assert_resource(r, "key", cases[i].out);
		cJSON_Delete(r);
		ctel_shutdown(1000);
	}
}

static void mistakes_are_named(void **state)
{
	(void)state;
	static const struct {
		const char *text, *said;
	} cases[] = {
		{"", "file_format: is missing"},
		{"file_format: \"0.4\"\n", ":1:1: file_format: \"0.4\""},
		{"file_format: \"2.0\"\n", ":1:1: file_format: \"2.0\""},
		{HEAD "tracer_provider:\n  processors:\n",
			":2:1: tracer_provider: \"processors\" is missing"},
		{HEAD "tracer_provider: [1]\n", ":2:1: tracer_provider: a mapping is expected"},
		{"file_format: \"1.1\\nlooks like a line\"\n", "\"1.1?looks like a line\""},
		{PROVIDER "  smapler: {always_on: }\n", ":8:3: smapler: not known here"},
		{PROVIDER "  sampler: {always_om: }\n", ":8:13: always_om: no such sampler here"},
		{PROVIDER "  sampler: always_on\n",
			":8:3: sampler: a mapping with exactly one key"},
		{PROVIDER "  sampler: {trace_id_ratio_based: {ratio: 1.5}}\n",
			":8:36: ratio: 1.5 is not from 0 to 1"},
		{PROVIDER "  sampler: {always_on: {why: 1}}\n", ":8:25: why: not known here"},
		{PROVIDER "  sampler: {always_record: }\n", "\"root\" is missing"},
		{PROVIDER "  sampler: {composite/development: {parent_threshold: }}\n",
			"\"root\" is missing"},
		{PROVIDER "  sampler: {composite/development: {rule_based: {rules: [{}]}}}\n",
			"\"sampler\" is missing"},
		{PROVIDER "  sampler: {composite/development: {rule_based: {rules: [{span_kinds: "
			  "[big], sampler: {always_on: }}]}}}\n",
			"\"big\" is not known here"},
		{PROVIDER "  limits: {event_count_limit: -1}\n",
			":8:12: event_count_limit: -1 is not"},
		{PROVIDER "  limits: {event_count_limit: \"7\"}\n", "\"7\" is not a whole number"},
		{PROVIDER "disabled: maybe\n",
			":8:1: disabled: \"maybe\" is neither true nor false"},
		{PROVIDER "propagator: {composite: [jaeger: ]}\n",
			":8:26: jaeger: no such propagator"},
		{PROVIDER "resource: {attributes: [{name: a, value: x, type: int}]}\n",
			"value: \"x\" is not a whole number"},
		{PROVIDER "resource: {attributes: [{value: x}]}\n", "\"name\" is missing"},
		{PROVIDER "resource: {attributes: [{name: a}]}\n", "\"value\" is missing"},
		{PROVIDER "resource: {detection/development: {detectors: [{host: [1]}]}}\n",
			"host: a mapping is expected"},
		{PROVIDER "  tracer_configurator/development: {tracers: [{name: a}]}\n",
			"\"config\" is missing"},
		{HEAD "tracer_provider: {processors: [{batch: {exporter: {otlp_grpc: }}}]}\n",
			":2:52: otlp_grpc: no such exporter here"},
		{HEAD "tracer_provider: {processors: [{batch: {}}]}\n", "exporter: is missing"},
		{HEAD "tracer_provider: {processors: [{batch: {max_queue_size: 0, exporter: "
		      "{console: }}}]}\n",
			"max_queue_size: 0 is not from 1"},
		{HEAD "tracer_provider: {processors: [{simple: {exporter: {otlp_http: {endpoint: "
		      "\"ftp://x\"}}}}]}\n",
			"otlp_http: cannot be made"},
		{"a: 1\n%# \x8d\n", ":2:4: a byte that YAML does not have: 0x8d"},
		{"%# \x8d\n", ":1:4: a byte that YAML does not have"},
		{"a: \x01\n", ":1:4: a byte that YAML does not have"},
		{"a: [1\nb: 2\n", ":"},
		{"a: b: c\n", ":1:"},
		{"\t- x", ":1:"},
	};
	set_out();
	for (size_t i = 0; i < NR(cases); i++) {
		assert_int_equal(start_file(cases[i].text), -EINVAL);
		assert_said(cases[i].said);
		assert_false(ctel_tracer_is_enabled(tracer));
	}
	assert_int_equal(ctel_init_file("/no/such/file.yaml", NULL), -EINVAL);
	assert_said("/no/such/file.yaml: No such file");
}

/* An alias that comes back to itself, and one that would grow without end. */
static void hostile_files(void **state)
{
	(void)state;
	set_out();
	assert_int_equal(
		start_file(PROVIDER
			"  sampler: &a {parent_based: {root: *a, remote_parent_sampled: *a,"
			" local_parent_sampled: *a}}\n"),
		-EINVAL);
	assert_true(
		start_file(HEAD "x0: &x0 [y, y, y, y, y, y, y, y, y]\n"
				"x1: &x1 [*x0, *x0, *x0, *x0, *x0, *x0, *x0, *x0, *x0]\n"
				"x2: &x2 [*x1, *x1, *x1, *x1, *x1, *x1, *x1, *x1, *x1]\n"
				"x3: &x3 [*x2, *x2, *x2, *x2, *x2, *x2, *x2, *x2, *x2]\n"
				"x4: &x4 [*x3, *x3, *x3, *x3, *x3, *x3, *x3, *x3, *x3]\n"
				"x5: &x5 [*x4, *x4, *x4, *x4, *x4, *x4, *x4, *x4, *x4]\n"
				"x6: &x6 [*x5, *x5, *x5, *x5, *x5, *x5, *x5, *x5, *x5]\n"
				"x7: &x7 [*x6, *x6, *x6, *x6, *x6, *x6, *x6, *x6, *x6]\n"
				"x8: &x8 [*x7, *x7, *x7, *x7, *x7, *x7, *x7, *x7, *x7]\n") <= 0);
}

static void rules_of_the_file(void **state)
{
	(void)state;
	set_out();
	assert_int_equal(
		start_file(PROVIDER
			"  sampler:\n"
			"    composite/development:\n"
			"      parent_threshold:\n"
			"        root:\n"
			"          rule_based:\n"
			"            rules:\n"
			"            - attribute_values: {key: http.route, values: [/healthz]}\n"
			"              sampler: {always_off: }\n"
			"            - span_kinds: [server, consumer]\n"
			"              parent: [none]\n"
			"              sampler: {probability: {ratio: 1}}\n"),
		0);
	const ctel_attr health = CTEL_ATTR("http.route", "/healthz");
	ctel_span *s = ctel_span_start(tracer, "a",
		&(ctel_start){.kind = CTEL_SERVER, .attributes = &health, .nr_attributes = 1});
	assert_false(ctel_span_is_recording(s));
	ctel_span_end(s);
	s = ctel_span_start(tracer, "b", &(ctel_start){.kind = CTEL_CONSUMER});
	assert_true(ctel_span_is_recording(s));
	ctel_span_end(s);
	s = ctel_span_start(tracer, "c", NULL);
	assert_false(ctel_span_is_recording(s));
	ctel_span_end(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(not_configured),
		TEST(resource_of_the_environment),
		TEST(bad_resource_is_ignored),
		TEST(limits_of_the_environment),
		TEST(samplers_of_the_environment),
		TEST(odd_variables_are_said_and_ignored),
		TEST(otlp_of_the_environment),
		TEST(a_whole_file),
		TEST(by_variable_and_as_json),
		TEST(disabled_and_no_provider),
		TEST(tracers_switched_off),
		TEST(substitution),
		TEST(mistakes_are_named),
		TEST(hostile_files),
		TEST(rules_of_the_file),
	};
	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
