/* The OTEL_… variables that concern tracing, one after the other. */
#include "api.h"

#include <unistd.h>

/* The last batch as JSON; what has been exported is looked for in it. */
static char *last_batch;
static size_t largest_batch, nr_exported;

static int keep_batch(void *user, const ctel_batch *batch, int timeout_ms)
{
	size_t n;

	(void)user;
	(void)timeout_ms;
	free(last_batch);
	last_batch = ctel_encode_json(batch, &n);
	nr_exported += batch->nr;
	if (batch->nr > largest_batch)
		largest_batch = batch->nr;
	return 0;
}

static const char *const variables[] = {"OTEL_SDK_DISABLED", "OTEL_RESOURCE_ATTRIBUTES",
	"OTEL_SERVICE_NAME", "OTEL_PROPAGATORS", "OTEL_BSP_SCHEDULE_DELAY",
	"OTEL_BSP_EXPORT_TIMEOUT", "OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
	"OTEL_TRACES_EXPORTER", "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
	"OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_SPAN_EVENT_COUNT_LIMIT",
	"OTEL_SPAN_LINK_COUNT_LIMIT", "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT",
	"OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG",
	"OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT", "OTEL_CONFIG_FILE",
	"OTEL_LOG_LEVEL", "CTEL_FILE"};

static int clean(void **state)
{
	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++)
		unsetenv(variables[i]);
	ctel_log_to(NULL, NULL);
	return stop(state);
}

/* Starts with what the environment says and an exporter that keeps the last batch. */
static void begin(void)
{
	static const ctel_exporter_ops ops = {.export_batch = keep_batch};
	ctel_config config = {.no_thread = true};

	largest_batch = nr_exported = 0;
	config.processors[0].exporter = ctel_exporter_callback(&ops, NULL);
	assert_int_equal(ctel_init_with(&config), 0);
	tracer = ctel_tracer_get("judge", "1");
}

static const char *exported(void)
{
	assert_int_equal(ctel_flush(1000), 0);
	assert_non_null(last_batch);
	return last_batch;
}

static void assert_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no %s in %s", part, text);
}

static void disabled(void **state)
{
	(void)state;
	setenv("OTEL_SDK_DISABLED", "TRUE", 1);
	begin();
	assert_null(ctel_span_start(tracer, "s", NULL));
	assert_false(ctel_tracer_is_enabled(tracer));
	ctel_shutdown(1000);
	setenv("OTEL_SDK_DISABLED", "yes", 1); /* only true is true */
	begin();
	ctel_span *s = ctel_span_start(tracer, "s", NULL);
	assert_non_null(s);
	ctel_span_end(s);
}

static void resource_attributes(void **state)
{
	(void)state;
	setenv("OTEL_RESOURCE_ATTRIBUTES",
		"service.name=weaker,deployment.environment.name=t%C3%A4st,team=a%2Cb%3Dc", 1);
	setenv("OTEL_SERVICE_NAME", "stronger", 1);
	begin();
	ctel_span_end(ctel_span_start(tracer, "s", NULL));
	assert_has(
		exported(), "{\"key\":\"service.name\",\"value\":{\"stringValue\":\"stronger\"}}");
	assert_has(last_batch, "\"stringValue\":\"täst\"");
	assert_has(last_batch, "\"stringValue\":\"a,b=c\"");
	assert_has(last_batch, "\"telemetry.sdk.language\",\"value\":{\"stringValue\":\"c\"}");
	assert_null(strstr(last_batch, "weaker"));
}

/* What begin() starts, with these two said by the program. */
static void begin_with_resource(const char *schema_url, bool no_detectors)
{
	static const ctel_exporter_ops ops = {.export_batch = keep_batch};
	ctel_config config = {
		.no_thread = true, .resource_schema_url = schema_url, .no_detectors = no_detectors};

	config.processors[0].exporter = ctel_exporter_callback(&ops, NULL);
	assert_int_equal(ctel_init_with(&config), 0);
	tracer = ctel_tracer_get("judge", "1");
	ctel_span_end(ctel_span_start(tracer, "s", NULL));
}

