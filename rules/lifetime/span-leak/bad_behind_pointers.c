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
	op_start(&op, "copy"); // expect: span-leak "not ended on this path"
	op_log(&op);
	if (write(fd, "x", 1) < 0)
		return -1;
	op_end(&op);
	return 0;
}

int copy_again(int fd)
{
	struct op op = {.fd = fd};
	if (op_try(&op) < 0) // expect: span-leak "not ended on this path"
		return -1;
	if (write(fd, "y", 1) < 0)
		return -2;
	op_end(&op);
	return 0;
}

int copy_last(int fd)
{
	ctel_span *span = ctel_span_start(tracer, "last", NULL); // expect: span-leak "not ended on this path"
	if (write(fd, "z", 1) < 0)
		return -1;
	finish(&span);
	return 0;
}
