/* The span comes back through a parameter: the session's owner ends it. */
#include <ctel/ctel.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

struct session {
	int fd;
	int nr_requests;
};

static int session_begin(struct session *session, ctel_span **out)
{
	*out = ctel_span_start(tracer, "session", NULL);
	session->fd = socket(AF_INET, SOCK_STREAM, 0);
	session->nr_requests = 0;
	return session->fd < 0 ? -errno : 0;
}

static void session_end(struct session *session, ctel_span **span)
{
	if (session->fd >= 0)
		close(session->fd);
	ctel_span_end(*span);
	*span = NULL;
}

int session_nr_requests(const struct session *session)
{
	return session->nr_requests;
}

int session_request(struct session *session, const char *line)
{
	if (send(session->fd, line, strlen(line), 0) < 0)
		return -errno;
	session->nr_requests++;
	return 0;
}

int session_play(const char *const *lines, int nr)
{
	struct session session;
	ctel_span *span;
	int rc = session_begin(&session, &span);

	if (rc < 0)
		goto end;
	for (int i = 0; i < nr && rc == 0; i++)
		rc = session_request(&session, lines[i]);
	ctel_set(span, "app.session.requests", session_nr_requests(&session));
end:
	if (rc < 0)
		ctel_span_error(span, "session_failed", strerror(-rc));
	session_end(&session, &span);
	return rc;
}

int session_ping(void)
{
	struct session session;
	ctel_span *span;
	int rc = session_begin(&session, &span);

	if (rc < 0) {
		ctel_span_error(span, "no_socket", NULL);
		session_end(&session, &span);
		return rc;
	}
	rc = session_request(&session, "ping\n");
	if (rc < 0)
		ctel_span_error(span, "no_answer", NULL);
	session_end(&session, &span);
	return rc;
}
