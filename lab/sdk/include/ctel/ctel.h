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
 * Where spans go. ctel_init reads the environment: OTEL_CONFIG_FILE names a declarative
 * configuration; else OTEL_TRACES_EXPORTER ("otlp", "console", "none"; several with commas) or
 * OTEL_EXPORTER_OTLP_ENDPOINT say where to; CTEL_FILE names a file to which spans are appended as
 * OTLP JSON lines, one ExportTraceServiceRequest per line, "-" is the standard output. With none of
 * these, or with OTEL_SDK_DISABLED=true, nothing is recorded: starting a span gives NULL and costs
 * a load and a branch; contexts and baggage still travel. ctel_init_with says it in code instead.
 *
 * Ownership. A tracer and a sampler live as long as the process. A span belongs to whoever started
 * it, until ctel_span_end(), which ends and frees it. Strings and arrays given to ctel are copied
 * before the call returns; those it gives back say how long they live.
 *
 * Mistakes. Each call accepts a NULL span, and a NULL string where it says so. A span pointer is a
 * checked handle: after the end every call with it does nothing and is counted as misuse (see
 * ctel_stats_get), also a second end. Nothing here aborts or sets errno; what the SDK has to say
 * goes through one function, see ctel_log_to. Functions that can fail return 0 or a negative errno.
 *
 * Threads. Unless it says otherwise, every function may be called from every thread, also on the
 * same span. What is current is a property of each thread: an entered span must be ended, and a
 * scope detached, on the thread that made it.
 *
 * Signals. Not for signal handlers: a first span on a thread, a long value, a message allocate. But
 * a handler's call with a span that interrupts another call on its thread does neither wait for it
 * nor harm it: it is refused and counted as misuse while that call is at its lists, and a span that
 * a handler ends while a simple processor exports is handed over to the interrupted call, which
 * exports it next. The same holds for a span that an exporter ends.
 *
 * Units. Times named _ns are nanoseconds since 1970-01-01 UTC; times named _ms are milliseconds.
 *
 * Section names behind "spec:" are those of the OpenTelemetry specification 1.5x.
 */
#ifndef CTEL_CTEL_H
#define CTEL_CTEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CTEL_VERSION "0.2.0"

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

typedef struct ctel_tracer ctel_tracer;
typedef struct ctel_span ctel_span;
typedef struct ctel_sampler ctel_sampler;
typedef struct ctel_composable ctel_composable;
typedef struct ctel_exporter ctel_exporter;
typedef struct ctel_memory ctel_memory;
typedef struct ctel_key ctel_key;
typedef struct ctel_properties ctel_properties;

/* spec: trace API, SpanKind */
typedef enum ctel_kind {
	CTEL_INTERNAL,
	CTEL_SERVER,
	CTEL_CLIENT,
	CTEL_PRODUCER,
	CTEL_CONSUMER,
} ctel_kind;

/* spec: trace API, Set Status. The numbers are OTLP's. */
typedef enum ctel_status { CTEL_UNSET, CTEL_OK, CTEL_ERROR } ctel_status;

/* A context: the span that is the parent of what comes next, baggage, and values of the program's
 * own. A value; {0} is the empty context. Copies are free and share what the original owns; see
 * ctel_ctx_release. The members are private. */
typedef struct ctel_ctx {
	ctel_span *span;
	struct ctel_bag *baggage;
	struct ctel_bag *tracestate;
	struct ctel_values *values;
	unsigned char trace_id[16];
	unsigned char span_id[8];
	unsigned char flags;
	bool is_remote;
} ctel_ctx;

/* What ctel_ctx_attach returns and ctel_ctx_detach takes. The members are private. */
typedef struct ctel_scope {
	uint64_t serial;
} ctel_scope;

/* ---- Attributes as values ---------------------------------------------------------------- */

typedef enum ctel_type {
	CTEL_STRING,
	CTEL_BOOL,
	CTEL_INT,
	CTEL_DOUBLE,
	CTEL_STRINGS, /* the arrays: n values of one type */
	CTEL_BOOLS,
	CTEL_INTS,
	CTEL_DOUBLES,
} ctel_type;

/* A key and a value, borrowed for the length of a call. Made by CTEL_ATTR and the ctel_attr_…
 * functions below. spec: common, Attribute */
typedef struct ctel_attr {
	const char *key; /* an attribute with a NULL or empty key is ignored */
	ctel_type type;
	size_t n; /* CTEL_STRING: bytes of it; arrays: how many values */
	union {
		const char *string; /* NULL: the attribute is ignored */
		bool boolean;
		int64_t integer;
		double real;
		const char *const *strings; /* a NULL among them is the empty string */
		const bool *booleans;
		const int64_t *integers;
		const double *reals;
	} v;
} ctel_attr;

/* ---- Starting and ending ----------------------------------------------------------------- */

/* A span this one has to do with without being its child. spec: trace API, Link */
typedef struct ctel_link {
	const ctel_ctx *ctx; /* one without a trace id is kept if it has attributes or tracestate */
	const ctel_attr *attributes;
	size_t nr_attributes;
} ctel_link;

/* How to start a span; {0} is the default. */
typedef struct ctel_start {
	const ctel_ctx *parent; /* NULL: the current context; an empty one makes a root span */
	ctel_kind kind;
	uint64_t start_ns;           /* 0: now */
	const ctel_attr *attributes; /* known to samplers, which attributes set later are not */
	size_t nr_attributes;
	const ctel_link *links;
	size_t nr_links;
} ctel_start;

