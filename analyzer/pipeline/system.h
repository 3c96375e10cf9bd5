/* What is kept: SDKs, Collectors and their pipelines as one graph, with a keep rate on each edge.
 *
 * Built from configuration files alone. Whatever a file leaves open is unknown, not a default, and
 * an unknown share is an interval. */
#ifndef OTEL_TIDY_PIPELINE_SYSTEM_H
#define OTEL_TIDY_PIPELINE_SYSTEM_H

#include "base/map.h"
#include "base/vec.h"
#include "base/yaml.h"

/* The classes that sampling is about: traces with an error in them, those that took longer than
 * any threshold that is looked for, and all others. */
enum trace_class { CLASS_ERRORS, CLASS_SLOW, CLASS_ROUTINE, NR_CLASSES };
extern const char *const class_names[NR_CLASSES];

struct share {
	double low, high; /* equal when it is known */
};

struct shares {
	struct share of[NR_CLASSES];
};

/* What arrives, when it was stated. */
struct traffic {
	double traces_per_second; /* 0: not stated */
	double spans_per_trace;
	double bytes_per_span;
	double share[NR_CLASSES]; /* of the traces; together 1 */
};

enum component_kind {
	COMPONENT_RECEIVER,
	COMPONENT_PROCESSOR,
	COMPONENT_EXPORTER,
	COMPONENT_CONNECTOR,
	COMPONENT_EXTENSION,
	NR_COMPONENT_KINDS
};
extern const char *const component_kinds[NR_COMPONENT_KINDS]; /* "receiver" … */

struct component {
	enum component_kind kind;
	const char *id;      /* "tail_sampling/checkout" */
	const char *type;    /* the newest name: "otlp_grpc" for an exporter "otlp" */
	const char *written; /* the type as it is written */
	const struct yaml *key, *config;
	bool is_used;
};

/* One entry of a pipeline's lists. */
struct use {
	const struct yaml *at;
	const char *id;
	const struct component *component; /* NULL: not defined */
};

struct uses {
	VEC(struct use) all;
};

struct pipeline {
	struct collector *collector;
	const char *id, *signal; /* "traces/2", "traces" */
	const struct yaml *key, *config;
	struct uses receivers, processors, exporters;
	struct shares in;     /* of what the programs made, at its first processor */
	struct shares *after; /* each processor, by its number */
	struct shares out;
	const struct use *thinned_by; /* the first sampler on the way to its receivers, or NULL */
	struct pipeline *thinned_in;  /* the pipeline in which that is */
	unsigned mark;                /* of walks */
};

struct collector {
	const char *name; /* "gateway.yaml", or the name of its resource */
	const char *file;
	const struct yaml *root;
	VEC(struct component *) components;
	struct map by_id[NR_COMPONENT_KINDS];
	VEC(struct pipeline *) pipelines;
	bool is_partial; /* a fragment, or values laid over a chart's own: more may be defined */
	double replicas; /* 0: not known */
	const struct yaml *replicas_at;
	const char *mode;    /* of an OpenTelemetryCollector or a chart: "daemonset", …; or "" */
	bool is_fed_by_tier; /* by another Collector here */
	const struct component *balancer; /* the load_balancing exporter that feeds it, or NULL */
};

enum sampler_kind {
	SAMPLER_UNSET, /* the specification's default: parentbased_always_on */
	SAMPLER_ALWAYS_ON,
	SAMPLER_ALWAYS_OFF,
	SAMPLER_RATIO,
	SAMPLER_OTHER, /* jaeger_remote, xray, a vendor's: nothing is known of its rate */
};

/* The configuration of a program's SDK. */
struct sdk {
	const char *name; /* of the service, container or file */
	enum sampler_kind sampler;
	bool is_parent_based;
	bool writes_threshold; /* probability samplers that write `th` into tracestate */
	struct share ratio;
	const struct yaml *sampler_at, *argument_at; /* NULL: not there */
	const char *sampler_text;
	const struct yaml *endpoint, *protocol;
	bool is_http;             /* certainly: by its protocol or exporter, or by port 4318 */
	bool is_whole_endpoint;   /* for traces alone, path included; else /v1/traces is appended */
	const struct yaml *delay; /* of the batch processor, milliseconds */
	bool is_lambda;
};

/* Traces go from an exporter or connector of one pipeline to a receiver of another. */
struct edge {
	struct pipeline *from, *to;
	const struct use *by; /* of from's exporters */
	bool is_tier;         /* between two Collectors */
};

struct pipeline_comment {
	const char *file, *text;
	uint32_t line, col, target;
};

struct pipeline_problem {
	const char *file;
	uint32_t line, col;
	const char *text;
};

/* More are no configuration, and rules compare each with each. */
#define SYSTEM_USES  2000
#define SYSTEM_EDGES 20000

struct system {
	struct arena *arena;
	const char *root; /* files inside of it have relative names */
	struct traffic traffic;
	double replicas; /* of Collectors that sample tails, from the command line; 0: not stated */
	bool is_embedded; /* every file is a page with blocks in it */
	bool is_page;     /* a block of a page is read: an example, a part of something */
	bool is_strict;   /* profile: strict */
	VEC(struct collector *) collectors;
	VEC(struct sdk *) sdks;
	size_t nr_uses; /* entries in pipelines, bounded by SYSTEM_USES */
	VEC(struct edge) edges;
	VEC(const struct yaml *) workloads; /* of Kubernetes, until system_link */
	VEC(struct pipeline_comment) comments;
	VEC(struct pipeline_problem) problems;
	VEC(const char *) files;
	struct map variables; /* of environment files */
};

void system_init(struct system *s, struct arena *a, const char *root);
/* Reads one argument of the command line: a file, or several with commas, which are laid over one
 * another as a Collector does with several --config. False: nothing in it was understood, and a
 * problem says why. */
bool system_add(struct system *s, const char *argument);
/* After the last file: joins tiers, computes shares. */
void system_link(struct system *s);
/* The SDK that starts the smallest share of traces, when that is less than all; or NULL. */
const struct sdk *system_head(const struct system *s);

#endif
