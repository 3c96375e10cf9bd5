// Not finished yet, ended by a helper that gets the record, and reached by somebody else.
#include <ctel/ctel.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

struct request {
	ctel_span *span;
	const char *line;
	int peer;
};

static void request_fail(struct request *request, const char *what)
{
	ctel_span_error(request->span, what, NULL);
	ctel_span_end(request->span);
}

int request_serve(struct request *request)
{
	if (send(request->peer, request->line, strlen(request->line), 0) < 0) {
		request_fail(request, "send");
		return -errno; // ok: inconsistent-exits
	}
	char answer[64];
	if (recv(request->peer, answer, sizeof(answer), 0) < 0) {
		request_fail(request, "recv");
		return -errno; // ok: inconsistent-exits
	}
	ctel_span_end(request->span);
	return 0;
}

enum step { STEP_DONE, STEP_FAILED, STEP_AGAIN };

enum step request_step(struct request *request)
{
	char answer[64];
	long n = recv(request->peer, answer, sizeof(answer), 0);
	if (n < 0 && errno == EAGAIN)
		return STEP_AGAIN; // ok: inconsistent-exits
	if (n < 0) {
		ctel_span_end(request->span);
		return STEP_FAILED;
	}
	if (n == 0) {
		ctel_span_end(request->span);
		return STEP_DONE;
	}
	ctel_span_end(request->span);
	return STEP_DONE;
}

struct server {
	struct request *current;
	void (*on_error)(struct server *server);
};

int server_step(struct server *server, struct request *request)
{
	if (send(request->peer, "a", 1, 0) < 0) {
		server->on_error(server);
		return -errno; // ok: inconsistent-exits
	}
	if (send(request->peer, "b", 1, 0) < 0) {
		ctel_span_end(request->span);
		return -errno;
	}
	if (send(request->peer, "c", 1, 0) < 0) {
		ctel_span_end(request->span);
		return -errno;
	}
	ctel_span_end(request->span);
	return 0;
}