/* The tracer of this name and version, the same one each time. Never NULL. `name` and `version`
 * may be NULL. spec: trace API, Get a Tracer */
ctel_tracer *ctel_tracer_get(const char *name, const char *version);

/* The same with all an instrumentation scope has; any member may be NULL or 0. Tracers that differ
 * in any member are different. */
typedef struct ctel_scope_info {
	const char *name, *version, *schema_url;
	const ctel_attr *attributes;
	size_t nr_attributes;
} ctel_scope_info;

ctel_tracer *ctel_tracer_get_scope(const ctel_scope_info *info);

/* False while every span of this tracer would be NULL: worth asking before preparing much.
 * spec: trace API, Enabled */
bool ctel_tracer_is_enabled(const ctel_tracer *t);

/* A running span that is not made current; the caller owns it. NULL when tracing is off or memory
 * is short; a span that is not sampled is not NULL, but not recording. `t` and `opts` may be NULL.
 * The name is a constant: what varies belongs into attributes. spec: trace API, Span Creation */
ctel_span *ctel_span_start(ctel_tracer *t, const char *name, const ctel_start *opts);

/* A running span, child of the current one, and current until it ends; the caller owns it. */
ctel_span *ctel_span_enter(ctel_tracer *t, const char *name);

/* The same with options; a parent in them gives its baggage and values to what is current, too. */
ctel_span *ctel_span_enter_with(ctel_tracer *t, const char *name, const ctel_start *opts);

/* Ends the span and frees it; the caller's pointer is used up. Spans end in any order. */
void ctel_span_end(ctel_span *s);

/* The same, with the end's time given; 0 is now. */
void ctel_span_end_at(ctel_span *s, uint64_t end_ns);

/* Ends *s, if any, and sets it to NULL: for __attribute__((cleanup)), and the way to end a
 * CTEL_SPAN before its scope does. `s` itself is not NULL. */
void ctel_span_cleanup(ctel_span **s);

/* Declares `var`, a span that is current and ends with the scope, whichever way it is left. */
#define CTEL_SPAN(var, tracer, name)                                                               \
	ctel_span *var __attribute__((cleanup(ctel_span_cleanup))) =                               \
		ctel_span_enter((tracer), (name))

/* True when attributes set on it will be exported: worth asking before computing one at length. */
bool ctel_span_is_recording(const ctel_span *s);

/* Now, in the clock that spans use. */
uint64_t ctel_now_ns(void);

/* ---- What a span says -------------------------------------------------------------------- */

/* ctel_set(span, key, value): sets or replaces an attribute, by the value's type: boolean, integer,
 * floating point or string. In C11 `true` is an int: say (bool)true. A NULL or empty key sets
 * nothing. Bytes that are not UTF-8 become U+FFFD. spec: trace API, Set Attributes */
void ctel_set_bool(ctel_span *s, const char *key, bool value);
void ctel_set_int(ctel_span *s, const char *key, int64_t value);
/* OTLP has signed 64 bits: larger values become INT64_MAX. */
void ctel_set_uint(ctel_span *s, const char *key, uint64_t value);
void ctel_set_double(ctel_span *s, const char *key, double value);
/* A NULL value sets nothing. */
void ctel_set_string(ctel_span *s, const char *key, const char *value);
/* `n` bytes, which may contain NUL. */
void ctel_set_string_n(ctel_span *s, const char *key, const char *value, size_t n);
/* Arrays of one type; `values` may be NULL when n is 0, and the array is then empty. */
void ctel_set_strings(ctel_span *s, const char *key, const char *const *values, size_t n);
void ctel_set_bools(ctel_span *s, const char *key, const bool *values, size_t n);
void ctel_set_ints(ctel_span *s, const char *key, const int64_t *values, size_t n);
void ctel_set_doubles(ctel_span *s, const char *key, const double *values, size_t n);
/* Several at once. */
void ctel_set_attributes(ctel_span *s, const ctel_attr *attributes, size_t n);

/* A moment within the span. spec: trace API, Add Events */
void ctel_event(ctel_span *s, const char *name);

/* The same with attributes, and with its time if it is not now (0). */
void ctel_event_with(
	ctel_span *s, const char *name, const ctel_attr *attributes, size_t n, uint64_t time_ns);

/* Adds a link after the start; samplers do not see it. spec: trace API, Add Link */
void ctel_span_link(ctel_span *s, const ctel_link *link);

/* The span failed: sets the attribute error.type to `error_type` (few and constant: "timeout",
 * "sqlite_busy"; NULL is "_OTHER") and the status to CTEL_ERROR with `message`, which may be NULL.
 */
void ctel_span_error(ctel_span *s, const char *error_type, const char *message);

/* An event "exception" with exception.type, exception.message, exception.stacktrace, each left out
 * when NULL, and `attributes`; the status stays as it is. For C++ exceptions and errors that were
 * handled. spec: trace API, Record Exception */
void ctel_span_exception(ctel_span *s, const char *type, const char *message,
	const char *stacktrace, const ctel_attr *attributes, size_t n);

/* CTEL_OK is final; CTEL_ERROR replaces CTEL_ERROR and CTEL_UNSET; CTEL_UNSET changes nothing. The
 * description belongs to CTEL_ERROR alone and may be NULL. spec: trace API, Set Status */
