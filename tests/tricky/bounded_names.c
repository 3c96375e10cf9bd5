// Names that are put together or chosen at run time, from a few that stand in the program.
#include <ctel/ctel.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

extern ctel_tracer *tracer;

enum stage { STAGE_LOAD, STAGE_SORT, STAGE_STORE };

static const char *stage_name(enum stage stage)
{
	switch (stage) {
	case STAGE_LOAD:
		return "load";
	case STAGE_SORT:
		return "sort";
	case STAGE_STORE:
		return "store";
	}
	return "unknown";
}

int run_stage(enum stage stage, int fd)
{
	CTEL_SPAN(span, tracer, stage_name(stage));
	return fsync(fd);
}

static const char *const verbs[] = {"get", "put", "delete"};

int run_verb(unsigned verb, int fd)
{
	CTEL_SPAN(span, tracer, verbs[verb % 3]);
	return fsync(fd);
}

int run_either(bool is_write, int fd)
{
	CTEL_SPAN(span, tracer, is_write ? "write" : "read");
	return fsync(fd);
}

struct route {
	const char *template; /* "/orders/{id}" */
	int (*handler)(int fd);
};

int run_route(const struct route *route, int fd)
{
	ctel_span *span = ctel_span_start(tracer, route->template, &(ctel_start){.kind = CTEL_SERVER});
	int rc = route->handler(fd);
	ctel_span_end(span);
	return rc;
}

/* "stage load": of three stages three names. */
int run_prefixed(enum stage stage, int fd)
{
	char name[32];

	snprintf(name, sizeof(name), "stage %s", stage_name(stage));
	CTEL_SPAN(span, tracer, name);
	return fsync(fd);
}

/* A wrapper: its callers know the name. */
static ctel_span *begin(const char *name)
{
	return ctel_span_enter(tracer, name);
}

int run_wrapped(int fd)
{
	ctel_span *span = begin("wrapped");
	int rc = fsync(fd);
	ctel_span_end(span);
	return rc;
}

/* The number goes into an attribute: that is what they are for. */
int run_numbered(int number, int fd)
{
	char id[32];
	CTEL_SPAN(span, tracer, "numbered");

	snprintf(id, sizeof(id), "job-%d", number);
	ctel_set(span, "app.job.id", id);
	return fsync(fd);
}

/* A constant number makes a constant name. */
#define VERSION 3

int run_versioned(int fd)
{
	char name[32];

	snprintf(name, sizeof(name), "protocol v%d", VERSION);
	CTEL_SPAN(span, tracer, name);
	return fsync(fd);
}

int run_default(const char *name, int fd)
{
	if (!name || !*name)
		name = "unnamed";
	CTEL_SPAN(span, tracer, name);
	return fsync(fd);
}
