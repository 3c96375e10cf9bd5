/* otel-tidy.json: what the user wants. JSON, in which comments (to the end of the line, or between
 * slash-star and star-slash) count as blanks. Unknown keys, rules and profiles are errors with a
 * suggestion. */
#ifndef OTEL_TIDY_PROJECT_CONFIG_H
#define OTEL_TIDY_PROJECT_CONFIG_H

#include "base/arena.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>

/* A critical path, from annotation or configuration. A key group "a|b" needs any one of its keys;
 * a trailing "?" makes it wanted, not required. */
struct key_group {
	const char *text; /* as written */
	const char **keys;
	size_t nr_keys;
	bool is_optional;
};

struct critical_path {
	const char *name;     /* "checkout.place_order" */
	const char *function; /* glob on qualified or simple name; configuration only, else "" */
	struct key_group *groups;
	size_t nr_groups;
	struct key_group *baggage; /* members it has to leave in baggage */
	size_t nr_baggage;
	bool on_current;    /* "span=current" */
	const char *source; /* "otel-tidy.json:12", or "" for an annotation */
};

/* Turns one group text into a key_group. False when it is empty or malformed. */
bool key_group_parse(struct arena *a, const char *text, struct key_group *out);

struct rule_setting {
	const char *rule;
	const char *value; /* "off", "note", "warning", "error" */
};

/* "overrides": other severities for a part of the program. */
struct config_override {
	VEC(const char *) files; /* globs on paths relative to the root */
	VEC(struct rule_setting) rules;
};

/* "attributes": a registry of the project's own, in a file or right there. */
struct config_attributes {
	const char *path; /* of the file that has them, absolute */
	const char *text; /* JSON; empty lines before it make its lines those of `path`. NULL: read
			     the file */
};

struct config {
	const char *path;        /* of the file, or "" */
	const char *root;        /* absolute; its directory, or the working directory */
	const char *profile;     /* "recommended" */
	VEC(const char *) files; /* every file that was read, absolute */
	VEC(struct rule_setting) rules;
	VEC(struct config_override) overrides; /* later ones win */
	const char *rules_as_of;               /* "0.1": rules that came later do not run; or "" */
	VEC(struct critical_path) critical_paths;
	VEC(const char *) models;        /* paths of model files, absolute */
	VEC(const char *) exclude;       /* globs on relative paths */
	VEC(const char *) trusted_hosts; /* globs on host names that baggage may go to */
	const char *inline_models; /* JSON text of the "model" object, or ""; empty lines before it
				    * make its lines those of the file */
	VEC(struct config_attributes) attributes;
	VEC(const char *) pipeline;         /* "pipeline": files of SDKs and Collectors, absolute */
	double traces_per_second, replicas; /* "pipeline" as well; 0: not stated */
	const char *span_names; /* extended regular expression that every name matches, or "" */
	const char *fail_on;    /* "note", "warning", "error", "never" */
	const char *database;   /* directory, absolute, or "" */
	const char *baseline;   /* of accepted findings: a file, absolute, or "" */
};

/* Defaults: profile recommended, fail_on warning. */
void config_init(struct config *c, const char *root);

/* Looks upward from `dir` for otel-tidy.json; NULL when there is none. */
const char *config_find(struct arena *a, const char *dir);

/* False: `error` is one line with file, line, and did-you-mean. `rules` are the names that exist;
 * `c` comes from config_init. A file with "root": false adds to the next one further up, which is
 * read first and whose directory is then the root. */
bool config_read(struct arena *a, const char *path, const char *const *rules, size_t nr_rules,
	struct config *c, const char **error);

/* The keys that a file may have; of "critical_paths": those of its entries. */
const char *const *config_keys(const char *of, size_t *nr);

#endif
