/* HTTP as the shop's services need it: small forms in, small forms out, on the loopback. */
#ifndef WEB_H
#define WEB_H

#include <stddef.h>

#define WEB_MAX_BODY 2048

struct web_request {
	const char *method, *path, *body;
	const char *(*header)(void *connection, const char *name); /* NULL when it is not there */
	void *connection;
};

struct web_response {
	int status; /* 0: there was no answer */
	size_t length;
	char body[WEB_MAX_BODY];
};

/* Answers a request; called by many threads at once, one for each connection. */
typedef void (*web_handler)(const struct web_request *request, struct web_response *response);

/* The whole life of a service: listens on a free port of 127.0.0.1, writes the port's number to
 * `port_file`, serves until SIGTERM or SIGINT, and finishes what it had begun. The exit code. */
int web_serve(const char *service, const char *port_file, web_handler handler);

/* The same as a main function: SERVICE --port-file FILE. */
int web_main(int argc, char **argv, const char *service, web_handler handler);

void web_answer(struct web_response *response, int status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Posts a form and waits for the answer, on a connection that the thread keeps. 0, or -1 when there
 * was none. */
int web_post(const char *url, const char *form, struct web_response *response);

/* What the request that this thread answers is about, for whoever watches. */
void web_label(const char *key, const char *value);

/* Sees every request come and go. */
struct web_observer {
	void (*start)(const char *service);
	void (*stop)(void);
	void *(*arrives)(const struct web_request *request);
	void (*answered)(void *state, int status);
	/* A request of our own: `add` gives it a header. */
	void *(*leaves)(const char *url,
		void (*add)(void *headers, const char *name, const char *value), void *headers);
	void (*returned)(void *state, int status);
	void (*label)(const char *key, const char *value);
};

/* The one this program was linked with; NULL: nobody watches. */
extern const struct web_observer *const web_observer;

#endif
