/* Sampling as the specification has it: who decides, what the decision is told, what a threshold in
 * the tracestate means, and that the shares are right. */
#include "api.h"

#include <time.h>

static void record_sampled(ctel_sampler *s)
{
	record_with((ctel_config){
		.service_name = "judge", .sampler = s, .processors = {{.max_queue = 100000}}});
}

static ctel_ctx parent_of(unsigned char flags, const char *tracestate, bool is_remote)
{
	static const unsigned char trace[16] = {
		1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

	return ctel_ctx_make(
		trace, (const unsigned char *)"parentid", flags, tracestate, is_remote);
}

/* Whether a span with this parent is sampled. */
static bool is_kept(const ctel_ctx *parent)
{
	ctel_ctx none = {0};
	ctel_span *s =
		ctel_span_start(tracer, "asked", &(ctel_start){.parent = parent ? parent : &none});
	ctel_ctx own = ctel_ctx_with_span(s);
	bool is_sampled = ctel_ctx_is_sampled(&own);

	assert_int_equal(ctel_span_is_recording(s), is_sampled);
	ctel_span_end(s);
	return is_sampled;
}

static void unsampled_spans_have_ids_of_their_own(void **state)
{
	char a[33], b[33], c[33];
	ctel_ctx none = {0}, of_outer;

	(void)state;
	record_sampled(ctel_sampler_always_off());
	ctel_span *outer = ctel_span_start(tracer, "outer", &(ctel_start){.parent = &none});
	of_outer = ctel_ctx_with_span(outer);
	ctel_span *inner = ctel_span_start(tracer, "inner", &(ctel_start){.parent = &of_outer});
	ctel_ctx of_inner = ctel_ctx_with_span(inner);
	assert_non_null(outer);
	assert_false(ctel_span_is_recording(outer) || ctel_ctx_is_sampled(&of_outer));
	assert_true(ctel_ctx_is_valid(&of_outer) && ctel_ctx_is_valid(&of_inner));
	ctel_ctx_span_id(&of_outer, a);
	ctel_ctx_span_id(&of_inner, b);
	assert_string_not_equal(a, b);
	ctel_ctx_trace_id(&of_outer, a);
	ctel_ctx_trace_id(&of_inner, c);
	assert_string_equal(a, c);
	ctel_span_end(inner);
	ctel_span_end(outer);
	assert_int_equal(ctel_flush(1000), 0);
	assert_int_equal(ctel_memory_count(memory), 0);
}

/* ---- a sampler of the program's own ---------------------------------------------------------- */

static struct {
	int nr;
	bool had_parent, had_baggage, had_links;
	ctel_kind kind;
	char name[32], attribute[32];
} asked;
static ctel_decision answer;

static ctel_sampled decide(void *user, const ctel_sampling *what)
{
	static ctel_attr added;
	const char *tenant = ctel_baggage_get(*what->parent, "tenant");

	assert_ptr_equal(user, &asked);
	asked.nr++;
	asked.had_parent = ctel_ctx_is_valid(what->parent) && ctel_ctx_is_remote(what->parent);
	asked.had_baggage = tenant && strcmp(tenant, "t-1") == 0;
	asked.had_links = what->nr_links == 1;
	asked.kind = what->kind;
	snprintf(asked.name, sizeof(asked.name), "%s", what->name);
	if (what->nr_attributes)
		snprintf(asked.attribute, sizeof(asked.attribute), "%s", what->attributes[0].key);
	added = ctel_attr_string("sampler.added", "yes");
	return (ctel_sampled){answer, &added, 1, "judge=1,foo=2"};
}

static void a_sampler_is_told_everything(void **state)
{
	ctel_attr a = CTEL_ATTR("http.route", "/x"), other = CTEL_ATTR("k", 1);
	ctel_attr_view v;

	(void)state;
	record_sampled(ctel_sampler_callback("Judge", decide, &asked));
	answer = CTEL_RECORD_AND_SAMPLE;
	CTEL_CTX(plain, parent_of(0, "foo=1", true));
	CTEL_CTX(parent, ctel_baggage_set(plain, "tenant", "t-1"));
	ctel_link link = {&parent, &other, 1};
	ctel_span *s = ctel_span_start(tracer, "GET",
		&(ctel_start){.parent = &parent,
			.kind = CTEL_SERVER,
			.attributes = &a,
			.nr_attributes = 1,
			.links = &link,
			.nr_links = 1});
	ctel_ctx own = ctel_ctx_with_span(s);
	assert_int_equal(asked.nr, 1);
	assert_true(asked.had_parent && asked.had_baggage && asked.had_links);
	assert_int_equal(asked.kind, CTEL_SERVER);
	assert_string_equal(asked.name, "GET");
	assert_string_equal(asked.attribute, "http.route");
	/* and may change the tracestate and add attributes */
	assert_string_equal(ctel_tracestate_header(&own), "judge=1,foo=2");
	ctel_span_end(s);
	assert_true(attribute(seen("GET")->attributes, "sampler.added", &v));
	assert_string_equal(seen("GET")->tracestate, "judge=1,foo=2");
	assert_true(strstr(
		ctel_sampler_description(ctel_sampler_callback("Judge", decide, &asked)), "Judge"));
}

static void recorded_is_not_sampled(void **state)
{
	ctel_ctx none = {0};

	(void)state;
	record_sampled(ctel_sampler_callback("Judge", decide, &asked));
	answer = CTEL_RECORD_ONLY;
	ctel_span *s = ctel_span_start(tracer, "recorded", &(ctel_start){.parent = &none});
	ctel_ctx own = ctel_ctx_with_span(s);
	assert_true(ctel_span_is_recording(s));
	assert_false(ctel_ctx_is_sampled(&own));
	ctel_span_end(s);
	/* what is not sampled is not exported */
	assert_int_equal(ctel_flush(1000), 0);
	assert_int_equal(ctel_memory_count(memory), 0);
}

static int nr_seen;

static void on_end(void *user, const ctel_span_data *s)
{
	(void)user;
	(void)s;
	nr_seen++;
}

/* Processors see every span, exporters what the sampler inside keeps. */
static void everything_is_recorded(void **state)
{
	ctel_config config = {.sampler = ctel_sampler_always_record(ctel_sampler_always_off()),
		.processors = {{.on_end = on_end}}};
	ctel_ctx none = {0};

	(void)state;
	nr_seen = 0;
	record_with(config);
	ctel_span *s = ctel_span_start(tracer, "recorded", &(ctel_start){.parent = &none});
	ctel_ctx own = ctel_ctx_with_span(s);
	assert_true(ctel_span_is_recording(s));
	assert_false(ctel_ctx_is_sampled(&own));
	ctel_span_end(s);
	assert_int_equal(ctel_flush(1000), 0);
	assert_int_equal(nr_seen, 1);
	assert_int_equal(ctel_memory_count(memory), 0);
}

/* ---- parents --------------------------------------------------------------------------------- */

static void parents_decide(void **state)
{
	ctel_parent_based reversed = {ctel_sampler_always_off(), ctel_sampler_always_off(),
		ctel_sampler_always_on(), ctel_sampler_always_off(), ctel_sampler_always_on()};

	(void)state;
	CTEL_CTX(remote, parent_of(1, NULL, true));
	CTEL_CTX(remote_off, parent_of(0, NULL, true));
	CTEL_CTX(local, parent_of(1, NULL, false));
	CTEL_CTX(local_off, parent_of(0, NULL, false));
	record(); /* parent based is the default */
	assert_true(is_kept(NULL) && is_kept(&remote) && is_kept(&local));
	assert_false(is_kept(&remote_off) || is_kept(&local_off));
	stop(NULL);
	record_sampled(ctel_sampler_parent_based(&reversed));
	assert_false(is_kept(NULL) || is_kept(&remote) || is_kept(&local));
	assert_true(is_kept(&remote_off) && is_kept(&local_off));
}

static void ratio_keeps_its_share(void **state)
{
	int kept = 0;

	(void)state;
	record_sampled(ctel_sampler_trace_id_ratio(0.25));
	for (int i = 0; i < 20000; i++)
		kept += is_kept(NULL);
	/* five standard deviations: once in two million runs */
	assert_in_range(kept, 5000 - 307, 5000 + 307);
	stop(NULL);
	record_sampled(ctel_sampler_trace_id_ratio(1));
	for (int i = 0; i < 100; i++)
		assert_true(is_kept(NULL));
	stop(NULL);
	record_sampled(ctel_sampler_trace_id_ratio(0));
	for (int i = 0; i < 100; i++)
		assert_false(is_kept(NULL));
}

/* ---- thresholds: OTEP 235 -------------------------------------------------------------------- */

static void threshold_is_told(void **state)
{
	static const struct {
		double ratio;
		const char *th;
	} known[] = {{1, "th:0"}, {0.5, "th:8"}, {0.25, "th:c"}, {0.125, "th:e"},
		{1.0 / 256, "th:ff"}, {0.75, "th:4"}};

	(void)state;
	CTEL_CTX(high, parent_of(3, "ot=rv:ffffffffffffff,x=1", true));
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		char ot[256], want[64];

		record_sampled(ctel_sampler_probability(known[i].ratio));
		ctel_span *s = ctel_span_start(tracer, "s", &(ctel_start){.parent = &high});
		ctel_ctx own = ctel_ctx_with_span(s);
		assert_true(ctel_ctx_is_sampled(&own));
		assert_true(ctel_tracestate_get(&own, "ot", ot, sizeof(ot)) > 0);
		snprintf(want, sizeof(want), ";%s;", known[i].th);
		char whole[300];
		snprintf(whole, sizeof(whole), ";%s;", ot);
		if (!strstr(whole, want) || !strstr(whole, ";rv:ffffffffffffff;"))
			fail_msg("ratio %g: ot=%s, not %s", known[i].ratio, ot, known[i].th);
		assert_true(ctel_tracestate_get(&own, "x", ot, sizeof(ot)) == 1);
		ctel_span_end(s);
		stop(NULL);
	}
}

