/* SPDX-License-Identifier: Apache-2.0 */
/* The declarative configuration file: file_format 1.0 and 1.1, what concerns traces. Of the
 * environment only what the file names by ${…} counts. */
#include <errno.h>

#include "sdk.h"

#ifdef CTEL_HAS_FYAML

#include <stdlib.h>

#include "declarative.h"

static void check_format(struct yaml_node root)
{
	const char *format = NULL;
	struct yaml_node n = yaml_get(root, "file_format");
	if (!yaml_string(n, &format)) {
		yaml_error(n, "is missing; this library knows \"1.0\" and \"1.1\"");
		return;
	}
	size_t digits = !strncmp(format, "1.", 2) ? strspn(format + 2, "0123456789") : 0;
	if (!digits || format[2 + digits])
		yaml_error(n, "\"%s\": this library knows \"1.0\" and \"1.1\"", format);
	else if (digits > 1 || format[2] > '1')
		log_warning("%s:%d:%d: file_format: %s is newer than 1.1, which this library knows",
			root.yaml->path, n.line, n.column, format);
}

/* False when it is not the program's. From here on its name means the one that is made here. */
static bool own_propagator(const char *name, struct yaml_node n)
{
	struct slice key = {name, strlen(name)};
	if (!component_is_propagator(key))
		return false;
	const ctel_properties *p = declarative_properties(n, 0);
	if (p && !component_make_propagator(key, p) && !n.yaml->nr_errors)
		yaml_error(n, "cannot be made");
	return true;
}

/* {composite: [tracecontext:, …], composite_list: "xray"}, as one list of names. */
static const char *propagator_names(struct yaml_node n)
{
	struct yaml_node list = yaml_get(n, "composite");
	struct propagators known;
	const char *more = NULL, *key;
	struct text names = {0};
	yaml_keys(n, "composite composite_list");
	text_puts(&names, "none");
	for (size_t i = 0; i < yaml_count(list); i++) {
		struct yaml_node value;
		if (!yaml_choice(yaml_item(list, i), &key, &value))
			continue;
		if (!own_propagator(key, value)) {
			yaml_keys(value, "");
			if (propagators_read(&known, key))
				yaml_error(value,
					"no such propagator here; known are: " KNOWN_PROPAGATORS
					" and those that the program registers");
		}
		text_puts(&names, ",");
		text_puts(&names, key);
	}
	if (yaml_string(yaml_get(n, "composite_list"), &more)) {
		if (propagators_read(&known, more))
			yaml_error(yaml_get(n, "composite_list"), "\"%s\": not all of it is known",
				more);
		text_puts(&names, ",");
		text_puts(&names, more);
	}
	char *out = yaml_alloc(n.yaml, names.n + 1);
	if (out && !names.is_broken)
		memcpy(out, names.s, names.n + 1);
	text_free(&names);
	return out;
}

/* ---- Tracers that are switched off ---------------------------------------------------------- */

struct tracer_rules {
	struct tracer_rules *next; /* kept as long as the process, as tracers are */
	bool is_enabled;           /* those that no rule names */
	size_t nr;
	char **names; /* patterns; the first that matches counts */
	bool *are_enabled;
};

static bool is_disabled(const void *argument, const char *name)
{
	const struct tracer_rules *rules = argument;
	for (size_t i = 0; i < rules->nr; i++)
		if (pattern_matches(rules->names[i], name))
			return !rules->are_enabled[i];
	return !rules->is_enabled;
}

static struct tracer_rules *all_rules;

/* NULL when there is nothing to say. */
static struct tracer_rules *tracer_rules(struct yaml_node n)
{
	struct yaml_node list = yaml_get(n, "tracers"), config = yaml_get(n, "default_config");
	if (yaml_is_null(n))
		return NULL;
	yaml_keys(n, "default_config tracers");
	yaml_keys(config, "enabled");
	size_t nr = yaml_count(list);
	struct tracer_rules *rules = calloc(1, sizeof(*rules) + nr * (sizeof(char *) + 1));
	if (!rules)
		return NULL;
	rules->next = all_rules;
	all_rules = rules;
	rules->names = (char **)(rules + 1);
	rules->are_enabled = (bool *)(rules->names + nr);
	rules->is_enabled = true;
	yaml_bool(yaml_get(config, "enabled"), &rules->is_enabled);
	for (size_t i = 0; i < nr; i++) {
		struct yaml_node item = yaml_item(list, i), own = yaml_get(item, "config");
		const char *name = "";
		yaml_keys(item, "name config");
		yaml_keys(own, "enabled");
		if (yaml_require(item, "name") && yaml_require(item, "config"))
			yaml_string(yaml_get(item, "name"), &name);
		rules->are_enabled[i] = true;
		yaml_bool(yaml_get(own, "enabled"), &rules->are_enabled[i]);
		rules->names[i] = strdup(name);
		rules->nr += rules->names[i] != NULL;
	}
	return rules;
}

