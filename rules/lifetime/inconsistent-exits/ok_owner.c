// On success the structure owns the scope; only a failure has to take it back.
#include <ctel/ctel.h>
#include <unistd.h>

struct request {
	ctel_scope scope;
	int fd;
};

int request_begin(struct request *r, ctel_ctx ctx)
{
	ctel_scope scope = ctel_ctx_attach(ctx);

	if (fsync(r->fd) < 0) {
		ctel_ctx_detach(scope);
		return -1;
	}
	r->scope = scope;
	return 0;
}
