// A handler whose address is taken, and the start of a thread: ten are enough for one request.
#include <opentelemetry-c-wrapper/include.h>

#include <pthread.h>
#include <stdio.h>

static struct otelc_tracer *tracer;
typedef int handler(FILE *file);

#define STEP(n)                                                                                    \
	static int step_##n(FILE *file)                                                            \
	{                                                                                          \
		struct otelc_span *span = OTELC_OPS(tracer, start_span, "step " #n);               \
		int rc = fputs(#n "\n", file);                                                     \
                                                                                                   \
		OTELC_OPSR(span, end);                                                             \
		return rc;                                                                         \
	}

STEP(0) STEP(1) STEP(2) STEP(3) STEP(4) STEP(5) STEP(6) STEP(7) STEP(8) STEP(9) STEP(10)

static int all(FILE *f)
{
	return step_0(f) + step_1(f) + step_2(f) + step_3(f) + step_4(f) + step_5(f) + step_6(f) +
	       step_7(f) + step_8(f) + step_9(f) + step_10(f);
}

static int on_request(FILE *file) // expect: span-budget "11 INTERNAL spans can be started from on_request, more than 10"
{
	return all(file);
}

static void *worker(void *file) // expect: span-budget "11 INTERNAL spans can be started from worker, more than 10"
{
	all(file);
	return NULL;
}

handler *start(pthread_t *thread, FILE *file)
{
	pthread_create(thread, NULL, worker, file);
	return on_request;
}
