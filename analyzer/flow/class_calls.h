/* What a model would say of the calls of a class that stands for a span: part of flow/classes. */
#ifndef OTEL_TIDY_FLOW_CLASS_CALLS_H
#define OTEL_TIDY_FLOW_CLASS_CALLS_H

#include "flow/classes.h"

/* The model that inferred entries are said to come from. */
#define CLASS_MODEL "inferred"

/* Of every method of the class. */
void class_calls_describe(struct program *p, struct span_class *c);
/* Gives the calls of the program the meaning that was found for them. */
void class_calls_apply(struct program *p);
/* Is the type the record, or something that keeps one: "std::unique_ptr<C::Impl>"? */
bool class_names_record(const char *type, const char *record);

#endif
