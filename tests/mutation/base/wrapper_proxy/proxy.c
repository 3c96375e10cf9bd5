/* The C wrapper, with spans that may be NULL. */
#include <opentelemetry-c-wrapper/include.h>
#include <string.h>
#include <sys/socket.h>

struct backend {
	const char *name;
	int fd;
	int weight;
	bool is_down;
};

int backend_weight(const struct backend *backend)
{
	return backend->weight;
}

bool backend_is_usable(const struct backend *backend)
{
	return !backend->is_down;
}

void backend_mark_down(struct backend *backend)
{
	backend->is_down = true;
}

static struct otelc_value text_value(const char *text)
{
	return (struct otelc_value){.u_type = OTELC_VALUE_STRING, .u.value_string = text};
}

int backend_check(struct otelc_tracer *tracer, struct backend *backend)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "check backend");
	int rc = OTELC_RET_OK;

	if (span == NULL)
		return OTELC_RET_ERROR;
	struct otelc_value name = text_value(backend->name);
	OTELC_OPS(span, set_attribute_var, "app.backend.name", &name, NULL);
	if (send(backend->fd, "ping", 4, 0) < 0) {
		OTELC_OPS(span, set_status, OTELC_SPAN_STATUS_ERROR, "no answer");
		backend_mark_down(backend);
		rc = OTELC_RET_ERROR;
	}
	OTELC_OPSR(span, end);
	return rc;
}

int backend_forward(struct otelc_tracer *tracer, struct backend *backend, const char *line)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span_with_options, "forward", NULL, NULL,
		NULL, NULL, OTELC_SPAN_KIND_CLIENT, NULL, 0);
	char answer[256];

	if (!span)
		return OTELC_RET_ERROR;
	if (!backend_is_usable(backend)) {
		OTELC_OPS(span, set_status, OTELC_SPAN_STATUS_ERROR, "down");
		OTELC_OPSR(span, end);
		return OTELC_RET_ERROR;
	}
	if (send(backend->fd, line, strlen(line), 0) < 0) {
		OTELC_OPS(span, set_status, OTELC_SPAN_STATUS_ERROR, "not sent");
		OTELC_OPSR(span, end);
		return OTELC_RET_ERROR;
	}
	long n = recv(backend->fd, answer, sizeof(answer), 0);
	struct otelc_value kind = text_value(n > 0 ? "answered" : "silent");
	OTELC_OPS(span, set_attribute_var, "app.backend.answer", &kind, NULL);
	if (n < 0)
		OTELC_OPS(span, set_status, OTELC_SPAN_STATUS_ERROR, "no answer");
	OTELC_OPSR(span, end);
	return n < 0 ? OTELC_RET_ERROR : OTELC_RET_OK;
}