/* spec: Resource SDK, Detecting resource information, and Merge */
static void schema_of_what_is_detected(void **state)
{
	(void)state;
	begin_with_resource(NULL, false);
	assert_has(exported(), "\"schemaUrl\":\"https://opentelemetry.io/schemas/1.");
	ctel_shutdown(1000);
	begin_with_resource("https://schemas.example.com/2", false);
	assert_has(exported(), "\"schemaUrl\":\"https://schemas.example.com/2\"");
	assert_null(strstr(last_batch, "opentelemetry.io/schemas"));
	ctel_shutdown(1000);
	begin_with_resource(NULL, true); /* only the environment's: nobody knows which it follows */
	assert_null(strstr(exported(), "schemaUrl"));
}

static void default_service_name(void **state)
{
	(void)state;
	begin();
	ctel_span_end(ctel_span_start(tracer, "s", NULL));
	assert_has(exported(), "\"stringValue\":\"unknown_service:spec_environment\"");
}

/* The specification: what cannot be decoded makes the whole variable invalid. */
static void broken_resource_attributes(void **state)
{
	(void)state;
	setenv("OTEL_RESOURCE_ATTRIBUTES", "good=1,bad", 1);
	begin();
	ctel_span_end(ctel_span_start(tracer, "s", NULL));
	assert_null(strstr(exported(), "\"key\":\"good\""));
}

static void propagators(void **state)
{
	const char *fields[8];

	(void)state;
	setenv("OTEL_PROPAGATORS", "b3", 1);
	begin();
	assert_int_equal(ctel_propagation_fields(fields, 8), 1);
	assert_string_equal(fields[0], "b3");
}

