/* Samplers: who is kept, what the tracestate says of it, what is exported. */
#include "memory.h"

#define TRACE "0af7651916cd43dd84"
/* R = the last 14 digits */
#define PARENT(r, flags) "00-" TRACE r "-b7ad6b7169203331-" flags

/* Starts and ends a child of this parent; whether it was sampled, its tracestate in `state`. */
static bool child_is_sampled(const char *traceparent, const char *tracestate, char state[600])
{
	CTEL_CTX(parent, context_of(traceparent, tracestate));
	ctel_span *s = ctel_span_start(tracer, "child", &(ctel_start){.parent = &parent});
	assert_non_null(s);
	ctel_ctx ctx = ctel_ctx_with_span(s);
	bool is_sampled = ctel_ctx_is_sampled(&ctx);
	assert_int_equal(ctel_span_is_recording(s), is_sampled);
	snprintf(state, 600, "%s", ctel_tracestate_header(&ctx));
	ctel_span_end(s);
	return is_sampled;
}

static unsigned share_of_roots(unsigned nr)
{
	unsigned sampled = 0;
	for (unsigned i = 0; i < nr; i++) {
		ctel_span *s = ctel_span_start(tracer, "root", NULL);
		sampled += ctel_span_is_recording(s);
		ctel_span_end(s);
	}
	return sampled;
}

static void always(void **state)
{
	(void)state;
	start_with((ctel_config){.sampler = ctel_sampler_always_off()});
	assert_int_equal(share_of_roots(100), 0);
	assert_int_equal(ctel_memory_count(memory), 0);
	stop(state);
	start_with((ctel_config){.sampler = ctel_sampler_always_on()});
	char text[600];
	assert_true(child_is_sampled(PARENT("00000000000000", "00"), "a=1", text));
	assert_string_equal(text, "a=1");
	assert_string_equal(ctel_sampler_description(ctel_sampler_always_on()), "AlwaysOnSampler");
	assert_string_equal(
		ctel_sampler_description(ctel_sampler_always_off()), "AlwaysOffSampler");
}

static void ratio(void **state)
{
	(void)state;
	ctel_sampler *quarter = ctel_sampler_trace_id_ratio(0.25);
	assert_string_equal(ctel_sampler_description(quarter), "TraceIdRatioBased{0.250000}");
	start_with((ctel_config){.sampler = quarter});
	unsigned kept = share_of_roots(20000);
	assert_in_range(kept, 4600, 5400); /* six standard deviations are 367 */
	char text[600];
	listen_to_messages();
	assert_true(child_is_sampled(PARENT("c0000000000000", "00"), NULL, text));
	assert_said("TraceIdRatioBased sampler decides about a child");
	assert_false(child_is_sampled(PARENT("bfffffffffffff", "01"), NULL, text));
	assert_string_equal(messages, ""); /* once a minute */
	stop(state);
	start_with((ctel_config){.sampler = ctel_sampler_trace_id_ratio(0)});
	assert_false(child_is_sampled(PARENT("ffffffffffffff", "01"), NULL, text));
	stop(state);
	start_with((ctel_config){.sampler = ctel_sampler_trace_id_ratio(1)});
	assert_true(child_is_sampled(PARENT("00000000000000", "01"), NULL, text));
}

/* The table of the specification, "Converting floating-point probability to threshold value". */
static void thresholds(void **state)
{
	static const struct {
		double n;
		const char *th;
	} cases[] = {{1, "0"}, {2, "8"}, {3, "aaab"}, {4, "c"}, {5, "cccd"}, {8, "e"}, {10, "e666"},
		{16, "f"}, {100, "fd70a"}, {1000, "ffbe77"}, {10000, "fff9724"},
		{100000, "ffff583a"}, {1000000, "ffffef39"}};
	char text[600], expected[64];
	(void)state;
	for (size_t i = 0; i < NR(cases); i++) {
		start_with((ctel_config){.sampler = ctel_sampler_probability(1 / cases[i].n)});
		assert_true(child_is_sampled(PARENT("ffffffffffffff", "03"), NULL, text));
		snprintf(expected, sizeof(expected), "ot=th:%s", cases[i].th);
		assert_string_equal(text, expected);
		stop(state);
	}
	start_plain(state);
}

