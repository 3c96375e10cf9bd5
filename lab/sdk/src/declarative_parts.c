/* SPDX-License-Identifier: Apache-2.0 */
/* Processors, exporters, limits and the resource of a declarative configuration. */
#ifdef CTEL_HAS_FYAML

#include <limits.h>
#include <stdlib.h>

#include "declarative.h"

static int int_of(struct yaml_node map, const char *key, int min, int otherwise)
{
	int64_t value = otherwise;
	yaml_int(yaml_get(map, key), min, INT_MAX, &value);
	return (int)value;
}

/* In the schema 0 is "no limit" for times. */
static int ms_of(struct yaml_node map, const char *key, int otherwise)
{
	int ms = int_of(map, key, 0, otherwise);
	return ms ? ms : INT_MAX;
}

/* ---- Exporters ------------------------------------------------------------------------------ */

#define MAX_HEADERS 64

static size_t read_headers(struct yaml_node n, ctel_header *out)
{
	struct yaml_node list = yaml_get(n, "headers");
	const char *text = NULL;
	size_t nr = 0;
	for (size_t i = 0; i < yaml_count(list) && nr < MAX_HEADERS; i++) {
		struct yaml_node h = yaml_item(list, i);
		yaml_keys(h, "name value");
		if (yaml_require(h, "name") && yaml_require(h, "value") &&
			yaml_string(yaml_get(h, "name"), &out[nr].name) &&
			yaml_string(yaml_get(h, "value"), &out[nr].value))
			nr++; /* a null value: no header */
	}
	if (yaml_string(yaml_get(n, "headers_list"), &text)) {
		char *copy = yaml_alloc(n.yaml, 2 * strlen(text) + 2 * MAX_HEADERS);
		if (copy)
			nr += environment_headers(text, copy, out + nr, MAX_HEADERS - nr, out, nr);
	}
	return nr;
}

static ctel_exporter *otlp_http(struct yaml_node n)
{
	ctel_header headers[MAX_HEADERS];
	const char *word = "none";
	int64_t size = 0;
	struct yaml_node tls = yaml_get(n, "tls");
	ctel_otlp o = {.headers = headers};
	yaml_keys(n, "endpoint tls headers headers_list compression max_request_size "
		     "max_response_size timeout encoding");
	yaml_string(yaml_get(n, "endpoint"), &o.endpoint);
	yaml_keys(tls, "ca_file key_file cert_file");
	yaml_string(yaml_get(tls, "ca_file"), &o.ca_file);
	yaml_string(yaml_get(tls, "key_file"), &o.client_key_file);
	yaml_string(yaml_get(tls, "cert_file"), &o.client_cert_file);
	o.nr_headers = read_headers(n, headers);
	yaml_string(yaml_get(n, "compression"), &word);
	if (!strcmp(word, "none"))
		o.compression = CTEL_NO_COMPRESSION;
	else if (strcmp(word, "gzip") != 0)
		yaml_error(yaml_get(n, "compression"), "\"%s\": neither gzip nor none", word);
	word = "protobuf";
	yaml_string(yaml_get(n, "encoding"), &word);
	if (!strcmp(word, "json"))
		o.encoding = CTEL_JSON;
	else if (strcmp(word, "protobuf") != 0)
		yaml_error(yaml_get(n, "encoding"), "\"%s\": neither protobuf nor json", word);
	if (yaml_int(yaml_get(n, "max_request_size"), 0, INT64_MAX, &size))
		o.max_request = (size_t)size;
	if (yaml_int(yaml_get(n, "max_response_size"), 1, INT64_MAX, &size))
		o.max_response = (size_t)size;
	o.timeout_ms = ms_of(n, "timeout", 10000);
	return n.yaml->nr_errors ? NULL : ctel_exporter_otlp_http(&o);
}

static ctel_exporter *otlp_file(struct yaml_node n)
{
	const char *where = "stdout";
	yaml_keys(n, "output_stream");
	yaml_string(yaml_get(n, "output_stream"), &where);
	if (strcmp(where, "stdout") != 0 && strncmp(where, "file://", 7) != 0) {
		yaml_error(n, "output_stream \"%s\": neither stdout nor file:///path", where);
		return NULL;
	}
	if (n.yaml->nr_errors)
		return NULL;
	return ctel_exporter_file(*where == 's' ? "-" : where + 7);
}

static ctel_exporter *own_exporter(const char *name, struct yaml_node n, int depth)
{
	ctel_exporter *made = NULL;
	const ctel_properties *p = declarative_properties(n, depth);
	if (p && !component_exporter((struct slice){name, strlen(name)}, p, &made))
		yaml_error(n, "no such exporter here; known are: " KNOWN_EXPORTERS
			      " and those that the program registers");
	return made;
}

