/* A span as it was exported, and what it carries. */
#ifndef OTEL_TIDY_TRACES_SPAN_H
#define OTEL_TIDY_TRACES_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum trace_type {
	TRACE_EMPTY,
	TRACE_STRING,
	TRACE_BOOL,
	TRACE_INT,
	TRACE_DOUBLE,
	TRACE_BYTES,  /* as base64 */
	TRACE_NESTED, /* arrays and maps, as JSON */
};

struct trace_attr {
	const char *key;
	const char *text; /* the value; of a string: without quotes */
	enum trace_type type;
};

struct trace_attrs {
	const struct trace_attr *at;
	size_t nr;
};

struct trace_event {
	const char *name;
	uint64_t time;
	struct trace_attrs attrs;
};

struct trace_link {
	uint8_t trace_id[16];
	uint8_t span_id[8];
	struct trace_attrs attrs;
};

/* Numbers as in OTLP. */
enum trace_kind {
	KIND_UNSPECIFIED,
	KIND_INTERNAL,
	KIND_SERVER,
	KIND_CLIENT,
	KIND_PRODUCER,
	KIND_CONSUMER,
};

enum trace_status { STATUS_UNSET, STATUS_OK, STATUS_ERROR };

struct trace_span {
	uint8_t trace_id[16];
	uint8_t span_id[8];
	uint8_t parent_id[8];
	bool has_parent;
	const char *name; /* never NULL, like the other texts */
	const char *service;
	const char *scope;
	enum trace_kind kind;
	enum trace_status status;
	const char *status_text;
	uint64_t start, end; /* nanoseconds since the epoch */
	struct trace_attrs attrs;
	struct trace_attrs resource; /* shared by the spans of a line */
	const struct trace_event *events;
	size_t nr_events;
	const struct trace_link *links;
	size_t nr_links;
	size_t bytes; /* of its JSON */
};

/* The value under the key, or NULL. */
const struct trace_attr *trace_attr_find(const struct trace_attrs *attrs, const char *key);
/* 0 when the clock went backwards. */
uint64_t trace_span_duration(const struct trace_span *s);
const char *trace_kind_name(enum trace_kind kind);       /* "internal" */
const char *trace_status_name(enum trace_status status); /* "error" */
/* 32 digits and NUL. */
void trace_id_hex(const uint8_t id[16], char out[33]);

#endif
