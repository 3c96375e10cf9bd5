/* Reads what an SDK was told about sampling. */
#include "pipeline/sdk.h"

#include "base/str.h"

#include <string.h>

static const struct yaml *variable(const struct environment *e, const char *name)
{
	for (size_t i = 0; i < e->all.nr; i++)
		if (str_eq(e->all.at[i].name, name))
			return e->all.at[i].at;
	return NULL;
}

static struct sdk *new_sdk(struct system *s, const char *name)
{
	struct sdk *sdk = arena_new(s->arena, struct sdk);
	sdk->name = name;
	sdk->is_parent_based = true;
	sdk->ratio = (struct share){1, 1};
	sdk->sampler_text = "";
	vec_push(s->arena, &s->sdks, sdk);
	return sdk;
}

static void read_sampler(struct sdk *sdk, const char *text)
{
	static const struct {
		const char *name;
		enum sampler_kind kind;
	} kinds[] = {{"always_on", SAMPLER_ALWAYS_ON}, {"always_off", SAMPLER_ALWAYS_OFF},
		{"traceidratio", SAMPLER_RATIO}};
	const char *inner = text;
	sdk->sampler_text = text;
	sdk->is_parent_based = str_has_prefix(text, "parentbased_");
	if (sdk->is_parent_based)
		inner += strlen("parentbased_");
	sdk->sampler = SAMPLER_OTHER;
	for (size_t i = 0; i < 3; i++)
		if (str_eq(inner, kinds[i].name))
			sdk->sampler = kinds[i].kind;
	if (sdk->sampler == SAMPLER_OTHER)
		sdk->is_parent_based = true; /* not known to be wrong */
}

static void set_ratio(struct sdk *sdk, const struct yaml *argument)
{
	double ratio = 1;
	sdk->argument_at = argument;
	if (sdk->sampler == SAMPLER_ALWAYS_OFF)
		sdk->ratio = (struct share){0, 0};
	if (sdk->sampler == SAMPLER_OTHER)
		sdk->ratio = (struct share){0, 1};
	if (sdk->sampler != SAMPLER_RATIO || !argument)
		return;
	if (!yaml_number(argument, &ratio))
		sdk->ratio = yaml_text(argument) ? (struct share){1, 1} : (struct share){0, 1};
	else if (ratio >= 0 && ratio <= 1)
		sdk->ratio = (struct share){ratio, ratio};
}

/* The default protocol is for SDKs to choose; a port says which one was meant. */
static bool speaks_http(const struct sdk *sdk, const char *exporter)
{
	const char *endpoint = yaml_text(sdk->endpoint), *protocol = yaml_text(sdk->protocol);
	if (!endpoint || (exporter && !strstr(exporter, "otlp")))
		return false;
	if (sdk->protocol)
		return protocol && str_has_prefix(protocol, "http/");
	const char *port = strstr(endpoint, ":4318");
	return port && (!port[5] || port[5] == '/');
}

struct sdk *sdk_from_environment(struct system *s, const struct environment *e, const char *name)
{
	const struct yaml *sampler = variable(e, "OTEL_TRACES_SAMPLER");
	const struct yaml *argument = variable(e, "OTEL_TRACES_SAMPLER_ARG");
	const struct yaml *endpoint = variable(e, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
	const struct yaml *exporter = variable(e, "OTEL_TRACES_EXPORTER");
	bool is_whole = endpoint != NULL;
	if (!endpoint)
		endpoint = variable(e, "OTEL_EXPORTER_OTLP_ENDPOINT");
	if (!sampler && !argument && !endpoint && !exporter)
		return NULL;
	const char *none = yaml_text(exporter);
	if (str_eq(none, "none") || yaml_bool(variable(e, "OTEL_SDK_DISABLED"), false))
		return NULL;
	struct sdk *sdk = new_sdk(s, name);
	sdk->endpoint = endpoint;
	sdk->protocol = variable(e, "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL");
	if (!sdk->protocol)
		sdk->protocol = variable(e, "OTEL_EXPORTER_OTLP_PROTOCOL");
	sdk->is_whole_endpoint = is_whole;
	sdk->is_http = (!exporter || none) && speaks_http(sdk, none);
	sdk->delay = variable(e, "OTEL_BSP_SCHEDULE_DELAY");
	sdk->is_lambda = variable(e, "AWS_LAMBDA_EXEC_WRAPPER") != NULL;
	sdk->sampler_at = sampler;
	if (yaml_text(sampler))
		read_sampler(sdk, yaml_text(sampler));
	else if (sampler && !yaml_is_null(sampler))
		sdk->sampler = SAMPLER_OTHER;
	set_ratio(sdk, argument);
	return sdk;
}

bool sdk_is_declarative(const struct yaml *root)
{
	return yaml_get(root, "file_format") &&
	       (yaml_get(root, "tracer_provider") || yaml_get(root, "resource") ||
		       yaml_get(root, "meter_provider") || yaml_get(root, "logger_provider"));
}

/* opentelemetry-configuration 1.0: sampler: {parent_based: {root: {trace_id_ratio_based: …}}} */
static void read_declarative(struct sdk *sdk, const struct yaml *sampler)
{
	const struct yaml *parent = yaml_get(sampler, "parent_based");
	const struct yaml_pair *kind;
	sdk->is_parent_based = parent != NULL;
	if (parent)
		sampler = yaml_get(parent, "root");
	if (!sampler) /* the root sampler of parent_based is always_on by default */
		return;
	if (yaml_pair(sampler, "always_on"))
		sdk->sampler = SAMPLER_ALWAYS_ON;
	else if (yaml_pair(sampler, "always_off"))
		sdk->sampler = SAMPLER_ALWAYS_OFF;
	else if ((kind = yaml_pair(sampler, "trace_id_ratio_based")) ||
		 (kind = yaml_pair(sampler, "probability/development"))) {
		sdk->sampler = SAMPLER_RATIO;
		sdk->sampler_at = kind->key;
		sdk->sampler_text = kind->key->text;
		sdk->writes_threshold = str_has_prefix(kind->key->text, "probability");
		set_ratio(sdk, yaml_get(kind->value, "ratio"));
		return;
	} else {
		sdk->sampler = SAMPLER_OTHER;
	}
	set_ratio(sdk, NULL);
}

struct sdk *sdk_from_declarative(struct system *s, const struct yaml *root, const char *name)
{
	const struct yaml *provider = yaml_get(root, "tracer_provider");
	if (!provider)
		return NULL;
	struct sdk *sdk = new_sdk(s, name);
	const struct yaml_pair *sampler = yaml_pair(provider, "sampler");
	const struct yaml *processors = yaml_get(provider, "processors");
	if (sampler) {
		sdk->sampler_at = sampler->key;
		read_declarative(sdk, sampler->value);
	}
	for (size_t i = 0; processors && processors->kind == YAML_LIST && i < processors->nr; i++) {
		const struct yaml *batch = yaml_get(processors->items[i], "batch");
		const struct yaml *exporter = yaml_get(batch, "exporter");
		if (batch)
			sdk->delay = yaml_get(batch, "schedule_delay");
		for (size_t k = 0; exporter && k < exporter->nr && exporter->kind == YAML_MAP;
			k++) {
			sdk->endpoint = yaml_get(exporter->pairs[k].value, "endpoint");
			sdk->is_whole_endpoint = true;
			sdk->is_http = str_eq(exporter->pairs[k].key->text, "otlp_http");
		}
	}
	return sdk;
}

struct share sdk_share(const struct sdk *sdk)
{
	return sdk->ratio;
}
