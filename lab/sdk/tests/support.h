/* What the SDK's tests share: a file to export to, and the spans in it as JSON. */
#ifndef CTEL_TESTS_SUPPORT_H
#define CTEL_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <cjson/cJSON.h>
#include <ctel/ctel.h>

#include "sanitizers.h"

static char spans_path[512];

static inline void set_path(void)
{
	const char *dir = getenv("CTEL_TEST_DIR");
	snprintf(spans_path, sizeof(spans_path), "%s/spans_%ld.jsonl", dir ? dir : "/tmp",
		(long)getpid());
	remove(spans_path);
	setenv("CTEL_FILE", spans_path, 1);
}

/* cmocka fixtures: tracing on, to an empty file. */
static inline int tracing_on(void **state)
{
	(void)state;
	set_path();
	return ctel_init("test service");
}

static inline int tracing_off(void **state)
{
	(void)state;
	int rc = ctel_shutdown(1000);
	remove(spans_path);
	return rc;
}

/* Every line of the file, parsed: an array of requests. Fails on a line that is not JSON. */
static inline cJSON *read_requests(void)
{
	assert_int_equal(ctel_flush(1000), 0);
	cJSON *requests = cJSON_CreateArray();
	FILE *f = fopen(spans_path, "r");
	char *line = NULL;
	size_t cap = 0;
	while (f && getline(&line, &cap, f) > 0) {
		cJSON *request = cJSON_Parse(line);
		if (!request)
			fail_msg("not JSON: %s", line);
		cJSON_AddItemToArray(requests, request);
	}
	free(line);
	if (f)
		fclose(f);
	return requests;
}

static inline cJSON *member(const cJSON *object, const char *name)
{
	cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
	if (!item)
		fail_msg("no member \"%s\"", name);
	return item;
}

static inline const char *string(const cJSON *object, const char *name)
{
	const char *s = cJSON_GetStringValue(member(object, name));
	assert_non_null(s);
	return s;
}

/* The spans of all requests, in one array, in the order of the file. */
static inline cJSON *read_spans(void)
{
	cJSON *requests = read_requests(), *spans = cJSON_CreateArray();
	cJSON *request, *resource, *scope, *span;
	cJSON_ArrayForEach(request, requests)
		cJSON_ArrayForEach(resource, member(request, "resourceSpans"))
			cJSON_ArrayForEach(scope, member(resource, "scopeSpans"))
				cJSON_ArrayForEach(span, member(scope, "spans"))
					cJSON_AddItemToArray(spans, cJSON_Duplicate(span, 1));
	cJSON_Delete(requests);
	return spans;
}

/* The one span of this name. */
static inline cJSON *find_span(const cJSON *spans, const char *name)
{
	cJSON *span, *found = NULL;
	cJSON_ArrayForEach(span, spans) if (!strcmp(string(span, "name"), name))
	{
		assert_null(found);
		found = span;
	}
	if (!found)
		fail_msg("no span \"%s\"", name);
	return found;
}

/* An attribute's value object ({"stringValue":…}), or NULL. */
static inline cJSON *find_attribute(const cJSON *object, const char *key)
{
	cJSON *attribute;
	cJSON_ArrayForEach(attribute,
		cJSON_GetObjectItemCaseSensitive(
			object, "attributes")) if (!strcmp(string(attribute, "key"),
							   key)) return member(attribute, "value");
	return NULL;
}

static inline void assert_child_of(const cJSON *child, const cJSON *parent)
{
	assert_string_equal(string(child, "parentSpanId"), string(parent, "spanId"));
	assert_string_equal(string(child, "traceId"), string(parent, "traceId"));
}

/* A carrier of three headers. */
struct headers {
	char traceparent[256], tracestate[20000], baggage[20000];
	bool has_traceparent, has_tracestate, has_baggage;
};

static inline char *header(struct headers *h, const char *name, bool **has)
{
	if (!strcmp(name, "traceparent")) {
		*has = &h->has_traceparent;
		return h->traceparent;
	}
	*has = !strcmp(name, "tracestate") ? &h->has_tracestate : &h->has_baggage;
	return !strcmp(name, "tracestate") ? h->tracestate : h->baggage;
}

static inline void set_header(void *carrier, const char *name, const char *value)
{
	bool *has;
	strcpy(header(carrier, name, &has), value);
	*has = true;
}

static inline const char *get_header(void *carrier, const char *name)
{
	bool *has;
	const char *value = header(carrier, name, &has);
	return *has ? value : NULL;
}

#endif
