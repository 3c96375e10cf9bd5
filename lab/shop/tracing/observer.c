/* Traces for services that were written without any: a span for each request that comes, one for
 * each that leaves, context and baggage between them. In `right` and `over` this is linked with
 * every service; what is worth saying beyond it stands in the services themselves. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ctel/ctel.h>

#include "web/web.h"

/* Baggage that belongs onto the span of each service it comes to. */
static const char *const shared_keys[] = {"tenant.id", "app.feature.payment_v2"};
#define NR_SHARED  (sizeof(shared_keys) / sizeof(shared_keys[0]))
#define MAX_LABELS 4

/* A request that is being answered on this thread. */
struct visit {
	ctel_span *span;
	ctel_scope scopes[1 + MAX_LABELS];
	unsigned nr_scopes;
};
static _Thread_local struct visit visit;

static ctel_tracer *web_tracer(void)
{
	return ctel_tracer_get("shop.web", "1.0.0");
}

static const char *get_header(void *carrier, const char *name)
{
	const struct web_request *request = carrier;
	return request->header(request->connection, name);
}

static void set_status(ctel_span *span, int status, int first_error)
{
	char type[16];
	if (status)
		ctel_set(span, "http.response.status_code", status);
	snprintf(type, sizeof(type), "%d", status);
	if (!status)
		ctel_span_error(span, "no_answer", NULL);
	else if (status >= first_error)
		ctel_span_error(span, type, NULL);
}

static void *arrives(const struct web_request *request)
{
	char name[64];
	struct web_request carrier = *request;
	CTEL_CTX(remote, ctel_extract(get_header, &carrier));
	snprintf(name, sizeof(name), "%s %s", request->method, request->path);
	const ctel_attr attributes[] = {CTEL_ATTR("http.request.method", request->method),
		CTEL_ATTR("http.route", request->path), CTEL_ATTR("url.path", request->path),
		CTEL_ATTR("url.scheme", "http")};
	visit.span = ctel_span_enter_with(web_tracer(), name,
		&(ctel_start){.parent = &remote,
			.kind = CTEL_SERVER,
			.attributes = attributes,
			.nr_attributes = sizeof(attributes) / sizeof(attributes[0])});
	for (size_t i = 0; i < NR_SHARED; i++)
		ctel_set(visit.span, shared_keys[i],
			ctel_baggage_get(ctel_ctx_current(), shared_keys[i]));
	return &visit;
}

static void answered(void *state, int status)
{
	struct visit *v = state;
	while (v->nr_scopes)
		ctel_ctx_detach(v->scopes[--v->nr_scopes]);
	set_status(v->span, status, 500);
	ctel_span_end(v->span);
	v->span = NULL;
}

static void *leaves(const char *url,
	void (*add)(void *headers, const char *name, const char *value), void *headers)
{
	const char *host = strstr(url, "://");
	host = host ? host + 3 : url;
	ctel_span *span = ctel_span_start(web_tracer(), "POST", &(ctel_start){.kind = CTEL_CLIENT});
	ctel_set(span, "http.request.method", "POST");
	ctel_set(span, "url.full", url);
	ctel_set_string_n(span, "server.address", host, strcspn(host, ":/"));
	ctel_inject(ctel_ctx_with_span(span), add, headers);
	return span;
}

static void returned(void *state, int status)
{
	ctel_span *span = state;
	set_status(span, status, 400);
	ctel_span_end(span);
}

/* On the request's span, and in the baggage of what it causes. */
static void label(const char *key, const char *value)
{
	ctel_set(visit.span, key, value);
	for (size_t i = 0; i < NR_SHARED; i++)
		if (!strcmp(key, shared_keys[i]) && visit.nr_scopes < 1 + MAX_LABELS) {
			CTEL_CTX(carried, ctel_baggage_set(ctel_ctx_current(), key, value));
			visit.scopes[visit.nr_scopes++] = ctel_ctx_attach(carried);
		}
}

static void start(const char *service)
{
	ctel_init(service);
}

/* What became of the spans is appended to the file of SHOP_STATS. */
static void stop(void)
{
	const char *path = getenv("SHOP_STATS");
	ctel_stats stats;
	ctel_shutdown(2000);
	ctel_stats_get(&stats);
	FILE *f = path && *path ? fopen(path, "a") : NULL;
	if (!f)
		return;
	fprintf(f, "started %llu ended %llu exported %llu dropped %llu\n",
		(unsigned long long)stats.started, (unsigned long long)stats.ended,
		(unsigned long long)stats.exported, (unsigned long long)stats.dropped);
	fclose(f);
}

static const struct web_observer observer = {
	.start = start,
	.stop = stop,
	.arrives = arrives,
	.answered = answered,
	.leaves = leaves,
	.returned = returned,
	.label = label,
};
const struct web_observer *const web_observer = &observer;
