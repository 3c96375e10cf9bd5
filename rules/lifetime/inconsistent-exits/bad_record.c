// The span comes with the request, and each way out ends it but one.
#include <ctel/ctel.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

struct request {
	ctel_span *span;
	const char *line;
	int peer;
};

int request_serve(struct request *request)
{
	if (!strcmp(request->line, "quit")) {
		ctel_span_end(request->span);
		return 0;
	}
	if (send(request->peer, request->line, strlen(request->line), 0) < 0)
		return -errno; // expect: inconsistent-exits "does not end request->span"
	char answer[64];
	if (recv(request->peer, answer, sizeof(answer), 0) < 0) {
		ctel_span_error(request->span, "recv", NULL);
		ctel_span_end(request->span);
		return -errno;
	}
	ctel_span_end(request->span);
	return 0;
}
