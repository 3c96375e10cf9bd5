// Helpers that are given a record, or the address of a handle.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

struct op {
	int fd;
	ctel_span *span;
	const char *name;
};

static void op_start(struct op *op, const char *name)
{
	op->name = name;
	op->span = ctel_span_start(tracer, name, NULL);
	ctel_set(op->span, "app.fd", op->fd);
}

static int op_try(struct op *op)
{
	ctel_span *span = ctel_span_start(tracer, "try", NULL);
	if (write(op->fd, "x", 1) < 0) {
		ctel_span_end(span);
		return -1;
	}
	op->span = span;
	return 0;
}

static void op_log(const struct op *op)
{
	(void)!write(2, op->name, 3);
}

static void op_end(struct op *op)
{
	ctel_set(op->span, "app.name", op->name);
	ctel_span_end(op->span);
}

static void finish(ctel_span **span)
{
	ctel_span_end(*span);
	*span = NULL;
}

int copy(int fd)
{
	struct op op = {.fd = fd};
	op_start(&op, "copy"); // ok: span-leak
	int rc = write(fd, "x", 1) < 0 ? -1 : 0;
	op_log(&op);
	op_end(&op);
	return rc;
}

int copy_again(int fd)
{
	struct op op = {.fd = fd};
	if (op_try(&op) < 0) // ok: span-leak
		return -1;
	op_end(&op);
	return 0;
}

int copy_last(int fd)
{
	ctel_span *span = ctel_span_start(tracer, "last", NULL); // ok: span-leak
	int rc = write(fd, "z", 1) < 0 ? -1 : 0;
	if (rc < 0) {
		finish(&span);
		return rc;
	}
	finish(&span);
	return 0;
}

void queue(struct op *op);

int copy_later(int fd, struct op *op)
{
	op->fd = fd;
	op_start(op, "later"); // ok: span-leak
	queue(op);
	return 0;
}
