// Past the label.
#include <ctel/ctel.h>
#include <unistd.h>

int copy(ctel_ctx ctx, int from, int to, char *buffer, unsigned size)
{
	ctel_scope scope = ctel_ctx_attach(ctx);
	int rc = -1;
	long n = read(from, buffer, size);

	if (n == 0)
		return 0; // expect: inconsistent-exits
	if (n < 0)
		goto out;
	rc = write(to, buffer, (unsigned)n) < 0 ? -1 : 0;
out:
	ctel_ctx_detach(scope);
	return rc;
}
