// Each case does its work, and all of them come to the same end.
// flags: -std=gnu17
#include <ctel/ctel.h>
#include <errno.h>
#include <unistd.h>

extern ctel_tracer *tracer;

enum command { COMMAND_SYNC, COMMAND_TRUNCATE, COMMAND_CLOSE, COMMAND_NOTHING };

int run_command(int fd, enum command command)
{
	int rc;

	if (command == COMMAND_NOTHING)
		return 0;
	ctel_span *span = ctel_span_enter(tracer, "run command");
	switch (command) {
	case COMMAND_SYNC:
		rc = fsync(fd);
		break;
	case COMMAND_TRUNCATE:
		rc = ftruncate(fd, 0);
		if (rc < 0)
			break;
		/* fallthrough */
	case COMMAND_CLOSE:
		rc = close(fd);
		break;
	default:
		rc = -EINVAL;
	}
	if (rc < 0)
		ctel_span_error(span, "command_failed", NULL);
	ctel_span_end(span);
	return rc;
}
