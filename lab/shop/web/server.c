/* A service: libmicrohttpd, a thread for each connection, an end at SIGTERM. */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "web.h"

/* What has come of a request so far. */
struct upload {
	size_t length;
	char body[WEB_MAX_BODY];
};

static const char *get_header(void *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

void web_answer(struct web_response *response, int status, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	int n = vsnprintf(response->body, sizeof(response->body), format, args);
	va_end(args);
	response->status = n >= 0 && (size_t)n < sizeof(response->body) ? status : 500;
	response->length = response->status == status ? (size_t)n : 0;
}

void web_label(const char *key, const char *value)
{
	if (web_observer)
		web_observer->label(key, value);
}

static enum MHD_Result reply(struct MHD_Connection *connection, struct web_response *response)
{
	struct MHD_Response *out = MHD_create_response_from_buffer(
		response->length, response->body, MHD_RESPMEM_MUST_COPY);
	if (!out)
		return MHD_NO;
	enum MHD_Result rc = MHD_queue_response(connection, (unsigned)response->status, out);
	MHD_destroy_response(out);
	return rc;
}

/* The whole request is there. */
static enum MHD_Result answer(web_handler handler, const struct web_request *request)
{
	struct web_response response = {.status = 500};
	void *state = web_observer ? web_observer->arrives(request) : NULL;
	handler(request, &response);
	if (web_observer)
		web_observer->answered(state, response.status);
	return reply(request->connection, &response);
}

/* Called when the head is there, for each piece of the body, and when it is complete. */
static enum MHD_Result handle(void *user, struct MHD_Connection *connection, const char *path,
	const char *method, const char *version, const char *data, size_t *n, void **state)
{
	web_handler *handler = user;
	struct upload *upload = *state;
	(void)version;
	if (!upload) {
		*state = calloc(1, sizeof(*upload));
		return *state ? MHD_YES : MHD_NO;
	}
	if (*n) {
		if (*n >= sizeof(upload->body) - upload->length)
			return MHD_NO;
		memcpy(upload->body + upload->length, data, *n);
		upload->length += *n;
		*n = 0;
		return MHD_YES;
	}
	struct web_request request = {.method = method,
		.path = path,
		.body = upload->body,
		.header = get_header,
		.connection = connection};
	return answer(*handler, &request);
}

static void finish(void *user, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode code)
{
	(void)user, (void)connection, (void)code;
	free(*state);
	*state = NULL;
}

/* Whoever waits for the file sees all of it or nothing. */
static int write_port(struct MHD_Daemon *daemon, const char *path)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
	char *draft = NULL;
	FILE *f = NULL;
	int rc = -1;
	if (info && asprintf(&draft, "%s.new", path) >= 0)
		f = fopen(draft, "w");
	if (f) {
		int written = fprintf(f, "%u\n", info->port);
		rc = fclose(f) == 0 && written > 0 ? rename(draft, path) : -1;
	}
	if (rc != 0)
		perror(path);
	free(draft);
	return rc;
}

int web_serve(const char *service, const char *port_file, web_handler handler)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	sigset_t ends;
	int rc = -1, signal_number;
	/* Before any thread is started, so that all of them leave these to sigwait. */
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	pthread_sigmask(SIG_BLOCK, &ends, NULL);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	if (web_observer)
		web_observer->start(service);
	struct MHD_Daemon *daemon = MHD_start_daemon(
		MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_AUTO, 0,
		NULL, NULL, handle, &handler, MHD_OPTION_SOCK_ADDR, &address,
		MHD_OPTION_NOTIFY_COMPLETED, finish, NULL, MHD_OPTION_END);
	if (!daemon)
		fprintf(stderr, "%s: cannot listen on 127.0.0.1\n", service);
	else
		rc = write_port(daemon, port_file);
	if (rc == 0)
		sigwait(&ends, &signal_number);
	if (daemon)
		MHD_stop_daemon(daemon);
	if (web_observer)
		web_observer->stop();
	curl_global_cleanup();
	return rc == 0 ? 0 : 1;
}

int web_main(int argc, char **argv, const char *service, web_handler handler)
{
	if (argc != 3 || strcmp(argv[1], "--port-file") != 0) {
		fprintf(stderr, "usage: %s --port-file FILE\n", argv[0]);
		return 2;
	}
	return web_serve(service, argv[2], handler);
}
