/* Work for threads: each piece brings the context of whoever asked for it. */
#include <ctel/ctel.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

extern ctel_tracer *tracer;

struct piece {
	ctel_ctx context;
	int fd;
	int rc;
};

static volatile sig_atomic_t is_stopped;

static void on_stop(int signal_number)
{
	(void)signal_number;
	is_stopped = 1;
}

static void *work(void *argument)
{
	struct piece *piece = argument;
	ctel_scope scope = ctel_ctx_attach(piece->context);
	ctel_span *span = ctel_span_enter(tracer, "sync piece");

	piece->rc = fsync(piece->fd) < 0 ? -errno : 0;
	if (piece->rc < 0)
		ctel_span_error(span, "fsync", NULL);
	ctel_span_end(span);
	ctel_ctx_detach(scope);
	return NULL;
}

int sync_in_background(int fd)
{
	CTEL_SPAN(span, tracer, "sync in background");
	struct piece piece = {.fd = fd};
	pthread_t thread;

	piece.context = ctel_ctx_copy(ctel_ctx_current());
	if (pthread_create(&thread, NULL, work, &piece)) {
		ctel_span_error(span, "no_thread", NULL);
		ctel_ctx_release(&piece.context);
		return -EAGAIN;
	}
	pthread_join(thread, NULL);
	ctel_ctx_release(&piece.context);
	if (piece.rc < 0) {
		ctel_span_error(span, "piece", NULL);
		return -EIO;
	}
	return 0;
}

int serve(int fd)
{
	struct sigaction action = {0};
	action.sa_handler = on_stop;
	sigaction(SIGTERM, &action, NULL);
	int rc = 0;
	while (!is_stopped && rc == 0)
		rc = sync_in_background(fd);
	return rc;
}