void ctel_span_status(ctel_span *s, ctel_status code, const char *description);

/* spec: trace API, UpdateName */
void ctel_span_rename(ctel_span *s, const char *name);

/* ---- Contexts ---------------------------------------------------------------------------- */

/* The span that is current on this thread, owned by whoever started it; or NULL. */
ctel_span *ctel_span_current(void);

/* The current context, borrowed: good until the span or scope that made it current ends. For a
 * thread that may outlive that, give it ctel_ctx_copy(ctel_ctx_current()). */
ctel_ctx ctel_ctx_current(void);

/* The current context with `s` in the place of its span; borrowed likewise, and no longer than the
 * span. The context without a change when `s` is NULL. */
ctel_ctx ctel_ctx_with_span(ctel_span *s);

/* The same context, with its own claim to what it refers to: release it. */
ctel_ctx ctel_ctx_copy(ctel_ctx ctx);

/* Gives up what ctel_ctx_copy, ctel_extract, ctel_ctx_make, or a …_set function returned, and
 * empties *ctx. Call it once, not for each plain copy of the value. Harmless on an empty context;
 * wrong on a borrowed one. */
void ctel_ctx_release(ctel_ctx *ctx);

/* Declares `var`, a context that is released with the scope. */
#define CTEL_CTX(var, value) ctel_ctx var __attribute__((cleanup(ctel_ctx_release))) = (value)

/* Makes `ctx` current on this thread until ctel_ctx_detach; keeps its own claim on it. Scopes are
 * detached in reverse order; one detached early takes effect when those above it are gone.
 * spec: context, Attach and Detach */
ctel_scope ctel_ctx_attach(ctel_ctx ctx);
void ctel_ctx_detach(ctel_scope scope);

/* spec: trace API, SpanContext. Valid: trace id and span id are both not zero. */
bool ctel_ctx_is_valid(const ctel_ctx *ctx);
bool ctel_ctx_is_sampled(const ctel_ctx *ctx);
bool ctel_ctx_is_remote(const ctel_ctx *ctx);

/* The ids in lower-case hex with a NUL; all zero when there are none. */
void ctel_ctx_trace_id(const ctel_ctx *ctx, char out[33]);
void ctel_ctx_span_id(const ctel_ctx *ctx, char out[17]);

/* A context of given ids (16 and 8 bytes), W3C flags and tracestate (NULL: none; one that is not
 * valid is left out), with the current baggage and values. Release it. The empty context when an id
 * is zero. What the specification calls wrapping a SpanContext: give it as a parent, or attach it.
 */
ctel_ctx ctel_ctx_make(const unsigned char *trace_id, const unsigned char *span_id,
	unsigned char flags, const char *tracestate, bool is_remote);

/* Values of the program's own travel with a context, from function to function and from thread to
 * thread, and never to another process. A key is made once and lives as long as the process; each
 * call makes another one, `name` (NULL: "") is for whoever debugs. `release`, which may be NULL, is
 * called with a value when the last context that holds it is gone, on the thread where that
 * happens. NULL when memory is short. spec: context, Create a key */
ctel_key *ctel_key_new(const char *name, void (*release)(void *value));
const char *ctel_key_name(const ctel_key *key); /* a constant */

/* `ctx` with this value, which belongs to the contexts from here on, in the place of any the key
 * had before; `ctx` itself stays as it is. NULL removes it. When memory is short nothing is
 * changed, and the value is released. Release the result. spec: context, Set value */
ctel_ctx ctel_ctx_set(ctel_ctx ctx, const ctel_key *key, void *value);

/* The value, good as long as `ctx` is; or NULL. spec: context, Get value */
void *ctel_ctx_get(const ctel_ctx *ctx, const ctel_key *key);

/* ---- Tracestate and baggage -------------------------------------------------------------- */

/* The whole tracestate as a header, good as long as `ctx` is; "" when there is none. */
const char *ctel_tracestate_header(const ctel_ctx *ctx);

/* Copies the value of a member of the tracestate, cut to `size`, with a NUL; its whole length, or
 * -1 when there is none. */
int ctel_tracestate_get(const ctel_ctx *ctx, const char *key, char *out, size_t size);

/* `ctx` with the member added or changed, and moved to the front; NULL removes it. Not valid: no
 * change. Release the result. spec: trace API, TraceState */
ctel_ctx ctel_tracestate_set(ctel_ctx ctx, const char *key, const char *value);

/* `ctx` with this entry of baggage added or replaced; `ctx` itself stays as it is. Release the
 * result. The key is an HTTP token, the value any text; NULL removes the entry. An entry that is
 * not valid or beyond 64 entries or 8192 bytes changes nothing. Baggage goes to every service
 * downstream: nothing secret in it. spec: baggage API, Set Value */
ctel_ctx ctel_baggage_set(ctel_ctx ctx, const char *key, const char *value);

/* The same with metadata, properties as they stand in the header ("ttl=30;private"); may be NULL.
 */
ctel_ctx ctel_baggage_set_metadata(
	ctel_ctx ctx, const char *key, const char *value, const char *metadata);

/* The value, good as long as `ctx` is; or NULL. */
const char *ctel_baggage_get(ctel_ctx ctx, const char *key);

/* Calls `each` for every entry; its strings are good during the call. Stops when it returns false.
 */
