/* SPDX-License-Identifier: Apache-2.0 */
/* What the SDK's files share. The Makefile makes all of it local to the library: a program may use
 * the same names. */
#ifndef CTEL_INTERNAL_H
#define CTEL_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

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
void text_json(struct text *t, const char *s);
void text_hex(struct text *t, const unsigned char *bytes, size_t n);
void text_clear(struct text *t); /* keeps the memory */
void text_free(struct text *t);

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

/* ---- id.c: identifiers and time ----------------------------------------------------------- */

void id_fill(unsigned char *out, size_t n); /* random, never all zero */
void id_forked(void);                       /* in the child: every thread seeds itself again */
uint64_t clock_wall(void);                  /* nanoseconds since 1970 */
uint64_t clock_steady(void);                /* nanoseconds, never backwards */

/* ---- context.c: what is current on this thread -------------------------------------------- */

bool ctx_has_trace(const ctel_ctx *ctx);
/* Makes an entered span current; the serial identifies it for context_leave. 0: no memory. */
uint64_t context_enter(const ctel_ctx *ctx);
/* No longer current; does nothing on another thread than the one that entered. */
void context_leave(uint64_t serial);

/* ---- pool.c: spans and their handles ------------------------------------------------------ */

#define MAX_ATTRIBUTES 128
#define MAX_EVENTS     128

enum value_type { VALUE_BOOL, VALUE_INT, VALUE_DOUBLE, VALUE_STRING };

/* Offsets point into the span's `text`, which grows. */
struct attribute {
	size_t key;
	enum value_type type;
	union {
		bool boolean;
		int64_t integer;
		double real;
		size_t string;
	} value;
};

struct event {
	uint64_t time;
	size_t name;
};

struct span {
	pthread_mutex_t lock;    /* guards everything below up to next_free */
	_Atomic uint64_t serial; /* odd: in use; goes up by one with each start and end */
	uint32_t index;
	bool is_recording, parent_is_remote, has_parent;
	unsigned char trace_id[16], span_id[8], parent_id[8], flags;
	struct ctel_bag *tracestate;
	ctel_tracer *tracer;
	ctel_kind kind;
	ctel_status status;
	size_t name, message; /* message: 0 is none */
	uint64_t start_wall, start_steady;
	uint64_t entered; /* context serial, 0 when it was not entered */
	unsigned nr_attributes, nr_events, dropped_attributes, dropped_events;
	struct attribute *attributes; /* MAX_ATTRIBUTES, allocated with the first */
	struct event *events;
	struct text text; /* starts with a NUL, so that offset 0 is "" */
	struct span *next_free;
};

/* A span in use, its lock held; NULL when memory is short. */
struct span *pool_take(void);
ctel_span *pool_handle(const struct span *s);
/* The span behind a handle, locked; NULL for NULL, and for a handle that has ended, which counts
 * as misuse. */
struct span *pool_lock(const ctel_span *handle);
void pool_unlock(struct span *s);
/* The handle becomes invalid; unlocks. The memory is kept for the next span: never given back, so
 * that an old handle can always be looked at. */
void pool_give(struct span *s);
bool pool_is_live(const ctel_span *handle);
void pool_at_fork(void); /* from now on a forked child finds the lock free */

size_t span_text(struct span *s, const char *string); /* copies; an offset into s->text */

/* ---- tracer.c ----------------------------------------------------------------------------- */

struct ctel_tracer {
	struct ctel_tracer *next;
	const char *name, *version; /* version: "" when there is none */
};

void tracer_at_fork(void); /* from now on a forked child finds the lock free */

/* ---- encode.c: OTLP JSON ------------------------------------------------------------------ */

void encode_span(struct text *out, const struct span *s, uint64_t end_wall);
void encode_resource(struct text *out, const char *service_name);

/* ---- export.c: waiting spans, and the file ------------------------------------------------ */

extern atomic_bool export_is_on;

/* Queues an ended span; takes over the text. */
void export_queue(ctel_tracer *tracer, struct text *json);

enum count { COUNT_STARTED, COUNT_ENDED, COUNT_EXPORTED, COUNT_DROPPED, COUNT_MISUSED, NR_COUNTS };

void count_add(enum count which, uint64_t n);

#endif
