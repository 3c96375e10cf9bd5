#include "store.h"

#include <unistd.h>

int store_order(int fd)
{
	return write(fd, "order", 5) == 5 ? 0 : -1;
}
