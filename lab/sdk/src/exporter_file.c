/* SPDX-License-Identifier: Apache-2.0 */
/* OTLP JSON lines: one request a line, appended to a file or written to the standard output. A
 * reader that does not read holds up nobody beyond the deadline, and one that has gone is an error
 * like others. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "sdk.h"

struct file {
	struct ctel_exporter base;
	int fd;
	bool is_regular;
	bool is_mid_line; /* the last byte written was not a line's last */
	bool is_in_work;  /* `line` is a batch that is not written out yet */
	struct text line;
	size_t done; /* bytes of it that are written */
};

/* Waits until a write of up to PIPE_BUF bytes will not block. The deadline may move. */
static int wait_writable(struct file *f, uint64_t deadline)
{
	for (;;) {
		int left = clock_ms_until(exporter_deadline(&f->base, deadline));
		struct pollfd p = {.fd = f->fd, .events = POLLOUT};
		int n = poll(&p, 1, left < 100 ? left : 100);
		if (n > 0)
			return 0;
		if (n == 0 && left <= 100)
			return -EAGAIN;
		if (n < 0 && errno != EINTR)
			return -errno;
	}
}

/* write(), without the SIGPIPE of a reader that has gone: that is not one to end the program with.
 */
static ssize_t write_quietly(int fd, const char *bytes, size_t n)
{
	sigset_t pipe_only, old, pending;
	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	sigpending(&pending);
	pthread_sigmask(SIG_BLOCK, &pipe_only, &old);
	ssize_t written = write(fd, bytes, n);
	int error = errno;
	/* Ours, unless one was pending already. */
	if (written < 0 && error == EPIPE && !sigismember(&pending, SIGPIPE))
		sigtimedwait(&pipe_only, NULL, &(struct timespec){0});
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	errno = error;
	return written;
}

/* Goes on with the line where it stopped. */
static int write_line(struct file *f, uint64_t deadline)
{
	int rc = 0;
	while (f->done < f->line.n && rc == 0) {
		size_t n = f->line.n - f->done;
		if (!f->is_regular) {
			rc = wait_writable(f, deadline);
			if (n > PIPE_BUF)
				n = PIPE_BUF;
		}
		ssize_t written = rc ? 0 : write_quietly(f->fd, f->line.s + f->done, n);
		if (written < 0 && errno != EINTR && errno != EAGAIN)
			rc = -errno;
		else if (written > 0) {
			f->done += (size_t)written;
			f->is_mid_line = f->line.s[f->done - 1] != '\n';
		}
	}
	return rc;
}

static void file_abandon(struct ctel_exporter *e)
{
	((struct file *)e)->is_in_work = false;
}

static int file_export(struct ctel_exporter *e, const ctel_batch *batch, uint64_t deadline)
{
	struct file *f = (struct file *)e;
	if (!f->is_in_work) {
		if (!encode_json(&f->line, batch))
			return f->line.is_broken ? -ENOMEM : -E2BIG;
		text_puts(&f->line, "\n");
		if (f->line.is_broken)
			return -ENOMEM;
		f->done = 0;
		f->is_in_work = true;
		/* What a failed write left behind must not spoil this line too. */
		if (f->is_mid_line && write_quietly(f->fd, "\n", 1) != 1)
			goto failed;
	}
	int rc = write_line(f, deadline);
	if (rc != -EAGAIN)
		f->is_in_work = false;
	if (rc == 0)
		count_add(COUNT_BYTES, f->line.n);
	return rc;
failed:
	f->is_in_work = false;
	return -errno;
}

/* The rest of a line is the parent's to write; its thread may have been changing the line's memory,
 * which is forgotten and not freed. */
static void file_forked(struct ctel_exporter *e)
{
	struct file *f = (struct file *)e;
	f->line = (struct text){0};
	f->is_in_work = f->is_mid_line = false;
}

static void file_destroy(struct ctel_exporter *e)
{
	struct file *f = (struct file *)e;
	close(f->fd);
	text_free(&f->line);
	free(f);
}

ctel_exporter *ctel_exporter_file(const char *path)
{
	struct stat st;
	struct file *f = calloc(1, sizeof(*f));
	exporter_error = -ENOMEM;
	if (!f)
		return NULL;
	f->fd = !strcmp(path, "-") ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0)
				   : open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (f->fd < 0) {
		exporter_error = -errno;
		log_error("%s: %s", path, strerror(errno));
		free(f);
		return NULL;
	}
	exporter_error = 0;
	f->is_regular = fstat(f->fd, &st) == 0 && S_ISREG(st.st_mode);
	f->base.export_batch = file_export;
	f->base.abandon = file_abandon;
	f->base.forked = file_forked;
	f->base.destroy = file_destroy;
	return &f->base;
}