typedef bool (*ctel_baggage_fn)(
	void *user, const char *key, const char *value, const char *metadata);
void ctel_baggage_each(ctel_ctx ctx, ctel_baggage_fn each, void *user);

/* `ctx` without baggage. Release the result. */
ctel_ctx ctel_baggage_clear(ctel_ctx ctx);

/* ---- Propagation ------------------------------------------------------------------------- */

/* A carrier is anything that holds headers. The setter is called for each header there is to write
 * and copies what it needs. The getter returns the header's value, with several headers of one name
 * joined by ",", or NULL; its result is not needed after the next call. Names are in lower case:
 * HTTP carriers compare without it. spec: propagators API, TextMap */
typedef void (*ctel_setter)(void *carrier, const char *name, const char *value);
typedef const char *(*ctel_getter)(void *carrier, const char *name);

/* Writes `ctx` with the configured propagators; W3C Trace Context and W3C Baggage are the default
 * and what is used while tracing is off. */
void ctel_inject(ctel_ctx ctx, ctel_setter set, void *carrier);

/* Reads the same: the result holds what was valid and is otherwise empty. Release it. Of several
 * propagators that find a trace, the last one named counts. */
ctel_ctx ctel_extract(ctel_getter get, void *carrier);

/* The same with propagators named here, as in OTEL_PROPAGATORS: "tracecontext", "baggage", "b3"
 * (single), "b3multi", "xray", "none"; commas between. Unknown names are left out. */
void ctel_inject_as(const char *propagators, ctel_ctx ctx, ctel_setter set, void *carrier);
ctel_ctx ctel_extract_as(const char *propagators, ctel_getter get, void *carrier);

/* A propagator of the program's own; see ctel_register_propagator. `extract` returns a context to
 * be released: `ctx`, which holds what propagators before it have found and is the current one,
 * with what it finds, by ctel_ctx_make and the ..._set functions; or else ctel_ctx_copy(ctx). */
typedef struct ctel_propagator {
	void (*inject)(void *user, ctel_ctx ctx, ctel_setter set, void *carrier);
	ctel_ctx (*extract)(void *user, ctel_ctx ctx, ctel_getter get, void *carrier);
	const char *const *fields; /* constants, up to a NULL; or NULL */
	void *user;
} ctel_propagator;

/* Up to `nr` names of the headers that the configured propagators write; how many there are. The
 * names are constants. */
size_t ctel_propagation_fields(const char **names, size_t nr);

/* Environment variables as carriers: "traceparent" is TRACEPARENT, "x-b3-traceid" X_B3_TRACEID.
 * The setter changes this process's environment (setenv, with its dangers among threads); the
 * carrier is not used and may be NULL. spec: context, Environment Variables as Carriers */
void ctel_env_set(void *carrier, const char *name, const char *value);
const char *ctel_env_get(void *carrier, const char *name);

/* A copy of the environment with `ctx` in it, for execve and posix_spawn: one allocation, to be
 * given to free(); NULL when memory is short. */
char **ctel_env_make(ctel_ctx ctx);

/* ---- Samplers ---------------------------------------------------------------------------- */

/* A sampler is made once, kept for the life of the process, and may be part of others. All of these
 * return NULL only when memory is short, and NULL arguments mean the default that is said. */

ctel_sampler *ctel_sampler_always_on(void);
ctel_sampler *ctel_sampler_always_off(void);

/* Keeps this share (0 to 1) of traces by their id; leaves the tracestate alone.
 * spec: trace SDK, TraceIdRatioBased */
ctel_sampler *ctel_sampler_trace_id_ratio(double ratio);

/* Keeps a trace iff R >= T, T = (1 - ratio) * 2^56, R the tracestate's ot=rv: or else the trace
 * id's last 56 bits; writes T as ot=th:. spec: trace SDK, ProbabilitySampler; OTEP 235 */
ctel_sampler *ctel_sampler_probability(double ratio);

/* What is asked by what the parent is. NULL: always_on for `root` and sampled parents, always_off
 * for parents that are not. spec: trace SDK, ParentBased */
typedef struct ctel_parent_based {
	ctel_sampler *root;
	ctel_sampler *remote_sampled, *remote_not_sampled;
	ctel_sampler *local_sampled, *local_not_sampled;
} ctel_parent_based;
ctel_sampler *ctel_sampler_parent_based(const ctel_parent_based *samplers);

/* What `root` (NULL: always_on) drops is recorded all the same, for the hooks of processors, but
 * not exported. spec: trace SDK, AlwaysRecord */
ctel_sampler *ctel_sampler_always_record(ctel_sampler *root);

/* The composable ones say from which threshold on they would keep a trace; one sampler around them
 * decides. spec: trace SDK, CompositeSampler */
ctel_composable *ctel_composable_always_on(void);
ctel_composable *ctel_composable_always_off(void);
ctel_composable *ctel_composable_probability(double ratio);
/* The parent's threshold; without a parent, what `root` (NULL: always_on) says. */
ctel_composable *ctel_composable_parent_threshold(ctel_composable *root);

