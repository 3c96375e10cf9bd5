/* SPDX-License-Identifier: Apache-2.0 */
/* The configured SDK: provider, samplers, processors, exporters. */
#ifndef CTEL_SDK_H
#define CTEL_SDK_H

#include "span.h"

/* ---- Tracers (tracer.c) -------------------------------------------------------------------- */

struct ctel_tracer {
	struct ctel_tracer *next;
	const char *name, *version, *schema_url; /* "" when there is none */
	ctel_bytes attributes;                   /* fields of InstrumentationScope */
	atomic_bool is_disabled;                 /* as the provider says; no spans */
};

void tracer_lock(void);
void tracer_unlock(void);
/* Asks for each tracer there is, and from now on for each new one; NULL: none is disabled. */
void tracer_configure(bool (*is_disabled)(const void *rules, const char *name), const void *rules);

/* ---- Samplers (sampler.c, composite.c, otstate.c) ------------------------------------------ */

/* What a sampler decided. `tracestate`: the parent's, unless has_tracestate; then this one, owned
 * by whoever asked. */
struct decision {
	ctel_decision decision;
	bool has_tracestate;
	struct ctel_bag *tracestate;
	const ctel_attr *attributes; /* kept by the sampler */
	size_t nr_attributes;
};

struct ctel_sampler {
	void (*decide)(
		const struct ctel_sampler *s, const ctel_sampling *what, struct decision *out);
	struct ctel_sampler *next;               /* all of them: kept for the life of the process */
	uint64_t threshold;                      /* keep iff R >= threshold */
	struct ctel_sampler *root, *children[4]; /* parent based: by is-remote, is-sampled */
	bool is_as_parent; /* the default: roots always, others as their parent; needs no asking */
	struct ctel_composable *composable;
	ctel_sampler_fn fn;
	void *user;
	char description[320];
};

struct ctel_sampler *sampler_new(
	void (*decide)(const struct ctel_sampler *, const ctel_sampling *, struct decision *));
/* A deep copy that lives as long as the process; NULL when memory is short or n is 0. */
const ctel_attr *attributes_copy(const ctel_attr *attributes, size_t n);
bool pattern_matches(const char *pattern, const char *text); /* * and ? */

#define THRESHOLD_MAX  (UINT64_C(1) << 56) /* nothing is kept */
#define THRESHOLD_NONE UINT64_MAX          /* there is none */

/* The member "ot" of a tracestate: OTEP 235. */
struct otstate {
	uint64_t th, rv; /* THRESHOLD_NONE: not there, or not valid */
};
void otstate_read(const struct ctel_bag *tracestate, struct otstate *out);
/* The tracestate with ot=th: changed, THRESHOLD_NONE removes it; with a claim of the caller's. */
struct ctel_bag *otstate_with_th(struct ctel_bag *tracestate, uint64_t th);
uint64_t otstate_randomness(const struct otstate *ot, const unsigned char *trace_id);
uint64_t threshold_of(double ratio);

/* ---- Propagation (propagate.c, tracecontext.c, baggage.c, b3.c, xray.c, env.c) ------------- */

struct slice {
	const char *s;
	size_t n;
};
struct slice slice_trim(const char *s, size_t n); /* blanks and tabs */
/* The next member of a comma-separated list, trimmed, possibly empty; false at the end. */
bool slice_next(const char **rest, struct slice *out);
bool hex_read(const char *s, unsigned char *out, size_t n); /* 2 n digits, lower case only */

struct propagator {
	const char *name;
	void (*inject)(const ctel_ctx *ctx, ctel_setter set, void *carrier);
	/* Changes in *ctx what it finds. */
	void (*extract)(ctel_ctx *ctx, ctel_getter get, void *carrier);
	const char *const *fields; /* up to NULL */
	ctel_propagator own;       /* the program's, where the two above are NULL */
	struct propagator *older;
};
extern const struct propagator propagate_tracecontext, propagate_baggage, propagate_b3,
	propagate_b3multi, propagate_xray;