/* ---- The whole ------------------------------------------------------------------------------ */

static void id_generator(struct yaml_node n, ctel_config *config)
{
	const char *key;
	struct yaml_node value;
	if (yaml_is_null(n) || !yaml_choice(n, &key, &value))
		return;
	yaml_keys(value, "");
	if (!strcmp(key, "xray"))
		config->ids = CTEL_IDS_XRAY;
	else if (strcmp(key, "random") != 0)
		yaml_error(value, "no such id generator here; known are: random xray");
}

static void tracer_provider(struct yaml_node n, ctel_config *config)
{
	struct yaml_node list = yaml_get(n, "processors"), sampler = yaml_get(n, "sampler");
	yaml_keys(n, "processors limits sampler id_generator tracer_configurator/development");
	size_t nr = yaml_count(list);
	if (nr == 0 && !yaml_is_null(n))
		yaml_error(n, "\"processors\" is missing or empty");
	if (nr > CTEL_MAX_PROCESSORS)
		yaml_error(list, "more than %d processors", CTEL_MAX_PROCESSORS);
	for (size_t i = 0; i < nr && i < CTEL_MAX_PROCESSORS; i++)
		declarative_processor(yaml_item(list, i), &config->processors[i]);
	if (!yaml_is_null(sampler))
		config->sampler = declarative_sampler(sampler, 0);
	id_generator(yaml_get(n, "id_generator"), config);
}

static void log_level(struct yaml_node n)
{
	const char *level;
	if (!yaml_string(n, &level))
		return;
	if (!strncmp(level, "error", 5) || !strncmp(level, "fatal", 5))
		log_level_set(CTEL_LOG_ERROR);
	else if (!strncmp(level, "warn", 4))
		log_level_set(CTEL_LOG_WARNING);
	else if (!strncmp(level, "info", 4) || !strncmp(level, "debug", 5) ||
		 !strncmp(level, "trace", 5))
		log_level_set(CTEL_LOG_INFO);
	else
		yaml_error(n, "\"%s\" is not known here", level);
}

static int start(struct yaml_node root, const char *service_name)
{
	ctel_config config = {.service_name = service_name, .ignores_environment = true};
	struct resource_plan plan = {0};
	struct yaml_node provider = yaml_get(root, "tracer_provider");
	bool is_disabled_all = false;
	check_format(root);
	yaml_known(root, "file_format disabled log_level attribute_limits logger_provider "
			 "meter_provider propagator tracer_provider resource distribution "
			 "instrumentation/development");
	log_level(yaml_get(root, "log_level"));
	yaml_bool(yaml_get(root, "disabled"), &is_disabled_all);
	declarative_limits(
		yaml_get(root, "attribute_limits"), yaml_get(provider, "limits"), &config.limits);
	config.propagators = propagator_names(yaml_get(root, "propagator"));
	declarative_resource(yaml_get(root, "resource"), &config, &plan);
	tracer_provider(provider, &config);
	struct tracer_rules *rules =
		tracer_rules(yaml_get(provider, "tracer_configurator/development"));
	bool is_off = is_disabled_all || yaml_is_null(provider);
	if (root.yaml->nr_errors || is_off) {
		config_drop(&config);
		if (!root.yaml->nr_errors)
			propagators_while_off(config.propagators);
		return root.yaml->nr_errors ? -EINVAL : 0;
	}
	int rc = provider_start(&config, &plan);
	if (rc == 0 && rules)
		tracer_configure(is_disabled, rules);
	return rc;
}

int declarative_start(const char *path, const char *service_name)
{
	struct yaml yaml;
	struct yaml_node root;
	if (!yaml_open(&yaml, path, &root))
		return -EINVAL;
	int rc = start(root, service_name);
	yaml_close(&yaml);
	return rc;
}

#else

int declarative_start(const char *path, const char *service_name)
{
	(void)service_name;
	log_error("%s: this library was built without libfyaml, tracing stays off", path);
	return -ENOTSUP;
}

#endif
