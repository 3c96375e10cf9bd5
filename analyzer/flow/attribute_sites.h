/* Every place in the program where an attribute is set, as far as its key is known: on a span when
 * it starts or later, on an event, on a link, on the resource; directly, or through a helper of
 * the program that is handed the key. They are the pairs of flow/pairs.h with types and literals.
 */
#ifndef OTEL_TIDY_FLOW_ATTRIBUTE_SITES_H
#define OTEL_TIDY_FLOW_ATTRIBUTE_SITES_H

#include "flow/values.h"
#include "model/semconv.h"

struct attribute_site {
	struct func *func;
	uint32_t op; /* the call: of the API, or of the helper */
	enum model_effect effect;
	const char *key;    /* NULL: built at run time */
	ir_value key_value; /* IR_NONE: the call always sets this key */
	ir_value value;     /* IR_NONE: decided elsewhere */
	enum attribute_type type;
	const char *literal;   /* the value when it is a constant, as text; or NULL */
	struct ir_loc loc;     /* of the key where it is written in the call, else of the call */
	struct ir_loc written; /* where the key's literal stands; line 0 when that is unknown */
};

struct attribute_sites {
	VEC(struct attribute_site) all; /* by function and op */
	struct map in_func;             /* "function number key": set there */
	struct map literals; /* "file:line:col" of literals elsewhere: struct literal_uses */
};

/* Found on the first call, then kept. Functions of system headers and templates are left out. */
const struct attribute_sites *attribute_sites_of(struct program *p);
/* Is the key set anywhere in the same function as the site? */
bool attribute_sites_has(struct program *p, const struct attribute_site *near, const char *key);
/* Does the key's literal stand elsewhere than in the call, where it is used for other things than
 * attribute keys as well, or where we do not see who uses it? */
bool attribute_key_is_shared(struct program *p, const struct attribute_site *s);

#endif
