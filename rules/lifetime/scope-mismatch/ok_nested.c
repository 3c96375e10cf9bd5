// Left in reverse order, also with other work and early exits in between.
#include <ctel/ctel.h>
#include <unistd.h>

int flush(ctel_ctx outer, ctel_ctx inner, int fd)
{
	ctel_scope first = ctel_ctx_attach(outer);
	int rc = fsync(fd);

	if (rc == 0) {
		ctel_scope second = ctel_ctx_attach(inner);
		rc = fsync(fd);
		ctel_ctx_detach(second);
	}
	ctel_ctx_detach(first);
	return rc;
}

void flush_all(const ctel_ctx *contexts, int n, int fd)
{
	for (int i = 0; i < n; i++) {
		ctel_scope scope = ctel_ctx_attach(contexts[i]);
		fsync(fd);
		ctel_ctx_detach(scope);
	}
}
