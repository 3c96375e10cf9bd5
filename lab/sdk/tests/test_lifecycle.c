/* The SDK as it lives: queues that are full, deadlines, exporters that fail, threads, forks,
 * signals, and doing without a thread of its own. */
#include "memory.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>

/* An exporter that does as it is told. */
static atomic_int answer, sleep_ms;
static atomic_uint nr_calls, nr_spans, nr_destroyed, nr_flushed;

static void nap(int ms)
{
	nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

static int told(void *user, const ctel_batch *batch, int timeout_ms)
{
	(void)user;
	(void)timeout_ms;
	nr_calls++;
	if (sleep_ms)
		nap(sleep_ms);
	int rc = answer;
	if (rc == 0)
		nr_spans += (unsigned)batch->nr;
	return rc;
}

static int on_flush(void *user, int timeout_ms)
{
	(void)user;
	(void)timeout_ms;
	nr_flushed++;
	return 0;
}

static void on_destroy(void *user)
{
	(void)user;
	nr_destroyed++;
}

static ctel_exporter *told_exporter(void)
{
	return ctel_exporter_callback(&(ctel_exporter_ops){told, on_flush, on_destroy}, NULL);
}

static void start_batch(ctel_processor processor, bool no_thread)
{
	answer = sleep_ms = 0;
	nr_calls = nr_spans = nr_destroyed = nr_flushed = 0;
	processor.exporter = told_exporter();
	start_with((ctel_config){.processors = {processor}, .no_thread = no_thread});
}

static void end_spans(int nr)
{
	for (int i = 0; i < nr; i++)
		ctel_span_end(ctel_span_start(tracer, "s", NULL));
}

static ctel_stats stats(void)
{
	ctel_stats s;
	ctel_stats_get(&s);
	return s;
}

static uint64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* Waits up to five seconds. */
static void until(const atomic_uint *n, unsigned wanted)
{
	for (int i = 0; i < 5000 && *n < wanted; i++)
		nap(1);
	assert_true(*n >= wanted);
}

static void full_queue_drops_and_does_not_block(void **state)
{
	(void)state;
	ctel_stats before = stats();
	start_batch((ctel_processor){.max_queue = 100, .max_batch = 10, .delay_ms = 60000}, false);
	sleep_ms = 300;
	end_spans(20);
	until(&nr_calls, 1); /* from now on the exporter is busy */
	uint64_t start = now_ms();
	end_spans(1000);
	assert_true(now_ms() - start < 250);
	assert_true(stats().dropped - before.dropped >= 880);
	assert_true(stats().queued <= 100);
	sleep_ms = 0;
	assert_int_equal(ctel_flush(5000), 0);
	ctel_stats after = stats();
	assert_int_equal(after.ended - before.ended, 1020);
	assert_int_equal(after.exported - before.exported, nr_spans);
	assert_int_equal(nr_spans + (after.dropped - before.dropped), 1020);
}

static void batches_leave_when_full_or_due(void **state)
{
	(void)state;
	start_batch(
		(ctel_processor){.max_queue = 1000, .max_batch = 100, .delay_ms = 60000}, false);
	end_spans(150);
	until(&nr_spans, 100);
	stop(state);
	start_batch((ctel_processor){.delay_ms = 20}, false);
	end_spans(3);
	until(&nr_spans, 3);
	assert_int_equal(nr_calls, 1);
}

static void flush_has_a_deadline(void **state)
{
	(void)state;
	start_batch((ctel_processor){.delay_ms = 60000}, false);
	sleep_ms = 400;
	end_spans(1);
	uint64_t start = now_ms();
	assert_int_equal(ctel_flush(50), -ETIMEDOUT);
	assert_true(now_ms() - start < 300);
	assert_int_equal(ctel_flush(5000), 0);
	assert_int_equal(nr_spans, 1);
	assert_true(nr_flushed > 0);
}

static void shutdown_has_a_deadline(void **state)
{
	(void)state;
	ctel_stats before = stats();
	start_batch((ctel_processor){.delay_ms = 60000, .max_batch = 1}, false);
	sleep_ms = 800;
	end_spans(5);
	until(&nr_calls, 1);
	uint64_t start = now_ms();
	assert_int_equal(ctel_shutdown(50), -ETIMEDOUT);
	assert_true(now_ms() - start < 600);
	assert_null(ctel_span_start(tracer, "late", NULL));
	until(&nr_destroyed, 1); /* the thread ends by itself, later */
	assert_int_equal(stats().dropped - before.dropped + nr_spans, 5);
	ctel_memory_free(memory);
	start_plain(state);
}

static void shutdown_exports_what_waits(void **state)
{
	(void)state;
	start_batch((ctel_processor){.delay_ms = 60000}, false);
	end_spans(1000);
	assert_int_equal(ctel_shutdown(5000), 0);
	assert_int_equal(nr_spans, 1000);
	assert_int_equal(nr_destroyed, 1);
	assert_int_equal(ctel_shutdown(10), 0);
	assert_int_equal(ctel_flush(10), 0);
}

static void failures_are_counted(void **state)
{
	(void)state;
	ctel_stats before = stats();
	listen_to_messages();
	start_batch((ctel_processor){.delay_ms = 60000}, false);
	answer = -EIO;
	end_spans(7);
	assert_int_equal(ctel_flush(5000), -EIO);
	assert_int_equal(stats().dropped - before.dropped, 7);
	answer = 0;
	end_spans(2);
	assert_int_equal(ctel_flush(5000), 0);
	assert_int_equal(nr_spans, 2);
}

static void again_is_tried_again(void **state)
{
	(void)state;
	start_batch((ctel_processor){.delay_ms = 60000}, false);
	answer = -EAGAIN;
	end_spans(3);
	assert_int_equal(ctel_flush(30), -ETIMEDOUT);
	answer = 0;
	assert_int_equal(ctel_flush(5000), 0);
	assert_int_equal(nr_spans, 3);
	assert_true(nr_calls >= 2);
	stop(state);
	ctel_stats before = stats();
	start_batch((ctel_processor){.delay_ms = 60000, .export_timeout_ms = 50}, false);
	answer = -EAGAIN;
	end_spans(3);
	assert_int_equal(ctel_flush(5000), -ETIMEDOUT); /* the batch's own time is over */
	assert_int_equal(stats().dropped - before.dropped, 3);
}

/* ---- Without a thread ----------------------------------------------------------------------- */

static void poll_instead_of_a_thread(void **state)
{
	(void)state;
	start_batch((ctel_processor){.max_queue = 100, .max_batch = 10, .delay_ms = 100}, true);
	assert_int_equal(ctel_poll(10), -1);
	end_spans(3);
	int next = ctel_poll(10);
	assert_in_range(next, 1, 100);
	assert_int_equal(nr_calls, 0);
	end_spans(8);
	ctel_poll(10); /* ten make a batch */
	assert_int_equal(nr_spans, 10);
	nap(120);
	assert_int_equal(ctel_poll(10), -1);
	assert_int_equal(nr_spans, 11);
	answer = -EAGAIN;
	end_spans(10);
	assert_int_equal(ctel_poll(10), 0);
	answer = 0;
	end_spans(2);
	assert_int_equal(ctel_flush(100), 0);
	assert_int_equal(nr_spans, 23);
	end_spans(1);
}

static void poll_with_a_thread_is_nothing(void **state)
{
	(void)state;
	assert_int_equal(ctel_poll(1000), -1);
}

/* ---- Several processors, hooks --------------------------------------------------------------- */

static void on_start(void *user, ctel_span *s, const ctel_ctx *parent)
{
	const char *tenant = ctel_baggage_get(*parent, "tenant.id");
	ctel_set(s, user, tenant ? tenant : "none");
}

static void two_processors_and_hooks(void **state)
{
	(void)state;
	answer = sleep_ms = 0;
	nr_calls = nr_spans = nr_destroyed = 0;
	char key[] = "tenant.id";
	memory = ctel_memory_new();
	ctel_config config = {.no_detectors = true,
		.ignores_environment = true,
		.processors = {{.exporter = told_exporter(), .delay_ms = 60000},
			{.exporter = ctel_exporter_memory(memory), .delay_ms = 60000},
			{.on_start = on_start, .user = key}}};
	assert_int_equal(ctel_init_with(&config), 0);
	tracer = ctel_tracer_get("tests", NULL);
	CTEL_CTX(ctx, ctel_baggage_set(ctel_ctx_current(), "tenant.id", "acme"));
	ctel_span *s = ctel_span_enter_with(tracer, "s", &(ctel_start){.parent = &ctx});
	assert_string_equal(ctel_baggage_get(ctel_ctx_current(), "tenant.id"), "acme");
	ctel_span_end(s);
	end_spans(999);
	assert_int_equal(ctel_flush(5000), 0);
	assert_int_equal(nr_spans, 1000);
	assert_int_equal(ctel_memory_count(memory), 1000);
	assert_string(ctel_memory_span(memory, 0)->attributes, "tenant.id", "acme");
	assert_string(ctel_memory_span(memory, 1)->attributes, "tenant.id", "none");
}

static void suppressed(void **state)
{
	(void)state;
	assert_true(ctel_tracer_is_enabled(tracer));
	ctel_suppress();
	ctel_suppress();
	ctel_unsuppress();
	assert_false(ctel_tracer_is_enabled(tracer));
	assert_null(ctel_span_start(tracer, "not", NULL));
	ctel_unsuppress();
	ctel_unsuppress();
	ctel_span *s = ctel_span_start(tracer, "again", NULL);
	assert_non_null(s);
	ctel_span_end(s);
}

/* ---- Forks, threads, signals ----------------------------------------------------------------- */

static void fork_with_waiting_spans(void **state)
{
	(void)state;
	FORKS_WITH_THREADS();
	start_batch((ctel_processor){.delay_ms = 60000, .max_batch = 8}, false);
	end_spans(20); /* its thread is at work */
	ctel_span *open = ctel_span_start(tracer, "open", NULL);
	pid_t child = fork();
	if (child == 0) {
		nr_spans = nr_calls = 0;
		ctel_stats s = stats();
		bool is_fresh = s.started == 0 && s.queued == 0;
		ctel_span_end(open);
		end_spans(30);
		int rc = ctel_flush(5000); /* by a thread of the child's own */
		bool is_all = nr_spans == 31;
		rc |= ctel_shutdown(5000);
		_exit(is_fresh && is_all && rc == 0 ? 0 : 1);
	}
	int status;
	ctel_span_end(open);
	assert_int_equal(ctel_flush(5000), 0);
	assert_int_equal(nr_spans, 21);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static atomic_bool is_over;

static void *busy(void *argument)
{
	unsigned seed = (unsigned)(uintptr_t)argument;
	while (!is_over) {
		CTEL_SPAN(outer, tracer, "outer");
		ctel_set(outer, "seed", seed);
		ctel_event(outer, "tick");
		CTEL_SPAN(inner, tracer, "inner");
		ctel_set(inner, "text", "some text that is not too short");
	}
	return NULL;
}

static void forks_among_busy_threads(void **state)
{
	(void)state;
	FORKS_AMONG_BUSY_THREADS();
	pthread_t threads[4];
	start_batch((ctel_processor){.delay_ms = 1, .max_batch = 64}, false);
	is_over = false;
	for (uintptr_t i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, busy, (void *)i);
	for (int i = 0; i < 20; i++) {
		pid_t child = fork();
		if (child == 0) {
			alarm(20); /* a lock that stays locked is a failure */
			nr_spans = 0;
			end_spans(50);
			int rc = ctel_flush(10000);
			_exit(rc == 0 && nr_spans == 50 ? 0 : 1);
		}
		int status;
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_int_equal(status, 0);
	}
	is_over = true;
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
}

static void shutdown_among_busy_threads(void **state)
{
	(void)state;
	pthread_t threads[24];
	is_over = false;
	ctel_stats before = stats();
	start_batch((ctel_processor){.delay_ms = 1, .max_batch = 64}, false);
	for (uintptr_t i = 0; i < NR(threads); i++)
		pthread_create(&threads[i], NULL, busy, (void *)i);
	for (int i = 0; i < 10; i++) {
		nap(20);
		unsigned exported = nr_spans;
		assert_int_equal(ctel_shutdown(10000), 0);
		assert_true(nr_spans >= exported);
		ctel_memory_free(memory);
		start_batch((ctel_processor){.delay_ms = 1, .max_batch = 64}, false);
	}
	is_over = true;
	for (size_t i = 0; i < NR(threads); i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(ctel_shutdown(10000), 0);
	ctel_memory_free(memory);
	start_plain(state);
	end_spans(1); /* takes over what other threads left: nothing is lost uncounted */
	ctel_stats after = stats();
	uint64_t ended = after.ended - before.ended;
	uint64_t known = after.exported - before.exported + after.dropped - before.dropped;
	/* A span that ended between two lives may wait in its thread's ring still. */
	assert_true(known <= ended && ended - known <= 24 * 4);
}

static void on_signal(int number)
{
	(void)number;
	ctel_span *s = ctel_span_start(tracer, "in a handler", NULL);
	ctel_set(s, "k", 1);
	ctel_span_end(s);
}

/* Not allowed, but no deadlock and no corruption either. */
static void signals_interrupt_anything(void **state)
{
	(void)state;
	start_batch((ctel_processor){.delay_ms = 60000}, false);
	end_spans(100);
	struct sigaction action = {.sa_handler = on_signal}, old;
	struct itimerval every = {{0, 200}, {0, 200}}, never = {{0, 0}, {0, 0}};
	sigaction(SIGALRM, &action, &old);
	setitimer(ITIMER_REAL, &every, NULL);
	for (int i = 0; i < 20000; i++) {
		CTEL_SPAN(s, tracer, "interrupted");
		ctel_set(s, "i", i);
		ctel_event(s, "e");
	}
	setitimer(ITIMER_REAL, &never, NULL);
	signal(SIGALRM, SIG_IGN); /* also one that waits */
	sigaction(SIGALRM, &old, NULL);
	assert_null(ctel_span_current());
	assert_int_equal(ctel_flush(5000), 0);
}

/* A handler, or the exporter itself, ends spans while a simple processor exports on this thread. */
static ctel_span *to_end[3];
static atomic_uint nr_handlers;

static void end_in_handler(int number)
{
	(void)number;
	unsigned i = nr_handlers++;
	if (i == 0)
		raise(SIGUSR2); /* a handler within a handler */
	ctel_span_end(to_end[i]);
}

static int interrupted_export(void *user, const ctel_batch *batch, int timeout_ms)
{
	(void)user;
	(void)timeout_ms;
	if (nr_calls++ == 0) {
		raise(SIGUSR1);
		assert_int_equal(nr_handlers, 2);
		ctel_span_end(to_end[2]);
		assert_int_equal(nr_calls, 1); /* only one export at a time */
	}
	nr_spans += (unsigned)batch->nr;
	return 0;
}

static void signals_while_exporting(void **state)
{
	(void)state;
	struct sigaction action = {.sa_handler = end_in_handler}, old[2];
	ctel_exporter_ops ops = {.export_batch = interrupted_export};
	nr_calls = nr_spans = nr_handlers = 0;
	/* A span that is handed over is in the batch processor's queue at the same time. */
	ctel_memory *batches = ctel_memory_new();
	start_with((ctel_config){
		.processors = {{.exporter = ctel_exporter_callback(&ops, NULL), .is_simple = true},
			{.exporter = ctel_exporter_memory(batches), .delay_ms = 60000}}});
	for (int i = 0; i < 3; i++)
		to_end[i] = ctel_span_start(tracer, "to end", NULL);
	ctel_stats before = stats();
	sigaction(SIGUSR1, &action, &old[0]);
	sigaction(SIGUSR2, &action, &old[1]);
	alarm(20); /* the deadlock this is about ends the test */
	end_spans(1);
	alarm(0);
	sigaction(SIGUSR1, &old[0], NULL);
	sigaction(SIGUSR2, &old[1], NULL);
	assert_int_equal(nr_calls, 4); /* each by itself, before the first end returns */
	assert_int_equal(nr_spans, 4);
	assert_int_equal(ctel_flush(5000), 0);
	assert_int_equal(ctel_memory_count(batches), 4);
	ctel_stats after = stats();
	assert_int_equal(after.ended - before.ended, 4);
	assert_int_equal(after.exported - before.exported, 8);
	assert_int_equal(after.dropped, before.dropped);
	ctel_shutdown(1000);
	ctel_memory_free(batches);
}

/* The parent's thread is always in the middle of writing when the process forks. */
static void forks_while_exporting(void **state)
{
	(void)state;
	FORKS_AMONG_BUSY_THREADS();
	pthread_t thread;
	memory = ctel_memory_new();
	ctel_memory *m = memory;
	start_with((ctel_config){
		.processors = {{.exporter = ctel_exporter_file("/dev/null"),
				       .delay_ms = 1,
				       .max_batch = 200},
			{.exporter = ctel_exporter_memory(m), .delay_ms = 1, .max_batch = 200}}});
	ctel_memory_free(memory); /* the one that start_with made */
	memory = m;
	is_over = false;
	pthread_create(&thread, NULL, busy, NULL);
	for (int i = 0; i < 100; i++) {
		pid_t child = fork();
		if (child == 0) {
			alarm(20);
			end_spans(300);
			int rc = ctel_flush(10000);
			child_exits(rc == 0 && ctel_memory_count(m) == 300 ? 0 : 1);
		}
		int status;
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_int_equal(status, 0);
	}
	is_over = true;
	pthread_join(thread, NULL);
}

static void *twenty_spans(void *argument)
{
	(void)argument;
	end_spans(20);
	return NULL;
}

static void *fork_from_here(void *argument)
{
	pid_t child = fork();
	if (child == 0) {
		alarm(20);
		_exit(ctel_flush(5000));
	}
	waitpid(child, argument, 0);
	return NULL;
}

/* A thread that never had a span forks while others' spans wait. */
static void fork_from_another_thread(void **state)
{
	(void)state;
	FORKS_WITH_THREADS();
	pthread_t thread;
	int status = -1;
	start_batch((ctel_processor){.delay_ms = 60000}, false);
	pthread_create(&thread, NULL, twenty_spans, NULL);
	pthread_join(thread, NULL);
	pthread_create(&thread, NULL, fork_from_here, &status);
	pthread_join(thread, NULL);
	assert_int_equal(status, 0);
	assert_int_equal(ctel_flush(5000), 0);
	assert_int_equal(nr_spans, 20);
}

static void *one_span(void *argument)
{
	(void)argument;
	end_spans(1);
	return NULL;
}

static void short_threads_leave_their_spans(void **state)
{
	(void)state;
	start_batch((ctel_processor){.delay_ms = 60000}, false);
	for (int i = 0; i < 200; i++) {
		pthread_t thread;
		pthread_create(&thread, NULL, one_span, NULL);
		pthread_join(thread, NULL);
	}
	assert_int_equal(ctel_flush(5000), 0);
	assert_int_equal(nr_spans, 200);
}

/* ---- Self-observation ------------------------------------------------------------------------ */

static void each_metric(void *user, const char *name, const char *attribute, uint64_t value)
{
	uint64_t *found = user;
	if (!strcmp(name, "otel.sdk.span.started") && strstr(attribute, "RECORD_AND_SAMPLE"))
		found[0] = value;
	if (!strcmp(name, "otel.sdk.processor.span.queue.capacity"))
		found[1] = value;
	if (!strcmp(name, "otel.sdk.exporter.span.exported") && !*attribute)
		found[2] = value;
	if (!strcmp(name, "otel.sdk.processor.span.queue.size"))
		found[3] = value;
}

static void metrics(void **state)
{
	(void)state;
	uint64_t before[4] = {0}, after[4] = {0};
	start_batch((ctel_processor){.delay_ms = 60000, .max_queue = 77}, false);
	ctel_stats_each(each_metric, before);
	end_spans(5);
	ctel_stats_each(each_metric, after);
	assert_int_equal(after[0] - before[0], 5);
	assert_int_equal(after[1], 77);
	assert_int_equal(after[3], 5);
	ctel_flush(5000);
	ctel_stats_each(each_metric, after);
	assert_int_equal(after[2] - before[2], 5);
	assert_int_equal(after[3], 0);
}

static void not_twice(void **state)
{
	(void)state;
	nr_destroyed = 0;
	ctel_config config = {.processors = {{.exporter = told_exporter()}}};
	assert_int_equal(ctel_init_with(&config), -EALREADY);
	assert_int_equal(nr_destroyed, 1);
	setenv("OTEL_SDK_DISABLED", "TRUE", 1);
	ctel_shutdown(100);
	config.processors[0].exporter = told_exporter();
	assert_int_equal(ctel_init_with(&config), 0);
	assert_int_equal(nr_destroyed, 2);
	assert_null(ctel_span_start(tracer, "disabled", NULL));
	unsetenv("OTEL_SDK_DISABLED");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start_plain, stop)
#define OWN(f)  cmocka_unit_test_teardown(f, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OWN(full_queue_drops_and_does_not_block),
		OWN(batches_leave_when_full_or_due),
		OWN(flush_has_a_deadline),
		OWN(shutdown_has_a_deadline),
		OWN(shutdown_exports_what_waits),
		OWN(failures_are_counted),
		OWN(again_is_tried_again),
		OWN(poll_instead_of_a_thread),
		TEST(poll_with_a_thread_is_nothing),
		OWN(two_processors_and_hooks),
		TEST(suppressed),
		OWN(fork_with_waiting_spans),
		OWN(forks_among_busy_threads),
		OWN(fork_from_another_thread),
		OWN(forks_while_exporting),
		OWN(shutdown_among_busy_threads),
		OWN(signals_interrupt_anything),
		OWN(signals_while_exporting),
		OWN(short_threads_leave_their_spans),
		OWN(metrics),
		TEST(not_twice),
	};
	return cmocka_run_group_tests_name("lifecycle", tests, NULL, NULL);
}
