// The record's helper ends the span, and is called twice.
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
	op_start(&op, "copy");
	int rc = op_try(&(struct op){.fd = fd});
	op_log(&op);
	op_end(&op); // expect-step: double-end "ended here"
	op_end(&op); // expect: double-end "ended twice"
	return rc;
}

int copy_last(int fd)
{
	ctel_span *span = ctel_span_start(tracer, "last", NULL);
	int rc = write(fd, "z", 1) < 0 ? -1 : 0;
	finish(&span);
	finish(&span); // NULL by now, which is harmless
	return rc;
}
