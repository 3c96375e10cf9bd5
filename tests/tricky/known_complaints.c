// args: --rule span-leak --rule double-end --rule use-after-end --rule ok-overwritten --rule unchecked-span --rule discarded-span --rule end-not-owned --rule scope-mismatch --rule discarded-context --rule inconsistent-exits --rule attribute-before-value --rule dangling-instrumentation --rule ok-on-failure --rule late-sampling-attribute
// What users of span linters for other languages complain about, as C has it. All of it is right.
#include <ctel/ctel.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

extern ctel_tracer *tracer;

struct request {
	ctel_span *span;
	int fd;
};

/* 1. The span is handed to the caller: the starter returns it. */
ctel_span *request_span(const char *kind)
{
	ctel_span *span = ctel_span_start(tracer, "request", NULL);
	ctel_set(span, "app.request.kind", kind);
	return span;
}

/* 2. A wrapper starts it, its caller ends it. */
int handle(int fd)
{
	ctel_span *span = request_span("plain");
	int rc = (int)write(fd, "ok", 2);
	if (rc < 0)
		ctel_span_error(span, "write", NULL);
	ctel_span_end(span);
	return rc;
}

/* 3. An end function of one's own, two calls deep. */
static void really_end(ctel_span *span)
{
	ctel_span_end(span);
}

static void end_with_result(ctel_span *span, int rc)
{
	if (rc < 0)
		ctel_span_error(span, "failed", NULL);
	really_end(span);
}

int handle_with_helper(int fd)
{
	ctel_span *span = request_span("helper");
	int rc = (int)write(fd, "ok", 2);
	end_with_result(span, rc);
	return rc;
}

/* 4. A span that is not owned: it is the caller's, and only described here. */
void describe(ctel_span *span, const struct request *request)
{
	ctel_set(span, "app.request.fd", request->fd);
}

/* 5. The end is inside a condition, in what is run at the end of the scope. */
struct guard {
	ctel_span *span;
	bool armed;
};

static void guard_leave(struct guard *guard)
{
	if (guard->armed)
		ctel_span_end(guard->span);
}

int handle_guarded(int fd)
{
	__attribute__((cleanup(guard_leave))) struct guard guard = {request_span("guard"), true};
	if (write(fd, "a", 1) < 0)
		return -1;
	return (int)write(fd, "b", 1);
}

/* 6. Returns that stand before the span is started, or after it has ended. */
int handle_late(int fd, bool enabled)
{
	if (!enabled)
		return 0;
	{
		CTEL_SPAN(span, tracer, "late");
		if (write(fd, "x", 1) < 0)
			ctel_span_error(span, "write", NULL);
	}
	if (fd > 1000)
		return 1;
	return 2;
}

/* 7. The span goes into a callback with its data: the C form of a function literal. */
void run_later(void (*run)(void *data), void *data);

static void finish_later(void *data)
{
	struct request *request = data;
	(void)!write(request->fd, "done", 4);
	ctel_span_end(request->span);
	free(request);
}

int handle_later(int fd)
{
	struct request *request = malloc(sizeof(*request));
	if (!request)
		return -1;
	request->fd = fd;
	request->span = request_span("later");
	run_later(finish_later, request);
	return 0;
}

/* 8. One span for each arm of a switch, one end behind it. */
int handle_kind(int fd, int kind)
{
	ctel_span *span;
	switch (kind) {
	case 0:
		span = request_span("zero");
		break;
	case 1:
		span = request_span("one");
		break;
	default:
		return -1;
	}
	int rc = (int)write(fd, "k", 1);
	ctel_span_end(span);
	return rc;
}

/* 9. The same variable for one span after another. */
int handle_in_turn(int fd)
{
	ctel_span *span = request_span("first");
	int rc = (int)write(fd, "1", 1);
	ctel_span_end(span);
	span = request_span("second");
	rc += (int)write(fd, "2", 1);
	ctel_span_end(span);
	return rc;
}

/* 10. The process ends on the way: nobody is left to end it. */
int handle_or_die(int fd)
{
	ctel_span *span = request_span("or die");
	if (write(fd, "x", 1) < 0)
		exit(3);
	ctel_span_end(span);
	return 0;
}
