// The outer scope is left while the inner one is still in force.
#include <ctel/ctel.h>
#include <unistd.h>

int flush(ctel_ctx outer, ctel_ctx inner, int fd)
{
	ctel_scope first = ctel_ctx_attach(outer);
	ctel_scope second = ctel_ctx_attach(inner);
	int rc = fsync(fd);

	ctel_ctx_detach(first); // expect: scope-mismatch "out of order"
	ctel_ctx_detach(second);
	return rc;
}