ctel_exporter *declarative_exporter(struct yaml_node n, int depth)
{
	const char *key;
	struct yaml_node value;
	ctel_exporter *e = NULL;
	if (yaml_is_null(n)) {
		yaml_error(n, "is missing");
		return NULL;
	}
	if (declarative_is_too_deep(n, depth) || !yaml_choice(n, &key, &value))
		return NULL;
	if (!strcmp(key, "otlp_http"))
		e = otlp_http(value);
	else if (!strcmp(key, "otlp_file/development"))
		e = otlp_file(value);
	else if (!strcmp(key, "console"))
		e = yaml_keys(value, "") ? ctel_exporter_file("-") : NULL;
	else
		e = own_exporter(key, value, depth);
	if (!e && !n.yaml->nr_errors)
		yaml_error(value, "cannot be made");
	return e;
}

static void own_processor(const char *name, struct yaml_node n, ctel_processor *out)
{
	bool is_made = false;
	const ctel_properties *p = declarative_properties(n, 0);
	if (p && !component_processor((struct slice){name, strlen(name)}, p, out, &is_made))
		yaml_error(n, "no such processor here; known are: " KNOWN_PROCESSORS
			      " and those that the program registers");
	else if (!is_made && !n.yaml->nr_errors)
		yaml_error(n, "cannot be made");
}

void declarative_processor(struct yaml_node n, ctel_processor *out)
{
	const char *key;
	struct yaml_node value;
	if (!yaml_choice(n, &key, &value))
		return;
	if (!strcmp(key, "simple")) {
		yaml_keys(value, "exporter");
		out->is_simple = true;
	} else if (!strcmp(key, "batch")) {
		yaml_keys(value, "schedule_delay export_timeout max_queue_size "
				 "max_export_batch_size exporter");
		out->delay_ms = int_of(value, "schedule_delay", 0, 5000);
		if (!out->delay_ms)
			out->delay_ms = 1;
		out->export_timeout_ms = ms_of(value, "export_timeout", 30000);
		out->max_queue = int_of(value, "max_queue_size", 1, 2048);
		out->max_batch = int_of(value, "max_export_batch_size", 1, 512);
	} else {
		own_processor(key, value, out);
		return;
	}
	out->exporter = declarative_exporter(yaml_get(value, "exporter"), 0);
}

/* ---- Limits --------------------------------------------------------------------------------- */

static int limit(struct yaml_node map, const char *key, int otherwise)
{
	int64_t value;
	if (!yaml_int(yaml_get(map, key), 0, INT_MAX, &value))
		return otherwise;
	return value ? (int)value : CTEL_LIMIT_0;
}

#define GENERAL "attribute_value_length_limit attribute_value_depth_limit attribute_count_limit"

void declarative_limits(struct yaml_node general, struct yaml_node span, ctel_limits *out)
{
	int64_t depth; /* attributes have no depth here: arrays of scalars are all there is */
	yaml_keys(general, GENERAL);
	yaml_keys(span, GENERAL " event_count_limit link_count_limit event_attribute_count_limit "
				"link_attribute_count_limit");
	yaml_int(yaml_get(general, "attribute_value_depth_limit"), 1, INT_MAX, &depth);
	yaml_int(yaml_get(span, "attribute_value_depth_limit"), 1, INT_MAX, &depth);
	int count = limit(general, "attribute_count_limit", 0);
	out->value_length = limit(span, "attribute_value_length_limit",
		limit(general, "attribute_value_length_limit", 0));
	out->attributes = limit(span, "attribute_count_limit", count);
	out->events = limit(span, "event_count_limit", 0);
	out->links = limit(span, "link_count_limit", 0);
	out->event_attributes = limit(span, "event_attribute_count_limit", count);
	out->link_attributes = limit(span, "link_attribute_count_limit", count);
}

/* ---- Resource ------------------------------------------------------------------------------- */

static size_t value_size(ctel_type type)
{
	return type == CTEL_STRINGS ? sizeof(char *)
	       : type == CTEL_BOOLS ? sizeof(bool)
	       : type == CTEL_INTS  ? sizeof(int64_t)
				    : sizeof(double);
}