/* A rule holds when everything that is given in it holds; one without conditions always does. */
typedef struct ctel_rule {
	const char *name;          /* pattern for the span's name: * and ?; NULL: any */
	const char *key;           /* an attribute given at the start ... */
	const char *const *values; /* ... is one of these, as text; nr_values 0: it is there */
	size_t nr_values;
	const char *const *patterns;          /* ... or matches one of these */
	const char *const *excluded_patterns; /* ... and none of these */
	size_t nr_patterns, nr_excluded_patterns;
	unsigned kinds;   /* 1u << CTEL_SERVER | ...; 0: any */
	unsigned parents; /* CTEL_PARENT_...; 0: any */
	ctel_composable *sampler;
} ctel_rule;
#define CTEL_PARENT_NONE   1u
#define CTEL_PARENT_REMOTE 2u
#define CTEL_PARENT_LOCAL  4u
/* The first rule that holds decides; none: the trace is not kept. */
ctel_composable *ctel_composable_rule_based(const ctel_rule *rules, size_t nr);
/* Adds attributes to what the other one keeps. */
ctel_composable *ctel_composable_annotating(
	ctel_composable *inner, const ctel_attr *attributes, size_t nr);
ctel_sampler *ctel_sampler_composite(ctel_composable *composable);

/* A sampler of the program's own. spec: trace SDK, ShouldSample */
typedef struct ctel_sampling {
	const ctel_ctx *parent; /* never NULL; perhaps empty */
	const unsigned char *trace_id;
	const char *name;
	ctel_kind kind;
	const ctel_attr *attributes;
	size_t nr_attributes;
	const ctel_link *links;
	size_t nr_links;
} ctel_sampling;
typedef enum ctel_decision { CTEL_DROP, CTEL_RECORD_ONLY, CTEL_RECORD_AND_SAMPLE } ctel_decision;
typedef struct ctel_sampled {
	ctel_decision decision;
	const ctel_attr
		*attributes; /* to add; good until the sampler is asked again by this thread */
	size_t nr_attributes;
	const char *tracestate; /* NULL: the parent's */
} ctel_sampled;
typedef ctel_sampled (*ctel_sampler_fn)(void *user, const ctel_sampling *what);
/* `fn` is called by every thread that starts spans. */
ctel_sampler *ctel_sampler_callback(const char *description, ctel_sampler_fn fn, void *user);

/* As in "ParentBased{root=…}"; a constant. spec: trace SDK, GetDescription */
const char *ctel_sampler_description(const ctel_sampler *s);

/* ---- Ended spans, as exporters see them -------------------------------------------------- */

/* Bytes in OTLP's protobuf encoding. */
typedef struct ctel_bytes {
	const unsigned char *data;
	size_t n;
} ctel_bytes;

/* Good during the call that hands it over. Strings end with NUL and are UTF-8. */
typedef struct ctel_span_data {
	unsigned char trace_id[16], span_id[8], parent_span_id[8];
	uint32_t flags; /* as in OTLP: W3C flags, 0x100 is-remote is known, 0x200 is-remote */
	ctel_kind kind;
	ctel_status status;
	uint64_t start_ns, end_ns;
	const char *name, *status_message, *tracestate; /* "" when there is none */
	const ctel_tracer *tracer;
	uint32_t nr_attributes, nr_events, nr_links;
	uint32_t dropped_attributes, dropped_events, dropped_links;
	/* Fields of the Span message, tags included: look into them with ctel_next_… */
	ctel_bytes attributes, events, links;
} ctel_span_data;

/* The scope of a tracer; good as long as the process. Its attributes are encoded: see
 * ctel_scope_attributes. */
void ctel_tracer_scope(
	const ctel_tracer *t, const char **name, const char **version, const char **schema_url);
ctel_bytes ctel_scope_attributes(const ctel_tracer *t);

/* What ctel_next_attribute finds. Strings do not end with NUL. */
typedef struct ctel_attr_view {
	const char *key;
	size_t key_n;
	ctel_type type;
	const char *string; /* CTEL_STRING: n bytes */
	size_t n;
	bool boolean;
	int64_t integer;
	double real;
	ctel_bytes array; /* CTEL_STRINGS to CTEL_DOUBLES: for ctel_next_value */
} ctel_attr_view;

/* Takes the first of what is left; false at the end. Each of them consumes *rest. */
bool ctel_next_attribute(ctel_bytes *rest, ctel_attr_view *out);
bool ctel_next_value(ctel_bytes *rest, ctel_attr_view *out); /* key is not set */

typedef struct ctel_event_view {
	uint64_t time_ns;
	const char *name;
	size_t name_n;
	ctel_bytes attributes;
	uint32_t dropped_attributes;
} ctel_event_view;
bool ctel_next_event(ctel_bytes *rest, ctel_event_view *out);

typedef struct ctel_link_view {
	unsigned char trace_id[16], span_id[8];
	const char *tracestate;
	size_t tracestate_n;
	uint32_t flags;
	ctel_bytes attributes;
	uint32_t dropped_attributes;
} ctel_link_view;
bool ctel_next_link(ctel_bytes *rest, ctel_link_view *out);

/* Several spans with their resource: one ExportTraceServiceRequest. */
typedef struct ctel_batch {
	const ctel_span_data *const *spans;
	size_t nr;
	ctel_bytes resource; /* the Resource message */
	const char *resource_schema_url;
} ctel_batch;

/* The batch as OTLP protobuf or JSON: allocated, to be given to free(), with a NUL behind it that
 * *size does not count. NULL: memory is short, or it is beyond 64 MiB. */
unsigned char *ctel_encode_protobuf(const ctel_batch *batch, size_t *size);
char *ctel_encode_json(const ctel_batch *batch, size_t *size);

