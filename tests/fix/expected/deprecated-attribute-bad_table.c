// From a table by an enumerator, by a variable (then any of its keys can come), from a table of records.
#include <ctel/ctel.h>
#include <sys/socket.h>

extern ctel_tracer *tracer;

enum key { KEY_HOST, KEY_SYSTEM, KEY_OWN, NR_KEYS };

static const char *const keys[NR_KEYS] = {
	[KEY_HOST] = "server.address",
	[KEY_SYSTEM] = "messaging.url",
	[KEY_OWN] = "app.queue",
};

static const struct {
	int column;
	const char *key;
} columns[] = {{1, "enduser.scope"}, {2, "app.column"}};

int publish(int fd, enum key extra, const char *value, const char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "publish");

	ctel_set(span, keys[KEY_HOST], value); // expect: deprecated-attribute "server.address"
	ctel_set(span, keys[KEY_OWN], value);
	ctel_set(span, columns[0].key, value); // expect: deprecated-attribute "enduser.scope"
	if (send(fd, line, size, 0) < 0) {
		ctel_span_error(span, "send", "connection lost");
		return -1;
	}
	ctel_set(span, keys[extra], value); // expect: deprecated-attribute "net.host.name"; deprecated-attribute "messaging.url"
	return 0;
}