static void probability(void **state)
{
	(void)state;
	char text[600];
	start_with((ctel_config){.sampler = ctel_sampler_probability(0.25)});
	assert_in_range(share_of_roots(20000), 4600, 5400);
	assert_string_equal(span_named("root")->tracestate, "ot=th:c");
	/* R is T: kept; R is T - 1: not. */
	assert_true(child_is_sampled(PARENT("c0000000000000", "02"), "x=1", text));
	assert_string_equal(text, "ot=th:c,x=1");
	assert_false(child_is_sampled(PARENT("bfffffffffffff", "03"), "x=1,ot=th:0;p:1", text));
	assert_string_equal(text, "ot=p:1,x=1");
	/* rv counts, and not the trace id; it stays as it is. */
	assert_true(child_is_sampled(PARENT("00000000000000", "03"), "ot=rv:c0000000000000", text));
	assert_string_equal(text, "ot=th:c;rv:c0000000000000");
	assert_false(child_is_sampled(
		PARENT("ffffffffffffff", "03"), "ot=th:8;rv:bfffffffffffff", text));
	assert_string_equal(text, "ot=rv:bfffffffffffff");
	/* Not valid: not exactly 14 digits, upper case. */
	assert_true(child_is_sampled(PARENT("ffffffffffffff", "03"), "ot=rv:0", text));
	assert_true(child_is_sampled(PARENT("ffffffffffffff", "03"), "ot=rv:AAAAAAAAAAAAAA", text));
}

static void presumed_randomness_is_said(void **state)
{
	(void)state;
	char text[600];
	listen_to_messages();
	start_with((ctel_config){.sampler = ctel_sampler_probability(0.5)});
	child_is_sampled(PARENT("ffffffffffffff", "01"), NULL, text);
	assert_said("presumes that trace ids are random");
}

static void parent_based(void **state)
{
	(void)state;
	char text[600];
	ctel_parent_based all = {.root = ctel_sampler_always_off(),
		.remote_not_sampled = ctel_sampler_always_on(),
		.remote_sampled = ctel_sampler_always_off()};
	start_with((ctel_config){.sampler = ctel_sampler_parent_based(&all)});
	assert_int_equal(share_of_roots(10), 0);
	assert_true(child_is_sampled(PARENT("ffffffffffffff", "00"), NULL, text));
	assert_false(child_is_sampled(PARENT("ffffffffffffff", "01"), NULL, text));
	/* Local parents: the defaults. */
	CTEL_CTX(remote, context_of(PARENT("ffffffffffffff", "00"), NULL));
	ctel_span *s = ctel_span_enter_with(tracer, "kept", &(ctel_start){.parent = &remote});
	ctel_span *kept = ctel_span_start(tracer, "child of kept", NULL);
	assert_true(ctel_span_is_recording(kept));
	ctel_span_end(kept);
	ctel_span_end(s);
	ctel_span *root = ctel_span_enter(tracer, "dropped");
	ctel_span *dropped = ctel_span_start(tracer, "child of dropped", NULL);
	assert_false(ctel_span_is_recording(dropped));
	ctel_span_end(dropped);
	ctel_span_end(root);
	assert_int_equal(strncmp(ctel_sampler_description(ctel_sampler_parent_based(NULL)),
				 "ParentBased{root=AlwaysOnSampler", 32),
		0);
}

static void random_flag(void **state)
{
	(void)state;
	ctel_span *s = ctel_span_enter(tracer, "root");
	ctel_span_end(ctel_span_start(tracer, "inner", NULL));
	ctel_span_end(s);
	assert_int_equal(span_named("root")->flags, 0x103);
	assert_int_equal(span_named("inner")->flags, 0x103);
	CTEL_CTX(one, context_of(PARENT("ffffffffffffff", "01"), NULL));
	ctel_span_end(ctel_span_start(tracer, "level 1", &(ctel_start){.parent = &one}));
	assert_int_equal(span_named("level 1")->flags, 0x301);
	CTEL_CTX(two, context_of(PARENT("ffffffffffffff", "03"), NULL));
	ctel_span_end(ctel_span_start(tracer, "level 2", &(ctel_start){.parent = &two}));
	assert_int_equal(span_named("level 2")->flags, 0x303);
}

/* ---- Composite ------------------------------------------------------------------------------ */

