/* For tests that look at ended spans in memory: one simple processor, nothing from outside. */
#ifndef CTEL_TESTS_MEMORY_H
#define CTEL_TESTS_MEMORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <ctel/ctel.h>

#include "sanitizers.h"

static ctel_memory *memory;
static ctel_tracer *tracer;

#define NR(array) (sizeof(array) / sizeof(*(array)))

/* `config` gets an exporter to memory if it has none. */
static inline void start_with(ctel_config config)
{
	memory = ctel_memory_new();
	if (!tracer) /* other threads may be using it */
		tracer = ctel_tracer_get("tests", "1.0");
	if (!config.processors[0].exporter) {
		config.processors[0].exporter = ctel_exporter_memory(memory);
		config.processors[0].is_simple = true;
	}
	config.ignores_environment = true;
	config.no_detectors = true;
	assert_int_equal(ctel_init_with(&config), 0);
}

static inline int start_plain(void **state)
{
	(void)state;
	start_with((ctel_config){0});
	return 0;
}

static inline int stop(void **state)
{
	(void)state;
	int rc = ctel_shutdown(5000);
	ctel_memory_free(memory);
	memory = NULL;
	return rc;
}

/* The one span of this name. */
static inline const ctel_span_data *span_named(const char *name)
{
	const ctel_span_data *s = ctel_memory_find(memory, name);
	if (!s)
		fail_msg("no span \"%s\"", name);
	return s;
}

/* Fails when there is no such attribute. */
static inline ctel_attr_view attribute_in(ctel_bytes attributes, const char *key)
{
	ctel_attr_view a;
	while (ctel_next_attribute(&attributes, &a))
		if (a.key_n == strlen(key) && !memcmp(a.key, key, a.key_n))
			return a;
	fail_msg("no attribute \"%s\"", key);
	return (ctel_attr_view){0};
}

static inline bool has_attribute(ctel_bytes attributes, const char *key)
{
	ctel_attr_view a;
	while (ctel_next_attribute(&attributes, &a))
		if (a.key_n == strlen(key) && !memcmp(a.key, key, a.key_n))
			return true;
	return false;
}

static inline void assert_string(ctel_bytes attributes, const char *key, const char *value)
{
	ctel_attr_view a = attribute_in(attributes, key);
	assert_int_equal(a.type, CTEL_STRING);
	assert_int_equal(a.n, strlen(value));
	assert_memory_equal(a.string, value, a.n);
}

static inline void assert_integer(ctel_bytes attributes, const char *key, int64_t value)
{
	ctel_attr_view a = attribute_in(attributes, key);
	assert_int_equal(a.type, CTEL_INT);
	assert_true(a.integer == value);
}

/* What the SDK said since the last look. */
static char messages[8192];

static inline void keep_message(void *user, ctel_level level, const char *message)
{
	size_t n = strlen(messages);
	(void)user;
	(void)level;
	snprintf(messages + n, sizeof(messages) - n, "%s\n", message);
}

static inline void listen_to_messages(void)
{
	messages[0] = '\0';
	ctel_log_to(keep_message, NULL);
}

static inline void assert_said(const char *part)
{
	if (!strstr(messages, part))
		fail_msg("\"%s\" was not said, but: %s", part, messages);
	messages[0] = '\0';
}

/* A context of these ids, in hex, and tracestate. Release it. */
static inline ctel_ctx context_of(const char *traceparent, const char *tracestate);

struct two_headers {
	const char *traceparent, *tracestate;
};

static inline const char *two_headers_get(void *carrier, const char *name)
{
	struct two_headers *h = carrier;
	return !strcmp(name, "traceparent")  ? h->traceparent
	       : !strcmp(name, "tracestate") ? h->tracestate
					     : NULL;
}

static inline ctel_ctx context_of(const char *traceparent, const char *tracestate)
{
	struct two_headers h = {traceparent, tracestate};
	return ctel_extract_as("tracecontext", two_headers_get, &h);
}

#endif
