/* A path that is appended twice, or never. */
#include "base/str.h"
#include "engine/tell_config.h"

#include <string.h>

/* "http://host:4318" and "http://host:4318/" */
static bool has_no_path(const char *url)
{
	const char *host = strstr(url, "://");
	size_t n = host ? strcspn(host + 3, "/?") : 0;
	return n && (!host[3 + n] || str_eq(host + 3 + n, "/"));
}

static void tell_no_path(const struct rule_run *run, const struct yaml *at, const char *who,
	const char *path, const char *why)
{
	const char *text = yaml_text(at);
	const char *whole = tell_text(run, "%.*s%s",
		(int)(strlen(text) - (str_has_suffix(text, "/") ? 1 : 0)), text, path);
	remark(run, &(struct remark){.at = at,
			    .subject = who,
			    .message = tell_text(run,
				    "%s posts to this address as it is, and %s is not in it", who,
				    path),
			    .why = why,
			    .fix = tell_text(run, "write %s", whole),
			    .patch = replace_scalar(run, at, whole, "with the path")});
}

/* By the specification of the OTLP exporter: "OTEL_EXPORTER_OTLP_ENDPOINT" is a base to which
 * v1/traces is appended; the one for traces is "used as-is", and without a path it is "/". */
static void check_sdk(const struct rule_run *run, const struct sdk *sdk)
{
	const char *text = yaml_text(sdk->endpoint);
	const char *who = tell_text(run, "the SDK of %s", sdk->name);
	if (!sdk->is_http || !text || sdk->endpoint->is_open)
		return;
	if (sdk->is_whole_endpoint) {
		if (has_no_path(text))
			tell_no_path(run, sdk->endpoint, who, "/v1/traces",
				"an endpoint for traces alone is the whole address: nothing is "
				"appended, and nobody serves /");
		return;
	}
	size_t len = strlen(text) - (str_has_suffix(text, "/") ? 1 : 0);
	char *bare = arena_strndup(run->arena, text, len);
	if (!str_has_suffix(bare, "/v1/traces"))
		return;
	bare[len - strlen("/v1/traces")] = '\0';
	remark(run,
		&(struct remark){.at = sdk->endpoint,
			.subject = who,
			.message = tell_text(run,
				"%s appends /v1/traces to an endpoint that ends in it already",
				who),
			.why = "OTEL_EXPORTER_OTLP_ENDPOINT is the base of all signals: spans go "
			       "to /v1/traces/v1/traces, metrics to /v1/traces/v1/metrics",
			.fix = tell_text(run,
				"%s, or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT with the whole path",
				bare),
			.patch = replace_scalar(run, sdk->endpoint, bare, "without the path")});
}

static void check_signals(const struct rule_run *run, const struct component *c)
{
	static const char *const signals[][2] = {{"traces_endpoint", "/v1/traces"},
		{"metrics_endpoint", "/v1/metrics"}, {"logs_endpoint", "/v1/logs"}};
	if (c->kind != COMPONENT_EXPORTER || !str_eq(c->type, "otlp_http"))
		return;
	for (size_t i = 0; i < 3; i++) {
		const struct yaml *at = yaml_get(c->config, signals[i][0]);
		if (yaml_text(at) && !at->is_open && has_no_path(yaml_text(at)))
			tell_no_path(run, at, tell_text(run, "%s of %s", signals[i][0], c->id),
				signals[i][1],
				"only to endpoint: a path is appended, and nobody serves /");
	}
}

void rule_wrong_path(struct rule_run *run);
void rule_wrong_path(struct rule_run *run)
{
	static const char *const paths[] = {"/v1/traces", "/v1/metrics", "/v1/logs"};
	const struct system *s = run->program->system;
	for (size_t i = 0; i < s->sdks.nr; i++)
		check_sdk(run, s->sdks.at[i]);
	for (size_t i = 0; i < s->collectors.nr; i++) {
		for (size_t k = 0; k < s->collectors.at[i]->components.nr; k++) {
			const struct component *c = s->collectors.at[i]->components.at[k];
			check_signals(run, c);
			const struct yaml *at = yaml_get(c->config, "endpoint");
			const char *text = yaml_text(at);
			if (c->kind != COMPONENT_EXPORTER || !str_eq(c->type, "otlp_http") || !text)
				continue;
			for (size_t n = 0; n < 3; n++) {
				size_t len = strlen(text) - (str_has_suffix(text, "/") ? 1 : 0);
				char *bare = arena_strndup(run->arena, text, len);
				if (!str_has_suffix(bare, paths[n]))
					continue;
				bare[len - strlen(paths[n])] = '\0';
				remark(run,
					&(struct remark){.at = at,
						.subject = c->id,
						.message = tell_text(run,
							"%s appends %s to an endpoint that ends in "
							"it already",
							c->id, paths[n]),
						.why = tell_text(run,
							"it posts to %s%s%s, which nobody serves",
							bare, paths[n], paths[n]),
						.fix = tell_text(run,
							"endpoint: %s, or %s_endpoint: with the "
							"whole path",
							bare, paths[n] + strlen("/v1/")),
						.patch = replace_scalar(
							run, at, bare, "without the path")});
			}
		}
	}
}