/* Kept iff R >= T; R is rv when there is one, else the trace id's last 56 bits. */
static void randomness_is_compared_with_the_threshold(void **state)
{
	static const struct {
		const char *rv;
		bool is_kept;
	} half[] = {{"ot=rv:80000000000000", true}, {"ot=rv:7fffffffffffff", false},
		{"ot=rv:ffffffffffffff", true}, {"ot=rv:00000000000000", false},
		{"a=b,ot=th:0;rv:80000000000001", true}};

	(void)state;
	record_sampled(ctel_sampler_probability(0.5));
	for (size_t i = 0; i < sizeof(half) / sizeof(*half); i++) {
		CTEL_CTX(parent, parent_of(2, half[i].rv, true));
		if (is_kept(&parent) != half[i].is_kept)
			fail_msg("%s", half[i].rv);
	}
	for (int i = 0; i < 256; i++) {
		unsigned char trace[16] = {9};

		trace[9] = (unsigned char)i; /* the first of the last seven bytes */
		trace[15] = 1;
		CTEL_CTX(parent,
			ctel_ctx_make(trace, (const unsigned char *)"parentid", 2, NULL, true));
		assert_int_equal(is_kept(&parent), i >= 128);
	}
}

static void probability_keeps_its_share(void **state)
{
	int kept = 0;

	(void)state;
	record_sampled(ctel_sampler_probability(0.1));
	for (int i = 0; i < 20000; i++)
		kept += is_kept(NULL);
	assert_in_range(kept, 2000 - 213, 2000 + 213);
}

