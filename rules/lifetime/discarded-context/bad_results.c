// Contexts do not change: what these calls return is what they do.
#include <ctel/ctel.h>
#include <unistd.h>

const char *header(void *request, const char *name);

int serve(void *request, int fd)
{
	ctel_extract(header, request); // expect: discarded-context "thrown away"
	ctel_baggage_set(ctel_ctx_current(), "app.tenant", "a"); // expect: discarded-context
	ctel_ctx_attach(ctel_ctx_current()); // expect: discarded-context "token"
	return fsync(fd);
}
