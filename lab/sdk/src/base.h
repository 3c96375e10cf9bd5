/* SPDX-License-Identifier: Apache-2.0 */
/* What every file of the SDK may use: strings, bytes, shared lists, ids, clocks, messages. The
 * Makefile makes all names that do not begin with ctel_ local to the library. */
#ifndef CTEL_BASE_H
#define CTEL_BASE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include "ctel/ctel.h"

/* ---- text.c: a growing string ------------------------------------------------------------- */

struct text {
	char *s; /* NUL-terminated when not NULL */
	size_t n, cap;
	bool is_broken; /* memory was short; the content is incomplete */
};

void text_add(struct text *t, const char *bytes, size_t n);
void text_puts(struct text *t, const char *s);
void text_printf(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A JSON string with its quotes; what is not UTF-8 becomes U+FFFD. */
void text_json(struct text *t, const char *s, size_t n);
void text_hex(struct text *t, const unsigned char *bytes, size_t n);
void text_clear(struct text *t); /* keeps the memory */
void text_free(struct text *t);

/* Nearly all strings are, and then they are valid UTF-8, a letter a byte. */
static inline bool is_ascii(const char *s, size_t n)
{
	uint64_t eight, high = 0;
	if (n < 8) {
		for (size_t i = 0; i < n; i++)
			high |= (unsigned char)s[i];
		return high < 0x80;
	}
	for (size_t i = 0; i + 8 < n; i += 8) {
		memcpy(&eight, s + i, 8);
		high |= eight;
	}
	memcpy(&eight, s + n - 8, 8);
	return ((high | eight) & UINT64_C(0x8080808080808080)) == 0;
}

/* For short strings: without the detour of a call. */
static inline unsigned char *copy_short(unsigned char *to, const char *from, size_t n)
{
	if (n >= 8) {
		size_t i = 0;
		for (; i + 8 < n; i += 8)
			memcpy(to + i, from + i, 8);
		memcpy(to + n - 8, from + n - 8, 8);
	} else if (n >= 4) {
		memcpy(to, from, 4);
		memcpy(to + n - 4, from + n - 4, 4);
	} else {
		for (size_t i = 0; i < n; i++)
			to[i] = (unsigned char)from[i];
	}
	return to + n;
}

/* The length of the UTF-8 sequence that begins in these n > 0 bytes, or 0 when it is not valid. */
size_t utf8_length(const unsigned char *s, size_t n);
/* How many of the first bytes are valid UTF-8 and, with a limit, at most so many characters. */
size_t utf8_prefix(const char *s, size_t n, size_t max_characters);
/* Copies with U+FFFD for each byte that is not UTF-8, at most so many characters and 3 n bytes. */
size_t utf8_repair(char *to, const char *s, size_t n, size_t max_characters);

/* ---- bag.c: immutable, counted lists of strings ------------------------------------------- */

struct bag_entry {
	const char *key, *value;
	const char *properties; /* baggage only: what followed ";", as it came; or "" */
};

/* Baggage; and a tracestate, which is one entry with the whole header as its value. */
struct ctel_bag {
	atomic_uint refs;
	unsigned nr;
	struct bag_entry entries[];
};

/* A copy of these entries, owned by the caller. NULL: none, or memory is short. */
struct ctel_bag *bag_new(const struct bag_entry *entries, unsigned nr);
struct ctel_bag *bag_keep(struct ctel_bag *bag); /* NULL is fine */
void bag_drop(struct ctel_bag *bag);

/* ---- values.c: values of the program's own in contexts -------------------------------------- */

struct ctel_values *values_keep(struct ctel_values *values); /* NULL is fine */
void values_drop(struct ctel_values *values);

/* ---- id.c: identifiers and time ----------------------------------------------------------- */

uint64_t id_random(void);                   /* 64 bits of this thread's generator */
void id_fill(unsigned char *out, size_t n); /* n is a multiple of 8 */
/* Ids that are not all zero; trace_id may be NULL. */
void id_make(unsigned char *trace_id, unsigned char *span_id);
void id_xray(unsigned char *trace_id); /* the first 4 bytes are the second of now */
void id_forked(void);                  /* in the child: every thread seeds itself again */
bool id_is_zero(const unsigned char *id, size_t n);

static inline uint64_t clock_read(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static inline uint64_t clock_steady(void) /* nanoseconds, never backwards */
{
	return clock_read(CLOCK_MONOTONIC);
}

extern _Atomic uint64_t clock_offset_known, clock_offset_read_at; /* 0: not yet */
uint64_t clock_offset_read(uint64_t steady);

/* What to add to clock_steady() for nanoseconds since 1970: looked up once a second, so that a span
 * costs two clock reads and not three. */
static inline uint64_t clock_offset(uint64_t steady)
{
	uint64_t read_at = atomic_load_explicit(&clock_offset_read_at, memory_order_acquire);
	if (read_at && steady - read_at < 1000000000u)
		return atomic_load_explicit(&clock_offset_known, memory_order_relaxed);
	return clock_offset_read(steady);
}

uint64_t clock_after(int timeout_ms);  /* a deadline in clock_steady() time */
int clock_ms_until(uint64_t deadline); /* rounded up; 0 when it has passed */

/* ---- log.c: what the SDK has to say ------------------------------------------------------- */

void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_level_set(ctel_level level);
void log_lock(void);
void log_unlock(void);
/* True at most once a minute for each `last`, which starts at 0. */
bool log_is_due(_Atomic uint64_t *last);

/* ---- stats.c: self-observation ------------------------------------------------------------ */

enum count {
	COUNT_STARTED,
	COUNT_ENDED,
	COUNT_SAMPLED,
	COUNT_UNSAMPLED,
	COUNT_NR_LOCAL, /* those before are counted by each thread for itself */
	COUNT_EXPORTED = COUNT_NR_LOCAL,
	COUNT_DROPPED,
	COUNT_DROPPED_FULL, /* of the dropped ones: the queue was full */
	COUNT_MISUSED,
	COUNT_REJECTED,
	COUNT_RETRIED,
	COUNT_INFLIGHT, /* handed to an exporter, not answered yet */
	COUNT_BYTES,
	NR_COUNTS,
};

void count_add(enum count which, uint64_t n);
void count_sub(enum count which, uint64_t n);
void count_reset(void); /* in a forked child */

/* How exports ended; each has a histogram of how long they took. */
enum duration {
	DURATION_SUCCESS,
	DURATION_REJECTED, /* some of the spans, by the receiver */
	DURATION_TIMEOUT,
	DURATION_OTHER,
	NR_DURATIONS,
};

void duration_add(enum duration which, uint64_t ns);

#endif
