/* Pours numbered spans into an OTLP receiver, whatever that one does, and says as JSON what it cost
 *the program: the longest call, the memory, how long the shutdown took, and the SDK's own counts.
 *
 *	pour URL [--spans N] [--threads N] [--gap US] [--queue N] [--batch N] [--delay MS]
 *		[--timeout MS] [--attempts N] [--backoff MS] [--flush MS] [--shutdown MS] [--json]
 *		[--plain] [--fork] [--poll] [--max-request N] [--concurrent N]
 *
 * With "-" as the URL the environment says where to.
 */
#include <ctel/ctel.h>

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_THREADS 64

static struct {
	const char *url;
	int spans, threads, gap_us, queue, batch, delay_ms, timeout_ms, attempts, backoff_ms;
	int flush_ms, shutdown_ms, max_request, concurrent;
	bool is_json, is_plain, is_forking, is_polling;
} with = {.spans = 1000, .threads = 1, .shutdown_ms = 10000, .flush_ms = -1, .delay_ms = 100};

static ctel_tracer *tracer;
static atomic_int next_number;
static atomic_bool is_done;

/* A forked child leaves its parent's connection alone and thereby loses sight of it, on purpose. */
static bool is_child;
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
	return is_child;
}

#ifdef __SANITIZE_ADDRESS__
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED 0
#endif

static uint64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000u + (uint64_t)t.tv_nsec / 1000u;
}

static long status_kb(const char *field)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[256];
	long kb = -1;

	while (f && fgets(line, sizeof(line), f))
		if (strncmp(line, field, strlen(field)) == 0)
			kb = strtol(line + strlen(field), NULL, 10);
	if (f)
		fclose(f);
	return kb;
}

static void *pour(void *arg)
{
	uint64_t *longest = arg;
	int n;

	while ((n = atomic_fetch_add(&next_number, 1)) < with.spans) {
		uint64_t begin = now_us(), took;
		ctel_span *s = ctel_span_start(tracer, "poured", NULL);

		ctel_set_int(s, "n", n);
		ctel_set_string(
			s, "app.text", "some text that makes the span as long as others are");
		ctel_event(s, "half way");
		ctel_span_end(s);
		took = now_us() - begin;
		if (took > *longest)
			*longest = took;
		if (with.gap_us)
			usleep((useconds_t)with.gap_us);
	}
	return NULL;
}

/* In no_thread mode the program's own loop exports. */
static void *poll_loop(void *arg)
{
	(void)arg;
	while (!atomic_load(&is_done)) {
		ctel_poll(50);
		usleep(2000);
	}
	return NULL;
}

static const struct {
	const char *name;
	int *to;
} numbers[] = {
	{"--spans", &with.spans},
	{"--threads", &with.threads},
	{"--gap", &with.gap_us},
	{"--queue", &with.queue},
	{"--batch", &with.batch},
	{"--delay", &with.delay_ms},
	{"--timeout", &with.timeout_ms},
	{"--attempts", &with.attempts},
	{"--backoff", &with.backoff_ms},
	{"--flush", &with.flush_ms},
	{"--shutdown", &with.shutdown_ms},
	{"--max-request", &with.max_request},
	{"--concurrent", &with.concurrent},
};

static void read_arguments(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		size_t k = 0, nr = sizeof(numbers) / sizeof(*numbers);

		while (k < nr && strcmp(argv[i], numbers[k].name) != 0)
			k++;
		if (k < nr && i + 1 < argc)
			*numbers[k].to = atoi(argv[++i]);
		else if (strcmp(argv[i], "--json") == 0)
			with.is_json = true;
		else if (strcmp(argv[i], "--plain") == 0)
			with.is_plain = true;
		else if (strcmp(argv[i], "--fork") == 0)
			with.is_forking = true;
		else if (strcmp(argv[i], "--poll") == 0)
			with.is_polling = true;
		else if (argv[i][0] != '-' || !argv[i][1])
			with.url = argv[i];
		else
			with.threads = 0;
	}
	if (!with.url || with.threads < 1 || with.threads > MAX_THREADS) {
		fprintf(stderr, "pour: see the head of pour.c\n");
		exit(2);
	}
}

