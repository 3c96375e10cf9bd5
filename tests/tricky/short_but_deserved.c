// Small functions that a span may tell something about: what they call may wait.
// flags: -std=gnu17
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

extern ctel_tracer *tracer;

struct codec {
	int (*encode)(const char *text, char *out);
};

int encode(const struct codec *codec, const char *text, char *out)
{
	CTEL_SPAN(span, tracer, "encode");
	return codec->encode(text, out);
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long total;

long add_to_total(long n)
{
	CTEL_SPAN(span, tracer, "add to total");
	pthread_mutex_lock(&lock);
	total += n;
	pthread_mutex_unlock(&lock);
	return total;
}

void note(const char *what)
{
	CTEL_SPAN(span, tracer, "note");
	syslog(LOG_INFO, "%s", what);
}

void say(const char *what)
{
	CTEL_SPAN(span, tracer, "say");
	fprintf(stderr, "%s\n", what);
}

unsigned long save(const void *bytes, unsigned long size, FILE *file)
{
	CTEL_SPAN(span, tracer, "save");
	return fwrite(bytes, 1, size, file);
}

int compute_elsewhere(int n);

int compute(int n)
{
	CTEL_SPAN(span, tracer, "compute");
	return compute_elsewhere(n) + 1;
}

/* Another process's time, whatever this function does itself. */
int ask(char *buffer)
{
	ctel_span *span = ctel_span_start(tracer, "ask", &(ctel_start){.kind = CTEL_CLIENT});
	buffer[0] = '?';
	ctel_span_end(span);
	return 1;
}

long sum(const int *numbers, int nr)
{
	CTEL_SPAN(span, tracer, "sum");
	long sum = 0;
	for (int i = 0; i < nr; i++)
		sum += numbers[i];
	return sum;
}

int depth(const char *path)
{
	CTEL_SPAN(span, tracer, "depth");
	const char *slash = strchr(path, '/');
	return slash ? 1 + depth(slash + 1) : 0;
}

OTEL_NOT_TRIVIAL // waits for the hardware's random numbers
unsigned random_number(void)
{
	CTEL_SPAN(span, tracer, "random number");
	unsigned n = 0;
	__asm__ volatile("" : "+r"(n));
	return n;
}

static void wait_for_tick(void)
{
	usleep(1000);
}

int next(int n)
{
	CTEL_SPAN(span, tracer, "next");
	wait_for_tick();
	return n + 1;
}

OTEL_CRITICAL_PATH("counter.reset")
void reset(void)
{
	CTEL_SPAN(span, tracer, "reset counter");
	total = 0;
}
