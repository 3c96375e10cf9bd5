// Every exit leaves it; exits from before the scope do not have to.
#include <ctel/ctel.h>
#include <stdlib.h>
#include <unistd.h>

int copy(ctel_ctx ctx, int from, int to, char *buffer, unsigned size)
{
	if (size == 0)
		return 0;
	ctel_scope scope = ctel_ctx_attach(ctx);
	long n = read(from, buffer, size);

	if (n < 0) {
		ctel_ctx_detach(scope);
		return -1;
	}
	if (n == 0)
		abort();
	n = write(to, buffer, (unsigned)n);
	ctel_ctx_detach(scope);
	return n < 0 ? -1 : 0;
}
