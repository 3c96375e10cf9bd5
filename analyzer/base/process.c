/* Process: a pool of forked workers, one socket each; the parent is a single poll loop.
 *
 * To a worker goes the index of a job (8 bytes), back comes a header and the bytes of the reply.
 * Sockets rather than pipes, since a write to a dead worker must give EPIPE and not SIGPIPE. */
#include "base/process.h"

#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sched.h>
#include <sys/prctl.h>
#endif

#define REPLY_MAX   ((uint64_t)1 << 31)
#define REPLY_MAGIC 0x6f74792du
#define NR_TRIES    2
#define TICK_MS     1000 /* how often the dead are looked for who left their socket to a child */
#define MEMORY_MS   100

struct header {
	uint32_t magic;
	int32_t status;
	uint64_t size;
};

struct worker {
	pid_t pid; /* 0: none */
	int fd;
	bool is_busy;
	size_t job;
	unsigned nr_tries;
	int64_t deadline; /* in ms of the monotonic clock */
	bool is_timed_out, is_too_large;
	struct header header;
	size_t nr_read; /* of header and bytes together */
	char *bytes;
	struct arena arena;
};

struct pool {
	const struct process_pool *wish;
	struct worker *workers;
	unsigned nr_workers;
	size_t nr_jobs, next, nr_done;
};

void process_out_add(struct process_out *out, const void *bytes, size_t n)
{
	if (out->cap - out->nr < n) {
		size_t cap = out->cap ? out->cap * 2 : 4096;
		while (cap - out->nr < n)
			cap *= 2;
		out->bytes = arena_grow(&out->arena, out->bytes, out->cap, cap);
		out->cap = cap;
	}
	if (n)
		memcpy(out->bytes + out->nr, bytes, n);
	out->nr += n;
}

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* All `n` bytes or false. */
static bool send_all(int fd, const void *bytes, size_t n)
{
	const char *p = bytes;
	while (n) {
		ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);
		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return false;
		p += sent;
		n -= (size_t)sent;
	}
	return true;
}