/* ---- Exporters --------------------------------------------------------------------------- */

/* An exporter belongs to the processor it is given to: ctel_init_with takes it over, whatever it
 * returns, and ctel_shutdown frees it. Makers return NULL when memory is short or a member of the
 * options is not valid (which is logged). */

typedef enum ctel_encoding { CTEL_PROTOBUF, CTEL_JSON } ctel_encoding;
typedef enum ctel_compression { CTEL_GZIP, CTEL_NO_COMPRESSION } ctel_compression;

/* A header of the program's own. */
typedef struct ctel_header {
	const char *name, *value;
} ctel_header;

/* OTLP over HTTP; {0} is http://localhost:4318/v1/traces, protobuf, gzip where the library has it.
 * spec: protocol, OTLP Exporter Configuration */
typedef struct ctel_otlp {
	const char *endpoint; /* the whole URL, used as it is */
	const ctel_header *headers;
	size_t nr_headers;
	int timeout_ms; /* of one attempt and its retries; 0: 10000 */
	ctel_encoding encoding;
	ctel_compression compression;
	const char *ca_file, *client_cert_file, *client_key_file; /* PEM */
	int nr_attempts;                                          /* 0: 5 */
	int first_backoff_ms; /* 0: 1000; grows by half each time, with jitter, to 5000 */
	size_t max_request;   /* bytes; 0: 64 MiB */
	size_t max_response;  /* bytes; 0: 4 MiB */
	/* Requests on their way at once, when more than one batch waits; 0: 1, at most 16. Their
	 * spans may arrive in another order then. spec: protocol, OTLP/HTTP Concurrent Requests */
	int nr_concurrent;
} ctel_otlp;
/* NULL, and a message, in a library that was built without libcurl. */
ctel_exporter *ctel_exporter_otlp_http(const ctel_otlp *opts);

/* OTLP JSON lines, appended to the file; "-" is the standard output. spec: protocol, File Exporter
 */
ctel_exporter *ctel_exporter_file(const char *path);

/* Keeps the spans; for tests. The memory outlives the exporter and is the caller's to free after
 * ctel_shutdown; spans found in it are good until ctel_memory_clear or _free. A forked child finds
 * it empty. */
ctel_memory *ctel_memory_new(void);
ctel_exporter *ctel_exporter_memory(ctel_memory *m);
size_t ctel_memory_count(ctel_memory *m);
const ctel_span_data *ctel_memory_span(ctel_memory *m, size_t i); /* in the order they ended */
const ctel_span_data *ctel_memory_find(ctel_memory *m, const char *name); /* the first; or NULL */
void ctel_memory_clear(ctel_memory *m);
void ctel_memory_free(ctel_memory *m);

/* The program's own. `export_batch` returns 0; or -EAGAIN to be given the same batch again later,
 * or another negative errno for what is lost. Only one call at a time. Other members may be NULL.
 * spec: trace SDK, Span Exporter */
typedef struct ctel_exporter_ops {
	int (*export_batch)(void *user, const ctel_batch *batch, int timeout_ms);
	int (*flush)(void *user, int timeout_ms);
	void (*destroy)(void *user); /* the last call */
} ctel_exporter_ops;
ctel_exporter *ctel_exporter_callback(const ctel_exporter_ops *ops, void *user);

/* ---- The process ------------------------------------------------------------------------- */

/* What a processor does with ended spans. Without an exporter: the program's own hooks only. */
typedef struct ctel_processor {
	ctel_exporter *exporter;
	bool is_simple; /* each span at once, on the thread that ends it; for tests, consoles */
	int max_queue;  /* batch: spans waiting; 0: 2048; more are dropped and counted */
	int max_batch;  /* spans in one request; 0: 512 */
	int delay_ms;   /* how long a span waits at most; 0: 5000 */
	int export_timeout_ms; /* 0: 30000 */
	/* On the thread that starts or ends the span, before it is exported. Each may be NULL.
	 * spec: trace SDK, OnStart and OnEnd */
	void (*on_start)(void *user, ctel_span *s, const ctel_ctx *parent);
	void (*on_end)(void *user, const ctel_span_data *s);
	void *user;
	/* On the thread that ends it, with its time of end set: the last chance to change it, for
	 * all processors' hooks one after the other, and for nobody else: the pointer the program
	 * had has ended, and `s` is one for these calls alone. May be NULL. spec: trace SDK,
	 * OnEnding */
	void (*on_ending)(void *user, ctel_span *s);
} ctel_processor;

#define CTEL_MAX_PROCESSORS 4

/* 0 is the default. spec: trace SDK, Span Limits */
typedef struct ctel_limits {
	int attributes, events, links;         /* 128 each */
	int event_attributes, link_attributes; /* 128 each */
	int value_length;                      /* characters of string values; no limit */
} ctel_limits;
#define CTEL_NO_LIMIT (-1)
#define CTEL_LIMIT_0  (-2) /* keep nothing: 0 is taken */

typedef enum ctel_ids { CTEL_IDS_RANDOM, CTEL_IDS_XRAY } ctel_ids;