#define MAX_PROPAGATORS 8
struct propagators {
	unsigned nr;
	const struct propagator *list[MAX_PROPAGATORS];
};
void propagators_while_off(const char *names); /* what counts while there is no provider */
/* Names that are not known are left out; the first of them is given back, or NULL. */
const char *propagators_read(struct propagators *out, const char *names);
struct ctel_bag *tracestate_read(const char *header); /* NULL when it is not valid */
/* With the member added or changed, or removed (NULL): a claim of the caller's. */
struct ctel_bag *tracestate_with(struct ctel_bag *old, const char *key, const char *value);
void context_set_trace(ctel_ctx *ctx, const ctel_ctx *trace); /* but baggage, values */

/* ---- Exporters ----------------------------------------------------------------------------- */

struct ctel_exporter {
	/* 0; -EAGAIN: not finished by the deadline (clock_steady), to be continued with the same
	 * batch; another negative errno: lost. */
	int (*export_batch)(struct ctel_exporter *e, const ctel_batch *batch, uint64_t deadline);
	int (*flush)(struct ctel_exporter *e, uint64_t deadline); /* may be NULL */
	void (*abandon)(struct ctel_exporter *e); /* the batch will not come again; may be NULL */
	void (*forked)(struct ctel_exporter *e);  /* in the child; may be NULL */
	void (*destroy)(struct ctel_exporter *e);
	bool counts_itself;       /* calls exporter_count for each part of a batch */
	uint32_t nr_concurrent;   /* of such parts that it sends at once; 0: one */
	uint32_t request_spans;   /* in each of them at most; the processor says it */
	_Atomic uint64_t stop_at; /* no call goes beyond this; 0: not stopping */
};

/* The earlier of a call's deadline and the one that shutdown has set. */
uint64_t exporter_deadline(const struct ctel_exporter *e, uint64_t deadline);
void exporter_free(ctel_exporter *e); /* NULL is fine */
/* Counts what came of an export of `nr` spans that began at `since` (clock_steady). */
void exporter_count(uint32_t nr, uint64_t nr_rejected, int rc, uint64_t since);
/* Why an exporter could not be made, as a negative errno: for ctel_init's result. */
extern _Thread_local int exporter_error;

/* encode.c: an ExportTraceServiceRequest; `out` is emptied first. False: too large, or no memory.
 */
bool encode_protobuf(struct buf *out, const ctel_batch *batch);
/* json.c: the same as one line without its end. */
bool encode_json(struct text *out, const ctel_batch *batch);

/* ---- Processors (queue.c, worker.c) -------------------------------------------------------- */

struct processor {
	ctel_processor config; /* all defaults filled in */
	struct provider *provider;
	unsigned index;           /* which of each thread's rings is its own */
	bool is_batch, is_simple; /* exports in batches, or each span at once; or does not export */
	uint32_t lot;             /* credits that a thread takes at once */
	uint32_t max_take;        /* spans that an exporter is given at once */
	_Atomic int64_t credits;  /* not taken by any thread */
	atomic_bool is_wanted;    /* a batch is full */
	atomic_bool is_started;   /* no need to start the thread */

	pthread_mutex_t lock; /* guards from here to nr_pending, except while is_exporting */
	pthread_cond_t wake, changed;
	bool has_thread, is_exporting, is_stopping, is_done;
	pthread_t thread;
	uint64_t flush_wanted, flush_done;
	int flush_rc;
	uint64_t stop_at; /* deadline of the shutdown */
	uint64_t due;     /* when what waits is to be exported */

	/* The batch in work: only whoever has set is_exporting. */
	struct span **spans;
	ctel_span_data *views;
	const ctel_span_data **view_pointers;
	uint32_t nr_pending;
	uint64_t pending_since;
};

/* Puts an ended, retired span into the queue; drops and counts it when that is full. */
void queue_put(struct processor *p, struct span *s);
/* Takes up to `max` spans out, oldest first within each thread; how many. */
uint32_t queue_take(struct processor *p, struct span **out, uint32_t max);
uint32_t queue_length(const struct processor *p);     /* near enough */
void queue_release(struct span **spans, uint32_t nr); /* exported or dropped: back to the pool */
void queue_drop_all(struct processor *p);
void queue_drop_one(struct span *s); /* gives up one reference */
void queue_fork_child(struct thread *threads);
uint64_t queue_waiting(void);
uint64_t queue_capacity(void);

