/* SPDX-License-Identifier: Apache-2.0 */
/* HTTP for the exercises, by libmicrohttpd and libcurl. */
#include "web.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct web_request {
	struct MHD_Connection *connection;
	char form[256], text[32];
	size_t length;
};

static struct MHD_Daemon *daemons[4];
static int nr_daemons;

const char *web_header(void *request, const char *name)
{
	struct web_request *r = request;
	return MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, name);
}

/* Where the value of a key begins, or NULL. */
static const char *value_of(const char *form, const char *key)
{
	size_t n = strlen(key);
	for (const char *at = form; at; at = strchr(at, '&')) {
		at += *at == '&';
		if (strncmp(at, key, n) == 0 && at[n] == '=')
			return at + n + 1;
	}
	return NULL;
}

int web_number(const struct web_request *request, const char *key)
{
	const char *value = value_of(request->form, key);
	return value ? atoi(value) : 0;
}

const char *web_text(struct web_request *request, const char *key)
{
	const char *value = value_of(request->form, key);
	size_t n = value ? strcspn(value, "&") : 0;
	snprintf(request->text, sizeof(request->text), "%.*s", (int)n, value ? value : "");
	return request->text;
}

static enum MHD_Result answer(struct MHD_Connection *connection, int status)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	enum MHD_Result result = MHD_queue_response(connection, (unsigned)status, response);
	MHD_destroy_response(response);
	return result;
}

/* libmicrohttpd calls this once with the headers, once for each piece of the form, and once more.
 */
static enum MHD_Result take(void *handler, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *data, size_t *size, void **state)
{
	struct web_request *r = *state;
	(void)url;
	(void)method;
	(void)version;
	if (!r) {
		*state = r = calloc(1, sizeof(*r));
		return r ? MHD_YES : MHD_NO;
	}
	if (*size) {
		size_t room = sizeof(r->form) - 1 - r->length;
		size_t n = *size < room ? *size : room;
		memcpy(r->form + r->length, data, n);
		r->length += n;
		*size = 0;
		return MHD_YES;
	}
	r->connection = connection;
	return answer(connection, (*(web_handler *)handler)(r));
}

static void forget(void *user, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode code)
{
	(void)user;
	(void)connection;
	(void)code;
	free(*state);
	*state = NULL;
}

int web_serve(web_handler handler)
{
	static web_handler handlers[4];
	struct sockaddr_in here = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	handlers[nr_daemons] = handler;
	struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL,
		take, &handlers[nr_daemons], MHD_OPTION_SOCK_ADDR, &here,
		MHD_OPTION_NOTIFY_COMPLETED, forget, NULL, MHD_OPTION_END);
	if (!d)
		return 0;
	daemons[nr_daemons++] = d;
	return MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT)->port;
}

int web_run(web_handler handler, const char *port_file)
{
	sigset_t ends;
	int got;
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	pthread_sigmask(SIG_BLOCK, &ends, NULL); /* for the threads as well */
	int port = web_serve(handler);
	FILE *file = port ? fopen(port_file, "w") : NULL;
	if (!file)
		return -1;
	fprintf(file, "%d\n", port);
	fclose(file);
	sigwait(&ends, &got);
	web_stop();
	return 0;
}

void web_stop(void)
{
	while (nr_daemons > 0)
		MHD_stop_daemon(daemons[--nr_daemons]);
}

void web_header_add(void *headers, const char *name, const char *value)
{
	struct web_headers *h = headers;
	char line[1024];
	snprintf(line, sizeof(line), "%s: %s", name, value);
	h->list = curl_slist_append(h->list, line);
}

int web_post(int port, const char *path, struct web_headers *headers, const char *form)
{
	char url[128];
	long status = 0;
	CURL *curl = curl_easy_init();
	snprintf(url, sizeof(url), "http://127.0.0.1:%d%s", port, path);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, form);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
	if (headers)
		curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers->list);
	CURLcode rc = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_cleanup(curl);
	if (headers)
		curl_slist_free_all(headers->list);
	return rc == CURLE_OK ? (int)status : -1;
}