/* What is not given (0, NULL) is taken from the environment, else the default. */
typedef struct ctel_config {
	const char *service_name;
	const ctel_attr *resource; /* stronger than what is detected, weaker than the environment */
	size_t nr_resource;
	const char *resource_schema_url; /* default: that of the detectors */
	bool no_detectors;               /* only what is given, and telemetry.sdk.* */
	ctel_sampler *sampler;           /* default: parent based, root always on */
	const char *propagators;         /* default: "tracecontext,baggage" */
	ctel_limits limits;
	ctel_ids ids;
	/* Ids of the program's own: fills 16 and 8 bytes; trace_id is NULL for children. */
	void (*make_ids)(void *user, unsigned char *trace_id, unsigned char *span_id);
	bool are_ids_random; /* make_ids' last 7 bytes of trace ids are: the W3C flag says so */
	void *ids_user;
	ctel_processor processors[CTEL_MAX_PROCESSORS]; /* up to the first empty one */
	bool ignores_environment; /* OTEL_… variables but OTEL_SDK_DISABLED say nothing */
	bool no_thread;           /* the SDK starts none: the program calls ctel_poll */
} ctel_config;

/* Starts recording as the environment says. `service_name` is the resource's service.name unless
 * the environment says otherwise; NULL is "unknown_service:" and the program's name. 0, also when
 * nothing is configured; or -EALREADY, -ENOMEM, -EINVAL for a configuration file that is not valid
 * (each mistake is logged with line, column and key), or the negative errno of opening a file.
 * Tracing stays off after an error; all calls remain harmless. */
int ctel_init(const char *service_name);

/* The same as `config` says. OTEL_SDK_DISABLED still turns everything off. */
int ctel_init_with(const ctel_config *config);

/* The same as the declarative configuration file says (file_format 1.0 and 1.1, YAML or JSON).
 * -ENOTSUP in a library that was built without libfyaml. spec: configuration, SDK */
int ctel_init_file(const char *path, const char *service_name);

/* Exports every span that has ended. Waits at most `timeout_ms` milliseconds. 0; or -ETIMEDOUT with
 * the rest kept for later, or the negative errno of an export that failed. */
int ctel_flush(int timeout_ms);

/* Flushes, closes and turns tracing off; what could not be exported in time is dropped and counted.
 * Spans still open are lost. ctel_init may follow. Results as for ctel_flush. */
int ctel_shutdown(int timeout_ms);

/* Without a thread of its own (no_thread): exports what is due, for at most `timeout_ms`. Call it
 * from the program's loop. How many milliseconds there are until the next call has something to do;
 * 0: at once; -1: nothing waits. With a thread it does nothing and returns -1. */
int ctel_poll(int timeout_ms);

/* ---- Components by name ------------------------------------------------------------------ */

/* Samplers, exporters, processors and propagators of the program's own, which a configuration file
 * or a variable (OTEL_TRACES_SAMPLER, OTEL_TRACES_EXPORTER, OTEL_PROPAGATORS) names:
 *
 *	tracer_provider:
 *	  processors: [{batch: {exporter: {acme_queue: {topic: traces, shards: [1, 2]}}}}]
 *
 * Register them before ctel_init; they stay for the life of the process. `make` is called when such
 * a name is met, with what stands below it; NULL or false is a mistake in the file, at that place,
 * and tracing stays off. 0; -EEXIST when the SDK or the program has one of that sort and name;
 * -EINVAL when there is no name, or one with a comma or a blank. spec: configuration,
 * PluginComponentProvider */
typedef ctel_sampler *(*ctel_make_sampler)(void *user, const ctel_properties *p);
int ctel_register_sampler(const char *name, ctel_make_sampler make, void *user);
typedef ctel_exporter *(*ctel_make_exporter)(void *user, const ctel_properties *p);
int ctel_register_exporter(const char *name, ctel_make_exporter make, void *user);
/* Fills in *out, which is empty. */
typedef bool (*ctel_make_processor)(void *user, const ctel_properties *p, ctel_processor *out);
int ctel_register_processor(const char *name, ctel_make_processor make, void *user);
/* The same. Its functions are called by every thread; those that are NULL do nothing. */
typedef bool (*ctel_make_propagator)(void *user, const ctel_properties *p, ctel_propagator *out);
int ctel_register_propagator(const char *name, ctel_make_propagator make, void *user);

/* What a file says of a component. Each changes *out and is true when the key is there, and not
 * null, and its value of that type. One of another type is a mistake in the file, which is logged
 * with line and column. A NULL key is the value itself, for what ctel_property_item gives. All of
 * it is good during the call of `make`, and empty where a variable names the component. */
bool ctel_property_bool(const ctel_properties *p, const char *key, bool *out);
bool ctel_property_int(const ctel_properties *p, const char *key, int64_t *out);
bool ctel_property_double(const ctel_properties *p, const char *key, double *out);
bool ctel_property_string(const ctel_properties *p, const char *key, const char **out);
const ctel_properties *ctel_property_map(const ctel_properties *p, const char *key); /* or NULL */
size_t ctel_property_count(const ctel_properties *p, const char *key); /* of a list; else 0 */
const ctel_properties *ctel_property_item(const ctel_properties *p, const char *key, size_t i);

/* A component within it, the SDK's or the program's; NULL when there is none or after a mistake. */
ctel_sampler *ctel_property_sampler(const ctel_properties *p, const char *key);
ctel_exporter *ctel_property_exporter(const ctel_properties *p, const char *key);

/* False, with a mistake for each, when there are keys that are not among these words: "topic
 * shards". */
bool ctel_property_keys(const ctel_properties *p, const char *words);
/* A mistake that `make` has found; `key` may be NULL. */
void ctel_property_error(const ctel_properties *p, const char *key, const char *message);

