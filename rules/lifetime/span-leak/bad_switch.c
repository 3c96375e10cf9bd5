// Each case ends its span but the one that was added last.
#include <ctel/ctel.h>
#include <errno.h>
#include <unistd.h>

extern ctel_tracer *tracer;

enum action { ACTION_SYNC, ACTION_CLOSE, ACTION_UNLINK };

int act(enum action action, int fd, const char *path)
{
	ctel_span *span = ctel_span_enter(tracer, "act"); // expect: span-leak "not ended on this path"
	int rc;

	switch (action) {
	case ACTION_SYNC:
		rc = fsync(fd);
		ctel_span_end(span);
		return rc;
	case ACTION_CLOSE:
		rc = close(fd);
		ctel_span_end(span);
		return rc;
	case ACTION_UNLINK:
		return unlink(path); // expect-step: span-leak "still open"
	}
	ctel_span_end(span);
	return -EINVAL;
}