static void composite_thresholds(void **state)
{
	(void)state;
	char text[600];
	start_with((ctel_config){.sampler = ctel_sampler_composite(ctel_composable_parent_threshold(
					 ctel_composable_probability(0.5)))});
	assert_in_range(share_of_roots(10000), 4700, 5300);
	assert_string_equal(span_named("root")->tracestate, "ot=th:8");
	/* The parent's threshold, if it has one, with the trace's own randomness. */
	assert_true(child_is_sampled(PARENT("c0000000000000", "01"), "ot=th:c", text));
	assert_string_equal(text, "ot=th:c");
	assert_false(child_is_sampled(PARENT("bfffffffffffff", "01"), "ot=th:c;p:1", text));
	assert_string_equal(text, "ot=p:1");
	/* Without one: its flag, and no th, because nobody knows how many it stands for. */
	assert_true(child_is_sampled(PARENT("00000000000000", "01"), "y=2", text));
	assert_string_equal(text, "y=2");
	assert_false(child_is_sampled(PARENT("ffffffffffffff", "00"), NULL, text));
	stop(state);
	start_with((ctel_config){.sampler = ctel_sampler_composite(ctel_composable_always_on())});
	assert_true(child_is_sampled(PARENT("00000000000000", "00"), NULL, text));
	assert_string_equal(text, "ot=th:0");
	stop(state);
	start_with((ctel_config){.sampler = ctel_sampler_composite(ctel_composable_always_off())});
	assert_false(child_is_sampled(PARENT("ffffffffffffff", "01"), "ot=th:0", text));
	assert_string_equal(text, "");
	stop(state);
	start_with(
		(ctel_config){.sampler = ctel_sampler_composite(ctel_composable_probability(0))});
	assert_int_equal(share_of_roots(10), 0);
}

static bool is_kept(const char *name, ctel_kind kind, ctel_attr attribute, const ctel_ctx *parent)
{
	static const ctel_ctx none;
	ctel_span *s = ctel_span_start(tracer, name,
		&(ctel_start){.kind = kind,
			.attributes = &attribute,
			.nr_attributes = 1,
			.parent = parent ? parent : &none});
	bool is_recording = ctel_span_is_recording(s);
	ctel_span_end(s);
	return is_recording;
}

static void rules(void **state)
{
	(void)state;
	static const char *const health[] = {"/healthz", "/livez"}, *const codes[] = {"404"};
	static const char *const internal[] = {"/internal/*"}, *const special[] = {"*/spec?al/*"};
	const ctel_rule all[] = {
		{.key = "http.route",
			.values = health,
			.nr_values = 2,
			.sampler = ctel_composable_always_off()},
		{.key = "http.path",
			.patterns = internal,
			.nr_patterns = 1,
			.excluded_patterns = special,
			.nr_excluded_patterns = 1},
		{.key = "code", .values = codes, .nr_values = 1},
		{.key = "there"},
		{.name = "check*", .kinds = 1u << CTEL_SERVER | 1u << CTEL_CONSUMER},
		{.parents = CTEL_PARENT_REMOTE, .kinds = 1u << CTEL_CLIENT},
	};
	start_with((ctel_config){
		.sampler = ctel_sampler_composite(ctel_composable_rule_based(all, NR(all)))});
	CTEL_CTX(remote, context_of(PARENT("ffffffffffffff", "01"), NULL));
	static const char *const list[] = {"x", "/internal/a"};
	assert_false(is_kept("checkout", CTEL_SERVER, CTEL_ATTR("http.route", "/livez"), NULL));
	assert_true(is_kept("checkout", CTEL_SERVER, CTEL_ATTR("http.route", "/pay"), NULL));
	assert_false(is_kept("checkout", CTEL_CLIENT, CTEL_ATTR("http.route", "/pay"), NULL));
	assert_false(is_kept("heck", CTEL_SERVER, CTEL_ATTR("http.route", "/pay"), NULL));
	assert_true(is_kept("a", CTEL_CLIENT, CTEL_ATTR("http.path", "/internal/a"), NULL));
	assert_false(is_kept("a", CTEL_CLIENT, CTEL_ATTR("http.path", "/internal/special/"), NULL));
	assert_true(is_kept("a", CTEL_CLIENT, ctel_attr_strings("http.path", list, 2), NULL));
	assert_true(is_kept("a", CTEL_CLIENT, CTEL_ATTR("code", 404), NULL));
	assert_false(is_kept("a", CTEL_CLIENT, CTEL_ATTR("code", 405), NULL));
	assert_true(is_kept("a", CTEL_CLIENT, CTEL_ATTR("there", 1.5), NULL));
	assert_true(is_kept("a", CTEL_CLIENT, CTEL_ATTR("x", 1), &remote));
	assert_false(is_kept("a", CTEL_SERVER, CTEL_ATTR("x", 1), &remote));
	stop(state);
	start_with((ctel_config){
		.sampler = ctel_sampler_composite(ctel_composable_rule_based(NULL, 0))});
	assert_int_equal(share_of_roots(10), 0);
}

