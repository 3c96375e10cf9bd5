/* Errors that are none of the span's business: before its start, after its end, or its owner's. */
#include <ctel/ctel.h>
#include <errno.h>
#include <stddef.h>
#include <unistd.h>

struct request {
	ctel_span *span;
	int fd;
};

extern ctel_tracer *tracer;
int request_check(const struct request *r);
void log_failure(const char *what);

int before(const struct request *r);
int after(const struct request *r);
int kept(struct request *r);
int unseen(const struct request *r);

int before(const struct request *r)
{
	if (request_check(r) < 0)
		return -EINVAL;
	CTEL_SPAN(span, tracer, "answer");
	ctel_set(span, "app.request.fd", r->fd);
	return 0;
}

int after(const struct request *r)
{
	ctel_span *span = ctel_span_start(tracer, "compose", NULL);
	ctel_event(span, "composed");
	ctel_span_end(span);
	if (write(r->fd, "x", 1) < 0)
		return -EIO;
	return 0;
}

/* the request's owner ends the span, with the status that it then knows */
int kept(struct request *r)
{
	r->span = ctel_span_start(tracer, "request", NULL);
	if (request_check(r) < 0)
		return -EINVAL;
	return 0;
}

/* the helper may take the current span and say it there */
int unseen(const struct request *r)
{
	CTEL_SPAN(span, tracer, "unseen");
	if (request_check(r) < 0) {
		log_failure("check");
		return -EINVAL;
	}
	return 0;
}
