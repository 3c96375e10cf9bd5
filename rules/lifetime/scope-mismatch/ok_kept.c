// The token lives in a structure, or goes to whoever detaches it.
#include <ctel/ctel.h>
#include <unistd.h>

struct request {
	ctel_scope scope;
	int fd;
};

void request_begin(struct request *r, ctel_ctx ctx)
{
	r->scope = ctel_ctx_attach(ctx);
}

void request_end(struct request *r)
{
	ctel_ctx_detach(r->scope);
}

ctel_scope enter(ctel_ctx ctx)
{
	ctel_scope scope = ctel_ctx_attach(ctx);

	return scope;
}

void leave_later(ctel_scope scope);

int flush(ctel_ctx ctx, int fd)
{
	ctel_scope scope = ctel_ctx_attach(ctx);
	int rc = fsync(fd);

	leave_later(scope);
	return rc;
}
