/* API models: what starts, ends, activates, attributes a span; what waits, what is free. All of it
 * is data under rules/models/ (JSON; schema.json says its shape) or in a user's otel-tidy.json.
 *
 * Positions count like a reader does: 0 is the object of a method, 1 the first written argument,
 * MODEL_RESULT the returned value, MODEL_NONE nothing. */
#ifndef OTEL_TIDY_MODEL_MODEL_H
#define OTEL_TIDY_MODEL_MODEL_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/vec.h"
#include "ir/ir.h"

#define MODEL_NONE   (-1)
#define MODEL_RESULT (-2)

/* X(NAME, "name in JSON") */
#define MODEL_EFFECTS(X)                                                                           \
	X(START, "start")         /* a fresh, running span in `span` */                            \
	X(END, "end")             /* ends `span` */                                                \
	X(RELEASE, "release")     /* gives the handle back; with "implies_end" it ends it too */   \
	X(ATTRIBUTE, "attribute") /* `key` and `value`, or `attributes`, onto `span` */            \
	X(STATUS, "status")       /* `status` and `description` */                                 \
	X(EVENT, "event")                                                                          \
	X(EXCEPTION, "exception") /* records an error; with "sets_status" it sets it too */        \
	X(RENAME, "rename")       /* `name` */                                                     \
	X(LINK, "link")                                                                            \
	X(ACTIVATE, "activate")     /* `span` becomes current; the result is a scope or a token */ \
	X(DEACTIVATE, "deactivate") /* `scope` is left */                                          \
	X(CURRENT, "current")       /* the result is the active span, owned by somebody else */    \
	X(ALIAS, "alias")           /* the result is the handle `span` again: get(), operator->, a \
				       context made of it; with "nulls" the handle moved there */  \
	X(SWAP, "swap") /* the handle `span` is cleared, or becomes `value`: reset() */            \
	X(KEEP, "keep") /* takes `span` over: its owner from now on */                             \
	X(INJECT, "inject")                                                                        \
	X(EXTRACT, "extract")                                                                      \
	X(BAGGAGE_SET, "baggage_set")                                                              \
	X(BAGGAGE_GET, "baggage_get")                                                              \
	X(FLUSH, "flush")                                                                          \
	X(RESOURCE, "resource")   /* attributes of the process itself */                           \
	X(PROVIDER, "provider")   /* creates or installs a provider */                             \
	X(TELEMETRY, "telemetry") /* any other call of the tracing API: neither work nor effect */

enum model_effect {
#define X(name, text) EFFECT_##name,
	MODEL_EFFECTS(X)
#undef X
		EFFECT_NR
};

enum model_flag {
	MODEL_BY_ADDRESS = 1 << 0, /* the span argument is the address of the handle: end(&span) */
	MODEL_NULLS = 1 << 1,      /* the callee sets the handle to NULL */
	MODEL_RELEASES = 1 << 2,   /* the handle's memory is gone afterwards */
	MODEL_MAY_FAIL = 1 << 3,   /* start may return NULL */
	MODEL_NULL_OK = 1 << 4,    /* every call on a NULL handle is harmless */
	MODEL_IMPLIES_END = 1 << 5,
	MODEL_SETS_STATUS = 1 << 6, /* end or exception that records an error status as well */
	MODEL_ACTIVATES = 1 << 7,   /* start makes the span current as well */
	MODEL_AUTO_END = 1 << 8,    /* start: the span ends by itself at the end of the scope */
	MODEL_ON_CURRENT = 1 << 9,  /* acts on the current span, no handle */
	MODEL_IDEMPOTENT = 1 << 11, /* end: a second one does nothing */
	MODEL_REPEATS = 1 << 10,    /* `key` and `value`, or `attributes`, come again and again */
};

struct model_call {
	const char *match; /* qualified name, "record::field", or a glob */
	const char *model; /* the model it comes from */
	enum model_effect effect;
	uint32_t flags;
	int span, name, key, value, attributes, kind, status, description, scope;
	uint32_t nr_key_texts;
	const char **key_texts; /* the attribute keys this call always sets */
	const char *value_type; /* what becomes of `value` whatever is passed: "int", or "" */
};

