// The name is constant at first, and then it is not.
#include <ctel/ctel.h>
#include <stdio.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int flush_shard(int shard, int fd)
{
	CTEL_SPAN(span, tracer, "flush shard");
	char name[32];

	snprintf(name, sizeof(name), "flush shard %d", shard); // expect-step: dynamic-span-name "formatted with a number"
	ctel_span_rename(span, name); // expect: dynamic-span-name "built at run time"
	return fsync(fd);
}
