// The depth has a limit that the data cannot change.
#include <ctel/ctel.h>
#include <stdbool.h>
#include <stdio.h>

extern ctel_tracer *tracer;

struct node {
	struct node *left, *right;
	long value;
};

#define MAX_DEPTH 8

long sum(const struct node *node, int depth)
{
	CTEL_SPAN(span, tracer, "sum"); // ok: recursive-span
	if (!node || depth >= MAX_DEPTH)
		return 0;
	return node->value + sum(node->left, depth + 1) + sum(node->right, depth + 1);
}

int save(FILE *file, long value, bool may_retry)
{
	CTEL_SPAN(span, tracer, "save"); // ok: recursive-span
	if (fprintf(file, "%ld\n", value) >= 0)
		return 0;
	clearerr(file);
	return may_retry ? save(file, value, false) : -1;
}