/* A trace kept at a low probability is kept at every higher one. */
static void probabilities_are_consistent(void **state)
{
	static const double ratios[] = {0.05, 0.1, 0.3, 0.6, 0.95};
	static bool kept[5][500];

	(void)state;
	for (size_t r = 0; r < 5; r++) {
		record_sampled(ctel_sampler_probability(ratios[r]));
		for (int i = 0; i < 500; i++) {
			unsigned char trace[16] = {5};

			for (int b = 9; b < 16; b++)
				trace[b] =
					(unsigned char)((unsigned)i * 2654435761u >> ((b - 9) * 4));
			CTEL_CTX(parent, ctel_ctx_make(trace, (const unsigned char *)"parentid", 2,
						 NULL, true));
			kept[r][i] = is_kept(&parent);
		}
		stop(NULL);
	}
	for (size_t r = 1; r < 5; r++)
		for (int i = 0; i < 500; i++)
			assert_true(!kept[r - 1][i] || kept[r][i]);
}

/* ---- composite ------------------------------------------------------------------------------- */

static bool is_kept_as(const char *name, const char *route, ctel_kind kind, const ctel_ctx *parent)
{
	ctel_ctx none = {0};
	ctel_attr a = ctel_attr_string("http.route", route);
	ctel_span *s = ctel_span_start(tracer, name,
		&(ctel_start){.parent = parent ? parent : &none,
			.kind = kind,
			.attributes = &a,
			.nr_attributes = route ? 1 : 0});
	bool is_sampled = ctel_span_is_recording(s);

	ctel_span_end(s);
	return is_sampled;
}

