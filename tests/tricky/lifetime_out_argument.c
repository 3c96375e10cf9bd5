// A helper leaves the span in an argument and tells by its result whether it has.
#include <ctel/ctel.h>
#include <errno.h>
#include <stdbool.h>
#include <unistd.h>

extern ctel_tracer *tracer;

static int begin(int fd, ctel_span **out)
{
	*out = NULL;
	if (fd < 0)
		return -EBADF;
	*out = ctel_span_start(tracer, "step", NULL);
	return 0;
}

static bool try_begin(int fd, ctel_span **out)
{
	ctel_span *span = ctel_span_start(tracer, "try", NULL);

	if (lseek(fd, 0, SEEK_SET) < 0) {
		ctel_span_end(span);
		return false;
	}
	*out = span;
	return true;
}

static void always(ctel_span **out)
{
	*out = ctel_span_enter(tracer, "always");
}

int straight(int fd)
{
	ctel_span *span;
	int rc = begin(fd, &span);

	if (rc)
		return rc;
	rc = fsync(fd);
	ctel_span_end(span);
	return rc;
}

int direct(int fd)
{
	ctel_span *span = NULL;

	if (begin(fd, &span) < 0)
		return -1;
	int rc = fsync(fd);
	ctel_span_end(span);
	return rc;
}

int negated(int fd)
{
	ctel_span *span;

	if (!try_begin(fd, &span))
		return -1;
	int rc = fsync(fd);
	ctel_span_end(span);
	return rc;
}

int nested(int fd)
{
	ctel_span *span;
	bool is_traced = try_begin(fd, &span);
	int rc = fsync(fd);

	if (is_traced)
		ctel_span_end(span);
	return rc;
}

int simple(int fd)
{
	ctel_span *span;

	always(&span);
	int rc = fsync(fd);
	ctel_span_end(span);
	return rc;
}

struct step {
	ctel_span *span;
};

int into_record(struct step *step, int fd)
{
	return begin(fd, &step->span);
}

int leaks(int fd)
{
	ctel_span *span;
	int rc = begin(fd, &span); // expect: span-leak "not ended on this path"

	if (rc)
		return rc;
	rc = fsync(fd);
	if (rc < 0)
		return rc;
	ctel_span_end(span);
	return 0;
}
