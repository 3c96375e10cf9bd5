/* Finds Collectors and SDKs in compose files, ECS task definitions, Kubernetes manifests, charts.
 */
#include "pipeline/deploy.h"

#include "base/path.h"
#include "base/str.h"
#include "pipeline/collector.h"
#include "pipeline/sdk.h"

#include <ctype.h>
#include <string.h>

static const char *text_or(const struct yaml *y, const char *fallback)
{
	const char *s = yaml_text(y);
	return s ? s : fallback;
}

/* ---- texts inside of documents ---- */

bool deploy_read_block(struct system *s, const struct yaml *block, const char *name)
{
	struct yaml_documents docs;
	struct yaml_origin origin = {.file = block->file, .line = block->line + 1};
	if (block->kind != YAML_SCALAR || !strstr(block->raw, ":"))
		return false;
	if (block->is_block)
		origin.indent = block->end_col; /* set by read.c: blanks before each of its lines */
	else
		origin.line = block->line;
	if (!strstr(block->raw, "receivers:") && !strstr(block->raw, "exporters:") &&
		!strstr(block->raw, "processors:") && !strstr(block->raw, "file_format:"))
		return false;
	if (!system_parse(s, &origin, block->raw, strlen(block->raw), false, &docs) || !docs.all.nr)
		return false;
	const struct yaml *root = docs.all.at[0];
	if (sdk_is_declarative(root))
		return sdk_from_declarative(s, root, name) != NULL;
	if (!collector_is_one(root))
		return false;
	collector_read(s, root, name, false);
	return true;
}

/* ---- environments ---- */

/* Both forms of compose, and the name/value pairs of Kubernetes and ECS. */
static void read_environment(struct system *s, const struct yaml *y, struct environment *out)
{
	for (size_t i = 0; y && i < y->nr; i++) {
		struct env_variable v = {0};
		if (y->kind == YAML_MAP) {
			v.name = y->pairs[i].key->text;
			v.at = y->pairs[i].value;
		} else if (y->items[i]->kind == YAML_MAP) {
			v.name = yaml_text(yaml_get(y->items[i], "name"));
			v.at = yaml_get(y->items[i], "value");
		} else if (y->items[i]->kind == YAML_SCALAR) {
			const char *text = y->items[i]->text;
			const char *sign = strchr(text, '=');
			if (!sign)
				continue;
			struct yaml *value = arena_new(s->arena, struct yaml);
			*value = *y->items[i];
			value->text = value->raw = sign + 1;
			v.name = arena_strndup(s->arena, text, (size_t)(sign - text));
			v.at = value;
		}
		if (v.name && v.at)
			vec_push(s->arena, &out->all, v);
	}
}

static bool add_sdk(struct system *s, const struct yaml *environment, const char *name)
{
	struct environment e = {0};
	bool found = false;
	read_environment(s, environment, &e);
	for (size_t i = 0; i < e.all.nr; i++)
		if (e.all.at[i].at->kind == YAML_SCALAR && strstr(e.all.at[i].name, "CONFIG") &&
			strchr(e.all.at[i].at->raw, '\n'))
			found |= deploy_read_block(s, e.all.at[i].at, name);
	return sdk_from_environment(s, &e, name) || found;
}

bool deploy_read_env(struct system *s, const char *file, const char *text)
{
	struct environment e = {0};
	uint32_t line = 0;
	for (const char *at = text; *at;) {
		size_t n = strcspn(at, "\n");
		const char *from = at + strspn(at, " \t");
		line++;
		if (str_has_prefix(from, "export "))
			from += strlen("export ");
		size_t name_n = 0;
		while (isalnum((unsigned char)from[name_n]) || from[name_n] == '_')
			name_n++;
		if (name_n && from[name_n] == '=') {
			struct yaml *value = arena_new(s->arena, struct yaml);
			const char *start = from + name_n + 1;
			size_t len = n - (size_t)(start - at);
			while (len && strchr(" \t\r", start[len - 1]))
				len--;
			*value = (struct yaml){.kind = YAML_SCALAR, .file = file, .line = line};
			value->col = (uint32_t)(start - at) + 1;
			value->end_col = value->col + (uint32_t)len;
			if (len >= 2 && (*start == '"' || *start == '\'') &&
				start[len - 1] == *start)
				start++, len -= 2;
			value->text = value->raw = arena_strndup(s->arena, start, len);
			struct env_variable v = {arena_strndup(s->arena, from, name_n), value};
			vec_push(s->arena, &e.all, v);
			map_put(&s->variables, v.name, (void *)(uintptr_t)value->text);
		}
		at += n + (at[n] == '\n');
	}
	sdk_from_environment(s, &e, path_basename(file));
	return e.all.nr > 0;
}

