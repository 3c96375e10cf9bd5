/* The service that the W3C's Trace Context suite talks to: for each element of the JSON array it is
 * sent, {"url": u, "arguments": a}, it posts `a` to `u` with the context of the request.
 *
 *	w3c_service        prints its port on the loopback address; ends when standard input does
 */
#include <ctel/ctel.h>

#include <arpa/inet.h>
#include <cjson/cJSON.h>
#include <curl/curl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static ctel_tracer *tracer;

struct request {
	char *body;
	size_t n;
};

/* A carrier that reads: the headers of one request, those of one name joined by commas. */
struct headers {
	struct MHD_Connection *connection;
	const char *name;
	char joined[16384];
	size_t n;
	bool is_there;
};

static enum MHD_Result join(
	void *user, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct headers *h = user;
	int n;

	(void)kind;
	if (strcasecmp(name, h->name) != 0)
		return MHD_YES;
	n = snprintf(h->joined + h->n, sizeof(h->joined) - h->n, "%s%s", h->is_there ? "," : "",
		value ? value : "");
	if (n < 0 || (size_t)n >= sizeof(h->joined) - h->n)
		return MHD_NO;
	h->n += (size_t)n;
	h->is_there = true;
	return MHD_YES;
}

static const char *get_header(void *carrier, const char *name)
{
	struct headers *h = carrier;

	h->name = name;
	h->n = 0;
	h->joined[0] = 0;
	h->is_there = false;
	MHD_get_connection_values(h->connection, MHD_HEADER_KIND, join, h);
	return h->is_there ? h->joined : NULL;
}

static void set_header(void *carrier, const char *name, const char *value)
{
	struct curl_slist **list = carrier;
	size_t n = strlen(name) + strlen(value) + 3;
	char *line = malloc(n);

	if (!line)
		return;
	snprintf(line, n, "%s: %s", name, value);
	*list = curl_slist_append(*list, line);
	free(line);
}

static size_t ignore(char *data, size_t size, size_t n, void *user)
{
	(void)data;
	(void)user;
	return size * n;
}

/* One call to elsewhere, with a CLIENT span of its own. */
static void call(const char *url, const char *body)
{
	ctel_span *span = ctel_span_start(tracer, "POST", &(ctel_start){.kind = CTEL_CLIENT});
	struct curl_slist *headers = NULL;
	CURL *curl = curl_easy_init();
	CURLcode rc;

	if (!curl)
		return;
	headers = curl_slist_append(headers, "Content-Type: application/json");
	ctel_inject(ctel_ctx_with_span(span), set_header, &headers);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 5000L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	rc = curl_easy_perform(curl);
	if (rc)
		ctel_span_error(span, "curl", curl_easy_strerror(rc));
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	ctel_span_end(span);
}

/* False when the body is not what the suite sends. */
static bool make_calls(const struct request *r)
{
	cJSON *calls = cJSON_ParseWithLength(r->body ? r->body : "", r->n), *one;
	bool is_array = cJSON_IsArray(calls);
	const cJSON *list = is_array ? calls : NULL;

	cJSON_ArrayForEach(one, list)
	{
		const char *url = cJSON_GetStringValue(cJSON_GetObjectItem(one, "url"));
		char *body = cJSON_PrintUnformatted(cJSON_GetObjectItem(one, "arguments"));

		if (url && body)
			call(url, body);
		cJSON_free(body);
	}
	cJSON_Delete(calls);
	return is_array;
}

static enum MHD_Result handle(struct MHD_Connection *connection, struct request *r)
{
	struct headers headers = {.connection = connection};
	CTEL_CTX(remote, ctel_extract(get_header, &headers));
	ctel_span *span = ctel_span_enter_with(
		tracer, "POST /test", &(ctel_start){.parent = &remote, .kind = CTEL_SERVER});
	bool is_good = make_calls(r);
	struct MHD_Response *response = MHD_create_response_from_buffer(
		4, (void *)(uintptr_t)"null", MHD_RESPMEM_PERSISTENT);
	enum MHD_Result result;

	ctel_span_end(span);
	MHD_add_response_header(response, "Content-Type", "application/json");
	result = MHD_queue_response(connection, is_good ? 200 : 400, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result on_request(void *user, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *data, size_t *n, void **state)
{
	struct request *r = *state;
	char *bigger;

	(void)user;
	(void)url;
	(void)method;
	(void)version;
	if (!r) {
		*state = calloc(1, sizeof(*r));
		return *state ? MHD_YES : MHD_NO;
	}
	if (!*n)
		return handle(connection, r);
	bigger = realloc(r->body, r->n + *n);
	if (!bigger)
		return MHD_NO;
	r->body = bigger;
	memcpy(r->body + r->n, data, *n);
	r->n += *n;
	*n = 0;
	return MHD_YES;
}

static void on_completed(void *user, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode how)
{
	struct request *r = *state;

	(void)user;
	(void)connection;
	(void)how;
	if (r)
		free(r->body);
	free(r);
}

int main(void)
{
	struct sockaddr_in local = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	ctel_memory *memory = ctel_memory_new();
	ctel_config config = {.service_name = "w3c suite"};
	struct MHD_Daemon *daemon;
	char byte;

	curl_global_init(CURL_GLOBAL_ALL);
	config.processors[0].exporter = ctel_exporter_memory(memory);
	if (ctel_init_with(&config))
		return 2;
	tracer = ctel_tracer_get("w3c_service", NULL);
	daemon = MHD_start_daemon(MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD,
		0, NULL, NULL, on_request, NULL, MHD_OPTION_SOCK_ADDR, &local,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_END);
	if (!daemon)
		return 2;
	printf("%d\n", MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
	fflush(stdout);
	while (read(0, &byte, 1) > 0)
		;
	MHD_stop_daemon(daemon);
	ctel_shutdown(1000);
	ctel_memory_free(memory);
	return 0;
}
