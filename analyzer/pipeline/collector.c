/* Reads a Collector's configuration into components and pipelines. */
#include "pipeline/collector.h"

#include "base/str.h"

#include <string.h>

const char *const class_names[NR_CLASSES] = {"errors", "slow", "routine"};
const char *const component_kinds[NR_COMPONENT_KINDS] = {
	"receiver", "processor", "exporter", "connector", "extension"};

static const char *const sections[NR_COMPONENT_KINDS] = {
	"receivers", "processors", "exporters", "connectors", "extensions"};

/* `deprecated_type` in each component's metadata.yaml at Collector 0.161.0. */
static const struct {
	enum component_kind kind;
	const char *before, *today;
} renamed[] = {
	{COMPONENT_EXPORTER, "otlp", "otlp_grpc"},
	{COMPONENT_EXPORTER, "otlphttp", "otlp_http"},
	{COMPONENT_EXPORTER, "loadbalancing", "load_balancing"},
	{COMPONENT_CONNECTOR, "spanmetrics", "span_metrics"},
	{COMPONENT_CONNECTOR, "servicegraph", "service_graph"},
	{COMPONENT_EXPORTER, "awsxray", "aws_xray"},
};

const char *component_today(enum component_kind kind, const char *type)
{
	for (size_t i = 0; i < sizeof(renamed) / sizeof(*renamed); i++)
		if (renamed[i].kind == kind && str_eq(renamed[i].before, type))
			return renamed[i].today;
	return type;
}

bool collector_is_one(const struct yaml *root)
{
	size_t nr = 0;
	for (size_t i = 0; i < NR_COMPONENT_KINDS; i++)
		nr += yaml_pair(root, sections[i]) != NULL;
	const struct yaml *service = yaml_get(root, "service");
	bool has_pipelines = yaml_get(service, "pipelines") != NULL;
	return has_pipelines || nr >= 2 ||
	       (nr && !yaml_get(root, "kind") && !yaml_get(root, "apiVersion"));
}

static void read_components(
	struct system *s, struct collector *c, enum component_kind kind, const struct yaml *section)
{
	for (size_t i = 0; section && section->kind == YAML_MAP && i < section->nr; i++) {
		struct component *one = arena_new(s->arena, struct component);
		const char *id = section->pairs[i].key->text;
		one->kind = kind;
		one->id = id;
		one->written = arena_strndup(s->arena, id, strcspn(id, "/"));
		one->type = component_today(kind, one->written);
		one->key = section->pairs[i].key;
		one->config = section->pairs[i].value;
		vec_push(s->arena, &c->components, one);
		map_put(&c->by_id[kind], id, one);
	}
}

const struct component *collector_find(
	const struct collector *c, enum component_kind kind, const char *id)
{
	return map_get(&c->by_id[kind], id);
}

static void read_uses(struct system *s, struct collector *c, struct uses *out,
	const struct yaml *list, enum component_kind kind)
{
	for (size_t i = 0; list && list->kind == YAML_LIST && i < list->nr; i++) {
		struct use use = {.at = list->items[i]};
		use.id = yaml_text(use.at);
		if (!use.id)
			continue;
		if (s->nr_uses++ == SYSTEM_USES)
			vec_push(s->arena, &s->problems,
				(struct pipeline_problem){c->file, use.at->line, use.at->col,
					"more entries in pipelines than any Collector has; the "
					"rest "
					"is not looked at"});
		if (s->nr_uses > SYSTEM_USES)
			return;
		use.component = collector_find(c, kind, use.id);
		if (!use.component && kind != COMPONENT_PROCESSOR && kind != COMPONENT_EXTENSION)
			use.component = collector_find(c, COMPONENT_CONNECTOR, use.id);
		if (use.component)
			((struct component *)(uintptr_t)use.component)->is_used = true;
		vec_push(s->arena, &out->all, use);
	}
}

