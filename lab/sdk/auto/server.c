/* SPDX-License-Identifier: Apache-2.0 */
/* SERVER spans for libmicrohttpd: the access handler is called through ours, which makes the span
 * current while the program works on the request. Names and attributes: semantic conventions for
 * HTTP servers; the route is not known here, so that the name is the method alone. */
#include "auto.h"

#include <microhttpd.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct handler {
	MHD_AccessHandlerCallback function;
	void *user;
};

static const char *get_header(void *connection, const char *name)
{
	return REAL(MHD_lookup_connection_value)(connection, MHD_HEADER_KIND, name);
}

static bool is_known_method(const char *method)
{
	static const char *const known[] = {
		"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"};
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (!strcmp(known[i], method))
			return true;
	return false;
}

/* The request's entry, made with its first call. */
static struct auto_entry request_of(
	struct MHD_Connection *connection, const char *url, const char *method, const char *version)
{
	struct auto_entry e = {.object = connection};
	if (auto_find(connection, &e))
		return e;
	bool is_known = is_known_method(method);
	CTEL_CTX(remote, ctel_extract(get_header, connection));
	const char *host = get_header(connection, "Host");
	const ctel_attr attributes[] = {
		CTEL_ATTR("http.request.method", is_known ? method : "_OTHER"),
		CTEL_ATTR("http.request.method_original", is_known ? (const char *)NULL : method),
		CTEL_ATTR("url.path", url), CTEL_ATTR("url.scheme", "http"),
		CTEL_ATTR("server.address", host),
		CTEL_ATTR("network.protocol.version",
			!strncmp(version, "HTTP/", 5) ? version + 5 : (const char *)NULL),
		CTEL_ATTR("user_agent.original", get_header(connection, "User-Agent"))};
	e.span = ctel_span_start(auto_tracer(), is_known ? method : "HTTP",
		&(ctel_start){.parent = &remote,
			.kind = CTEL_SERVER,
			.attributes = attributes,
			.nr_attributes = sizeof(attributes) / sizeof(*attributes)});
	ctel_ctx with = remote;
	if (e.span) { /* the baggage of the request goes along */
		with = ctel_ctx_with_span(e.span);
		with.baggage = remote.baggage;
	}
	ctel_ctx *kept = malloc(sizeof(*kept));
	if (kept)
		*kept = ctel_ctx_copy(with);
	e.data = kept;
	auto_put(&e);
	return e;
}

static void finish(struct MHD_Connection *connection, bool is_refused)
{
	struct auto_entry e;
	if (!auto_take(connection, &e))
		return;
	if (e.code)
		ctel_set(e.span, "http.response.status_code", e.code);
	if (e.code >= 500) {
		char type[16];
		int n = e.code;
		type[0] = (char)('0' + n / 100 % 10);
		type[1] = (char)('0' + n / 10 % 10);
		type[2] = (char)('0' + n % 10);
		type[3] = '\0';
		ctel_span_error(e.span, type, NULL);
	} else if (is_refused) {
		ctel_span_error(e.span, "connection_closed", "the handler refused the request");
	}
	ctel_span_end(e.span);
	if (e.data)
		ctel_ctx_release(e.data);
	free(e.data);
}

static enum MHD_Result handle(void *user, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *upload, size_t *upload_n, void **state)
{
	const struct handler *h = user;
	if (!ctel_tracer_is_enabled(NULL))
		return h->function(
			h->user, connection, url, method, version, upload, upload_n, state);
	struct auto_entry e = request_of(connection, url, method, version);
	ctel_scope scope = {0};
	if (e.data)
		scope = ctel_ctx_attach(*(ctel_ctx *)e.data);
	enum MHD_Result result =
		h->function(h->user, connection, url, method, version, upload, upload_n, state);
	ctel_ctx_detach(scope);
	if (result == MHD_NO || (auto_find(connection, &e) && e.code))
		finish(connection, result == MHD_NO);
	return result;
}

AUTO_EXPORT enum MHD_Result MHD_queue_response(
	struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response)
{
	struct auto_entry e;
	if (auto_find(connection, &e)) {
		e.code = (int)status;
		auto_put(&e);
	}
	return REAL(MHD_queue_response)(connection, status, response);
}

/* As long as the process: daemons are few, and may outlive every call of ours. */
AUTO_EXPORT struct MHD_Daemon *MHD_start_daemon_va(unsigned int flags, uint16_t port,
	MHD_AcceptPolicyCallback accept, void *accept_user, MHD_AccessHandlerCallback function,
	void *user, va_list options)
{
	static struct handler handlers[256];
	static unsigned nr_handlers;
	unsigned i = __atomic_fetch_add(&nr_handlers, 1, __ATOMIC_RELAXED);
	struct handler *h = function != handle && i < 256 ? &handlers[i] : NULL;
	if (h) {
		*h = (struct handler){function, user};
		function = handle;
		user = h;
	}
	return REAL(MHD_start_daemon_va)(flags, port, accept, accept_user, function, user, options);
}

AUTO_EXPORT struct MHD_Daemon *MHD_start_daemon(unsigned int flags, uint16_t port,
	MHD_AcceptPolicyCallback accept, void *accept_user, MHD_AccessHandlerCallback function,
	void *user, ...)
{
	va_list options;
	va_start(options, user);
	struct MHD_Daemon *d =
		MHD_start_daemon_va(flags, port, accept, accept_user, function, user, options);
	va_end(options);
	return d;
}
