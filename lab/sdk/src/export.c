/* SPDX-License-Identifier: Apache-2.0 */
/* Ended spans wait here, and are written as OTLP JSON lines: by flush and shutdown, and by the
 * thread whose span fills a batch, which does not wait for another writer nor for a slow reader. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

#define BATCH         512                /* spans in one request */
#define MAX_WAITING   2048               /* spans; more are dropped */
#define MAX_UNWRITTEN (4u * 1024 * 1024) /* bytes kept for a reader that does not read */
#define FULL_BATCH_MS 20 /* how long a thread that fills a batch may be held up by a pipe */

atomic_bool export_is_on;

static _Atomic uint64_t counts[NR_COUNTS];

void count_add(enum count which, uint64_t n)
{
	atomic_fetch_add_explicit(&counts[which], n, memory_order_relaxed);
}

void ctel_stats_get(ctel_stats *out)
{
	out->started = atomic_load(&counts[COUNT_STARTED]);
	out->ended = atomic_load(&counts[COUNT_ENDED]);
	out->exported = atomic_load(&counts[COUNT_EXPORTED]);
	out->dropped = atomic_load(&counts[COUNT_DROPPED]);
	out->misused = atomic_load(&counts[COUNT_MISUSED]);
}

struct waiting {
	struct waiting *next;
	ctel_tracer *tracer;
	struct text json;
};

/* The queue: short critical sections, nothing is written while its lock is held. */
static struct {
	pthread_mutex_t lock;
	struct waiting *first, **last;
	unsigned nr;
} queue = {.lock = PTHREAD_MUTEX_INITIALIZER, .last = &queue.first};

/* The file, and whole lines it has not taken yet. Its lock comes before the queue's. */
static struct {
	pthread_mutex_t lock;
	int fd;
	bool is_regular;
	bool is_mid_line; /* the last byte written was not a line's last */
	struct text resource;
	struct text unwritten;
	uint64_t nr_unwritten; /* spans in `unwritten` */
} file = {.lock = PTHREAD_MUTEX_INITIALIZER, .fd = -1};

/* ---- Writing ------------------------------------------------------------------------------- */

static uint64_t deadline_after(int timeout_ms)
{
	return clock_steady() + (uint64_t)(timeout_ms > 0 ? timeout_ms : 0) * 1000000u;
}

static int ms_until(uint64_t deadline)
{
	uint64_t now = clock_steady();
	uint64_t ms = deadline > now ? (deadline - now + 999999u) / 1000000u : 0;
	return ms > INT_MAX ? INT_MAX : (int)ms;
}

/* Waits until a write of up to PIPE_BUF bytes will not block. */
static int wait_writable(uint64_t deadline)
{
	for (;;) {
		struct pollfd p = {.fd = file.fd, .events = POLLOUT};
		int n = poll(&p, 1, ms_until(deadline));
		if (n > 0)
			return 0;
		if (n == 0)
			return -ETIMEDOUT;
		if (errno != EINTR)
			return -errno;
	}
}

/* write(), without the SIGPIPE of a reader that has gone: that is an error like others, and not one
 * to end the program with. */
static ssize_t write_quietly(const char *bytes, size_t n)
{
	sigset_t pipe_only, old, pending;
	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	sigpending(&pending);
	pthread_sigmask(SIG_BLOCK, &pipe_only, &old);
	ssize_t written = write(file.fd, bytes, n);
	int error = errno;
	/* Ours, unless one was pending already. */
	if (written < 0 && error == EPIPE && !sigismember(&pending, SIGPIPE))
		sigtimedwait(&pipe_only, NULL, &(struct timespec){0});
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	errno = error;
	return written;
}

/* Writes what is unwritten; what the deadline leaves over stays, to be continued where it stopped.
 * A failed write loses the text. */
