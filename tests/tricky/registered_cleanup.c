// The pool ends the span when the request's memory goes.
#include <ctel/ctel.h>
#include <string.h>

struct pool;
struct pool_cleanup {
	void (*handler)(void *data);
	void *data;
};
struct pool_cleanup *pool_cleanup_add(struct pool *pool, size_t size);
void pool_on_destroy(struct pool *pool, void *data, void (*run)(void *));

extern ctel_tracer *tracer;

static void end_span(void *data)
{
	ctel_span_end(data);
}

int filter_start(struct pool *pool, const char *uri)
{
	ctel_span *span = ctel_span_start(tracer, "filter", NULL);

	pool_on_destroy(pool, span, end_span);
	if (strncmp(uri, "/static/", 8) == 0)
		return 0;
	ctel_set(span, "url.path", uri);
	return 1;
}

int filter_start_by_record(struct pool *pool, const char *uri)
{
	struct pool_cleanup *cleanup = pool_cleanup_add(pool, 0);
	if (!cleanup)
		return -1;
	ctel_span *span = ctel_span_start(tracer, "filter", NULL);
	cleanup->handler = end_span;
	cleanup->data = span;
	if (!*uri)
		return 0;
	ctel_set(span, "url.path", uri);
	return 1;
}
