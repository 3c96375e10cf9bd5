/* Classes of the program that stand for a span: a class that keeps a started span in a member, made
 * or taken by its constructors, a method or a factory, and whose methods do nothing but tracing.
 * Inferred once, when the program is linked: from then on its objects are handles, as a model would
 * say it, and its own member is read as the object itself. */
#ifndef OTEL_TIDY_FLOW_CLASSES_H
#define OTEL_TIDY_FLOW_CLASSES_H

#include "flow/program.h"

#define CLASS_FIELDS   4
#define CLASS_PATTERNS 5 /* the class itself, and what keeps one */

struct span_class {
	const char *name;                 /* "themis::Tracer::Span" */
	const char *fields[CLASS_FIELDS]; /* what leads to the span: "C::impl_", "C::Impl::span" */
	uint32_t nr_fields;               /* the last one is the span itself */
	const char *field_type;           /* of the last one */
	const struct span_class *base;    /* it is derived from that, and has no field of its own */
	bool is_active;                   /* keeps the scope of its span, too */
	bool is_accepted;
	struct model_type type;     /* as models say it; `match` is the name */
	VEC(struct func *) methods; /* in sight, in the order of the program */
};

/* What a model would say of one function of such a class. */
struct class_call {
	const struct span_class *of;
	const struct func *func; /* NULL: of its implicit operator= or constructor */
	struct model_call call;
	struct model_call in_place; /* of a constructor that starts: as std::optional runs it */
};

struct classes {
	VEC(struct span_class *) all; /* accepted ones, each behind those it is made of */
	struct map fields;            /* "record::field" → struct span_class */
	VEC(struct class_call *) calls;
	struct map by_name;          /* of calls that are not in sight → struct model_call */
	struct model_call **by_func; /* per number of a function */
};

/* Part of program_link, after calls have their models. */
void classes_infer(struct program *p);
/* Is it the type of such an object, a pointer or a reference to one? */
bool classes_has(const struct program *p, const char *type);
/* How models match its type, number `i`: "C", "std::unique_ptr<C>", … */
const char *class_pattern(const struct span_class *c, size_t i, struct arena *a);
/* std::make_unique, std::make_shared: what it is given goes to a constructor. */
bool op_is_maker(const struct ir_op *op);
/* The constructor or method of such a class that a call with the effect START runs, or NULL. */
struct func *class_starter(const struct program *p, const struct func *f, const struct call *call);
/* The class whose span, or way to it, this FIELD op is; NULL: an ordinary field. */
const struct span_class *class_of_field(const struct program *p, const struct ir_op *op);

#endif
