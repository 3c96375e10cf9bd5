// The span begins where the recursion begins, and ends before it goes on.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

struct node {
	struct node *left, *right;
	long value;
};

static long sum(const struct node *node)
{
	return node ? node->value + sum(node->left) + sum(node->right) : 0;
}

long tree_sum(const struct node *node)
{
	CTEL_SPAN(span, tracer, "sum tree"); // ok: recursive-span
	long total = sum(node);
	ctel_set(span, "app.tree.sum", total);
	return total;
}
