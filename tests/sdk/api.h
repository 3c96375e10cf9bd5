/* What the tests of the specification's rows share: recording into memory, and looking at it. */
#ifndef JUDGE_API_H
#define JUDGE_API_H

#include <ctel/ctel.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static ctel_memory *memory;
static ctel_tracer *tracer;

/* Starts recording with `config`, whose first processor becomes one into `memory`. */
static inline void record_with(ctel_config config)
{
	memory = ctel_memory_new();
	config.processors[0].exporter = ctel_exporter_memory(memory);
	assert_int_equal(ctel_init_with(&config), 0);
	tracer = ctel_tracer_get("judge", "1");
}

static inline void record(void)
{
	record_with((ctel_config){.service_name = "judge"});
}

/* A cmocka teardown. */
static inline int stop(void **state)
{
	(void)state;
	ctel_shutdown(1000);
	if (memory)
		ctel_memory_free(memory);
	memory = NULL;
	return 0;
}

/* The ended span of that name; fails when there is none. */
static inline const ctel_span_data *seen(const char *name)
{
	const ctel_span_data *s;

	assert_int_equal(ctel_flush(1000), 0);
	s = ctel_memory_find(memory, name);
	if (!s)
		fail_msg("no span \"%s\" came", name);
	return s;
}

/* Its attribute of that key, in *out; false when it has none. */
static inline bool attribute(ctel_bytes attributes, const char *key, ctel_attr_view *out)
{
	while (ctel_next_attribute(&attributes, out))
		if (out->key_n == strlen(key) && memcmp(out->key, key, out->key_n) == 0)
			return true;
	return false;
}

static inline void assert_text(const ctel_attr_view *a, const char *text)
{
	assert_int_equal(a->type, CTEL_STRING);
	assert_int_equal(a->n, strlen(text));
	assert_memory_equal(a->string, text, a->n);
}

#define row(f) cmocka_unit_test_teardown(f, stop)

#endif