static void rules_in_their_order(void **state)
{
	static const char *const health[] = {"/healthz", "/livez"};
	static const char *const internal[] = {"/internal/*"}, *const special[] = {
								       "/internal/special/*"};
	ctel_rule rules[] = {
		{.key = "http.route",
			.values = health,
			.nr_values = 2,
			.sampler = ctel_composable_always_off()},
		{.key = "http.route",
			.patterns = internal,
			.nr_patterns = 1,
			.excluded_patterns = special,
			.nr_excluded_patterns = 1,
			.sampler = ctel_composable_always_on()},
		{.kinds = 1u << CTEL_CLIENT,
			.parents = CTEL_PARENT_NONE,
			.sampler = ctel_composable_always_on()},
		{.name = "always?*", .sampler = ctel_composable_always_on()},
		{.parents = CTEL_PARENT_REMOTE, .sampler = ctel_composable_parent_threshold(NULL)},
	};

	(void)state;
	record_sampled(ctel_sampler_composite(ctel_composable_rule_based(rules, 5)));
	CTEL_CTX(remote, parent_of(3, "ot=th:0;rv:ffffffffffffff", true));
	CTEL_CTX(remote_off, parent_of(2, NULL, true));
	CTEL_CTX(local, parent_of(1, NULL, false));
	assert_false(is_kept_as("always this", "/healthz", CTEL_SERVER, NULL));
	assert_true(is_kept_as("x", "/internal/a", CTEL_SERVER, NULL));
	assert_false(is_kept_as("x", "/internal/special/a", CTEL_SERVER, NULL));
	assert_true(is_kept_as("x", NULL, CTEL_CLIENT, NULL));
	assert_false(is_kept_as("x", NULL, CTEL_CLIENT, &local));
	assert_true(is_kept_as("always x", NULL, CTEL_INTERNAL, NULL));
	assert_false(is_kept_as("always", NULL, CTEL_INTERNAL, NULL));
	assert_true(is_kept_as("x", NULL, CTEL_SERVER, &remote));
	assert_false(is_kept_as("x", NULL, CTEL_SERVER, &remote_off));
	assert_false(is_kept_as("x", NULL, CTEL_SERVER, NULL)); /* no rule holds */
}

static void annotations(void **state)
{
	ctel_attr a = CTEL_ATTR("sampling.rule", "all");
	ctel_attr_view v;

	(void)state;
	record_sampled(ctel_sampler_composite(
		ctel_composable_annotating(ctel_composable_always_on(), &a, 1)));
	assert_true(is_kept(NULL));
	assert_true(attribute(seen("asked")->attributes, "sampling.rule", &v));
}

/* ---- ids ------------------------------------------------------------------------------------- */

static void ids_of_the_program(void *user, unsigned char *trace_id, unsigned char *span_id)
{
	(void)user;
	if (trace_id)
		memset(trace_id, 0xab, 16);
	memset(span_id, 0xcd, 8);
}

static void id_generators(void **state)
{
	ctel_ctx none = {0};
	char hex[33], seconds[9];
	long drift;

	(void)state;
	record_with((ctel_config){.make_ids = ids_of_the_program});
	ctel_span_end(ctel_span_start(tracer, "given", &(ctel_start){.parent = &none}));
	assert_int_equal(seen("given")->trace_id[0], 0xab);
	assert_int_equal(seen("given")->span_id[7], 0xcd);
	assert_int_equal(seen("given")->flags & 0xff, 1); /* nobody said they are random */
	stop(NULL);
	record_with((ctel_config){.ids = CTEL_IDS_XRAY});
	ctel_span *s = ctel_span_start(tracer, "xray", &(ctel_start){.parent = &none});
	ctel_ctx own = ctel_ctx_with_span(s);
	ctel_ctx_trace_id(&own, hex);
	memcpy(seconds, hex, 8);
	seconds[8] = 0;
	drift = strtol(seconds, NULL, 16) - (long)time(NULL);
	assert_in_range(drift + 2, 0, 4);
	ctel_span_end(s);
}

static void descriptions(void **state)
{
	(void)state;
	assert_string_equal(ctel_sampler_description(ctel_sampler_always_on()), "AlwaysOnSampler");
	assert_string_equal(
		ctel_sampler_description(ctel_sampler_always_off()), "AlwaysOffSampler");
	assert_true(strstr(ctel_sampler_description(ctel_sampler_trace_id_ratio(0.25)),
		"TraceIdRatioBased{0.25"));
	assert_true(
		strstr(ctel_sampler_description(ctel_sampler_parent_based(NULL)), "ParentBased{"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		row(unsampled_spans_have_ids_of_their_own),
		row(a_sampler_is_told_everything),
		row(recorded_is_not_sampled),
		row(everything_is_recorded),
		row(parents_decide),
		row(ratio_keeps_its_share),
		row(threshold_is_told),
		row(randomness_is_compared_with_the_threshold),
		row(probability_keeps_its_share),
		row(probabilities_are_consistent),
		row(rules_in_their_order),
		row(annotations),
		row(id_generators),
		row(descriptions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
