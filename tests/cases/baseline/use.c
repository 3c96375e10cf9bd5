#include "lib.h"

#include <unistd.h>

int save(int fd)
{
	ctel_span *span = begin("save");
	int rc = write(fd, "x", 1) < 0 ? -1 : 0;
	finish(span);
	return rc;
}

int leave(int fd)
{
	ctel_span *span = begin("leave");
	if (write(fd, "y", 1) < 0)
		return -1;
	finish(span);
	return 0;
}

int keep(int fd)
{
	ctel_span *span = begin("keep");
	if (write(fd, "z", 1) < 0)
		return -1;
	finish(span);
	return 0;
}
