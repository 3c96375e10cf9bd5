/* Provenance: where a text comes from, through locals, formats and the functions of the program. */
#ifndef OTEL_TIDY_FLOW_PROVENANCE_H
#define OTEL_TIDY_FLOW_PROVENANCE_H

#include "flow/values.h"

/* In the order of how much each says: of several sources the last one counts. */
enum from {
	FROM_CONSTANT,  /* one of a few texts that stand in the program */
	FROM_UNKNOWN,   /* a parameter, a field, a call we cannot see through: may be bounded */
	FROM_UNBOUNDED, /* numbers, addresses, ids made into text */
};

enum origin_kind {
	ORIGIN_UNBOUNDED, /* a number, an address, an id becomes text */
	ORIGIN_NAMED,     /* a variable, parameter or field whose name says what it holds */
	ORIGIN_READ,      /* the environment, a header, a request, a file, a secret */
	ORIGIN_BAGGAGE,   /* came with baggage */
	ORIGIN_DUMP,      /* a whole structure made into text */
	ORIGIN_BUFFER,    /* an array of characters in a record, for data of any length */
};

/* A station on the way, of any function of the program. */
struct station {
	const struct func *func;
	uint32_t op;
	const char *text;
};

#define PROVENANCE_STEPS   6
#define PROVENANCE_ORIGINS 8

struct origin {
	enum origin_kind kind;
	enum model_source source;      /* READ */
	const struct model_name *name; /* NAMED, and READ where the name says something; or NULL */
	unsigned long size;            /* BUFFER: of the array */
	const char *what;              /* "user->password", "environment variable API_TOKEN" */
	size_t nr_steps;
	struct station steps[PROVENANCE_STEPS]; /* from where it begins to where it is used */
};

struct provenance {
	enum from kind;
	bool is_built;        /* put together at run time of parts that are not constant: */
	struct station built; /* first here */
	const char *what;     /* "\"item_%d\" is formatted with a number"; "" unless UNBOUNDED */
	const char *prefix;   /* constant text that what is built begins with, or "" */
	size_t nr_origins;
	struct origin origins[PROVENANCE_ORIGINS]; /* in the order in which they were found */
};

/* Texts live in the program's arena. */
void provenance_of(struct program *p, struct func *f, ir_value value, struct provenance *out);
/* The first origin of that kind, or NULL. */
const struct origin *provenance_find(const struct provenance *from, enum origin_kind kind);
/* The first origin whose name or source means that, or NULL. */
const struct origin *provenance_meaning(const struct provenance *from, enum model_meaning meaning);

/* "char *", "std::string" and their like: what can hold words. */
bool type_is_text(const char *type);

#endif
