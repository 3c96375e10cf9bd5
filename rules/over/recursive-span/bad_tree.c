// As deep as the data: a tree, and two functions that call each other.
#include <ctel/ctel.h>

extern ctel_tracer *tracer;

struct node {
	struct node *left, *right;
	long value;
};

long sum(const struct node *node)
{
	if (!node)
		return 0;
	CTEL_SPAN(span, tracer, "sum"); // expect: recursive-span "at every level of sum"
	return node->value + sum(node->left) + sum(node->right);
}

struct value {
	const struct value *items;
	int nr, number;
};

static long eval_list(const struct value *list);

static long eval(const struct value *v)
{
	CTEL_SPAN(span, tracer, "eval"); // expect: recursive-span "at every level of eval"
	return v->items ? eval_list(v) : v->number;
}

static long eval_list(const struct value *list)
{
	long last = 0;
	for (int i = 0; i < list->nr; i++)
		last = eval(&list->items[i]);
	return last;
}

long run(const struct value *v)
{
	return eval(v);
}
