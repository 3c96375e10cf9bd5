/* Components that are gone, renamed or on their way out. */
#include "base/str.h"
#include "engine/tell_config.h"

/* From the release notes and the deprecated_type of each metadata.yaml at 0.161.0; "batch":
 * opentelemetry.io/blog/2026/collector-batching-migration. */
static const struct {
	enum component_kind kind;
	const char *type, *what, *fix;
} gone[] = {
	{COMPONENT_EXPORTER, "logging", "was removed", "debug"},
	{COMPONENT_EXPORTER, "jaeger", "was removed", "otlp_grpc: Jaeger takes OTLP"},
	{COMPONENT_EXPORTER, "jaeger_thrift", "was removed", "otlp_http: Jaeger takes OTLP"},
	{COMPONENT_PROCESSOR, "spanmetrics", "was removed", "the connector span_metrics"},
	{COMPONENT_PROCESSOR, "servicegraph", "was removed", "the connector service_graph"},
	{COMPONENT_EXTENSION, "memory_ballast", "was removed", "memory_limiter and GOMEMLIMIT"},
	{COMPONENT_PROCESSOR, "batch", "is deprecated",
		"sending_queue: {batch: {}} of the exporters"},
	{COMPONENT_EXPORTER, "otlp", "is an old name", "otlp_grpc"},
	{COMPONENT_EXPORTER, "otlphttp", "is an old name", "otlp_http"},
	{COMPONENT_EXPORTER, "loadbalancing", "is an old name", "load_balancing"},
	{COMPONENT_CONNECTOR, "spanmetrics", "is an old name", "span_metrics"},
	{COMPONENT_CONNECTOR, "servicegraph", "is an old name", "service_graph"},
};

static const char *why_not(const char *what)
{
	if (str_eq(what, "was removed"))
		return "a Collector of today does not start with it";
	if (str_eq(what, "is deprecated"))
		return "its maintainers have announced its removal; exporters batch behind their "
		       "queue, and tell whoever sends when that is full";
	return "each start warns of it, and some release will not know it any more";
}

void rule_deprecated_component(struct rule_run *run);
void rule_deprecated_component(struct rule_run *run)
{
	const struct system *s = run->program->system;
	for (size_t i = 0; i < s->collectors.nr; i++) {
		for (size_t k = 0; k < s->collectors.at[i]->components.nr; k++) {
			const struct component *c = s->collectors.at[i]->components.at[k];
			for (size_t n = 0; n < sizeof(gone) / sizeof(*gone); n++) {
				if (gone[n].kind != c->kind || !str_eq(gone[n].type, c->written))
					continue;
				remark(run, &(struct remark){.at = c->key,
						    .subject = c->id,
						    .message = tell_text(run, "%s %s %s",
							    component_kinds[c->kind], c->written,
							    gone[n].what),
						    .why = why_not(gone[n].what),
						    .fix = tell_text(run, "use %s", gone[n].fix)});
			}
		}
	}
}
