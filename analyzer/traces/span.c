/* Small questions to a span. */
#include "traces/span.h"

#include <string.h>

const struct trace_attr *trace_attr_find(const struct trace_attrs *attrs, const char *key)
{
	for (size_t i = 0; i < attrs->nr; i++)
		if (strcmp(attrs->at[i].key, key) == 0)
			return &attrs->at[i];
	return NULL;
}

uint64_t trace_span_duration(const struct trace_span *s)
{
	return s->end > s->start ? s->end - s->start : 0;
}

const char *trace_kind_name(enum trace_kind kind)
{
	static const char *const names[] = {
		"unspecified", "internal", "server", "client", "producer", "consumer"};
	return names[kind];
}

const char *trace_status_name(enum trace_status status)
{
	static const char *const names[] = {"unset", "ok", "error"};
	return names[status];
}

void trace_id_hex(const uint8_t id[16], char out[33])
{
	static const char digit[] = "0123456789abcdef";
	for (int i = 0; i < 16; i++) {
		out[2 * i] = digit[id[i] >> 4];
		out[2 * i + 1] = digit[id[i] & 15];
	}
	out[32] = '\0';
}
