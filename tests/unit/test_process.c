/* Worker processes: order of work, crashes, hangs, memory, large replies, leftovers. */
#include "unit.h"

#include "base/path.h"
#include "base/process.h"
#include "base/str.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NR_MAX 64

/* What one run saw, for the callbacks. */
struct seen {
	struct arena *arena;
	const char *dir;
	size_t nr_results;
	struct process_result results[NR_MAX]; /* by job */
	pid_t parent;
	bool is_started; /* in the worker only */
};

static void on_result(void *ctx, const struct process_result *r)
{
	struct seen *s = ctx;
	assert_true(r->index < NR_MAX);
	assert_int_equal(getpid(), s->parent);
	assert_int_equal(s->results[r->index].nr_tries, 0); /* once for each job */
	s->results[r->index] = *r;
	if (r->bytes)
		s->results[r->index].bytes = arena_strndup(s->arena, r->bytes, r->nr_bytes);
	s->nr_results++;
}

static void run(struct seen *s, struct process_pool pool, size_t nr_jobs)
{
	const char *error = NULL;
	pool.ctx = s;
	pool.result = on_result;
	s->parent = getpid();
	if (!process_run(&pool, nr_jobs, &error))
		fail_msg("%s", error);
	assert_int_equal(s->nr_results, nr_jobs);
	/* no zombies, and nobody else's children either */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static struct seen *seen_new(void **state)
{
	struct unit *u = *state;
	struct seen *s = arena_new(&u->arena, struct seen);
	s->arena = &u->arena;
	s->dir = u->dir;
	return s;
}

/* Counts the tries of a job in files, since memory does not come back from a worker. */
static unsigned count_try(struct seen *s, size_t index)
{
	char path[512], text[16] = "";
	snprintf(path, sizeof(path), "%s/try-%zu", s->dir, index);
	int fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	assert_int_equal(write(fd, "x", 1), 1);
	assert_true(pread(fd, text, sizeof(text), 0) > 0);
	close(fd);
	return (unsigned)strnlen(text, sizeof(text));
}

static int job_square(void *ctx, size_t index, struct process_out *reply)
{
	char text[32];
	int n = snprintf(text, sizeof(text), "%zu", index * index);
	assert_int_not_equal(getpid(), ((struct seen *)ctx)->parent);
	process_out_add(reply, text, (size_t)n);
	return (int)index;
}

static void check_squares(void **state, unsigned nr_workers, size_t nr_jobs)
{
	struct seen *s = seen_new(state);
	run(s, (struct process_pool){.nr_workers = nr_workers, .job = job_square}, nr_jobs);
	for (size_t i = 0; i < nr_jobs; i++) {
		assert_int_equal(s->results[i].end, PROCESS_DONE);
		assert_int_equal(s->results[i].status, i);
		assert_int_equal(s->results[i].nr_tries, 1);
		assert_string_equal(s->results[i].bytes, arena_printf(s->arena, "%zu", i * i));
	}
}

static void test_results(void **state)
{
	check_squares(state, 1, NR_MAX);
	check_squares(state, 4, NR_MAX);
	check_squares(state, 0, 3);
	check_squares(state, 8, 2);
	check_squares(state, 3, 0);
}

static int job_pid(void *ctx, size_t index, struct process_out *reply)
{
	(void)index;
	pid_t pid = getpid();
	process_out_add(reply, &pid, sizeof(pid));
	return ((struct seen *)ctx)->is_started;
}

static void on_start(void *ctx)
{
	((struct seen *)ctx)->is_started = true;
}

static void test_workers_live_long(void **state)
{
	struct seen *s = seen_new(state);
	run(s, (struct process_pool){.nr_workers = 1, .job = job_pid, .start = on_start}, 20);
	for (size_t i = 0; i < 20; i++) {
		assert_memory_equal(s->results[i].bytes, s->results[0].bytes, sizeof(pid_t));
		assert_int_equal(s->results[i].status, 1);
	}
	assert_false(s->is_started);
}

/* Each fifth job dies in a way of its own, some of them only the first time. */
static int job_crash(void *ctx, size_t index, struct process_out *reply)
{
	static const int signals[] = {SIGSEGV, SIGABRT, SIGKILL};
	unsigned tries = count_try(ctx, index);
	process_out_add(reply, "begun", 5);
	if (index % 5 == 1 && (index < 30 || tries == 1)) {
		struct rlimit none = {0, 0};
		int number = signals[index / 5 % 3];
		setrlimit(RLIMIT_CORE, &none);
		signal(number, SIG_DFL);
		raise(number);
	}
	if (index % 5 == 2)
		_exit(7);
	return 0;
}

static void check_crashes(void **state, unsigned nr_workers)
{
	static const int signals[] = {SIGSEGV, SIGABRT, SIGKILL};
	struct seen *s = seen_new(state);
	run(s, (struct process_pool){.nr_workers = nr_workers, .job = job_crash}, 40);
	for (size_t i = 0; i < 40; i++) {
		const struct process_result *r = &s->results[i];
		bool is_odd = i % 5 == 1 || i % 5 == 2;
		assert_int_equal(r->nr_tries, is_odd ? 2 : 1);
		if (i % 5 == 1 && i < 30) {
			assert_int_equal(r->end, PROCESS_SIGNALLED);
			assert_int_equal(r->status, signals[i / 5 % 3]);
			assert_null(r->bytes);
		} else if (i % 5 == 2) {
			assert_int_equal(r->end, PROCESS_EXITED);
			assert_int_equal(r->status, 7);
		} else {
			assert_int_equal(r->end, PROCESS_DONE);
			assert_string_equal(r->bytes, "begun");
		}
		/* exactly as many tries as were reported */
		assert_int_equal(count_try(s, i), r->nr_tries + 1);
	}
	assert_string_equal(process_describe(s->arena, &s->results[1]),
		"killed by signal 11 (Segmentation fault)");
	assert_string_equal(process_describe(s->arena, &s->results[2]), "ended with exit code 7");
}

static void test_crashes(void **state)
{
	check_crashes(state, 1);
}

static void test_crashes_in_parallel(void **state)
{
	check_crashes(state, 3);
}

static int job_hang(void *ctx, size_t index, struct process_out *reply)
{
	unsigned tries = count_try(ctx, index);
	if (index == 1 || (index == 2 && tries == 1))
		for (;;)
			pause();
	process_out_add(reply, "ok", 2);
	return 0;
}

static void test_hangs(void **state)
{
	struct seen *s = seen_new(state);
	run(s, (struct process_pool){.nr_workers = 2, .timeout = 2, .job = job_hang}, 6);
	assert_int_equal(s->results[1].end, PROCESS_TIMED_OUT);
	assert_int_equal(s->results[1].nr_tries, 2);
	assert_string_equal(process_describe(s->arena, &s->results[1]), "no answer within 2 s");
	assert_int_equal(s->results[2].end, PROCESS_DONE);
	assert_int_equal(s->results[2].nr_tries, 2);
	for (size_t i = 3; i < 6; i++)
		assert_string_equal(s->results[i].bytes, "ok");
}

/* Is the process gone, or dead and only not reaped by whoever has adopted it? */
static bool is_dead(struct arena *a, long pid)
{
	const char *text = file_read(a, arena_printf(a, "/proc/%ld/stat", pid), 4096, NULL);
	const char *state = text ? strrchr(text, ')') : NULL;
	return !state || state[2] == 'Z' || state[2] == 'X';
}

static void write_pid(const struct seen *s)
{
	char path[512], text[32];
	int n = snprintf(text, sizeof(text), "%ld", (long)getpid());
	snprintf(path, sizeof(path), "%s/worker", s->dir);
	assert_true(file_write(path, text, (size_t)n));
}

/* The number that write_pid has written elsewhere, as soon as it is there. */
static long wait_for_pid(const struct seen *s)
{
	const char *path = path_join(s->arena, s->dir, "worker"), *text = NULL;
	for (int i = 0; i < 3000 && !(text = file_read(s->arena, path, 64, NULL)); i++)
		nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
	assert_non_null(text);
	return strtol(text, NULL, 10);
}

static bool wait_until_dead(const struct seen *s, long pid)
{
	for (int i = 0; i < 3000 && !is_dead(s->arena, pid); i++)
		nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
	return is_dead(s->arena, pid);
}

static _Noreturn void wait_for_ever(void)
{
	for (;;)
		pause();
}

/* The first try of job 0 dies in the middle of its reply: the parent does not read before that (see
 * on_slow_result), the socket is full, the alarm rings. */
static int job_half(void *ctx, size_t index, struct process_out *reply)
{
	static char block[1 << 20];
	if (index != 0)
		return 0;
	for (int i = 0; i < 8; i++)
		process_out_add(reply, block, sizeof(block));
	if (count_try(ctx, index) == 1) {
		write_pid(ctx);
		signal(SIGALRM, SIG_DFL);
		setitimer(ITIMER_REAL, &(struct itimerval){.it_value = {.tv_usec = 200000}}, NULL);
	}
	return 0;
}

static void on_slow_result(void *ctx, const struct process_result *r)
{
	if (r->index == 1)
		assert_true(wait_until_dead(ctx, wait_for_pid(ctx)));
	on_result(ctx, r);
}

static void test_dies_with_half_a_reply(void **state)
{
	struct seen *s = seen_new(state);
	const char *error = NULL;
	if (access("/proc/self/stat", R_OK) != 0)
		skip();
	s->parent = getpid();
	assert_true(process_run(
		&(struct process_pool){
			.nr_workers = 2, .job = job_half, .ctx = s, .result = on_slow_result},
		2, &error));
	assert_int_equal(s->results[0].end, PROCESS_DONE);
	assert_int_equal(s->results[0].nr_tries, 2);
	assert_int_equal(s->results[0].nr_bytes, 8u << 20);
	assert_int_equal(s->results[1].nr_tries, 1);
}

#define LARGE ((size_t)9 << 20)

static int job_large(void *ctx, size_t index, struct process_out *reply)
{
	(void)ctx;
	size_t n = index % 2 ? LARGE + index : 0;
	for (size_t i = 0; i < n;) {
		unsigned char block[5000];
		size_t len = n - i < sizeof(block) ? n - i : sizeof(block);
		for (size_t k = 0; k < len; k++)
			block[k] = (unsigned char)((i + k) * 31 + index);
		process_out_add(reply, block, len);
		i += len;
	}
	return 0;
}

static volatile sig_atomic_t nr_alarms;

/* Ends the timer after a while: under valgrind a signal takes longer than the timer's interval, and
 * a process that only handles signals does not get on. */
static void on_alarm(int number)
{
	(void)number;
	if (++nr_alarms == 500)
		setitimer(ITIMER_REAL, &(struct itimerval){0}, NULL);
}

/* While a timer interrupts the parent's system calls. */
static void test_large_replies(void **state)
{
	struct seen *s = seen_new(state);
	struct sigaction action = {.sa_handler = on_alarm}, before;
	struct itimerval often = {.it_interval = {.tv_usec = 500}, .it_value = {.tv_usec = 500}};
	struct itimerval never = {0};
	sigaction(SIGALRM, &action, &before);
	setitimer(ITIMER_REAL, &often, NULL);
	run(s, (struct process_pool){.nr_workers = 2, .job = job_large}, 6);
	setitimer(ITIMER_REAL, &never, NULL);
	sigaction(SIGALRM, &before, NULL);
	assert_true(nr_alarms > 0);
	for (size_t i = 0; i < 6; i++) {
		const struct process_result *r = &s->results[i];
		assert_int_equal(r->end, PROCESS_DONE);
		assert_int_equal(r->nr_bytes, i % 2 ? LARGE + i : 0);
		for (size_t k = 0; k < r->nr_bytes; k += 997)
			assert_int_equal((unsigned char)r->bytes[k], (k * 31 + i) & 0xff);
	}
}

static int job_memory(void *ctx, size_t index, struct process_out *reply)
{
	(void)ctx;
	if (index == 1) {
		for (;;) {
			static char block[1 << 20];
			memset(block, 1, sizeof(block));
			process_out_add(reply, block, sizeof(block));
			nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
		}
	}
	return 0;
}

static void test_memory_limit(void **state)
{
	struct seen *s = seen_new(state);
	if (access("/proc/self/statm", R_OK) != 0)
		skip();
	run(s,
		(struct process_pool){.nr_workers = 2,
			.job = job_memory,
			.timeout = 60,
			.memory_limit = (size_t)200 << 20},
		3);
	assert_int_equal(s->results[0].end, PROCESS_DONE);
	assert_int_equal(s->results[1].end, PROCESS_OUT_OF_MEMORY);
	assert_int_equal(s->results[1].nr_tries, 2);
	assert_int_equal(s->results[2].end, PROCESS_DONE);
}

/* The open descriptors of this process from 3 on, sockets only. */
static int job_sockets(void *ctx, size_t index, struct process_out *reply)
{
	(void)ctx;
	unsigned nr = 0;
	for (int fd = 3; fd < 256; fd++) {
		char path[64], to[64] = "";
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
		if (readlink(path, to, sizeof(to) - 1) > 0 && str_has_prefix(to, "socket:"))
			nr++;
	}
	process_out_add(reply, &nr, sizeof(nr));
	nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
	if (index < 3)
		_exit(1); /* the replacements must not inherit more than the first ones */
	return 0;
}

static unsigned open_fds(void)
{
	unsigned nr = 0;
	for (int fd = 0; fd < 256; fd++)
		nr += fcntl(fd, F_GETFD) >= 0;
	return nr;
}

static void test_no_descriptors_leak(void **state)
{
	struct seen *s = seen_new(state);
	if (access("/proc/self/fd", R_OK) != 0)
		skip();
	unsigned before = open_fds();
	run(s, (struct process_pool){.nr_workers = 4, .job = job_sockets}, 12);
	assert_int_equal(open_fds(), before);
	for (size_t i = 3; i < 12; i++) {
		unsigned nr;
		memcpy(&nr, s->results[i].bytes, sizeof(nr));
		assert_int_equal(nr, 1);
	}
}

/* The worker leaves a child behind that holds the socket: its death must be noticed all the same.
 */
static int job_leaves_child(void *ctx, size_t index, struct process_out *reply)
{
	(void)reply;
	if (index == 0) {
		if (fork() == 0) {
			struct seen *s = ctx;
			char path[512];
			snprintf(path, sizeof(path), "%s/release", s->dir);
			for (int i = 0; i < 1000 && access(path, F_OK) != 0; i++)
				nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
			_exit(0);
		}
		_exit(3);
	}
	return 0;
}

static void test_child_holds_socket(void **state)
{
	struct seen *s = seen_new(state);
	run(s, (struct process_pool){.nr_workers = 1, .job = job_leaves_child}, 2);
	unit_file(*state, "release", "");
	assert_int_equal(s->results[0].end, PROCESS_EXITED);
	assert_int_equal(s->results[0].status, 3);
	assert_int_equal(s->results[1].end, PROCESS_DONE);
}

/* What a job prints must come out once, and what the parent had printed before must not again. */
static int job_print(void *ctx, size_t index, struct process_out *reply)
{
	(void)ctx;
	(void)reply;
	printf("job %zu\n", index);
	return 0;
}

static void test_output_once(void **state)
{
	struct unit *u = *state;
	struct seen *s = seen_new(state);
	const char *path = path_join(&u->arena, u->dir, "out");
	fflush(stdout);
	int saved = dup(STDOUT_FILENO);
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
	dup2(fd, STDOUT_FILENO);
	printf("before\n");
	run(s, (struct process_pool){.nr_workers = 2, .job = job_print}, 2);
	fflush(stdout);
	dup2(saved, STDOUT_FILENO);
	close(fd);
	close(saved);
	const char *text = file_read(&u->arena, path, 4096, NULL);
	assert_int_equal(strlen(text), strlen("before\njob 0\njob 1\n"));
	assert_true(str_has_prefix(text, "before\n"));
	assert_contains(text, "job 0\n");
	assert_contains(text, "job 1\n");
}

static int job_wait_for_ever(void *ctx, size_t index, struct process_out *reply)
{
	(void)index;
	(void)reply;
	write_pid(ctx);
	wait_for_ever();
}

static void test_parent_killed(void **state)
{
	struct seen *s = seen_new(state);
	if (access("/proc/self/stat", R_OK) != 0)
		skip();
	pid_t parent = fork();
	assert_true(parent >= 0);
	if (parent == 0) {
		const char *error;
		struct process_pool pool = {
			.nr_workers = 1, .job = job_wait_for_ever, .result = on_result, .ctx = s};
		process_run(&pool, 1, &error);
		_exit(0);
	}
	long worker = wait_for_pid(s);
	assert_false(is_dead(s->arena, worker));
	kill(parent, SIGKILL);
	assert_int_equal(waitpid(parent, NULL, 0), parent);
	assert_true(wait_until_dead(s, worker));
}

static void test_ignored_sigchld(void **state)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before, after;
	sigaction(SIGCHLD, &ignore, &before);
	struct seen *s = seen_new(state);
	run(s, (struct process_pool){.nr_workers = 1, .job = job_crash}, 3);
	sigaction(SIGCHLD, &before, &after);
	assert_true(after.sa_handler == SIG_IGN); /* given back as it was */
	assert_int_equal(s->results[1].end, PROCESS_SIGNALLED);
	assert_int_equal(s->results[1].status, SIGSEGV);
}

static void test_nr_cpus(void **state)
{
	(void)state;
	assert_true(process_nr_cpus() >= 1);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		unit_test_with_dir(test_results),
		unit_test_with_dir(test_workers_live_long),
		unit_test_with_dir(test_crashes),
		unit_test_with_dir(test_crashes_in_parallel),
		unit_test_with_dir(test_hangs),
		unit_test_with_dir(test_dies_with_half_a_reply),
		unit_test_with_dir(test_large_replies),
		unit_test_with_dir(test_memory_limit),
		unit_test_with_dir(test_no_descriptors_leak),
		unit_test_with_dir(test_child_holds_socket),
		unit_test_with_dir(test_output_once),
		unit_test_with_dir(test_parent_killed),
		unit_test_with_dir(test_ignored_sigchld),
		unit_test_with_dir(test_nr_cpus),
	};
	unit_filter(argc, argv);
	return cmocka_run_group_tests_name("process", tests, NULL, NULL);
}