static bool read_array(struct yaml_node n, ctel_attr *a)
{
	size_t nr = yaml_count(n);
	void *values = yaml_alloc(n.yaml, (nr + 1) * value_size(a->type));
	if (!values)
		return false;
	for (size_t i = 0; i < nr; i++) {
		struct yaml_node item = yaml_item(n, i);
		bool is_there =
			a->type == CTEL_STRINGS ? yaml_string(item, &((const char **)values)[i])
			: a->type == CTEL_BOOLS ? yaml_bool(item, &((bool *)values)[i])
			: a->type == CTEL_INTS
				? yaml_int(item, INT64_MIN, INT64_MAX, &((int64_t *)values)[i])
				: yaml_double(item, -1e308, 1e308, &((double *)values)[i]);
		if (!is_there && !n.yaml->nr_errors)
			yaml_error(item, "an item is empty");
	}
	a->n = nr;
	a->v.strings = values;
	return true;
}

static bool read_value(struct yaml_node n, ctel_attr *a)
{
	switch (a->type) {
	case CTEL_STRING:
		if (!yaml_string(n, &a->v.string))
			return false;
		a->n = strlen(a->v.string);
		return true;
	case CTEL_BOOL:
		return yaml_bool(n, &a->v.boolean);
	case CTEL_INT:
		return yaml_int(n, INT64_MIN, INT64_MAX, &a->v.integer);
	case CTEL_DOUBLE:
		return yaml_double(n, -1e308, 1e308, &a->v.real);
	default:
		return read_array(n, a);
	}
}

static bool read_attribute(struct yaml_node n, ctel_attr *a)
{
	/* In ctel_type's order. */
	static const char *const types[] = {"string", "bool", "int", "double", "string_array",
		"bool_array", "int_array", "double_array"};
	const char *type = "string";
	unsigned i = 0;
	yaml_keys(n, "name value type");
	if (yaml_require(n, "name") && yaml_require(n, "value"))
		yaml_string(yaml_get(n, "name"), &a->key);
	yaml_string(yaml_get(n, "type"), &type);
	while (i < 8 && strcmp(types[i], type) != 0)
		i++;
	if (i == 8) {
		yaml_error(yaml_get(n, "type"), "\"%s\" is not known here", type);
		return false;
	}
	a->type = (ctel_type)i;
	struct yaml_node value = yaml_get(n, "value");
	return !yaml_is_null(value) && read_value(value, a); /* null: no attribute */
}

static const char *const *patterns(struct yaml_node list, size_t *nr)
{
	*nr = yaml_count(list);
	const char **out = yaml_alloc(list.yaml, (*nr + 1) * sizeof(*out));
	for (size_t i = 0; out && i < *nr; i++)
		if (!yaml_string(yaml_item(list, i), &out[i]))
			out[i] = "";
	return out;
}

static void detection(struct yaml_node n, struct resource_plan *plan)
{
	struct yaml_node detectors = yaml_get(n, "detectors"),
			 attributes = yaml_get(n, "attributes");
	yaml_keys(n, "attributes detectors");
	yaml_keys(attributes, "included excluded");
	plan->included = patterns(yaml_get(attributes, "included"), &plan->nr_included);
	plan->excluded = patterns(yaml_get(attributes, "excluded"), &plan->nr_excluded);
	for (size_t i = 0; i < yaml_count(detectors); i++) {
		const char *key;
		struct yaml_node value;
		if (!yaml_choice(yaml_item(detectors, i), &key, &value))
			continue;
		yaml_keys(value, "");
		if (!strcmp(key, "host"))
			plan->host = true;
		else if (!strcmp(key, "process"))
			plan->process = true;
		else if (!strcmp(key, "service"))
			plan->service = true;
		else if (!strcmp(key, "container"))
			plan->container = true;
		else
			yaml_error(value,
				"no such detector here; known are: container host process "
				"service");
	}
}

void declarative_resource(struct yaml_node n, ctel_config *config, struct resource_plan *plan)
{
	struct yaml_node list = yaml_get(n, "attributes");
	yaml_keys(n, "attributes detection/development schema_url attributes_list");
	size_t nr = yaml_count(list);
	ctel_attr *attributes = yaml_alloc(n.yaml, (nr + 1) * sizeof(*attributes));
	for (size_t i = 0; attributes && i < nr; i++)
		if (read_attribute(yaml_item(list, i), &attributes[config->nr_resource]))
			config->nr_resource++;
	config->resource = attributes;
	yaml_string(yaml_get(n, "schema_url"), &config->resource_schema_url);
	yaml_string(yaml_get(n, "attributes_list"), &plan->list);
	detection(yaml_get(n, "detection/development"), plan);
}

#else
typedef int declarative_parts_are_not_there;
#endif
