/* What a span costs on the thread that makes it. Prints "name value" lines for run.sh; times are
 * nanoseconds a span, the tenth percentile of many bursts: others use the machine, too. Ratios are
 * the median of those of bursts that followed each other. Between bursts the queue is flushed,
 * outside the measured time, so that no span is dropped and none waits for the exporter.
 *
 *	bench [BURSTS]        all of it
 *	bench count NAME      calls "plain", "six_attributes" or, as "plain", "unsampled" 1000
 *times, for those who count the instructions */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <ctel/ctel.h>

enum { BURST = 500, MAX_BURSTS = 1000 };

static int nr_bursts = 401;

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

static double quantile(double *values, int of_ten)
{
	qsort(values, (size_t)nr_bursts, sizeof(*values), by_value);
	return values[(nr_bursts - 1) * of_ten / 10];
}

/* Several things by turns: what else the machine does then concerns all of them. The last one's
 * ratio to the first goes to `ratio`. */
static void measure_by_turns(unsigned nr, void (*const things[])(void), double *out, double *ratio)
{
	static double ns[2][MAX_BURSTS], ratios[MAX_BURSTS];
	for (int i = -20; i < nr_bursts; i++)
		for (unsigned j = 0; j < nr; j++) {
			uint64_t start = now();
			for (int k = 0; k < BURST; k++)
				things[j]();
			double each = (double)(now() - start) / BURST;
			if (i >= 0)
				ns[j][i] = each;
			ctel_flush(10000);
		}
	for (int i = 0; i < nr_bursts; i++)
		ratios[i] = ns[nr - 1][i] / ns[0][i];
	for (unsigned j = 0; j < nr; j++)
		out[j] = quantile(ns[j], 1);
	*ratio = quantile(ratios, 5);
}

static double measure(void (*one)(void))
{
	double ns, ratio;
	measure_by_turns(1, &one, &ns, &ratio);
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

__attribute__((noinline)) static void plain(void)
{
	ctel_span_end(ctel_span_start(tracer, "operation", NULL));
}

static void entered(void)
{
	CTEL_SPAN(span, tracer, "operation");
}

/* The same as peer.cc's. */
__attribute__((noinline)) static void six_attributes(void)
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

/* What a burst took, by the clock and by the processor's time that the thread got. */
struct burst {
	double ns, cpu_ns;
};

static pthread_barrier_t barrier;
static struct burst alone[MAX_BURSTS], both[2][MAX_BURSTS];

static double cpu_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static struct burst one_burst(void)
{
	uint64_t start = now();
	double cpu = cpu_now();
	for (int k = 0; k < BURST; k++)
		six_attributes();
	cpu = cpu_now() - cpu;
	return (struct burst){(double)(now() - start) / BURST, cpu / BURST};
}

/* By turns: the first thread alone, then both. */
static void *bursts(void *argument)
{
	int me = *(int *)argument;
	for (int i = -20; i < nr_bursts; i++) {
		pthread_barrier_wait(&barrier);
		if (me == 0) {
			struct burst b = one_burst();
			if (i >= 0)
				alone[i] = b;
			ctel_flush(10000);
		}
		pthread_barrier_wait(&barrier);
		struct burst b = one_burst();
		if (i >= 0)
			both[me][i] = b;
		if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
			ctel_flush(10000);
	}
	return NULL;
}

/* Spans of two threads for each span of one, in the same time. */
static void measure_threads(void)
{
	static double ns[3][MAX_BURSTS], cpu[MAX_BURSTS];
	static int numbers[] = {0, 1};
	pthread_t threads[2];
	pthread_barrier_init(&barrier, NULL, 2);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, bursts, &numbers[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	pthread_barrier_destroy(&barrier);
	for (int i = 0; i < nr_bursts; i++) {
		ns[0][i] = alone[i].ns;
		ns[1][i] = both[0][i].ns;
		ns[2][i] = both[1][i].ns;
		cpu[i] = alone[i].cpu_ns / both[0][i].cpu_ns + alone[i].cpu_ns / both[1][i].cpu_ns;
	}
	double one = quantile(ns[0], 1);
	printf("two_threads_ratio %.3f\n", one / quantile(ns[1], 1) + one / quantile(ns[2], 1));
	printf("two_threads_cpu_ratio %.3f\n", quantile(cpu, 5));
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

/* Callgrind is told to look only into the one or the other. */
static int count(const char *name)
{
	bool is_six = !strcmp(name, "six_attributes");
	start(strcmp(name, "unsampled") ? NULL : ctel_sampler_always_off(), nothing);
	for (int i = 0; i < 2000; i++) {
		if (i < 1000) /* the pool grows, and the thread gets its ring */
			ctel_span_end(ctel_span_start(tracer, "first", NULL));
		else
			is_six ? six_attributes() : plain();
		if (i % 100 == 99)
			ctel_flush(10000);
	}
	ctel_shutdown(1000);
	return 0;
}

int main(int argc, char **argv)
{
	ctel_stats before, after;
	if (argc == 2)
		nr_bursts = atoi(argv[1]) < MAX_BURSTS ? atoi(argv[1]) : MAX_BURSTS;
	if (argc == 3 && !strcmp(argv[1], "count"))
		return count(argv[2]);
	printf("not_configured %.2f\n", measure(plain));
	start(NULL, nothing);
	double ns[2], ratio;
	measure_by_turns(2, (void (*const[])(void)){two_clocks_and_ids, plain}, ns, &ratio);
	printf("floor %.2f\nstart_end %.2f\nstart_end_ratio %.3f\n", ns[0], ns[1], ratio);
	printf("entered %.2f\n", measure(entered));
	printf("six_attributes %.2f\n", measure(six_attributes));
	unsigned long allocations = nr_allocations;
	ctel_stats_get(&before);
	measure(six_attributes);
	ctel_stats_get(&after);
	printf("allocations_per_span %.4f\n",
		(double)(nr_allocations - allocations) / (double)(after.ended - before.ended));
	measure_threads();
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
