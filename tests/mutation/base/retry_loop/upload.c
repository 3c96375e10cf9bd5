/* An upload that is tried again: one span for it, one for each attempt. */
#include <ctel/ctel.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

#define MAX_ATTEMPTS 5

static int send_all(int peer, const char *bytes, size_t size)
{
	while (size > 0) {
		long n = send(peer, bytes, size, 0);
		if (n < 0)
			return -errno;
		bytes += n;
		size -= (size_t)n;
	}
	return 0;
}

static unsigned backoff(int attempt)
{
	return attempt > 3 ? 8u : 1u << attempt;
}

int upload(int peer, const char *bytes, size_t size)
{
	ctel_span *span = ctel_span_start(tracer, "upload", &(ctel_start){.kind = CTEL_CLIENT});
	ctel_scope outer = ctel_ctx_attach(ctel_ctx_with_span(span));
	int rc = -EIO, attempt = 0;

	while (attempt++ < MAX_ATTEMPTS) {
		ctel_span *try = ctel_span_start(tracer, "attempt", NULL);
		ctel_scope inner = ctel_ctx_attach(ctel_ctx_with_span(try));
		rc = send_all(peer, bytes, size);
		if (rc == 0) {
			ctel_ctx_detach(inner);
			ctel_span_end(try);
			break;
		}
		ctel_span_error(try, "send", strerror(-rc));
		ctel_ctx_detach(inner);
		ctel_span_end(try);
		sleep(backoff(attempt));
	}
	ctel_set(span, "app.upload.attempts", attempt);
	if (rc < 0)
		ctel_span_error(span, "upload", strerror(-rc));
	ctel_ctx_detach(outer);
	ctel_span_end(span);
	return rc;
}

int upload_both(int peer, const char *head, const char *body)
{
	ctel_span *first = ctel_span_start(tracer, "send head", NULL);
	int rc = send_all(peer, head, strlen(head));

	if (rc < 0)
		ctel_span_error(first, "head", NULL);
	ctel_span_end(first);
	if (rc < 0)
		return rc;
	ctel_span *second = ctel_span_start(tracer, "send body", NULL);
	rc = send_all(peer, body, strlen(body));
	if (rc < 0)
		ctel_span_error(second, "body", NULL);
	ctel_span_end(second);
	return rc;
}