static int write_out(uint64_t deadline)
{
	struct text *t = &file.unwritten;
	size_t done = 0;
	int rc = 0;
	while (done < t->n && rc == 0) {
		size_t n = t->n - done;
		if (!file.is_regular) {
			rc = wait_writable(deadline);
			if (n > PIPE_BUF)
				n = PIPE_BUF;
		}
		ssize_t written = rc ? 0 : write_quietly(t->s + done, n);
		if (written < 0 && errno != EINTR && errno != EAGAIN)
			rc = -errno;
		else if (written > 0) {
			done += (size_t)written;
			file.is_mid_line = t->s[done - 1] != '\n';
		}
	}
	if (done == t->n || (rc && rc != -ETIMEDOUT)) {
		count_add(rc ? COUNT_DROPPED : COUNT_EXPORTED, file.nr_unwritten);
		file.nr_unwritten = 0;
		text_clear(t);
	} else if (done) {
		memmove(t->s, t->s + done, t->n - done + 1);
		t->n -= done;
	}
	return rc;
}

/* ---- From the queue to lines --------------------------------------------------------------- */

static struct waiting *take_batch(void)
{
	pthread_mutex_lock(&queue.lock);
	struct waiting *first = queue.first, *w = first;
	unsigned n = w ? 1 : 0;
	while (w && w->next && n < BATCH) {
		w = w->next;
		n++;
	}
	if (w) {
		queue.first = w->next;
		w->next = NULL;
		if (!queue.first)
			queue.last = &queue.first;
		queue.nr -= n;
	}
	pthread_mutex_unlock(&queue.lock);
	return first;
}

/* Appends the spans of the first one's tracer to `out` and frees them; returns the others. */
static struct waiting *add_scope(struct text *out, struct waiting *batch, uint64_t *nr)
{
	ctel_tracer *tracer = batch->tracer;
	struct waiting *others = NULL, **last = &others;
	text_puts(out, "{\"scope\":{\"name\":");
	text_json(out, tracer->name);
	if (*tracer->version) {
		text_puts(out, ",\"version\":");
		text_json(out, tracer->version);
	}
	text_puts(out, "},\"spans\":[");
	for (const char *comma = ""; batch;) {
		struct waiting *next = batch->next;
		if (batch->tracer != tracer) {
			*last = batch;
			last = &batch->next;
			batch->next = NULL;
		} else {
			text_puts(out, comma);
			text_add(out, batch->json.s, batch->json.n);
			text_free(&batch->json);
			free(batch);
			comma = ",";
			++*nr;
		}
		batch = next;
	}
	text_puts(out, "]}");
	return others;
}

/* One line for one batch; consumes it. */
static void add_line(struct waiting *batch)
{
	struct text *out = &file.unwritten;
	size_t before = out->n;
	uint64_t nr = 0;
	/* What a failed write left behind must not spoil this line too. */
	if (out->n == 0 && file.is_mid_line)
		text_puts(out, "\n");
	text_puts(out, "{\"resourceSpans\":[{\"resource\":");
	text_add(out, file.resource.s, file.resource.n);
	text_puts(out, ",\"scopeSpans\":[");
	for (const char *comma = ""; batch; comma = ",") {
		text_puts(out, comma);
		batch = add_scope(out, batch, &nr);
	}
	text_puts(out, "]}]}\n");
	if (out->is_broken || out->n > MAX_UNWRITTEN) {
		out->n = before;
		out->is_broken = false;
		count_add(COUNT_DROPPED, nr);
	} else {
		file.nr_unwritten += nr;
	}
}

/* With the file's lock held. */
static int drain(uint64_t deadline)
{
	int rc = file.unwritten.n ? write_out(deadline) : 0;
	while (rc == 0) {
		struct waiting *batch = take_batch();
		if (!batch)
			break;
		add_line(batch);
		rc = write_out(deadline);
	}
	return rc;
}

void export_queue(ctel_tracer *tracer, struct text *json)
{
	bool is_on = atomic_load_explicit(&export_is_on, memory_order_relaxed);
	struct waiting *w = is_on && !json->is_broken ? malloc(sizeof(*w)) : NULL;
	unsigned nr = 0;
	if (w) {
		*w = (struct waiting){.tracer = tracer, .json = *json};
		pthread_mutex_lock(&queue.lock);
		if (queue.nr < MAX_WAITING) {
			*queue.last = w;
			queue.last = &w->next;
			nr = ++queue.nr;
		}
		pthread_mutex_unlock(&queue.lock);
	}
	if (!nr) {
		free(w);
		text_free(json);
		count_add(COUNT_DROPPED, 1);
	}
	if (nr < BATCH || pthread_mutex_trylock(&file.lock) != 0)
		return;
	if (file.fd >= 0)
		drain(deadline_after(FULL_BATCH_MS));
	pthread_mutex_unlock(&file.lock);
}

