/* Reads OTLP JSON lines, and collects traces by their id. */
#include "spans.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

static const char *text(const cJSON *object, const char *key)
{
	const char *s = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
	return s ? s : "";
}

static size_t text_size(const cJSON *json)
{
	char *printed = cJSON_PrintUnformatted(json);
	size_t n = printed ? strlen(printed) : 0;
	free(printed);
	return n;
}

static void read_span(const cJSON *json, span_fn each, void *user)
{
	const cJSON *status = cJSON_GetObjectItemCaseSensitive(json, "status");
	const cJSON *code = cJSON_GetObjectItemCaseSensitive(status, "code");
	struct span span = {.trace_id = text(json, "traceId"),
		.start_ns = strtoull(text(json, "startTimeUnixNano"), NULL, 10),
		.end_ns = strtoull(text(json, "endTimeUnixNano"), NULL, 10),
		.is_error = cJSON_IsNumber(code) && code->valueint == 2,
		.is_root = !*text(json, "parentSpanId"),
		.bytes = text_size(json)};
	each(user, &span);
}

static void read_request(const cJSON *request, span_fn each, void *user)
{
	const cJSON *resource, *scope, *span;
	cJSON_ArrayForEach(resource, cJSON_GetObjectItemCaseSensitive(request, "resourceSpans"))
		cJSON_ArrayForEach(scope, cJSON_GetObjectItemCaseSensitive(resource, "scopeSpans"))
			cJSON_ArrayForEach(span, cJSON_GetObjectItemCaseSensitive(scope, "spans"))
				read_span(span, each, user);
}

long spans_read(const char *path, span_fn each, void *user)
{
	char *line = NULL;
	size_t cap = 0;
	long size = 0, nr = 0;
	ssize_t n;
	FILE *f = fopen(path, "r");
	if (!f) {
		perror(path);
		return -1;
	}
	while ((n = getline(&line, &cap, f)) > 0) {
		cJSON *request = cJSON_Parse(line);
		nr++;
		size += n;
		if (!request) {
			fprintf(stderr, "%s:%ld: not JSON\n", path, nr);
			size = -1;
			break;
		}
		read_request(request, each, user);
		cJSON_Delete(request);
	}
	free(line);
	fclose(f);
	return size;
}

static size_t place(const struct traces *traces, const char *id)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (const char *c = id; *c; c++)
		hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
	size_t i = (size_t)(hash >> 20) & (traces->cap - 1);
	while (traces->slots[i] && strcmp(traces->slots[i]->id, id) != 0)
		i = (i + 1) & (traces->cap - 1);
	return i;
}

static bool grow(struct traces *traces)
{
	struct traces bigger = {.nr = traces->nr, .cap = traces->cap ? traces->cap * 2 : 1024};
	bigger.slots = calloc(bigger.cap, sizeof(*bigger.slots));
	if (!bigger.slots)
		return false;
	for (size_t i = 0; i < traces->cap; i++)
		if (traces->slots[i])
			bigger.slots[place(&bigger, traces->slots[i]->id)] = traces->slots[i];
	free(traces->slots);
	*traces = bigger;
	return true;
}

struct trace *traces_find(struct traces *traces, const char *id)
{
	if (traces->nr * 2 >= traces->cap && !grow(traces))
		return NULL;
	size_t i = place(traces, id);
	if (!traces->slots[i]) {
		struct trace *trace = calloc(1, sizeof(*trace));
		if (!trace)
			return NULL;
		snprintf(trace->id, sizeof(trace->id), "%s", id);
		traces->slots[i] = trace;
		traces->nr++;
	}
	return traces->slots[i];
}

void traces_free(struct traces *traces)
{
	for (size_t i = 0; i < traces->cap; i++)
		free(traces->slots[i]);
	free(traces->slots);
	*traces = (struct traces){0};
}