static bool receive_all(int fd, void *bytes, size_t n)
{
	char *p = bytes;
	while (n) {
		ssize_t got = read(fd, p, n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return true;
}

/* The worker's whole life. It leaves by _exit, since buffers and exit handlers are the parent's. */
static void worker_main(const struct process_pool *wish, int fd)
{
	struct process_out out = {0};
	uint64_t index;
	if (wish->start)
		wish->start(wish->ctx);
	while (receive_all(fd, &index, sizeof(index))) {
		struct header h = {.magic = REPLY_MAGIC};
		h.status = wish->job(wish->ctx, (size_t)index, &out);
		h.size = out.nr;
		fflush(stdout); /* before the reply, which may be what the parent ends us after */
		fflush(stderr);
		if (!send_all(fd, &h, sizeof(h)) || !send_all(fd, out.bytes, out.nr))
			break;
		arena_reset(&out.arena);
		out.bytes = NULL;
		out.nr = out.cap = 0;
	}
	_exit(0);
}

static void become_worker(struct pool *p, int fd, pid_t parent)
{
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	if (getppid() != parent) /* it died before the line above */
		_exit(0);
	for (unsigned i = 0; i < p->nr_workers; i++)
		if (p->workers[i].pid)
			close(p->workers[i].fd);
	static const int handled[] = {SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGPIPE, SIGALRM};
	for (size_t i = 0; i < sizeof(handled) / sizeof(*handled); i++)
		signal(handled[i], SIG_DFL);
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	worker_main(p->wish, fd);
}

static bool worker_spawn(struct pool *p, struct worker *w)
{
	int fds[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
		return false;
	fflush(stdout); /* or both processes would write what is buffered */
	fflush(stderr);
	pid_t parent = getpid(), pid = fork();
	if (pid < 0) {
		close(fds[0]);
		close(fds[1]);
		return false;
	}
	if (pid == 0) {
		close(fds[0]);
		become_worker(p, fds[1], parent);
	}
	close(fds[1]);
	fcntl(fds[0], F_SETFL, fcntl(fds[0], F_GETFL) | O_NONBLOCK);
	w->pid = pid;
	w->fd = fds[0];
	w->is_busy = w->is_timed_out = w->is_too_large = false;
	return true;
}

/* Ends the worker if it still runs; its wait status, or -1 when somebody else has reaped it. */
static int worker_reap(struct worker *w)
{
	int status = -1;
	kill(w->pid, SIGKILL); /* one that is ending already keeps the status it has */
	while (waitpid(w->pid, &status, 0) < 0) {
		if (errno != EINTR) {
			status = -1;
			break;
		}
	}
	close(w->fd);
	w->pid = 0;
	w->is_busy = false;
	return status;
}

/* Gives the job to the worker, or to a new one when it turns out to be dead. */
static bool worker_give(struct pool *p, struct worker *w, size_t job, unsigned nr_tries)
{
	uint64_t index = job;
	for (int i = 0; i < 2; i++) {
		if (!w->pid && !worker_spawn(p, w))
			return false;
		if (send_all(w->fd, &index, sizeof(index)))
			break;
		worker_reap(w);
	}
	if (!w->pid)
		return false;
	w->is_busy = true;
	w->job = job;
	w->nr_tries = nr_tries;
	w->nr_read = 0;
	w->bytes = NULL;
	w->deadline = p->wish->timeout ? now_ms() + (int64_t)p->wish->timeout * 1000 : INT64_MAX;
	arena_reset(&w->arena);
	return true;
}

static void report(struct pool *p, const struct worker *w, enum process_end end, int status)
{
	struct process_result r = {.index = w->job,
		.end = end,
		.status = status,
		.nr_tries = w->nr_tries,
		.bytes = end == PROCESS_DONE ? (w->bytes ? w->bytes : "") : NULL,
		.nr_bytes = end == PROCESS_DONE ? (size_t)w->header.size : 0};
	p->nr_done++;
	p->wish->result(p->wish->ctx, &r);
}

/* The worker is lost: once more in a new one, or a result that says what happened. */
static void worker_failed(struct pool *p, struct worker *w)
{
	int wait_status = worker_reap(w);
	if (w->nr_tries < NR_TRIES && worker_give(p, w, w->job, w->nr_tries + 1))
		return;
	if (w->is_timed_out)
		report(p, w, PROCESS_TIMED_OUT, (int)p->wish->timeout);
	else if (w->is_too_large)
		report(p, w, PROCESS_OUT_OF_MEMORY, 0);
	else if (wait_status != -1 && WIFEXITED(wait_status))
		report(p, w, PROCESS_EXITED, WEXITSTATUS(wait_status));
	else
		report(p, w, PROCESS_SIGNALLED,
			wait_status != -1 && WIFSIGNALED(wait_status) ? WTERMSIG(wait_status)
								      : SIGKILL);
}

/* Where the next bytes go, and how many are wanted; 0: the reply is complete. */
static size_t reply_room(struct worker *w, char **at)
{
	size_t head = sizeof(w->header);
	if (w->nr_read < head) {
		*at = (char *)&w->header + w->nr_read;
		return head - w->nr_read;
	}
	size_t got = w->nr_read - head;
	*at = w->bytes + got;
	return (size_t)w->header.size - got;
}

/* Reads what is there. False: the worker is lost. */
static bool worker_read(struct pool *p, struct worker *w)
{
	for (;;) {
		char *at;
		size_t want = reply_room(w, &at);
		ssize_t got = read(w->fd, at, want);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return true;
		if (got <= 0)
			return false;
		w->nr_read += (size_t)got;
		if (w->nr_read == sizeof(w->header)) {
			if (w->header.magic != REPLY_MAGIC || w->header.size > REPLY_MAX)
				return false;
			if (w->header.size)
				w->bytes = arena_alloc(&w->arena, (size_t)w->header.size);
		}
		if (w->nr_read >= sizeof(w->header) && reply_room(w, &at) == 0) {
			w->is_busy = false;
			report(p, w, PROCESS_DONE, w->header.status);
			return true;
		}
	}
}

/* Resident bytes of a process, 0 when that cannot be told. */
static size_t resident_size(pid_t pid)
{
	char path[64], text[128];
	snprintf(path, sizeof(path), "/proc/%ld/statm", (long)pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	ssize_t n = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (n <= 0)
		return 0;
	text[n] = '\0';
	char *end;
	strtoull(text, &end, 10); /* the whole size comes first */
	return (size_t)strtoull(end, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE);
}

/* Is the process still there? A worker's own child may hold its socket open when it has died. */
static bool is_running(pid_t pid)
{
	siginfo_t info = {0};
	return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && !info.si_pid;
}

static void look_after(struct pool *p, struct worker *w, int64_t now)
{
	size_t limit = p->wish->memory_limit;
	/* an answer that came in the meantime counts, even of one that is dead by now */
	bool is_gone = !is_running(w->pid), is_lost = !worker_read(p, w);
	if (!w->is_busy)
		return;
	if (now >= w->deadline)
		w->is_timed_out = true;
	else if (limit && resident_size(w->pid) > limit)
		w->is_too_large = true;
	if (w->is_timed_out || w->is_too_large || is_gone || is_lost)
		worker_failed(p, w);
}

static int poll_time(const struct pool *p, int64_t now)
{
	int64_t wait = p->wish->memory_limit ? MEMORY_MS : TICK_MS;
	for (unsigned i = 0; i < p->nr_workers; i++) {
		const struct worker *w = &p->workers[i];
		if (w->is_busy && w->deadline - now < wait)
			wait = w->deadline > now ? w->deadline - now : 0;
	}
	return (int)wait;
}

/* One round: wait, read replies, look after those who did not answer. */
static void serve(struct pool *p, struct pollfd *polls, int64_t *last_look)
{
	nfds_t nr = 0;
	for (unsigned i = 0; i < p->nr_workers; i++)
		if (p->workers[i].is_busy)
			polls[nr++] = (struct pollfd){.fd = p->workers[i].fd, .events = POLLIN};
	int ready = poll(polls, nr, poll_time(p, now_ms()));
	nfds_t at = 0;
	for (unsigned i = 0; i < p->nr_workers; i++) {
		struct worker *w = &p->workers[i];
		if (!w->is_busy || at == nr || polls[at].fd != w->fd)
			continue;
		/* after an interruption nothing is known, and reading does not block */
		if ((ready < 0 || polls[at].revents) && !worker_read(p, w))
			worker_failed(p, w);
		at++;
	}
	int64_t now = now_ms();
	bool is_due = now - *last_look >= (p->wish->memory_limit ? MEMORY_MS : TICK_MS);
	if (is_due)
		*last_look = now;
	for (unsigned i = 0; i < p->nr_workers; i++)
		if (p->workers[i].is_busy && (is_due || now >= p->workers[i].deadline))
			look_after(p, &p->workers[i], now);
}

static bool run(struct pool *p, struct pollfd *polls)
{
	int64_t last_look = now_ms();
	while (p->nr_done < p->nr_jobs) {
		unsigned nr_busy = 0;
		for (unsigned i = 0; i < p->nr_workers; i++) {
			struct worker *w = &p->workers[i];
			if (!w->is_busy && p->next < p->nr_jobs && worker_give(p, w, p->next, 1))
				p->next++;
			nr_busy += w->is_busy;
		}
		if (!nr_busy)
			return false;
		serve(p, polls, &last_look);
	}
	return true;
}

bool process_run(const struct process_pool *pool, size_t nr_jobs, const char **error)
{
	struct arena arena;
	struct pool p = {.wish = pool, .nr_workers = pool->nr_workers, .nr_jobs = nr_jobs};
	if (!p.nr_workers)
		p.nr_workers = 1;
	if (p.nr_workers > nr_jobs)
		p.nr_workers = (unsigned)nr_jobs;
	arena_init(&arena);
	p.workers = arena_array(&arena, struct worker, p.nr_workers);
	struct pollfd *polls = arena_array(&arena, struct pollfd, p.nr_workers);
	/* with SIGCHLD ignored, as some callers leave it, nobody could be waited for */
	struct sigaction usual = {.sa_handler = SIG_DFL}, before;
	sigaction(SIGCHLD, &usual, &before);
	bool ok = run(&p, polls);
	if (!ok)
		*error = "no worker process could be started";
	for (unsigned i = 0; i < p.nr_workers; i++) {
		if (p.workers[i].pid)
			worker_reap(&p.workers[i]);
		arena_fini(&p.workers[i].arena);
	}
	sigaction(SIGCHLD, &before, NULL);
	arena_fini(&arena);
	return ok;
}

const char *process_describe(struct arena *a, const struct process_result *result)
{
	switch (result->end) {
	case PROCESS_DONE:
		return arena_printf(a, "returned %d", result->status);
	case PROCESS_SIGNALLED:
		return arena_printf(
			a, "killed by signal %d (%s)", result->status, strsignal(result->status));
	case PROCESS_EXITED:
		return arena_printf(a, "ended with exit code %d", result->status);
	case PROCESS_TIMED_OUT:
		return arena_printf(a, "no answer within %d s", result->status);
	case PROCESS_OUT_OF_MEMORY:
		return "used more memory than allowed";
	}
	return "";
}

unsigned process_nr_cpus(void)
{
#ifdef __linux__
	cpu_set_t set;
	if (sched_getaffinity(0, sizeof(set), &set) == 0 && CPU_COUNT(&set) > 0)
		return (unsigned)CPU_COUNT(&set);
#endif
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return n > 0 ? (unsigned)n : 1;
}
