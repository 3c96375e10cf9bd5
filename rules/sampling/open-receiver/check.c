/* A receiver that takes from everybody, on every interface. */
#include "base/str.h"
#include "engine/tell_config.h"

static bool is_everywhere(const char *endpoint)
{
	return str_has_prefix(endpoint, "0.0.0.0:") || str_has_prefix(endpoint, "[::]:") ||
	       str_has_prefix(endpoint, ":");
}

void rule_open_receiver(struct rule_run *run);
void rule_open_receiver(struct rule_run *run)
{
	static const char *const protocols[] = {"grpc", "http"};
	const struct system *s = run->program->system;
	for (size_t i = 0; i < s->collectors.nr; i++) {
		const struct collector *owner = s->collectors.at[i];
		for (size_t k = 0; k < owner->components.nr; k++) {
			const struct component *c = owner->components.at[k];
			if (c->kind != COMPONENT_RECEIVER || !str_eq(c->type, "otlp") ||
				!c->is_used)
				continue;
			for (size_t n = 0; n < 2; n++) {
				const struct yaml *block =
					yaml_at(c->config, "protocols", protocols[n], NULL);
				const struct yaml *at = yaml_get(block, "endpoint");
				if (!yaml_text(at) || !is_everywhere(yaml_text(at)) ||
					yaml_get(block, "tls") || yaml_get(block, "auth"))
					continue;
				remark(run,
					&(struct remark){.at = at,
						.subject = c->id,
						.message = tell_text(run,
							"%s takes spans from everybody on every "
							"interface, "
							"without TLS and without authentication",
							c->id),
						.why = "anybody who reaches the port can fill the "
						       "store, the "
						       "bill and the buffers of tail sampling",
						.fix = "bind it to one address (localhost, "
						       "${env:POD_IP}), "
						       "or add tls: or auth:"});
			}
		}
	}
}
