/* A path that is appended twice, or never. */
#include "base/str.h"
#include "engine/tell_config.h"

#include <string.h>

void rule_wrong_path(struct rule_run *run);
void rule_wrong_path(struct rule_run *run)
{
	static const char *const paths[] = {"/v1/traces", "/v1/metrics", "/v1/logs"};
	const struct system *s = run->program->system;
	for (size_t i = 0; i < s->collectors.nr; i++) {
		for (size_t k = 0; k < s->collectors.at[i]->components.nr; k++) {
			const struct component *c = s->collectors.at[i]->components.at[k];
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
