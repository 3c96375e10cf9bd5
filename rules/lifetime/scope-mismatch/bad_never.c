// Attached and never detached; and detached twice.
#include <ctel/ctel.h>
#include <unistd.h>

static ctel_scope last;

int flush(ctel_ctx ctx, int fd)
{
	ctel_scope scope = ctel_ctx_attach(ctx); // expect: scope-mismatch "never left"

	if (scope.serial == 0)
		return -1;
	return fsync(fd);
}

int flush_twice(ctel_ctx ctx, int fd)
{
	ctel_scope scope = ctel_ctx_attach(ctx);
	int rc = fsync(fd);

	if (rc < 0)
		ctel_ctx_detach(scope);
	ctel_ctx_detach(scope); // expect: scope-mismatch "twice"
	return rc;
}

void begin(ctel_ctx ctx)
{
	last = ctel_ctx_attach(ctx);
}