static void read_pipelines(struct system *s, struct collector *c, const struct yaml *section)
{
	for (size_t i = 0; section && section->kind == YAML_MAP && i < section->nr; i++) {
		struct pipeline *p = arena_new(s->arena, struct pipeline);
		p->collector = c;
		p->key = section->pairs[i].key;
		p->config = section->pairs[i].value;
		p->id = p->key->text;
		p->signal = arena_strndup(s->arena, p->id, strcspn(p->id, "/"));
		read_uses(
			s, c, &p->receivers, yaml_get(p->config, "receivers"), COMPONENT_RECEIVER);
		read_uses(s, c, &p->processors, yaml_get(p->config, "processors"),
			COMPONENT_PROCESSOR);
		read_uses(
			s, c, &p->exporters, yaml_get(p->config, "exporters"), COMPONENT_EXPORTER);
		p->after = arena_array(s->arena, struct shares, p->processors.all.nr);
		vec_push(s->arena, &c->pipelines, p);
	}
}

/* Extensions are used by service::extensions, by `auth: authenticator:` and by `storage:`. */
static void mark_extensions(struct system *s, struct collector *c, const struct yaml *y)
{
	for (size_t i = 0; y && i < y->nr; i++) {
		const struct yaml *value = y->kind == YAML_MAP ? y->pairs[i].value : y->items[i];
		const char *text = yaml_text(value);
		const struct component *one =
			text ? collector_find(c, COMPONENT_EXTENSION, text) : NULL;
		if (one)
			((struct component *)(uintptr_t)one)->is_used = true;
		mark_extensions(s, c, value);
	}
}

/* A fragment with nothing but processors, as pages show them: tail sampling in it is judged as if a
 * pipeline consisted of it. */
static void imagine_pipelines(struct system *s, struct collector *c)
{
	for (size_t i = 0; i < c->components.nr; i++) {
		const struct component *one = c->components.at[i];
		if (one->kind != COMPONENT_PROCESSOR || !str_eq(one->type, "tail_sampling"))
			continue;
		struct pipeline *p = arena_new(s->arena, struct pipeline);
		p->collector = c;
		p->key = one->key;
		p->id = p->signal = "traces";
		vec_push(s->arena, &p->processors.all,
			(struct use){.at = one->key, .id = one->id, .component = one});
		p->after = arena_array(s->arena, struct shares, 1);
		vec_push(s->arena, &c->pipelines, p);
	}
}

struct collector *collector_read(
	struct system *s, const struct yaml *root, const char *name, bool is_partial)
{
	struct collector *c = arena_new(s->arena, struct collector);
	c->name = name;
	c->file = root->file;
	c->root = root;
	c->mode = "";
	const struct yaml *pipelines = yaml_at(root, "service", "pipelines", NULL);
	/* without receivers or exporters of its own it is laid over another file that has them */
	for (size_t i = 0; i < NR_COMPONENT_KINDS; i++) { /* ${file:exporters.yaml} */
		const struct yaml *section = yaml_get(root, sections[i]);
		c->is_partial |= section && section->kind == YAML_SCALAR;
	}
	c->is_partial |= is_partial || s->is_page || !pipelines ||
			 !yaml_get(root, sections[COMPONENT_RECEIVER]) ||
			 !yaml_get(root, sections[COMPONENT_EXPORTER]);
	for (size_t i = 0; i < NR_COMPONENT_KINDS; i++)
		map_init(&c->by_id[i], s->arena);
	for (size_t i = 0; i < NR_COMPONENT_KINDS; i++)
		read_components(s, c, (enum component_kind)i, yaml_get(root, sections[i]));
	read_pipelines(s, c, pipelines);
	if (!c->pipelines.nr)
		imagine_pipelines(s, c);
	mark_extensions(s, c, root);
	vec_push(s->arena, &s->collectors, c);
	return c;
}

bool pipeline_is_traces(const struct pipeline *p)
{
	return str_eq(p->signal, "traces");
}

const struct use *pipeline_find(const struct pipeline *p, const char *type, size_t *number)
{
	for (size_t i = 0; i < p->processors.all.nr; i++) {
		const struct use *u = &p->processors.all.at[i];
		if (u->component && str_eq(u->component->type, type)) {
			if (number)
				*number = i;
			return u;
		}
	}
	return NULL;
}

bool component_samples(const struct component *c)
{
	return c && c->kind == COMPONENT_PROCESSOR &&
	       (str_eq(c->type, "tail_sampling") || str_eq(c->type, "probabilistic_sampler"));
}