static void annotations(void **state)
{
	(void)state;
	const ctel_attr inner[] = {CTEL_ATTR("policy", "all")}, outer[] = {CTEL_ATTR("rate", 1)};
	ctel_composable *c = ctel_composable_annotating(ctel_composable_always_on(), inner, 1);
	start_with((ctel_config){
		.sampler = ctel_sampler_composite(ctel_composable_annotating(c, outer, 1))});
	ctel_span_end(ctel_span_start(tracer, "s", NULL));
	assert_string(span_named("s")->attributes, "policy", "all");
	assert_integer(span_named("s")->attributes, "rate", 1);
}

/* ---- The program's own ---------------------------------------------------------------------- */

static ctel_sampled by_name(void *user, const ctel_sampling *what)
{
	static const ctel_attr why = {
		.key = "why", .type = CTEL_STRING, .n = 4, .v.string = "name"};
	assert_string_equal(user, "user");
	if (!strcmp(what->name, "drop"))
		return (ctel_sampled){.decision = CTEL_DROP};
	if (!strcmp(what->name, "record"))
		return (ctel_sampled){.decision = CTEL_RECORD_ONLY};
	return (ctel_sampled){.decision = CTEL_RECORD_AND_SAMPLE,
		.attributes = &why,
		.nr_attributes = 1,
		.tracestate = "own=1"};
}

static unsigned nr_ended;

static void count_ended(void *user, const ctel_span_data *s)
{
	(void)user;
	(void)s;
	nr_ended++;
}

static void own_sampler(void **state)
{
	(void)state;
	ctel_stats before, after;
	ctel_sampler *s = ctel_sampler_callback("by name", by_name, "user");
	assert_string_equal(ctel_sampler_description(s), "by name");
	nr_ended = 0;
	ctel_stats_get(&before);
	start_with((ctel_config){.sampler = s, .processors = {{.on_end = count_ended}}});
	ctel_span_end(ctel_span_start(tracer, "drop", NULL));
	ctel_span *record = ctel_span_start(tracer, "record", NULL);
	ctel_ctx ctx = ctel_ctx_with_span(record);
	assert_true(ctel_span_is_recording(record));
	assert_false(ctel_ctx_is_sampled(&ctx));
	ctel_span_end(record);
	ctel_span_end(ctel_span_start(tracer, "keep", NULL));
	ctel_stats_get(&after);
	assert_int_equal(ctel_memory_count(memory), 1);
	assert_string_equal(span_named("keep")->tracestate, "own=1");
	assert_string(span_named("keep")->attributes, "why", "name");
	assert_int_equal(nr_ended, 2);
	assert_int_equal(after.started - before.started, 2);
	assert_int_equal(after.sampled - before.sampled, 1);
	assert_int_equal(after.unsampled - before.unsampled, 1);
}

static void always_record(void **state)
{
	(void)state;
	nr_ended = 0;
	start_with((ctel_config){.sampler = ctel_sampler_always_record(ctel_sampler_always_off()),
		.processors = {{.on_end = count_ended}}});
	assert_int_equal(share_of_roots(5), 5);
	assert_int_equal(nr_ended, 5);
	assert_int_equal(ctel_memory_count(memory), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start_plain, stop)
#define OWN(f)  cmocka_unit_test_teardown(f, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OWN(always),
		OWN(ratio),
		OWN(thresholds),
		OWN(probability),
		OWN(presumed_randomness_is_said),
		OWN(parent_based),
		TEST(random_flag),
		OWN(composite_thresholds),
		OWN(rules),
		OWN(annotations),
		OWN(own_sampler),
		OWN(always_record),
	};
	return cmocka_run_group_tests_name("sampling", tests, NULL, NULL);
}