/* ---- What the SDK says about itself ------------------------------------------------------ */

/* Since the start of the process; a forked child begins at 0. */
typedef struct ctel_stats {
	uint64_t started;   /* recorded spans */
	uint64_t ended;     /* of these */
	uint64_t exported;  /* accepted by an exporter */
	uint64_t dropped;   /* ended, never accepted: queue full, export failed, shut down */
	uint64_t misused;   /* calls with a span or scope that had already ended */
	uint64_t sampled;   /* started with the sampled flag */
	uint64_t unsampled; /* started, not recorded */
	uint64_t rejected;  /* of the dropped ones: refused by the receiver (partial success) */
	uint64_t retried;   /* requests sent again */
	uint64_t queued;    /* waiting right now */
	uint64_t bytes;     /* of requests that were accepted, as sent */
} ctel_stats;
void ctel_stats_get(ctel_stats *out);

/* The same as OpenTelemetry's semantic conventions name them: "otel.sdk.span.started" and so on;
 * `attribute` is "key=value" or "". spec: semantic conventions, OpenTelemetry SDK metrics */
typedef void (*ctel_metric_fn)(void *user, const char *name, const char *attribute, uint64_t value);
void ctel_stats_each(ctel_metric_fn each, void *user);

/* How long exports took, in seconds: a histogram. `nr[i]` took at most bounds[i] and longer than
 * bounds[i - 1]; the last of them longer than all bounds. */
#define CTEL_NR_BOUNDS 14
typedef struct ctel_durations {
	uint64_t count, nr[CTEL_NR_BOUNDS + 1];
	double sum;
	const double *bounds; /* CTEL_NR_BOUNDS of them, a constant */
} ctel_durations;

/* "otel.sdk.exporter.operation.duration": exports that succeeded, `attribute` is "" then, and those
 * that did not, by their error.type: "timeout", "rejected" (some of it, by the receiver), "_OTHER".
 * spec: semantic conventions, OpenTelemetry SDK metrics */
typedef void (*ctel_durations_fn)(
	void *user, const char *name, const char *attribute, const ctel_durations *d);
void ctel_stats_durations(ctel_durations_fn each, void *user);

/* Where messages go: bad configuration, exports that fail (at most one a minute of each sort).
 * NULL: nowhere. Default: standard error, a line each, prefixed "ctel: ". `log` may be called from
 * any thread and must not call ctel. Errors and warnings, unless OTEL_LOG_LEVEL says otherwise. */
typedef enum ctel_level { CTEL_LOG_ERROR, CTEL_LOG_WARNING, CTEL_LOG_INFO } ctel_level;
typedef void (*ctel_log_fn)(void *user, ctel_level level, const char *message);
void ctel_log_to(ctel_log_fn log, void *user);

/* Nothing between these two is traced on this thread: for code that exports. They nest. */
void ctel_suppress(void);
void ctel_unsuppress(void);

/* ---- Making attributes ------------------------------------------------------------------- */

/* Values for ctel_attr: they borrow what they are given. Arrays may be NULL when n is 0. */
ctel_attr ctel_attr_bool(const char *key, bool value);
ctel_attr ctel_attr_int(const char *key, int64_t value);
ctel_attr ctel_attr_uint(const char *key, uint64_t value); /* at most INT64_MAX */
ctel_attr ctel_attr_double(const char *key, double value);
ctel_attr ctel_attr_string(const char *key, const char *value);
ctel_attr ctel_attr_string_n(const char *key, const char *value, size_t n);
ctel_attr ctel_attr_strings(const char *key, const char *const *values, size_t n);
ctel_attr ctel_attr_bools(const char *key, const bool *values, size_t n);
ctel_attr ctel_attr_ints(const char *key, const int64_t *values, size_t n);
ctel_attr ctel_attr_doubles(const char *key, const double *values, size_t n);

#pragma GCC visibility pop

#ifndef __cplusplus

#define CTEL_BY_TYPE_(value, prefix)                                                               \
	_Generic((value),                                                                          \
		bool: prefix##_bool,                                                               \
		float: prefix##_double,                                                            \
		double: prefix##_double,                                                           \
		char *: prefix##_string,                                                           \
		const char *: prefix##_string,                                                     \
		unsigned int: prefix##_uint,                                                       \
		unsigned long: prefix##_uint,                                                      \
		unsigned long long: prefix##_uint,                                                 \
		default: prefix##_int)

#define ctel_set(span, key, value) CTEL_BY_TYPE_(value, ctel_set)((span), (key), (value))

/* CTEL_ATTR("app.order.id", order->id): a ctel_attr, by the value's type as with ctel_set. */
#define CTEL_ATTR(key, value) CTEL_BY_TYPE_(value, ctel_attr)((key), (value))

#else
}

#include <type_traits>

template <typename T> inline ctel_attr CTEL_ATTR(const char *key, T value)
{
	if constexpr (std::is_same_v<T, bool>)
		return ctel_attr_bool(key, value);
	else if constexpr (std::is_floating_point_v<T>)
		return ctel_attr_double(key, static_cast<double>(value));
	else if constexpr (std::is_unsigned_v<T>)
		return ctel_attr_uint(key, value);
	else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>)
		return ctel_attr_int(key, static_cast<int64_t>(value));
	else
		return ctel_attr_string(key, value);
}

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