static void batch_processor(void **state)
{
	ctel_stats before, after;

	(void)state;
	setenv("OTEL_BSP_MAX_QUEUE_SIZE", "64", 1);
	setenv("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "16", 1);
	setenv("OTEL_BSP_SCHEDULE_DELAY", "60000", 1);
	begin();
	ctel_stats_get(&before);
	for (int i = 0; i < 200; i++)
		ctel_span_end(ctel_span_start(tracer, "s", NULL));
	ctel_stats_get(&after);
	assert_int_equal(after.dropped - before.dropped, 200 - 64);
	assert_int_equal(ctel_flush(1000), 0);
	assert_int_equal(nr_exported, 64);
	assert_int_equal(largest_batch, 16);
}

static void schedule_delay(void **state)
{
	(void)state;
	setenv("OTEL_BSP_SCHEDULE_DELAY", "60000", 1);
	begin();
	ctel_span_end(ctel_span_start(tracer, "s", NULL));
	assert_in_range(ctel_poll(0), 50000, 60000);
	assert_int_equal(nr_exported, 0);
	ctel_shutdown(1000);
	setenv("OTEL_BSP_SCHEDULE_DELAY", "20", 1);
	begin();
	ctel_span_end(ctel_span_start(tracer, "s", NULL));
	assert_in_range(ctel_poll(0), 0, 20);
	usleep(30000);
	ctel_poll(100);
	assert_int_equal(nr_exported, 1);
}

static void span_limits(void **state)
{
	ctel_attr many[] = {CTEL_ATTR("a", 1), CTEL_ATTR("b", 2), CTEL_ATTR("c", 3)};
	unsigned char id[16] = "0123456789abcde";

	(void)state;
	setenv("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "2", 1);
	setenv("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "3", 1);
	setenv("OTEL_SPAN_EVENT_COUNT_LIMIT", "1", 1);
	setenv("OTEL_SPAN_LINK_COUNT_LIMIT", "1", 1);
	setenv("OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "1", 1);
	setenv("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "2", 1);
	/* the general ones are weaker */
	setenv("OTEL_ATTRIBUTE_COUNT_LIMIT", "77", 1);
	setenv("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "77", 1);
	begin();
	CTEL_CTX(to, ctel_ctx_make(id, id, 1, NULL, false));
	ctel_span *s = ctel_span_start(tracer, "s", NULL);
	ctel_set(s, "text", "abcdef");
	ctel_set_attributes(s, many, 3);
	for (int i = 0; i < 3; i++) {
		ctel_event_with(s, "e", many, 3, 1);
		ctel_span_link(s, &(ctel_link){&to, many, 3});
	}
	ctel_span_end(s);
	assert_has(exported(), "\"stringValue\":\"abc\"");
	assert_has(last_batch, "\"droppedEventsCount\":2");
	assert_has(last_batch, "\"droppedLinksCount\":2");
	/* the span's two, the event's two, the link's one */
	const char *p = strstr(last_batch, "\"droppedAttributesCount\":2");
	assert_non_null(p);
	assert_non_null(strstr(p + 1, "\"droppedAttributesCount\":2"));
	assert_has(last_batch, "\"droppedAttributesCount\":1");
}

static void general_limits(void **state)
{
	(void)state;
	setenv("OTEL_ATTRIBUTE_COUNT_LIMIT", "1", 1);
	setenv("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "2", 1);
	begin();
	ctel_span *s = ctel_span_start(tracer, "s", NULL);
	ctel_set(s, "a", "xyz");
	ctel_set(s, "b", "xyz");
	ctel_span_end(s);
	assert_has(exported(), "\"stringValue\":\"xy\"");
	assert_has(last_batch, "\"droppedAttributesCount\":1");
}

/* How many of 1000 root spans, and of 1000 with a sampled remote parent, are kept. */
static void shares(int *root, int *child)
{
	ctel_ctx none = {0};

	*root = *child = 0;
	for (int i = 0; i < 1000; i++) {
		unsigned char id[16] = {1};

		for (int b = 8; b < 16; b++)
			id[b] = (unsigned char)((unsigned)i * 2654435761u >> ((b - 8) * 3));
		CTEL_CTX(parent, ctel_ctx_make(id, id, 1, NULL, true));
		ctel_span *s = ctel_span_start(tracer, "s", &(ctel_start){.parent = &none});
		*root += ctel_span_is_recording(s);
		ctel_span_end(s);
		s = ctel_span_start(tracer, "s", &(ctel_start){.parent = &parent});
		*child += ctel_span_is_recording(s);
		ctel_span_end(s);
	}
}

static void samplers(void **state)
{
	static const struct {
		const char *name, *argument;
		int root_min, root_max, child_min, child_max;
	} known[] = {
		{"always_on", NULL, 1000, 1000, 1000, 1000},
		{"always_off", NULL, 0, 0, 0, 0},
		{"traceidratio", "0.3", 200, 400, 1, 999},
		{"traceidratio", NULL, 1000, 1000, 1000, 1000},
		{"parentbased_always_on", NULL, 1000, 1000, 1000, 1000},
		{"parentbased_always_off", NULL, 0, 0, 1000, 1000},
		{"parentbased_traceidratio", "0.3", 200, 400, 1000, 1000},
		{"parentbased_traceidratio", "not a number", 1000, 1000, 1000, 1000},
		{"no_such_sampler", NULL, 1000, 1000, 1000, 1000},
	};
	int root, child;

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		setenv("OTEL_TRACES_SAMPLER", known[i].name, 1);
		if (known[i].argument)
			setenv("OTEL_TRACES_SAMPLER_ARG", known[i].argument, 1);
		else
			unsetenv("OTEL_TRACES_SAMPLER_ARG");
		begin();
		shares(&root, &child);
		if (root < known[i].root_min || root > known[i].root_max ||
			child < known[i].child_min || child > known[i].child_max)
			fail_msg("%s %s: %d and %d of 1000", known[i].name,
				known[i].argument ? known[i].argument : "", root, child);
		ctel_shutdown(1000);
	}
}

static char messages[4096];

static void on_log(void *user, ctel_level level, const char *message)
{
	size_t n = strlen(messages);

	(void)user;
	(void)level;
	snprintf(messages + n, sizeof(messages) - n, "%s\n", message);
}

static void bad_values_are_told_and_ignored(void **state)
{
	(void)state;
	*messages = 0;
	setenv("OTEL_BSP_MAX_QUEUE_SIZE", "many", 1);
	setenv("OTEL_TRACES_SAMPLER", "sometimes", 1);
	setenv("OTEL_SPAN_EVENT_COUNT_LIMIT", "-7", 1);
	ctel_log_to(on_log, NULL);
	begin();
	ctel_log_to(NULL, NULL);
	assert_has(messages, "OTEL_BSP_MAX_QUEUE_SIZE");
	assert_has(messages, "OTEL_TRACES_SAMPLER");
	assert_has(messages, "OTEL_SPAN_EVENT_COUNT_LIMIT");
	ctel_span_end(ctel_span_start(tracer, "s", NULL));
	exported();
}

static void log_level(void **state)
{
	(void)state;
	*messages = 0;
	setenv("OTEL_BSP_MAX_QUEUE_SIZE", "many", 1);
	setenv("OTEL_LOG_LEVEL", "none", 1);
	ctel_log_to(on_log, NULL);
	begin();
	ctel_log_to(NULL, NULL);
	assert_string_equal(messages, "");
}

/* What a child prints that is started with ctel_init and makes one span. */
static void spans_of_a_child(char *out, size_t size)
{
	int fds[2];
	ssize_t n;
	size_t at = 0;

	assert_int_equal(pipe(fds), 0);
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		dup2(fds[1], 1);
		close(fds[0]);
		close(fds[1]);
		alarm(20);
		if (ctel_init("child") == 0) {
			ctel_span *s =
				ctel_span_start(ctel_tracer_get("t", NULL), "from the child", NULL);
			ctel_span_end(s);
			ctel_shutdown(2000);
		}
		fflush(stdout);
		_exit(0);
	}
	close(fds[1]);
	while (at < size - 1 && (n = read(fds[0], out + at, size - 1 - at)) > 0)
		at += (size_t)n;
	out[at] = 0;
	close(fds[0]);
}

/* An empty file of its own in the directory for temporary ones; its descriptor. */
static int temporary(char *path, size_t size)
{
	const char *dir = getenv("TMPDIR");

	snprintf(path, size, "%s/ctel-judge-XXXXXX", dir && *dir ? dir : P_tmpdir);
	return mkstemp(path);
}

static void exporters_by_name(void **state)
{
	static char out[65536];
	char path[4096];
	FILE *f;
	int fd;

	(void)state;
	setenv("OTEL_TRACES_EXPORTER", "console", 1);
	spans_of_a_child(out, sizeof(out));
	assert_has(out, "from the child");
	setenv("OTEL_TRACES_EXPORTER", "none", 1);
	spans_of_a_child(out, sizeof(out));
	assert_string_equal(out, "");
	unsetenv("OTEL_TRACES_EXPORTER");
	spans_of_a_child(out, sizeof(out)); /* nothing is configured: nothing is recorded */
	assert_string_equal(out, "");
	fd = temporary(path, sizeof(path));
	assert_true(fd >= 0);
	setenv("CTEL_FILE", path, 1);
	spans_of_a_child(out, sizeof(out));
	f = fdopen(fd, "r");
	assert_non_null(fgets(out, sizeof(out), f));
	assert_has(out, "{\"resourceSpans\":");
	assert_has(out, "from the child");
	assert_null(fgets(out, sizeof(out), f));
	fclose(f);
	unlink(path);
}

static void configuration_file(void **state)
{
	static char out[65536];
	char path[4096];
	int fd = temporary(path, sizeof(path));
	FILE *f = fdopen(fd, "w");

	(void)state;
	fputs("file_format: \"1.0\"\n"
	      "resource:\n"
	      "  attributes:\n"
	      "    - {name: app.of.file, value: \"${JUDGE_VALUE:-from the file}\"}\n"
	      "tracer_provider:\n"
	      "  processors:\n"
	      "    - simple: {exporter: {console: }}\n",
		f);
	fclose(f);
	setenv("OTEL_CONFIG_FILE", path, 1);
	/* the file is all that counts */
	setenv("OTEL_TRACES_SAMPLER", "always_off", 1);
	spans_of_a_child(out, sizeof(out));
	unlink(path);
	assert_has(out, "from the child");
	assert_has(out, "from the file");
}

#define variable(f) cmocka_unit_test_teardown(f, clean)

int main(void)
{
	const struct CMUnitTest tests[] = {
		variable(disabled),
		variable(resource_attributes),
		variable(schema_of_what_is_detected),
		variable(default_service_name),
		variable(broken_resource_attributes),
		variable(propagators),
		variable(batch_processor),
		variable(schedule_delay),
		variable(span_limits),
		variable(general_limits),
		variable(samplers),
		variable(bad_values_are_told_and_ignored),
		variable(log_level),
		variable(exporters_by_name),
		variable(configuration_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