/* ---- Lifecycle ----------------------------------------------------------------------------- */

static void drop_waiting(void)
{
	struct waiting *batch;
	while ((batch = take_batch())) {
		while (batch) {
			struct waiting *next = batch->next;
			text_free(&batch->json);
			free(batch);
			batch = next;
			count_add(COUNT_DROPPED, 1);
		}
	}
}

static void fork_prepare(void)
{
	pthread_mutex_lock(&file.lock);
	pthread_mutex_lock(&queue.lock);
}

static void fork_parent(void)
{
	pthread_mutex_unlock(&queue.lock);
	pthread_mutex_unlock(&file.lock);
}

/* What waited is the parent's to write. */
static void fork_child(void)
{
	pthread_mutex_unlock(&queue.lock);
	id_forked();
	drop_waiting();
	text_clear(&file.unwritten);
	file.nr_unwritten = 0;
	for (int i = 0; i < NR_COUNTS; i++)
		atomic_store(&counts[i], 0);
	pthread_mutex_unlock(&file.lock);
}

static void register_fork(void)
{
	pthread_atfork(fork_prepare, fork_parent, fork_child);
	pool_at_fork();
	tracer_at_fork();
}

/* With the file's lock held. */
static int open_file(const char *path, const char *service_name)
{
	bool is_stdout = !strcmp(path, "-");
	int fd = is_stdout ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0)
			   : open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (fd < 0)
		return -errno;
	struct stat st;
	file.is_regular = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	text_clear(&file.resource);
	encode_resource(&file.resource, service_name);
	if (file.resource.is_broken) {
		close(fd);
		return -ENOMEM;
	}
	file.fd = fd;
	file.is_mid_line = false;
	return 0;
}

static const char *environment(const char *name)
{
	const char *value = getenv(name);
	return value && *value ? value : NULL;
}

int ctel_init(const char *service_name)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const char *path = environment("CTEL_FILE");
	const char *disabled = environment("OTEL_SDK_DISABLED");
	const char *name = environment("OTEL_SERVICE_NAME");
	if (!path || (disabled && !strcmp(disabled, "true")))
		return 0;
	if (!name)
		name = service_name && *service_name ? service_name : "unknown_service";
	pthread_once(&once, register_fork);
	pthread_mutex_lock(&file.lock);
	int rc = file.fd >= 0 ? -EALREADY : open_file(path, name);
	if (rc == 0)
		atomic_store(&export_is_on, true);
	pthread_mutex_unlock(&file.lock);
	return rc;
}

/* The file's lock, waiting for another writer no longer than the deadline. */
static int lock_file(uint64_t deadline)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	long ms = ms_until(deadline);
	until.tv_sec += ms / 1000;
	until.tv_nsec += ms % 1000 * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	return pthread_mutex_timedlock(&file.lock, &until) == 0 ? 0 : -ETIMEDOUT;
}

int ctel_flush(int timeout_ms)
{
	uint64_t deadline = deadline_after(timeout_ms);
	int rc = lock_file(deadline);
	if (rc)
		return rc;
	if (file.fd >= 0)
		rc = drain(deadline);
	pthread_mutex_unlock(&file.lock);
	return rc;
}

int ctel_shutdown(int timeout_ms)
{
	uint64_t deadline = deadline_after(timeout_ms);
	atomic_store(&export_is_on, false);
	int rc = lock_file(deadline);
	if (rc)
		return rc;
	if (file.fd >= 0) {
		rc = drain(deadline);
		if (close(file.fd) != 0 && rc == 0)
			rc = -errno;
		file.fd = -1;
		drop_waiting();
		count_add(COUNT_DROPPED, file.nr_unwritten);
		file.nr_unwritten = 0;
		text_free(&file.unwritten);
		text_free(&file.resource);
	}
	pthread_mutex_unlock(&file.lock);
	return rc;
}
