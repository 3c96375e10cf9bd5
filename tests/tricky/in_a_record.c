// The span is part of something larger, which has an owner and an end of its own.
// flags: -std=gnu17
#include <ctel/ctel.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

extern ctel_tracer *tracer;

struct operation {
	ctel_span *span;
	struct timespec since;
	int fd;
};

static struct operation operation_begin(int fd)
{
	struct operation op = {.span = ctel_span_start(tracer, "operation", NULL), .fd = fd};

	clock_gettime(CLOCK_MONOTONIC, &op.since);
	return op;
}

static void operation_end(struct operation *op)
{
	close(op->fd);
	ctel_span_end(op->span);
	op->span = NULL;
}

int operate(int fd)
{
	struct operation op = operation_begin(fd);
	int rc = fsync(op.fd);

	operation_end(&op);
	return rc;
}

int operate_here(int fd)
{
	struct operation op;

	op.fd = fd;
	op.span = ctel_span_start(tracer, "operate here", NULL);
	int rc = fsync(op.fd);
	if (rc < 0)
		ctel_span_error(op.span, "fsync_failed", NULL);
	ctel_span_end(op.span);
	return rc;
}

struct operation *operation_new(int fd)
{
	struct operation *op = malloc(sizeof(*op));

	if (!op)
		return NULL;
	*op = (struct operation){.span = ctel_span_start(tracer, "operation", NULL), .fd = fd};
	return op;
}

/* Linked into the list: the list's owner ends them all. */
struct entry {
	struct entry *next;
	ctel_span *span;
};
static struct entry *entries;

int remember_span(void)
{
	struct entry *e = malloc(sizeof(*e));
	ctel_span *span = ctel_span_start(tracer, "entry", NULL);

	if (!e) {
		ctel_span_end(span);
		return -1;
	}
	e->span = span;
	e->next = entries;
	entries = e;
	return 0;
}

void forget_spans(void)
{
	while (entries) {
		struct entry *e = entries;
		entries = e->next;
		ctel_span_end(e->span);
		free(e);
	}
}