/* ---- Kubernetes ---- */

static struct collector *collector_named(struct system *s, const char *name)
{
	for (size_t i = 0; name && i < s->collectors.nr; i++) {
		struct collector *c = s->collectors.at[i];
		size_t n = strcspn(c->name, "/");
		if (strlen(name) == n && strncmp(c->name, name, n) == 0)
			return c;
	}
	return NULL;
}

static bool read_config_map(struct system *s, const struct yaml *doc)
{
	const struct yaml *data = yaml_get(doc, "data");
	const char *name = text_or(yaml_at(doc, "metadata", "name", NULL), "ConfigMap");
	bool found = false;
	for (size_t i = 0; data && data->kind == YAML_MAP && i < data->nr; i++)
		found |= deploy_read_block(s, data->pairs[i].value,
			arena_printf(s->arena, "%s/%s", name, data->pairs[i].key->text));
	return found;
}

static bool read_operator_collector(struct system *s, const struct yaml *doc)
{
	const struct yaml *spec = yaml_get(doc, "spec"), *config = yaml_get(spec, "config");
	const char *name =
		text_or(yaml_at(doc, "metadata", "name", NULL), "OpenTelemetryCollector");
	size_t before = s->collectors.nr;
	if (config && config->kind == YAML_MAP)
		collector_read(s, config, name, false);
	else if (config)
		deploy_read_block(s, config, name);
	if (s->collectors.nr == before)
		return false;
	struct collector *c = s->collectors.at[before];
	c->mode = text_or(yaml_get(spec, "mode"), "deployment");
	c->replicas_at = yaml_get(spec, "replicas");
	if (!yaml_number(c->replicas_at, &c->replicas) && !c->replicas_at)
		c->replicas = 1;
	const struct yaml *least = yaml_at(spec, "autoscaler", "minReplicas", NULL);
	double nr;
	if (yaml_number(least, &nr) && nr > c->replicas) {
		c->replicas = nr;
		c->replicas_at = least;
	}
	return true;
}

static bool read_instrumentation(struct system *s, const struct yaml *doc)
{
	const struct yaml *sampler = yaml_at(doc, "spec", "sampler", NULL);
	struct environment e = {0};
	const struct {
		const char *name;
		const struct yaml *at;
	} all[] = {{"OTEL_TRACES_SAMPLER", yaml_get(sampler, "type")},
		{"OTEL_TRACES_SAMPLER_ARG", yaml_get(sampler, "argument")},
		{"OTEL_EXPORTER_OTLP_ENDPOINT",
			yaml_at(doc, "spec", "exporter", "endpoint", NULL)}};
	for (size_t i = 0; i < 3; i++)
		if (all[i].at)
			vec_push(s->arena, &e.all, (struct env_variable){all[i].name, all[i].at});
	return sdk_from_environment(s, &e,
		       text_or(yaml_at(doc, "metadata", "name", NULL), "Instrumentation")) != NULL;
}

/* The pods of a Deployment and its like: environments, and whose configuration they mount. */
static void read_workload(struct system *s, const struct yaml *doc, const char *kind)
{
	const struct yaml *spec = yaml_at(doc, "spec", "template", "spec", NULL);
	const struct yaml *containers = yaml_get(spec, "containers");
	const struct yaml *volumes = yaml_get(spec, "volumes");
	for (size_t i = 0; containers && containers->kind == YAML_LIST && i < containers->nr; i++)
		add_sdk(s, yaml_get(containers->items[i], "env"),
			text_or(yaml_get(containers->items[i], "name"), "container"));
	for (size_t i = 0; volumes && volumes->kind == YAML_LIST && i < volumes->nr; i++) {
		struct collector *c = collector_named(
			s, yaml_text(yaml_at(volumes->items[i], "configMap", "name", NULL)));
		if (!c)
			continue;
		c->mode = str_eq(kind, "DaemonSet")     ? "daemonset"
			  : str_eq(kind, "StatefulSet") ? "statefulset"
							: "deployment";
		c->replicas_at = yaml_at(doc, "spec", "replicas", NULL);
		if (!c->replicas_at && !str_eq(kind, "DaemonSet"))
			c->replicas = 1;
		yaml_number(c->replicas_at, &c->replicas);
	}
}

