/* The words of a model file, each once: the loader reads by these tables, and a test holds
 * rules/models/schema.json against them. */
#ifndef OTEL_TIDY_MODEL_FIELDS_H
#define OTEL_TIDY_MODEL_FIELDS_H

#include "model/model.h"

/* X(member, "key", may be "result") */
#define MODEL_POSITIONS(X)                                                                         \
	X(span, "span", true)                                                                      \
	X(name, "name", false)                                                                     \
	X(key, "key", false)                                                                       \
	X(value, "value", true)                                                                    \
	X(attributes, "attributes", false)                                                         \
	X(kind, "kind", false)                                                                     \
	X(status, "status", false)                                                                 \
	X(description, "description", false)                                                       \
	X(scope, "scope", true)

/* X(bit, "key") */
#define MODEL_FLAGS(X)                                                                             \
	X(MODEL_BY_ADDRESS, "by_address")                                                          \
	X(MODEL_NULLS, "nulls")                                                                    \
	X(MODEL_RELEASES, "releases")                                                              \
	X(MODEL_MAY_FAIL, "may_fail")                                                              \
	X(MODEL_NULL_OK, "null_ok")                                                                \
	X(MODEL_IMPLIES_END, "implies_end")                                                        \
	X(MODEL_SETS_STATUS, "sets_status")                                                        \
	X(MODEL_ACTIVATES, "activates")                                                            \
	X(MODEL_AUTO_END, "auto_end")                                                              \
	X(MODEL_ON_CURRENT, "on_current")                                                          \
	X(MODEL_IDEMPOTENT, "idempotent")                                                          \
	X(MODEL_REPEATS, "repeats")

/* X(role, "name") */
#define MODEL_ROLES(X)                                                                             \
	X(ROLE_SPAN, "span")                                                                       \
	X(ROLE_SCOPE, "scope")                                                                     \
	X(ROLE_TRACER, "tracer")                                                                   \
	X(ROLE_CONTEXT, "context")                                                                 \
	X(ROLE_RECORD, "record")                                                                   \
	X(ROLE_OTHER, "other")

/* X(cost, "name"), in the order of enum model_cost */
#define MODEL_COSTS(X)                                                                             \
	X(COST_UNKNOWN, "unknown")                                                                 \
	X(COST_FREE, "free")                                                                       \
	X(COST_ALLOC, "alloc")                                                                     \
	X(COST_COMPUTE, "compute")                                                                 \
	X(COST_LOCK, "lock")                                                                       \
	X(COST_LOG, "log")                                                                         \
	X(COST_IO, "io")                                                                           \
	X(COST_NETWORK, "network")                                                                 \
	X(COST_WAIT, "wait")

/* X(build, "name"), in the order of enum model_build */
#define MODEL_BUILDS(X)                                                                            \
	X(BUILD_FORMAT, "format")                                                                  \
	X(BUILD_NUMBER, "number")                                                                  \
	X(BUILD_JOIN, "join")                                                                      \
	X(BUILD_DIGEST, "digest")                                                                  \
	X(BUILD_DUMP, "dump")                                                                      \
	X(BUILD_READ, "read")                                                                      \
	X(BUILD_SINK, "sink")

/* X(kind, "name") */
#define MODEL_CALLBACKS(X)                                                                         \
	X(CALLBACK_COMPARATOR, "comparator")                                                       \
	X(CALLBACK_HASH, "hash")                                                                   \
	X(CALLBACK_ALLOCATOR, "allocator")                                                         \
	X(CALLBACK_SIGNAL, "signal")                                                               \
	X(CALLBACK_THREAD, "thread")

/* X(effect, first need, second need): one of the words of each need must be said. */
#define MODEL_NEEDS(X)                                                                             \
	X(EFFECT_START, "span on_current", "")                                                     \
	X(EFFECT_END, "span on_current", "")                                                       \
	X(EFFECT_RELEASE, "span", "")                                                              \
	X(EFFECT_ATTRIBUTE, "span on_current", "key key_text attributes")                          \
	X(EFFECT_STATUS, "span on_current", "status sets_status")                                  \
	X(EFFECT_EVENT, "span on_current", "")                                                     \
	X(EFFECT_EXCEPTION, "span on_current", "")                                                 \
	X(EFFECT_RENAME, "span on_current", "name")                                                \
	X(EFFECT_LINK, "span on_current", "")                                                      \
	X(EFFECT_ACTIVATE, "span", "")                                                             \
	X(EFFECT_DEACTIVATE, "scope on_current", "")                                               \
	X(EFFECT_CURRENT, "span", "")                                                              \
	X(EFFECT_ALIAS, "span", "")                                                                \
	X(EFFECT_SWAP, "span", "")                                                                 \
	X(EFFECT_KEEP, "span", "")

/* The highest position a model can name; more arguments than any tracing API has. */
#define MODEL_LAST_POSITION 31

#define MODEL_FILE_KEYS                                                                            \
	"$schema", "$comment", "name", "language", "about", "types", "calls", "io", "strings",     \
		"callbacks", "names"
#define MODEL_TYPE_KEYS   "$comment", "match", "role", "ends_on_destroy", "is_shared"
#define MODEL_CALL_WORDS  "$comment", "match", "effect", "key_text", "value_type"
#define MODEL_VALUE_TYPES "string", "int", "double", "boolean"
#define MODEL_IO_KEYS     "$comment", "match", "cost", "kind", "outgoing"
#define MODEL_STRING_KEYS                                                                          \
	"$comment", "match", "build", "into", "format", "from", "source", "name", "sink"
#define MODEL_NAME_KEYS     "$comment", "match", "meaning", "in", "qualified"
#define MODEL_CALLBACK_KEYS "$comment", "match", "kind", "function"
#define MODEL_LANGUAGES     "c", "c++"

/* True when the pattern has `*` or `?`. */
bool model_is_glob(const char *pattern);
/* Enters the entries from number `first` on into the indexes, and forgets what was looked up. */
void models_index(struct models *m, size_t first_call, size_t first_type, size_t first_io,
	size_t first_string, size_t first_callback);

#endif
