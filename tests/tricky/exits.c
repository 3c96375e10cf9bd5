// The process ends, and with it every span that was open: nobody would read them any more.
// flags: -std=gnu17
#include <ctel/ctel.h>
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern ctel_tracer *tracer;

static _Noreturn void die(const char *what)
{
	perror(what);
	ctel_shutdown(100);
	exit(1);
}

static void usage(void)
{
	fputs("usage: load FILE\n", stderr);
	exit(2);
}

int load(int argc, char **argv)
{
	ctel_span *span = ctel_span_start(tracer, "load", NULL);

	if (argc != 2)
		usage();
	FILE *file = fopen(argv[1], "r");
	if (!file)
		die(argv[1]);
	int first = getc(file);
	assert(first != 0);
	fclose(file);
	ctel_span_end(span);
	return first;
}

/* The child leaves by exec or _exit: the span is the parent's. */
int run(char *const *argv)
{
	ctel_span *span = ctel_span_start(tracer, "run", NULL);
	pid_t child = fork();

	if (child == 0) {
		execvp(argv[0], argv);
		_exit(127);
	}
	if (child < 0)
		ctel_span_error(span, "fork_failed", NULL);
	ctel_span_end(span);
	return child < 0 ? -1 : 0;
}