void deploy_link(struct system *s)
{
	for (size_t i = 0; i < s->workloads.nr; i++)
		read_workload(
			s, s->workloads.at[i], yaml_text(yaml_get(s->workloads.at[i], "kind")));
}

static bool read_kubernetes(struct system *s, const struct yaml *doc, const char *kind)
{
	const struct yaml *items = yaml_get(doc, "items");
	bool found = false;
	if (str_eq(kind, "ConfigMap"))
		return read_config_map(s, doc);
	if (str_eq(kind, "OpenTelemetryCollector"))
		return read_operator_collector(s, doc);
	if (str_eq(kind, "Instrumentation"))
		return read_instrumentation(s, doc);
	if (str_eq(kind, "Deployment") || str_eq(kind, "StatefulSet") ||
		str_eq(kind, "DaemonSet")) {
		vec_push(s->arena, &s->workloads, doc);
		return true;
	}
	for (size_t i = 0; items && items->kind == YAML_LIST && i < items->nr; i++)
		found |= deploy_read(s, items->items[i]);
	return found;
}

/* ---- compose, ECS, charts ---- */

static bool read_compose(struct system *s, const struct yaml *services)
{
	bool found = false;
	for (size_t i = 0; services->kind == YAML_MAP && i < services->nr; i++) {
		const struct yaml *service = services->pairs[i].value;
		const char *name = services->pairs[i].key->text;
		found |= add_sdk(s, yaml_get(service, "environment"), name);
	}
	return found;
}

static bool read_ecs(struct system *s, const struct yaml *containers)
{
	bool found = false;
	for (size_t i = 0; containers->kind == YAML_LIST && i < containers->nr; i++)
		found |= add_sdk(s, yaml_get(containers->items[i], "environment"),
			text_or(yaml_get(containers->items[i], "name"), "container"));
	return found;
}

/* Values for the opentelemetry-collector chart: what is there is laid over the chart's own. */
static bool read_chart(struct system *s, const struct yaml *doc)
{
	const struct yaml *config = yaml_get(doc, "config");
	if (!collector_is_one(config))
		return false;
	struct collector *c = collector_read(s, config, path_basename(doc->file), true);
	c->mode = text_or(yaml_get(doc, "mode"), "");
	c->replicas_at = yaml_get(doc, "replicaCount");
	yaml_number(c->replicas_at, &c->replicas);
	return true;
}

static bool read_charts(struct system *s, const struct yaml *doc)
{
	bool found = read_chart(s, doc);
	for (size_t i = 0; !found && i < doc->nr; i++) /* of a subchart */
		if (doc->pairs[i].value->kind == YAML_MAP)
			found |= read_chart(s, doc->pairs[i].value);
	return found;
}

bool deploy_read(struct system *s, const struct yaml *doc)
{
	const char *kind = yaml_text(yaml_get(doc, "kind"));
	const struct yaml *services = yaml_get(doc, "services");
	const struct yaml *containers = yaml_get(doc, "containerDefinitions");
	if (!doc || doc->kind != YAML_MAP)
		return false;
	if (!containers)
		containers = yaml_at(doc, "taskDefinition", "containerDefinitions", NULL);
	if (kind && yaml_get(doc, "apiVersion"))
		return read_kubernetes(s, doc, kind);
	if (sdk_is_declarative(doc))
		return sdk_from_declarative(s, doc, path_basename(doc->file)) != NULL;
	if (containers)
		return read_ecs(s, containers);
	if (services)
		return read_compose(s, services);
	if (collector_is_one(doc) || (s->is_page && yaml_get(doc, "processors"))) {
		collector_read(s, doc, path_basename(doc->file), false);
		return true;
	}
	return read_charts(s, doc);
}
