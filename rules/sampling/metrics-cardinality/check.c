/* Series without number: a dimension that is new on every request, or one that must not go. */
#include "base/str.h"
#include "engine/tell_config.h"

#include <string.h>

/* Attributes of the semantic conventions and of everyday that have a value per request or person.
 */
static const char *const unbounded[] = {"user.id", "user_id", "userId", "user.email", "enduser.id",
	"session.id", "session_id", "url.full", "http.url", "url.path", "http.target", "url.query",
	"trace_id", "span_id", "trace.id", "span.id", "request.id", "request_id", "requestId",
	"http.request_id", "correlation_id", "order.id", "order_id", "orderId", "app.order.id",
	"transaction.id", "transaction_id", "client.address", "net.peer.ip", "net.sock.peer.addr",
	"client.port", "net.peer.port", "http.client_ip", "db.statement", "db.query.text",
	"exception.message", "exception.stacktrace", "user_agent.original", "http.user_agent",
	"messaging.message.id", "app.user.id", "customer.id", "customer_id", "account.id",
	"thread.id"};

static void check_dimensions(
	const struct rule_run *run, const struct component *c, const struct yaml *list)
{
	for (size_t i = 0; list && list->kind == YAML_LIST && i < list->nr; i++) {
		const struct yaml *at = yaml_get(list->items[i], "name");
		const char *name = yaml_text(at);
		for (size_t k = 0; name && k < sizeof(unbounded) / sizeof(*unbounded); k++) {
			if (!str_eq(name, unbounded[k]))
				continue;
			remark(run, &(struct remark){.at = at,
					    .subject = name,
					    .message = tell_text(run,
						    "dimension %s of %s has as many values as "
						    "there are "
						    "requests or people",
						    name, c->id),
					    .why = "each value is a series of its own in every "
						   "metric, kept in "
						   "the Collector's memory and in the store",
					    .fix = "remove it: it belongs on the span, where it "
						   "can be searched"});
		}
	}
}

static void check_excluded(
	const struct rule_run *run, const struct collector *owner, const struct component *c)
{
	const struct yaml *list = yaml_get(c->config, "exclude_dimensions");
	for (size_t i = 0; list && list->kind == YAML_LIST && i < list->nr; i++) {
		const char *name = yaml_text(list->items[i]);
		if (str_eq(name, "status.code"))
			remark(run, &(struct remark){.at = list->items[i],
					    .subject = name,
					    .message = tell_text(run,
						    "%s excludes status.code: its metrics have no "
						    "errors",
						    c->id),
					    .why = "requests that failed and requests that did not "
						   "are one "
						   "series",
					    .fix = "keep status.code; it has three values"});
		if (str_eq(name, "collector.instance.id") && owner->replicas > 1)
			remark(run, &(struct remark){.at = list->items[i],
					    .subject = name,
					    .message = tell_text(run,
						    "%s excludes collector.instance.id, and there "
						    "are %g "
						    "Collectors",
						    c->id, owner->replicas),
					    .why = "all of them write the same series and "
						   "overwrite each "
						   "other's counts",
					    .fix = "keep it"});
	}
}

static size_t nr_dimensions(const struct yaml *config)
{
	const struct yaml *list = yaml_get(config, "dimensions");
	return list && list->kind == YAML_LIST ? list->nr : 0;
}

void rule_metrics_cardinality(struct rule_run *run);
void rule_metrics_cardinality(struct rule_run *run)
{
	static const char *const lists[] = {"dimensions", "calls_dimensions"};
	const struct system *s = run->program->system;
	for (size_t i = 0; i < s->collectors.nr; i++) {
		const struct collector *owner = s->collectors.at[i];
		for (size_t k = 0; k < owner->components.nr; k++) {
			const struct component *c = owner->components.at[k];
			if (c->kind != COMPONENT_CONNECTOR || !str_eq(c->type, "span_metrics") ||
				(!c->is_used && !owner->is_partial))
				continue;
			for (size_t n = 0; n < 2; n++)
				check_dimensions(run, c, yaml_get(c->config, lists[n]));
			check_dimensions(
				run, c, yaml_at(c->config, "histogram", "dimensions", NULL));
			check_excluded(run, owner, c);
			size_t nr = nr_dimensions(c->config);
			if (!s->is_strict || owner->is_partial || !nr ||
				yaml_get(c->config, "aggregation_cardinality_limit"))
				continue;
			remark(run,
				&(struct remark){.at = c->key,
					.subject = c->id,
					.message = tell_text(run,
						"%s has %zu %s of its own and no "
						"aggregation_cardinality_limit",
						c->id, nr, nr == 1 ? "dimension" : "dimensions"),
					.why = "the default is no limit: one bad span name or "
					       "value fills "
					       "the Collector's memory",
					.fix = "aggregation_cardinality_limit: 10000, or what the "
					       "store "
					       "can take"});
		}
	}
}
