// Through a macro, a constant and a helper of the house.
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

#define KEY_PEER "net.peer.ip" // expect-step: deprecated-attribute "written here"
static const char db_user[] = "db.user"; // expect-step: deprecated-attribute "written here"

static void tag(ctel_span *span, const char *key, const char *value)
{
	ctel_set(span, key, value);
}

int query(int fd, const char *peer, const char *user, const char *statement, unsigned long size)
{
	CTEL_SPAN(span, tracer, "query");

	ctel_set(span, KEY_PEER, peer); // expect: deprecated-attribute "net.peer.ip"
	ctel_set(span, db_user, user); // expect: deprecated-attribute "no replacement"
	tag(span, "db.statement", statement); // expect: deprecated-attribute "db.query.text"
	long sent = send(fd, statement, size, 0);
	if (sent < 0) {
		ctel_span_error(span, "send", "connection lost");
		return -1;
	}
	return 0;
}
