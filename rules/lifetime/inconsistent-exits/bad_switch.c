// One case returns on its own.
#include <ctel/ctel.h>
#include <unistd.h>

int run(ctel_ctx ctx, int what, int fd)
{
	ctel_scope scope = ctel_ctx_attach(ctx);
	int rc = 0;

	switch (what) {
	case 0:
		rc = fsync(fd);
		break;
	case 1:
		return close(fd); // expect: inconsistent-exits
	default:
		rc = -1;
	}
	ctel_ctx_detach(scope);
	return rc;
}