static void begin(void)
{
	ctel_otlp otlp = {.endpoint = with.url,
		.timeout_ms = with.timeout_ms,
		.encoding = with.is_json ? CTEL_JSON : CTEL_PROTOBUF,
		.compression = with.is_plain ? CTEL_NO_COMPRESSION : CTEL_GZIP,
		.nr_attempts = with.attempts,
		.first_backoff_ms = with.backoff_ms,
		.max_request = (size_t)with.max_request,
		.nr_concurrent = with.concurrent};
	ctel_config config = {.service_name = "pour", .no_thread = with.is_polling};

	if (strcmp(with.url, "-") != 0)
		config.processors[0].exporter = ctel_exporter_otlp_http(&otlp);
	config.processors[0].max_queue = with.queue;
	config.processors[0].max_batch = with.batch;
	config.processors[0].delay_ms = with.delay_ms;
	int rc = ctel_init_with(&config);

	if (rc) {
		fprintf(stderr, "pour: ctel_init_with: %s\n", strerror(-rc));
		exit(2);
	}
	tracer = ctel_tracer_get("pour", NULL);
}

static uint64_t run_threads(void)
{
	pthread_t threads[MAX_THREADS], poller;
	uint64_t longest[MAX_THREADS] = {0}, most = 0;

	if (with.is_polling && pthread_create(&poller, NULL, poll_loop, NULL))
		exit(2);
	for (int i = 0; i < with.threads; i++)
		if (pthread_create(&threads[i], NULL, pour, &longest[i]))
			exit(2);
	for (int i = 0; i < with.threads; i++) {
		pthread_join(threads[i], NULL);
		if (longest[i] > most)
			most = longest[i];
	}
	if (with.is_polling) {
		atomic_store(&is_done, true);
		pthread_join(poller, NULL);
	}
	return most;
}

int main(int argc, char **argv)
{
	int flush_rc = 0, shutdown_rc;
	uint64_t longest, flush_ms, shutdown_ms;
	ctel_stats s;

	read_arguments(argc, argv);
	begin();
	long before = status_kb("VmRSS:");

	longest = run_threads();
	if (with.is_forking) { /* the child pours on where the parent stopped; both must arrive */
		int half = with.spans;
		pid_t child = fork();

		if (child < 0)
			return 2;
		if (child == 0) {
			with.spans = half * 2;
			atomic_store(&next_number, half);
			with.is_forking = false;
			is_child = true;
			run_threads();
		} else {
			int status = 0;

			waitpid(child, &status, 0);
			if (status)
				fprintf(stderr, "pour: the child ended with %x\n",
					(unsigned)status);
		}
	}
	flush_ms = now_us();
	if (with.flush_ms >= 0)
		flush_rc = ctel_flush(with.flush_ms);
	shutdown_ms = now_us();
	flush_ms = (shutdown_ms - flush_ms) / 1000;
	shutdown_rc = ctel_shutdown(with.shutdown_ms);
	shutdown_ms = (now_us() - shutdown_ms) / 1000;
	ctel_stats_get(&s);
	printf("{\"started\":%" PRIu64 ",\"ended\":%" PRIu64 ",\"exported\":%" PRIu64
	       ",\"dropped\":%" PRIu64 ",\"misused\":%" PRIu64 ",\"rejected\":%" PRIu64
	       ",\"retried\":%" PRIu64 ",\"queued\":%" PRIu64 ",\"bytes\":%" PRIu64
	       ",\"longest_us\":%" PRIu64 ",\"grown_kb\":%ld,\"flush_rc\":%d,\"flush_ms\":%" PRIu64
	       ",\"shutdown_rc\":%d,\"shutdown_ms\":%" PRIu64 ",\"sanitized\":%d}\n",
		s.started, s.ended, s.exported, s.dropped, s.misused, s.rejected, s.retried,
		s.queued, s.bytes, longest, status_kb("VmHWM:") - before, flush_rc, flush_ms,
		shutdown_rc, shutdown_ms, IS_SANITIZED);
	fflush(stdout);
	return 0;
}
