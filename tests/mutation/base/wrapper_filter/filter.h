/* A filter of a proxy: hooks in a table, and a stream's span in its context. */
#ifndef FILTER_H
#define FILTER_H

#include <opentelemetry-c-wrapper/include.h>

struct stream {
	struct otelc_tracer *tracer;
	struct otelc_span *span;
	const char *host;
	int client;
};

struct filter_ops {
	int (*attach)(struct stream *stream);
	int (*headers)(struct stream *stream, const char *line);
	void (*detach)(struct stream *stream, int status);
};

extern const struct filter_ops tracing_filter;

int stream_client(const struct stream *stream);
void stream_set_host(struct stream *stream, const char *host);
int stream_log(struct stream *stream, const char *text);

#endif
