/* SPDX-License-Identifier: Apache-2.0 */
/* ctel: tracing for C11. One header, libc and pthreads.
 *
 *	ctel_init("checkout");
 *	ctel_tracer *t = ctel_tracer_get("checkout", "1.4.0");
 *
 *	CTEL_SPAN(span, t, "reserve stock");	// current, and ends with the scope
 *	ctel_set(span, "app.order.id", order->id);
 *	if (rc)
 *		ctel_span_error(span, "sqlite_busy", message);
 *	…
 *	ctel_shutdown(1000);
 *
 * Where spans go. CTEL_FILE names a file: spans are appended to it as OTLP JSON lines, one
 * ExportTraceServiceRequest per line; "-" is the standard output. Without CTEL_FILE, or with
 * OTEL_SDK_DISABLED=true, nothing is recorded, starting a span gives NULL and costs a load and a
 * branch; contexts and baggage still travel.
 *
 * Ownership. A tracer lives as long as the process. A span belongs to whoever started it, until
 * ctel_span_end(), which ends and frees it. Strings given to ctel are copied; strings it gives
 * back say how long they live.
 *
 * Mistakes. Each call accepts a NULL span, and a NULL string where it says so. A span pointer is a
 * checked handle: after the end every call with it does nothing and is counted as misuse (see
 * ctel_stats_get), also a second end. Nothing here aborts, prints or sets errno.
 *
 * Threads. Every function may be called from every thread, also on the same span. What is current
 * is a property of each thread: an entered span must be ended, and a scope detached, on the thread
 * that made it.
 *
 * Limits. 128 attributes and 128 events on a span, 2048 spans waiting for export: what is more is
 * dropped and counted. Bytes that are not UTF-8 are exported as U+FFFD.
 */
#ifndef CTEL_CTEL_H
#define CTEL_CTEL_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ctel_tracer ctel_tracer;
typedef struct ctel_span ctel_span;

typedef enum ctel_kind {
	CTEL_INTERNAL,
	CTEL_SERVER,
	CTEL_CLIENT,
	CTEL_PRODUCER,
	CTEL_CONSUMER,
} ctel_kind;

typedef enum ctel_status { CTEL_UNSET, CTEL_OK, CTEL_ERROR } ctel_status;

/* A context: the span that is the parent of what comes next, and baggage. A value; {0} is the empty
 * context. Copies are free and share what the original owns; see ctel_ctx_release. The members are
 * private. */
typedef struct ctel_ctx {
	ctel_span *span;
	struct ctel_bag *baggage;
	struct ctel_bag *tracestate;
	unsigned char trace_id[16];
	unsigned char span_id[8];
	unsigned char flags;
	bool is_remote;
} ctel_ctx;

/* What ctel_ctx_attach returns and ctel_ctx_detach takes. The members are private. */
typedef struct ctel_scope {
	uint64_t serial;
} ctel_scope;

/* How to start a span; {0} is the default. */
typedef struct ctel_start {
	const ctel_ctx *parent; /* NULL: the current context; an empty one makes a root span */
	ctel_kind kind;
} ctel_start;

/* ---- The process ------------------------------------------------------------------------- */

/* Starts recording, if CTEL_FILE says where to. `service_name` is the resource's service.name
 * unless OTEL_SERVICE_NAME says otherwise; NULL is "unknown_service". 0; or -EALREADY, -ENOMEM, or
 * the negative errno of opening the file. Tracing stays off after an error; all calls remain
 * harmless. */
int ctel_init(const char *service_name);

/* Writes every span that has ended. Waits at most `timeout_ms` milliseconds. 0; or -ETIMEDOUT with
 * the rest kept for later, or the negative errno of the write. */
int ctel_flush(int timeout_ms);

/* Flushes, closes the file and turns tracing off; what could not be written in time is dropped and
 * counted. Spans still open are lost. ctel_init may follow. Results as for ctel_flush. */
int ctel_shutdown(int timeout_ms);

/* Since the start of the process. */
typedef struct ctel_stats {
	uint64_t started; /* recorded spans */
	uint64_t ended;
	uint64_t exported; /* written out whole */
	uint64_t dropped;  /* ended, never written */
	uint64_t misused;  /* calls with a span or scope that had already ended */
} ctel_stats;

void ctel_stats_get(ctel_stats *out);

/* ---- Spans ------------------------------------------------------------------------------- */

/* The tracer of this name and version, the same one each time. Never NULL. `version` may be NULL.
 */
ctel_tracer *ctel_tracer_get(const char *name, const char *version);

/* A running span that is not made current; the caller owns it. NULL when tracing is off or memory
 * is short. `opts` may be NULL. The name is a constant: what varies belongs into attributes. */
ctel_span *ctel_span_start(ctel_tracer *t, const char *name, const ctel_start *opts);

/* A running span, child of the current one, and current until it ends; the caller owns it. */
ctel_span *ctel_span_enter(ctel_tracer *t, const char *name);

/* Ends the span and frees it; the caller's pointer is used up. Spans end in any order. */
void ctel_span_end(ctel_span *s);

/* Ends *s, if any, and sets it to NULL: for __attribute__((cleanup)), and the way to end a
 * CTEL_SPAN before its scope does. `s` itself is not NULL. */
void ctel_span_cleanup(ctel_span **s);

/* Declares `var`, a span that is current and ends with the scope, whichever way it is left. */
#define CTEL_SPAN(var, tracer, name)                                                               \
	ctel_span *var __attribute__((cleanup(ctel_span_cleanup))) =                               \
		ctel_span_enter((tracer), (name))

