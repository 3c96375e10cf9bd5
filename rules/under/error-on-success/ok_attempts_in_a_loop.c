// The last attempt decides: after a failed one the result is negative, and nothing else.
#include <ctel/ctel.h>
#include <errno.h>
#include <stddef.h>
#include <sys/socket.h>

extern ctel_tracer *tracer;

static int put(int peer, const char *bytes, unsigned long size)
{
	return send(peer, bytes, size, 0) < 0 ? -errno : 0;
}

int upload(int peer, const char *bytes, unsigned long size)
{
	ctel_span *span = ctel_span_start(tracer, "upload", NULL);
	int rc = -EIO, attempt = 0;

	while (attempt++ < 5) {
		ctel_span *one = ctel_span_start(tracer, "attempt", NULL);
		rc = put(peer, bytes, size);
		if (rc == 0) {
			ctel_span_end(one);
			break;
		}
		ctel_span_error(one, "send", "not sent"); // ok: error-on-success
		ctel_span_end(one);
	}
	if (rc < 0)
		ctel_span_error(span, "upload", "gave up"); // ok: error-on-success
	ctel_span_end(span);
	return rc;
}
