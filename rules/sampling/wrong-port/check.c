/* OTLP over HTTP sent to the port for gRPC, or the other way round. */
#include "base/str.h"
#include "engine/tell_config.h"

#include <string.h>

static bool has_port(const char *endpoint, const char *port)
{
	const char *from = strstr(endpoint, "://");
	from = from ? from + 3 : endpoint;
	const char *colon = memrchr(from, ':', strcspn(from, "/"));
	size_t n = strlen(port);
	return colon && strncmp(colon + 1, port, n) == 0 && (!colon[n + 1] || colon[n + 1] == '/');
}

static void tell_port(const struct rule_run *run, const struct yaml *at, const char *who,
	bool is_http, const struct pipeline *p)
{
	const char *good = is_http ? "4318" : "4317", *bad = is_http ? "4317" : "4318";
	const char *colon = strstr(at->raw, bad);
	const char *text = colon ? tell_text(run, "%.*s%s%s", (int)(colon - at->raw), at->raw, good,
					   colon + strlen(bad))
				 : NULL;
	remark(run,
		&(struct remark){.at = at,
			.pipeline = p,
			.subject = who,
			.message = tell_text(run, "%s speaks %s to port %s, where %s is spoken",
				who, is_http ? "HTTP" : "gRPC", bad, is_http ? "gRPC" : "HTTP"),
			.why = "nothing arrives: every export fails, is tried again and thrown "
			       "away",
			.fix = tell_text(run, "port %s is for %s", good, is_http ? "HTTP" : "gRPC"),
			.patch = text ? replace_scalar(run, at, text, "the other port") : NULL});
}

void rule_wrong_port(struct rule_run *run);
void rule_wrong_port(struct rule_run *run)
{
	static const char *const keys[] = {
		"endpoint", "traces_endpoint", "metrics_endpoint", "logs_endpoint"};
	const struct system *s = run->program->system;
	for (size_t i = 0; i < s->collectors.nr; i++) {
		for (size_t k = 0; k < s->collectors.at[i]->components.nr; k++) {
			const struct component *c = s->collectors.at[i]->components.at[k];
			bool is_http = str_eq(c->type, "otlp_http");
			if (c->kind != COMPONENT_EXPORTER ||
				(!is_http && !str_eq(c->type, "otlp_grpc")))
				continue;
			for (size_t e = 0; e < 4; e++) {
				const struct yaml *at = yaml_get(c->config, keys[e]);
				if (yaml_text(at) &&
					has_port(yaml_text(at), is_http ? "4317" : "4318"))
					tell_port(run, at, c->id, is_http, NULL);
			}
		}
	}
	for (size_t i = 0; i < s->sdks.nr; i++) {
		const struct sdk *sdk = s->sdks.at[i];
		const char *endpoint = yaml_text(sdk->endpoint),
			   *protocol = yaml_text(sdk->protocol);
		if (!endpoint || !protocol)
			continue;
		bool is_http = str_has_prefix(protocol, "http");
		if ((is_http || str_eq(protocol, "grpc")) &&
			has_port(endpoint, is_http ? "4317" : "4318"))
			tell_port(run, sdk->endpoint, tell_text(run, "the SDK of %s", sdk->name),
				is_http, NULL);
	}
}
