// One early return forgets the scope that all other exits leave.
#include <ctel/ctel.h>
#include <unistd.h>

int copy(ctel_ctx ctx, int from, int to, char *buffer, unsigned size)
{
	ctel_scope scope = ctel_ctx_attach(ctx); // expect-step: inconsistent-exits "made current"
	long n = read(from, buffer, size);

	if (n < 0)
		return -1; // expect: inconsistent-exits "does not leave"
	if (write(to, buffer, (unsigned)n) < 0) {
		ctel_ctx_detach(scope);
		return -1;
	}
	ctel_ctx_detach(scope);
	return 0;
}
