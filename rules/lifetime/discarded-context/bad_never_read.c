// Extracted into a variable that nobody reads.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;
const char *header(void *request, const char *name);

int serve(void *request, int fd)
{
	ctel_ctx parent = ctel_extract(header, request); // expect: discarded-context "never used"
	CTEL_SPAN(span, tracer, "serve");

	return fsync(fd);
}
