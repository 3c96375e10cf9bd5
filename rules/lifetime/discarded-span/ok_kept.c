// Kept in a variable, handed on in the same expression, or owned by what was called.
#include <ctel/ctel.h>
#include <stdlib.h>
#include <unistd.h>

extern ctel_tracer *tracer;

struct node {
	struct node *next;
	ctel_span *span;
};
static struct node *top;

/* Keeps the span on the stack; the result is a courtesy. */
ctel_span *push_span(const char *what)
{
	struct node *n = malloc(sizeof(*n));

	if (!n)
		return NULL;
	n->span = ctel_span_start(tracer, "step", NULL);
	ctel_set(n->span, "app.step", what);
	n->next = top;
	top = n;
	return n->span;
}

void pop_span(void)
{
	struct node *n = top;

	top = n->next;
	ctel_span_end(n->span);
	free(n);
}

int flush(int fd)
{
	push_span("flush");
	int rc = fsync(fd);
	pop_span();
	return rc;
}
