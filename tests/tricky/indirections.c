// The end by other ways than a plain call.
// flags: -std=gnu17
#include <ctel/ctel.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern ctel_tracer *tracer;

static void close_span(ctel_span **span)
{
	ctel_span_end(*span);
	*span = NULL;
}

int by_address(int fd)
{
	ctel_span *span = ctel_span_start(tracer, "by address", NULL);
	int rc = fsync(fd);

	close_span(&span);
	return rc;
}

int by_condition(int fd, bool traced)
{
	ctel_span *span = traced ? ctel_span_start(tracer, "by condition", NULL) : NULL;
	int rc = fsync(fd);

	span ? ctel_span_end(span) : (void)0;
	return rc;
}

int by_table(int fd, void (*const *ends)(ctel_span *))
{
	ctel_span *span = ctel_span_start(tracer, "by table", NULL);
	int rc = fsync(fd);

	ends[0](span);
	return rc;
}

struct context {
	struct context *up;
	ctel_span *span;
};

int by_slot(struct context *context, int fd)
{
	ctel_span **slot = &context->span;

	*slot = ctel_span_start(tracer, "by slot", NULL);
	return fsync(fd);
}

void by_slot_end(struct context *context)
{
	ctel_span **slot = &context->span;

	if (*slot)
		ctel_span_end(*slot);
	*slot = NULL;
}

int by_copy(int fd)
{
	struct context a = {.span = ctel_span_start(tracer, "by copy", NULL)};
	struct context b = a;
	int rc = fsync(fd);

	ctel_span_end(b.span);
	return rc;
}

int by_second_name(int fd)
{
	ctel_span *span = ctel_span_start(tracer, "by second name", NULL);
	ctel_span *same = span;
	int rc = fsync(fd);

	span = NULL;
	ctel_span_end(same);
	return rc;
}

int by_comma(int fd)
{
	ctel_span *span = ctel_span_start(tracer, "by comma", NULL);
	int rc = fsync(fd);

	return ctel_span_end(span), rc;
}

int by_default(int fd, int how)
{
	ctel_span *span = ctel_span_start(tracer, "by default", NULL);

	switch (how) {
	case 0:
		fsync(fd);
		/* fallthrough */
	case 1:
		ctel_span_end(span);
		return 0;
	default:
		__builtin_unreachable();
	}
}

int by_again(int fd)
{
	ctel_span *span;
	int tries = 0, rc;

again:
	span = ctel_span_start(tracer, "by again", NULL);
	rc = fsync(fd);
	ctel_span_end(span);
	if (rc < 0 && tries++ < 3)
		goto again;
	return rc;
}

static void visit(struct context *at, ctel_span *span)
{
	if (!at) {
		ctel_span_end(span);
		return;
	}
	ctel_event(span, "visited");
	visit(at->up, span);
}

void by_recursion(struct context *context)
{
	visit(context, ctel_span_start(tracer, "by recursion", NULL));
}

void for_each(struct context *context, void (*call)(struct context *, void *), void *argument);

static void count(struct context *context, void *argument)
{
	(void)context;
	ctel_event(argument, "counted");
}

void by_callback(struct context *context)
{
	ctel_span *span = ctel_span_start(tracer, "by callback", NULL);

	for_each(context, count, span);
	ctel_span_end(span);
}

int by_error_number(const char *path, char **out)
{
	ctel_span *span = ctel_span_start(tracer, "by error number", NULL);
	int rc = access(path, R_OK);

	if (rc == 0) {
		*out = strdup(path);
		if (!*out)
			rc = -1;
	}
	if (rc != 0) {
		ctel_span_error(span, "not_readable", path);
		ctel_span_end(span);
		return rc;
	}
	if (rc == 0)
		ctel_span_end(span);
	return 0;
}

int by_two_results(int fd)
{
	ctel_span *span = NULL;
	int rc;

	if ((rc = fsync(fd)) == 0)
		span = ctel_span_start(tracer, "by two results", NULL);
	if (rc)
		return rc;
	rc = fsync(fd);
	ctel_span_end(span);
	return rc;
}
