/* SPDX-License-Identifier: Apache-2.0 */
/* HTTP for the exercises: a server on a free port of this machine, and POST requests to one. */
#ifndef WEB_H
#define WEB_H

struct web_request; /* what a handler is given */

/* A header of the request, or NULL. */
const char *web_header(void *request, const char *name);
/* The number after "key=" in a form like "order=1001&cents=4900"; 0 when there is none. */
int web_number(const struct web_request *request, const char *key);
/* The text there, at most 31 characters, good as long as the request is; "" when there is none. */
const char *web_text(struct web_request *request, const char *key);

/* Answers the request with the HTTP status it returns. */
typedef int (*web_handler)(struct web_request *request);

/* Serves on 127.0.0.1, on a thread of its own; the port, or 0. */
int web_serve(web_handler handler);
/* The same, with the port written into a file, until somebody ends this process (SIGTERM, SIGINT).
 * 0, or -1. Call it before other threads are there. */
int web_run(web_handler handler, const char *port_file);
void web_stop(void);

/* Headers to send along; {0} is none. */
struct web_headers {
	struct curl_slist *list;
};
void web_header_add(void *headers, const char *name, const char *value);

/* POSTs the form; the HTTP status, or -1. Frees the headers, which may be NULL. */
int web_post(int port, const char *path, struct web_headers *headers, const char *form);

#endif