int worker_init(struct processor *p);
/* Starts the thread if there is none, and wakes it when a batch is full. */
void worker_wake(struct processor *p, bool is_full_batch);
int worker_flush(struct processor *p, uint64_t deadline);
int worker_stop(struct processor *p, uint64_t deadline);
int worker_poll(struct processor *p, uint64_t deadline); /* milliseconds, as ctel_poll */
void worker_fork_lock(struct processor *p);
void worker_fork_unlock(struct processor *p);
void worker_fork_child(struct processor *p);
/* What the simple processors do with a sampled span, on this thread; not while it is at work. */
void worker_export_now(struct provider *provider, struct span *s);
/* What a signal handler, or an exporter, ends while this thread has a processor's lock: exported
 * by the interrupted call as soon as it can be. Takes over one of the span's references. */
void worker_hand_over(struct span *s);

/* ---- The provider (provider.c) ------------------------------------------------------------- */

/* Never freed: threads may look into it at any time. */
struct provider {
	struct provider *next;
	uint64_t generation; /* changes in a forked child */
	ctel_sampler *sampler;
	struct attribute_limits limits, event_limits, link_limits;
	uint32_t max_events, max_links;
	struct propagators propagators;
	ctel_ids ids;
	void (*make_ids)(void *user, unsigned char *trace_id, unsigned char *span_id);
	void *ids_user;
	bool are_ids_random, has_on_start, has_on_ending, has_immediate, has_simple, no_thread;
	struct buf resource;
	char *resource_schema_url;
	unsigned nr_processors, nr_queues; /* nr_queues: of those that export in batches */
	struct processor processors[CTEL_MAX_PROCESSORS];
};

extern _Atomic(struct provider *) provider_active;

static inline struct provider *provider_get(void)
{
	return atomic_load_explicit(&provider_active, memory_order_acquire);
}

/* How the resource is put together, where ctel_config does not say it. */
struct resource_plan {
	bool host, process, service, container;        /* what is detected */
	const char *const *included, *const *excluded; /* patterns for what was detected */
	size_t nr_included, nr_excluded;
	const char *list; /* key=value,…: weaker than ctel_config's attributes */
};

/* Takes everything of `config` as it is, without asking the environment. */
int provider_start(const ctel_config *config, const struct resource_plan *plan);
uint64_t provider_generation(void); /* a new one */
/* Frees the exporters of a configuration that will not be used. */
void config_drop(const ctel_config *config);

/* ---- Configuration (environment.c, resource.c, declarative.c) ------------------------------- */

/* The variable, NULL when it is empty or not set. */
const char *environment_get(const char *name);
bool environment_bool(const char *name);
/* Fills in what `config` leaves open. -EINVAL when that is impossible; bad values are logged and
 * ignored. */
int environment_config(ctel_config *config);
bool environment_is_configured(void);
ctel_exporter *environment_otlp(void);
/* Reads key=value pairs as OTEL_EXPORTER_OTLP_HEADERS has them, up to `max`, those that are not
 * among the first ones; their strings go into `copy`, twice the list's length and two bytes each.
 */
size_t environment_headers(const char *list, char *copy, ctel_header *out, size_t max,
	const ctel_header *first, size_t nr_first);

/* Encodes the resource: what is detected, given and said by the environment. */
bool resource_make(struct buf *out, const ctel_config *config, const struct resource_plan *plan);
/* The URL of the schema its attributes follow; NULL when nothing says which. */
const char *resource_schema(const ctel_config *config, const struct resource_plan *plan);
/* Adds key=value,… with percent escapes; false, and nothing added, when it is not valid. */
bool resource_add_list(struct attribute_set *set, const char *list);

int declarative_start(const char *path, const char *service_name);

#endif
