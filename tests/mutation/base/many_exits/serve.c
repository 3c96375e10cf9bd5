/* A request brings its span along; each way out of serve() ends it. */
#include <ctel/ctel.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct request {
	ctel_span *span;
	ctel_ctx context;
	const char *line;
	int peer;
};

int request_serve(struct request *request)
{
	char answer[128];

	if (send(request->peer, "hello", 5, 0) < 0) {
		ctel_span_error(request->span, "hello", NULL);
		ctel_span_end(request->span);
		return -errno;
	}
	if (!strcmp(request->line, "quit")) {
		ctel_set(request->span, "app.request.kind", "quit");
		ctel_span_end(request->span);
		return 0;
	}
	if (send(request->peer, request->line, strlen(request->line), 0) < 0) {
		ctel_span_error(request->span, "send", NULL);
		ctel_span_end(request->span);
		return -errno;
	}
	long n = recv(request->peer, answer, sizeof(answer), 0);
	if (n < 0) {
		ctel_span_error(request->span, "recv", NULL);
		ctel_span_end(request->span);
		return -errno;
	}
	ctel_set(request->span, "app.request.bytes", n);
	ctel_span_end(request->span);
	return 0;
}

int request_log(struct request *request, int fd)
{
	ctel_scope scope = ctel_ctx_attach(request->context);
	size_t size = strlen(request->line);

	if (size == 0) {
		ctel_ctx_detach(scope);
		return 0;
	}
	if (write(fd, request->line, size) < 0) {
		ctel_ctx_detach(scope);
		return -errno;
	}
	if (fsync(fd) < 0) {
		ctel_ctx_detach(scope);
		return -errno;
	}
	ctel_ctx_detach(scope);
	return 0;
}