/* True when attributes set on it will be exported: worth asking before computing one at length. */
bool ctel_span_is_recording(const ctel_span *s);

/* ctel_set(span, key, value): sets or replaces an attribute, by the value's type: boolean, integer,
 * floating point or string. In C11 `true` is an int: say (bool)true. */
void ctel_set_bool(ctel_span *s, const char *key, bool value);
void ctel_set_int(ctel_span *s, const char *key, int64_t value);
/* OTLP has signed 64 bits: larger values become INT64_MAX. */
void ctel_set_uint(ctel_span *s, const char *key, uint64_t value);
void ctel_set_double(ctel_span *s, const char *key, double value);
/* A NULL value sets nothing. */
void ctel_set_string(ctel_span *s, const char *key, const char *value);

/* A moment within the span. */
void ctel_event(ctel_span *s, const char *name);

/* The span failed: sets the attribute error.type to `error_type` (few and constant: "timeout",
 * "sqlite_busy") and the status to CTEL_ERROR with `message`, which may be NULL. */
void ctel_span_error(ctel_span *s, const char *error_type, const char *message);

/* CTEL_OK is final; CTEL_ERROR replaces CTEL_ERROR and CTEL_UNSET; CTEL_UNSET changes nothing. The
 * description belongs to CTEL_ERROR alone and may be NULL. */
void ctel_span_status(ctel_span *s, ctel_status code, const char *description);

void ctel_span_rename(ctel_span *s, const char *name);

/* ---- Contexts ---------------------------------------------------------------------------- */

/* The span that is current on this thread, owned by whoever started it; or NULL. */
ctel_span *ctel_span_current(void);

/* The current context, borrowed: good until the span or scope that made it current ends. For a
 * thread that may outlive that, give it ctel_ctx_copy(ctel_ctx_current()). */
ctel_ctx ctel_ctx_current(void);

/* The current context with `s` in the place of its span; borrowed likewise. The context without a
 * change when `s` is NULL. */
ctel_ctx ctel_ctx_with_span(ctel_span *s);

/* The same context, with its own claim to what it refers to: release it. */
ctel_ctx ctel_ctx_copy(ctel_ctx ctx);

/* Gives up what ctel_ctx_copy, ctel_extract or ctel_baggage_set returned, and empties *ctx. Call it
 * once, not for each plain copy of the value. Harmless on an empty context; wrong on a borrowed
 * one. */
void ctel_ctx_release(ctel_ctx *ctx);

/* Declares `var`, a context that is released with the scope. */
#define CTEL_CTX(var, value) ctel_ctx var __attribute__((cleanup(ctel_ctx_release))) = (value)

/* Makes `ctx` current on this thread until ctel_ctx_detach; keeps its own claim on it. Scopes are
 * detached in reverse order; one detached early takes effect when those above it are gone. */
ctel_scope ctel_ctx_attach(ctel_ctx ctx);
void ctel_ctx_detach(ctel_scope scope);

/* ---- Baggage and propagation ------------------------------------------------------------- */

/* `ctx` with this entry of baggage added or replaced; `ctx` itself stays as it is. Release the
 * result. The key is an HTTP token, the value any text; NULL removes the entry. An entry that is
 * not valid or beyond 64 entries or 8192 bytes changes nothing. Baggage goes to every service
 * downstream: nothing secret in it. */
ctel_ctx ctel_baggage_set(ctel_ctx ctx, const char *key, const char *value);

/* The value, good as long as `ctx` is; or NULL. */
const char *ctel_baggage_get(ctel_ctx ctx, const char *key);

/* A carrier is anything that holds headers. The setter is called with "traceparent", "tracestate"
 * and "baggage", each only if there is something to say, and copies what it needs. The getter
 * returns the header's value, with several headers of one name joined by ",", or NULL; its result
 * is not needed after the next call. Names are in lower case: HTTP carriers compare without it. */
typedef void (*ctel_setter)(void *carrier, const char *name, const char *value);
typedef const char *(*ctel_getter)(void *carrier, const char *name);

/* Writes `ctx` as W3C Trace Context and W3C Baggage. */
void ctel_inject(ctel_ctx ctx, ctel_setter set, void *carrier);

/* Reads the same: the result holds what was valid and is otherwise empty. Release it. */
ctel_ctx ctel_extract(ctel_getter get, void *carrier);

#ifndef __cplusplus

#define ctel_set(span, key, value)                                                                 \
	_Generic((value),                                                                          \
		bool: ctel_set_bool,                                                               \
		float: ctel_set_double,                                                            \
		double: ctel_set_double,                                                           \
		char *: ctel_set_string,                                                           \
		const char *: ctel_set_string,                                                     \
		unsigned int: ctel_set_uint,                                                       \
		unsigned long: ctel_set_uint,                                                      \
		unsigned long long: ctel_set_uint,                                                 \
		default: ctel_set_int)((span), (key), (value))

#else
}

#include <type_traits>

template <typename T> inline void ctel_set(ctel_span *s, const char *key, T value)
{
	if constexpr (std::is_same_v<T, bool>)
		ctel_set_bool(s, key, value);
	else if constexpr (std::is_floating_point_v<T>)
		ctel_set_double(s, key, static_cast<double>(value));
	else if constexpr (std::is_unsigned_v<T>)
		ctel_set_uint(s, key, value);
	else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>)
		ctel_set_int(s, key, static_cast<int64_t>(value));
	else
		ctel_set_string(s, key, value);
}

#endif
#endif
