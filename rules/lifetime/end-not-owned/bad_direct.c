// Without a variable in between.
#include <ctel/ctel.h>
#include <unistd.h>

int last_step(int fd)
{
	int rc = fsync(fd);

	ctel_span_end(ctel_span_current()); // expect: end-not-owned
	return rc;
}