/* A type that holds spans, scopes, tracers: matched by glob on its canonical spelling. */
enum model_role {
	ROLE_NONE,
	ROLE_SPAN,
	ROLE_SCOPE,
	ROLE_TRACER,
	ROLE_CONTEXT,
	ROLE_RECORD, /* a span on its way through processors and exporters */
	ROLE_OTHER,
};

struct model_type {
	const char *match;
	const char *model;
	enum model_role role;
	bool ends_on_destroy; /* the last handle's destructor ends the span */
	bool is_shared;       /* copies share one span */
};

/* What a call outside the program does, for cost. Most specific pattern wins: an exact name over a
 * glob, a longer glob over a shorter, a later model over an earlier. */
enum model_cost {
	COST_UNKNOWN, /* not in any table: the caller's cost is unknown */
	COST_FREE,    /* short and in-process: strlen, memcpy, std::vector::size */
	COST_ALLOC,   /* in-process, allocates */
	COST_COMPUTE, /* in-process but may take long: sort, regex, compression, crypto */
	COST_LOCK,    /* may wait for another thread */
	COST_LOG,     /* writes a log line: no reason for a span by itself */
	COST_IO,      /* file, device, terminal */
	COST_NETWORK, /* leaves the process: sockets, HTTP, RPC, databases */
	COST_WAIT,    /* sleeps, polls, joins */
};

struct model_io {
	const char *match;
	const char *model;
	enum model_cost cost;
	const char *kind;         /* "http client", "sql", … or "" */
	bool is_outgoing_request; /* a request that context should travel with */
};

/* What a call does with text: where it comes from, what it is made of, where it must not go. */
enum model_build {
	BUILD_FORMAT, /* as printf does: `format` and the values from `from` on */
	BUILD_NUMBER, /* a number or another value as text */
	BUILD_JOIN,   /* its arguments from `from` on, one behind the other */
	BUILD_DIGEST, /* a hash, a mask: what goes in cannot be read in what comes out */
	BUILD_DUMP,   /* a whole structure as text, with work and memory */
	BUILD_READ,   /* text from outside: `source`, and its name at `name` */
	BUILD_SINK,   /* text becomes a `sink`: the argument `from` */
};

/* X(ID, "name in JSON") */
#define MODEL_SOURCES(X)                                                                           \
	X(ENVIRONMENT, "environment")                                                              \
	X(HEADER, "header")   /* of a request */                                                   \
	X(REQUEST, "request") /* what a client sent */                                             \
	X(FILE, "file")                                                                            \
	X(SECRET, "secret") /* a password prompt, a vault */

/* X(ID, "name in JSON") */
#define MODEL_SINKS(X)                                                                             \
	X(PATH, "path")                                                                            \
	X(QUERY, "query")                                                                          \
	X(COMMAND, "command")                                                                      \
	X(COMPARE, "compare") /* the call says whether texts are equal */

enum model_source {
	SOURCE_NONE,
#define X(id, text) SOURCE_##id,
	MODEL_SOURCES(X)
#undef X
};

enum model_sink {
	SINK_NONE,
#define X(id, text) SINK_##id,
	MODEL_SINKS(X)
#undef X
};

struct model_string {
	const char *match;
	const char *model;
	enum model_build build;
	enum model_source source;
	enum model_sink sink;
	int into; /* argument that points to the buffer, or MODEL_RESULT; MODEL_NONE for sinks */
	int format, from, name;
};

/* What a name says about the value behind it. */
/* X(ID, "name in JSON") */
#define MODEL_MEANINGS(X)                                                                          \
	X(CREDENTIAL, "credential") /* who has it is let in */                                     \
	X(PERSONAL, "personal")     /* about a person */                                           \
	X(IDENTITY, "identity")     /* tells one thing from all others of its kind */              \
	X(REQUEST, "request")       /* what a client sent, as it was */                            \
	X(BODY, "body")             /* a whole message */                                          \
	X(BUFFER, "buffer")         /* an array of that name may be filled to its end */           \
	X(AUTHORITY, "authority")   /* what somebody may do */

