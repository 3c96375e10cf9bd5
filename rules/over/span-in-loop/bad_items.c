// A span for each line of an order, around arithmetic.
#include <ctel/ctel.h>
#include <stddef.h>

extern ctel_tracer *tracer;

struct line {
	long cents;
	int count;
};

struct node {
	struct node *next;
	long value;
};

long total(const struct line *lines, int nr)
{
	long sum = 0;
	for (int i = 0; i < nr; i++) {
		CTEL_SPAN(span, tracer, "add line"); // expect: span-in-loop "started for each item"
		ctel_set(span, "app.line.count", lines[i].count);
		sum += lines[i].cents * lines[i].count;
	}
	return sum;
}

long sum_list(const struct node *node)
{
	long sum = 0;
	while (node) {
		ctel_span *span = ctel_span_start(tracer, "visit node", NULL); // expect: span-in-loop "started for each item"
		sum += node->value;
		node = node->next;
		ctel_span_end(span);
	}
	return sum;
}
