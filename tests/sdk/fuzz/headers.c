/* Fuzzing of the propagators. An input is lines "name: value", as a request has them. What is read
 * must be valid, and must survive being written and read again. */
#include <ctel/ctel.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

#define MAX_HEADERS 16

struct carrier {
	char *names[MAX_HEADERS], *values[MAX_HEADERS];
	size_t nr;
};

static void check(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "fuzz headers: %s\n", what);
	abort();
}

static const char *get(void *carrier, const char *name)
{
	const struct carrier *c = carrier;

	for (size_t i = 0; i < c->nr; i++)
		if (strcmp(c->names[i], name) == 0)
			return c->values[i];
	return NULL;
}

static void set(void *carrier, const char *name, const char *value)
{
	struct carrier *c = carrier;

	for (const char *p = value; *p; p++)
		check(((unsigned char)*p >= 0x20 && *p != 0x7f) || *p == '\t',
			"a control character is written");
	check(c->nr < MAX_HEADERS, "so many headers are written");
	c->names[c->nr] = strdup(name);
	c->values[c->nr++] = strdup(value);
}

static void empty(struct carrier *c)
{
	while (c->nr) {
		free(c->names[--c->nr]);
		free(c->values[c->nr]);
	}
}

static void read_lines(struct carrier *c, const unsigned char *data, size_t n)
{
	char *text = malloc(n + 1), *rest = text, *line;

	check(text != NULL, "memory");
	memcpy(text, data, n);
	text[n] = 0;
	while ((line = strsep(&rest, "\n")) && c->nr < MAX_HEADERS) {
		char *value = strchr(line, ':');

		if (!value)
			continue;
		*value++ = 0;
		c->names[c->nr] = strdup(line);
		c->values[c->nr++] = strdup(*value == ' ' ? value + 1 : value);
	}
	free(text);
}

struct baggage {
	ctel_ctx other;
	int nr;
};

static bool is_in_other(void *user, const char *key, const char *value, const char *metadata)
{
	struct baggage *b = user;
	const char *there = ctel_baggage_get(b->other, key);

	(void)metadata;
	check(*key != 0, "an empty key in baggage");
	check(there && strcmp(there, value) == 0, "baggage changes on the way");
	b->nr++;
	return true;
}

static bool count(void *user, const char *key, const char *value, const char *metadata)
{
	(void)key;
	(void)value;
	(void)metadata;
	++*(int *)user;
	return true;
}

/* Written by these propagators and read again, the context is the same. */
static void round_trip(const char *propagators, ctel_ctx ctx, bool has_state)
{
	struct carrier c = {.nr = 0};
	char a[33], b[33];
	int nr = 0;
	ctel_ctx again;
	struct baggage bag = {.nr = 0};

	ctel_inject_as(propagators, ctx, set, &c);
	again = ctel_extract_as(propagators, get, &c);
	check(ctel_ctx_is_valid(&again) == ctel_ctx_is_valid(&ctx), "validity");
	ctel_ctx_trace_id(&ctx, a);
	ctel_ctx_trace_id(&again, b);
	check(strcmp(a, b) == 0, "the trace id changes on the way");
	ctel_ctx_span_id(&ctx, a);
	ctel_ctx_span_id(&again, b);
	check(strcmp(a, b) == 0, "the span id changes on the way");
	if (ctel_ctx_is_valid(&ctx)) {
		check(ctel_ctx_is_sampled(&again) == ctel_ctx_is_sampled(&ctx), "sampled");
		check(ctel_ctx_is_remote(&again), "what was read is remote");
	}
	if (has_state) {
		check(strcmp(ctel_tracestate_header(&ctx), ctel_tracestate_header(&again)) == 0,
			"the tracestate changes on the way");
		bag.other = again;
		ctel_baggage_each(ctx, is_in_other, &bag);
		ctel_baggage_each(again, count, &nr);
		check(nr == bag.nr, "as much baggage as before");
	}
	ctel_ctx_release(&again);
	empty(&c);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	static const char *const one[] = {"tracecontext,baggage", "b3", "b3multi", "xray"};
	struct carrier c = {.nr = 0};

	if (n > 1 << 16)
		return 0;
	read_lines(&c, data, n);
	for (size_t i = 0; i < sizeof(one) / sizeof(*one); i++) {
		ctel_ctx ctx = ctel_extract_as(one[i], get, &c);

		round_trip(one[i], ctx, i == 0);
		if (i == 0 && ctel_ctx_is_valid(&ctx)) {
			ctel_ctx more = ctel_tracestate_set(ctx, "judge", "1");

			round_trip(one[0], more, true);
			ctel_ctx_release(&more);
		}
		ctel_ctx_release(&ctx);
	}
	empty(&c);
	return 0;
}
