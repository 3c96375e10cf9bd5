/* The stream owns its span from attach to detach. */
#include "filter.h"

#include <sys/socket.h>

static int filter_attach(struct stream *stream)
{
	stream->span = OTELC_OPS(stream->tracer, start_span, "stream");
	return stream->span ? OTELC_RET_OK : OTELC_RET_ERROR;
}

static int filter_headers(struct stream *stream, const char *line)
{
	struct otelc_value value = {.u_type = OTELC_VALUE_STRING, .u.value_string = line};
	struct otelc_text_map_writer carrier = {0};

	if (!stream->span)
		return OTELC_RET_OK;
	OTELC_OPS(stream->span, set_attribute_var, "app.stream.line", &value, NULL);
	if (OTELC_OPS(stream->span, inject_text_map, &carrier) != OTELC_RET_OK)
		return OTELC_RET_ERROR;
	otelc_text_map_free(&carrier.text_map);
	return stream_log(stream, line);
}

static void filter_detach(struct stream *stream, int status)
{
	if (!stream->span)
		return;
	if (status >= 500)
		OTELC_OPS(stream->span, set_status, OTELC_SPAN_STATUS_ERROR, "server error");
	OTELC_OPSR(stream->span, end);
}

const struct filter_ops tracing_filter = {
	.attach = filter_attach,
	.headers = filter_headers,
	.detach = filter_detach,
};
