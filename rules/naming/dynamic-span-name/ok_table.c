// From a table, by a switch, or one of two: as many names as stand in the program.
#include <ctel/ctel.h>
#include <stdio.h>
#include <unistd.h>

extern ctel_tracer *tracer;

enum step { STEP_READ, STEP_CHECK, STEP_WRITE, NR_STEPS };

static const char *const step_names[NR_STEPS] = {"read", "check", "write"};

static const char *method_name(int method)
{
	switch (method) {
	case 1:
		return "GET";
	case 2:
		return "POST";
	default:
		return "_OTHER";
	}
}

int step_run(enum step step, int fd)
{
	CTEL_SPAN(span, tracer, step_names[step]);
	return fsync(fd);
}

int step_both(bool is_first, int fd)
{
	CTEL_SPAN(span, tracer, is_first ? "first step" : "next step");
	return fsync(fd);
}

int serve(int method, const char *route, int fd)
{
	char name[96];

	snprintf(name, sizeof(name), "%s %s", method_name(method), route);
	CTEL_SPAN(span, tracer, name);
	return fsync(fd);
}
