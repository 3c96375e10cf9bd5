# A project with one leak, for those who use the packages: project DIRECTORY
project() {
	mkdir -p "$1"
	cat >"$1/orders.c" <<'C'
#include <otel-tidy/annotations.h>
#include <unistd.h>

OTEL_CRITICAL_PATH("orders.place")
int place_order(int fd);
int place_order(int fd)
{
	return write(fd, "order", 5) == 5 ? 0 : -1;
}

int main(void)
{
	return place_order(1) ? 1 : 0;
}
C
}