enum model_meaning {
#define X(id, text) MEANING_##id,
	MODEL_MEANINGS(X)
#undef X
};

/* X(bit, "name in JSON") */
#define MODEL_NAME_PLACES(X)                                                                       \
	X(NAME_KEY, "key")     /* an attribute's or baggage entry's key */                         \
	X(NAME_FIELD, "field") /* a variable, a parameter, a record's field */                     \
	X(NAME_ENVIRONMENT, "environment")                                                         \
	X(NAME_HEADER, "header")

enum model_name_place {
	NAME_KEY = 1 << 0,
	NAME_FIELD = 1 << 1,
	NAME_ENVIRONMENT = 1 << 2,
	NAME_HEADER = 1 << 3,
};

/* Names are compared word by word (model/names.c), never by substrings. */
struct model_name {
	const char *match; /* "api_key", "user.email" */
	const char *model;
	enum model_meaning meaning;
	uint32_t places;   /* enum model_name_place; all of them when none was said */
	bool is_qualified; /* words may stand before it: db_password */
};

/* What a function is for when its address goes there. A visitor may do anything. */
enum model_callback_kind {
	CALLBACK_COMPARATOR, /* called n log n times */
	CALLBACK_HASH,
	CALLBACK_ALLOCATOR,
	CALLBACK_SIGNAL, /* may do next to nothing: signal-safety(7) */
	CALLBACK_THREAD, /* the start of a thread */
};

/* A call that takes a function, or a field ("record::field") that holds one. */
struct model_callback {
	const char *match;
	const char *model;
	enum model_callback_kind kind;
	uint32_t positions; /* bit k: argument k, counted as a reader does; 0: a field */
};

/* How names find their entry: exact names at once, globs by trying, either only once a name. */
struct model_index {
	struct map exact; /* to the entry's number + 1 */
	struct map cache; /* every name asked for so far */
	VEC(uint32_t) globs;
};

struct models {
	struct arena *arena;
	size_t nr_calls, nr_types, nr_ios, nr_strings, nr_callbacks, nr_names;
	struct model_call *calls;
	struct model_type *types;
	struct model_io *ios;
	struct model_string *strings;
	struct model_callback *callbacks;
	struct model_name *names;
	struct model_index call_index, type_index, io_index, string_index, callback_index;
	struct hash128 version;
};

struct model_error {
	const char *file; /* as given */
	unsigned line;    /* 0: unknown */
	const char *text; /* one sentence, with did-you-mean where there is one */
};

void models_init(struct models *m, struct arena *a);
/* Adds the models that ship with the tool. */
bool models_add_builtin(struct models *m, struct model_error *error);
/* Adds one model; `text` is its JSON, `file` names it in errors. False: `error` is filled and
 * nothing was added. */
bool models_add(struct models *m, const char *file, const char *text, struct model_error *error);
/* Adds one type that a program turned out to have; not a part of models_version. */
void models_add_type(struct models *m, const struct model_type *type);
/* A text that changes whenever the models do: part of cache keys. */
const char *models_version(const struct models *m, struct arena *a);

/* The effect of a call op, or NULL. */
const struct model_call *models_call(struct models *m, const struct ir_op *call);
const struct model_call *models_call_named(struct models *m, const char *name);
/* By canonical type spelling; pointers, references and cv are looked through. NULL: none. */
const struct model_type *models_type(struct models *m, const char *type);
/* Never NULL; cost COST_UNKNOWN when no pattern matches. */
const struct model_io *models_io(struct models *m, const char *callee);

/* NULL: the call does nothing with text, as far as is known. */
const struct model_string *models_string(struct models *m, const char *callee);

/* By the name of a call, or of a field. NULL: takes no function, as far as is known. */
const struct model_callback *models_callback(struct models *m, const char *name);

/* The entry of that meaning that the whole name, or its end, is; a later model wins. NULL: none. */
const struct model_name *models_name(const struct models *m, const char *name,
	enum model_name_place place, enum model_meaning meaning);

const char *model_effect_name(enum model_effect effect);
const char *model_cost_name(enum model_cost cost);

#endif
