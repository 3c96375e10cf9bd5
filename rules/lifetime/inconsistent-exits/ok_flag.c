// A flag says whether there is a scope to leave.
#include <ctel/ctel.h>
#include <stdbool.h>
#include <unistd.h>

int flush(ctel_ctx ctx, bool is_traced, int fd)
{
	ctel_scope scope = {0};

	if (is_traced)
		scope = ctel_ctx_attach(ctx);
	int rc = fsync(fd);
	if (rc < 0 && !is_traced)
		return rc;
	if (is_traced)
		ctel_ctx_detach(scope);
	return rc;
}
