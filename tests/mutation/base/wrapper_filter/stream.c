/* What is known about a stream. */
#include <string.h>
#include <sys/socket.h>

#include "filter.h"

int stream_client(const struct stream *stream)
{
	return stream->client;
}

void stream_set_host(struct stream *stream, const char *host)
{
	stream->host = host;
}

int stream_log(struct stream *stream, const char *text)
{
	struct otelc_span *span = OTELC_OPS(stream->tracer, start_span_with_options, "log",
		stream->span, NULL, NULL, NULL, OTELC_SPAN_KIND_INTERNAL, NULL, 0);
	int rc = OTELC_RET_OK;

	if (!span)
		return OTELC_RET_OK;
	if (send(stream_client(stream), text, strlen(text), MSG_NOSIGNAL) < 0)
		rc = OTELC_RET_ERROR;
	if (rc != OTELC_RET_OK)
		OTELC_OPS(span, set_status, OTELC_SPAN_STATUS_ERROR, "not logged");
	OTELC_OPSR(span, end);
	return rc;
}
