/* What a span costs on the thread that makes it. Prints "name value" lines for run.sh; times are
 * nanoseconds a span, the tenth percentile of many bursts: others use the machine, too. Between
 * bursts the queue is flushed, outside the measured time, so that no span is dropped and none waits
 * for the exporter. */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <ctel/ctel.h>

enum { BURST = 1000, NR_BURSTS = 301 };

static atomic_ulong nr_allocations;

/* Every allocation of the process passes here. */
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t m);
void *__libc_realloc(void *p, size_t n);
void *malloc(size_t n)
{
	nr_allocations++;
	return __libc_malloc(n);
}
void *calloc(size_t n, size_t m)
{
	nr_allocations++;
	return __libc_calloc(n, m);
}
void *realloc(void *p, size_t n)
{
	nr_allocations++;
	return __libc_realloc(p, n);
}

static uint64_t now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Several things by turns: what else the machine does then concerns all of them. */
static void measure_by_turns(unsigned nr, void (*const things[])(void), double *out)
{
	static double ns[2][NR_BURSTS];
	for (int i = -20; i < NR_BURSTS; i++)
		for (unsigned j = 0; j < nr; j++) {
			uint64_t start = now();
			for (int k = 0; k < BURST; k++)
				things[j]();
			double each = (double)(now() - start) / BURST;
			if (i >= 0)
				ns[j][i] = each;
			ctel_flush(10000);
		}
	for (unsigned j = 0; j < nr; j++) {
		qsort(ns[j], NR_BURSTS, sizeof(*ns[j]), by_value);
		out[j] = ns[j][NR_BURSTS / 10];
	}
}

static double measure(void (*one)(void))
{
	double ns;
	measure_by_turns(1, &one, &ns);
	return ns;
}

/* ---- What is measured ----------------------------------------------------------------------- */

static ctel_tracer *tracer;
static uint64_t sink;

static void two_clocks_and_ids(void)
{
	static uint64_t s[4] = {1, 2, 3, 4};
	sink += now();
	for (int i = 0; i < 3; i++) { /* trace id and span id: three numbers of xoshiro256** */
		uint64_t t = s[1] << 17;
		sink += s[1] * 45;
		s[2] ^= s[0], s[3] ^= s[1], s[1] ^= s[2], s[0] ^= s[3], s[2] ^= t;
		s[3] = s[3] << 45 | s[3] >> 19;
	}
	sink += now();
}

static void plain(void)
{
	ctel_span_end(ctel_span_start(tracer, "operation", NULL));
}

static void entered(void)
{
	CTEL_SPAN(span, tracer, "operation");
}

/* The same as peer.cc's. */
static void six_attributes(void)
{
	ctel_span *s = ctel_span_start(tracer, "GET /orders/{id}", NULL);
	ctel_set(s, "http.request.method", "GET");
	ctel_set(s, "http.response.status_code", 200);
	ctel_set(s, "url.path", "/orders/4711");
	ctel_set(s, "app.order.total", 99.5);
	ctel_set(s, "app.customer.returning", (bool)true);
	ctel_set(s, "server.address", "shop.example.com");
	ctel_span_end(s);
}

/* ---- Two threads ---------------------------------------------------------------------------- */

static pthread_barrier_t barrier;

static void *burst(void *argument)
{
	double *ns = argument;
	for (int i = -20; i < NR_BURSTS; i++) {
		pthread_barrier_wait(&barrier);
		uint64_t start = now();
		for (int k = 0; k < BURST; k++)
			six_attributes();
		if (i >= 0)
			ns[i] = (double)(now() - start) / BURST;
		if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
			ctel_flush(10000);
		pthread_barrier_wait(&barrier);
	}
	qsort(ns, NR_BURSTS, sizeof(*ns), by_value);
	return NULL;
}

static double measure_threads(unsigned nr)
{
	static double ns[2][NR_BURSTS];
	pthread_t threads[2];
	double sum = 0;
	pthread_barrier_init(&barrier, NULL, nr);
	for (unsigned i = 0; i < nr; i++)
		pthread_create(&threads[i], NULL, burst, ns[i]);
	for (unsigned i = 0; i < nr; i++) {
		pthread_join(threads[i], NULL);
		sum += 1e9 / ns[i][NR_BURSTS / 10];
	}
	pthread_barrier_destroy(&barrier);
	return sum; /* spans per second, all threads */
}

/* ---- Encoding ------------------------------------------------------------------------------- */

static double encode_ns;
static size_t encoded_bytes, encoded_spans;

static int encode(void *user, const ctel_batch *batch, int timeout_ms)
{
	enum { TIMES = 20 };
	size_t size = 0;
	(void)user;
	(void)timeout_ms;
	uint64_t start = now();
	for (int i = 0; i < TIMES; i++)
		free(ctel_encode_protobuf(batch, &size));
	double each = (double)(now() - start) / TIMES / (double)batch->nr;
	if (batch->nr >= 500 && (encode_ns <= 0 || each < encode_ns))
		encode_ns = each;
	encoded_bytes = size;
	encoded_spans = batch->nr;
	return 0;
}

static int nothing(void *user, const ctel_batch *batch, int timeout_ms)
{
	(void)user;
	(void)batch;
	(void)timeout_ms;
	return 0;
}

static void start(ctel_sampler *sampler, int (*export_batch)(void *, const ctel_batch *, int))
{
	ctel_exporter_ops ops = {.export_batch = export_batch};
	ctel_config config = {.service_name = "bench",
		.sampler = sampler,
		.ignores_environment = true,
		.processors = {{.exporter = ctel_exporter_callback(&ops, NULL),
			.max_queue = 65536,
			.delay_ms = 60000,
			.max_batch = 8192}}};
	if (ctel_init_with(&config) != 0)
		exit(1);
	tracer = ctel_tracer_get("bench", "1.0");
}

int main(void)
{
	ctel_stats before, after;
	printf("not_configured %.2f\n", measure(plain));
	start(NULL, nothing);
	double ns[2];
	measure_by_turns(2, (void (*const[])(void)){two_clocks_and_ids, plain}, ns);
	printf("floor %.2f\nstart_end %.2f\n", ns[0], ns[1]);
	printf("entered %.2f\n", measure(entered));
	printf("six_attributes %.2f\n", measure(six_attributes));
	unsigned long allocations = nr_allocations;
	ctel_stats_get(&before);
	measure(six_attributes);
	ctel_stats_get(&after);
	printf("allocations_per_span %.4f\n",
		(double)(nr_allocations - allocations) / (double)(after.ended - before.ended));
	double one = measure_threads(1), two = measure_threads(2);
	printf("one_thread %.0f\ntwo_threads %.0f\n", one, two);
	ctel_stats_get(&after);
	printf("dropped %llu\n", (unsigned long long)after.dropped);
	ctel_shutdown(1000);

	start(ctel_sampler_always_off(), nothing);
	allocations = nr_allocations;
	printf("unsampled %.2f\n", measure(plain));
	printf("allocations_unsampled %lu\n", nr_allocations - allocations);
	ctel_shutdown(1000);

	start(NULL, encode);
	measure(six_attributes);
	printf("encode %.2f\n", encode_ns);
	printf("bytes_per_span %.1f\n", (double)encoded_bytes / (double)encoded_spans);
	ctel_shutdown(1000);
	return sink == 1;
}
