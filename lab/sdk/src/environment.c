/* SPDX-License-Identifier: Apache-2.0 */
/* OTEL_… variables (OpenTelemetry specification, "Environment Variable Specification" and "OTLP
 * Exporter"). An empty value counts as not set; one that cannot be understood is said and ignored.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "component.h"

const char *environment_get(const char *name)
{
	const char *value = getenv(name);
	return value && *value ? value : NULL;
}

bool environment_bool(const char *name)
{
	const char *value = environment_get(name);
	if (!value || !strcasecmp(value, "false"))
		return false;
	if (!strcasecmp(value, "true"))
		return true;
	log_warning("%s=%s: neither \"true\" nor \"false\", taken as false", name, value);
	return false;
}

/* A number of at least `min`; false when there is none or it is not valid. */
static bool get_int(const char *name, int min, int *out)
{
	const char *value = environment_get(name);
	char *end;
	if (!value)
		return false;
	errno = 0;
	long x = strtol(value, &end, 10);
	while (*end == ' ')
		end++;
	if (*end || errno || x < min || x > INT32_MAX) {
		log_warning("%s=%s: not a whole number from %d on, ignored", name, value, min);
		return false;
	}
	*out = (int)x;
	return true;
}

static void get_positive(const char *name, int *out)
{
	if (*out == 0)
		get_int(name, 1, out);
}

/* ---- Limits --------------------------------------------------------------------------------- */

static void get_limit(const char *name, const char *general, int *out)
{
	int value;
	if (*out != 0)
		return;
	if (get_int(name, 0, &value) || (general && get_int(general, 0, &value)))
		*out = value ? value : CTEL_LIMIT_0;
}

static void get_limits(ctel_limits *l)
{
	get_limit("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT", &l->attributes);
	get_limit("OTEL_SPAN_EVENT_COUNT_LIMIT", NULL, &l->events);
	get_limit("OTEL_SPAN_LINK_COUNT_LIMIT", NULL, &l->links);
	get_limit("OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT",
		&l->event_attributes);
	get_limit("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT",
		&l->link_attributes);
	get_limit("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT",
		&l->value_length);
}

/* ---- Sampler -------------------------------------------------------------------------------- */

static double sampler_ratio(void)
{
	const char *value = environment_get("OTEL_TRACES_SAMPLER_ARG");
	char *end;
	if (!value)
		return 1;
	double ratio = strtod(value, &end);
	if (*end || end == value || !(ratio >= 0 && ratio <= 1)) {
		log_warning("OTEL_TRACES_SAMPLER_ARG=%s: not a number from 0 to 1, ignored", value);
		return 1;
	}
	return ratio;
}

static ctel_sampler *parent_based(ctel_sampler *root)
{
	return ctel_sampler_parent_based(&(ctel_parent_based){.root = root});
}

static ctel_sampler *get_sampler(void)
{
	const char *name = environment_get("OTEL_TRACES_SAMPLER");
	if (!name || !strcasecmp(name, "parentbased_always_on"))
		return parent_based(NULL);
	if (!strcasecmp(name, "always_on"))
		return ctel_sampler_always_on();
	if (!strcasecmp(name, "always_off"))
		return ctel_sampler_always_off();
	if (!strcasecmp(name, "traceidratio"))
		return ctel_sampler_trace_id_ratio(sampler_ratio());
	if (!strcasecmp(name, "parentbased_always_off"))
		return parent_based(ctel_sampler_always_off());
	if (!strcasecmp(name, "parentbased_traceidratio"))
		return parent_based(ctel_sampler_trace_id_ratio(sampler_ratio()));
	if (!strcasecmp(name, "probability")) /* ours: the specification has no name for it yet */
		return ctel_sampler_probability(sampler_ratio());
	if (!strcasecmp(name, "parentbased_probability"))
		return parent_based(ctel_sampler_probability(sampler_ratio()));
	ctel_sampler *own;
	if (component_sampler((struct slice){name, strlen(name)}, NULL, &own) && own)
		return own;
	log_warning("OTEL_TRACES_SAMPLER=%s: not known here, parentbased_always_on instead", name);
	return parent_based(NULL);
}

/* ---- OTLP exporter -------------------------------------------------------------------------- */

/* OTEL_EXPORTER_OTLP_TRACES_x, else OTEL_EXPORTER_OTLP_x; `*name` is the one that was found. */
static const char *get_otlp(const char *x, char name[64])
{
	snprintf(name, 64, "OTEL_EXPORTER_OTLP_TRACES_%s", x);
	const char *value = environment_get(name);
	if (value)
		return value;
	snprintf(name, 64, "OTEL_EXPORTER_OTLP_%s", x);
	return environment_get(name);
}

/* The general endpoint is a base, to which v1/traces is added; the traces endpoint is used as it
 * is, but for a path where there is none. */
static char *get_endpoint(void)
{
	const char *own = environment_get("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
	const char *base = environment_get("OTEL_EXPORTER_OTLP_ENDPOINT");
	const char *from = own ? own : base;
	if (!from)
		return NULL;
	size_t n = strlen(from);
	char *url = malloc(n + sizeof("/v1/traces"));
	if (!url)
		return NULL;
	memcpy(url, from, n + 1);
	const char *host = strstr(url, "://");
	if (own) {
		if (host && !strchr(host + 3, '/'))
			memcpy(url + n, "/", 2);
	} else {
		bool has_slash = n && url[n - 1] == '/';
		strcpy(url + n, has_slash ? "v1/traces" : "/v1/traces");
	}
	return url;
}

#define MAX_HEADERS 64

static char *copy_decoded(char *to, struct slice value)
{
	for (size_t i = 0; i < value.n; i++) {
		unsigned code;
		int used = 0;
		if (value.s[i] == '%' && i + 2 < value.n &&
			sscanf(value.s + i + 1, "%2x%n", &code, &used) == 1 && used == 2) {
			*to++ = (char)code;
			i += 2;
		} else {
			*to++ = value.s[i];
		}
	}
	*to++ = '\0';
	return to;
}

static bool is_among(const ctel_header *headers, size_t nr, struct slice key)
{
	for (size_t i = 0; i < nr; i++)
		if (strlen(headers[i].name) == key.n && !strncasecmp(headers[i].name, key.s, key.n))
			return true;
	return false;
}

size_t environment_headers(const char *list, char *copy, ctel_header *out, size_t max,
	const ctel_header *first, size_t nr_first)
{
	size_t nr = 0;
	struct slice member;
	while (slice_next(&list, &member) && nr < max) {
		const char *equals = memchr(member.s, '=', member.n);
		if (!member.n)
			continue;
		struct slice key = slice_trim(member.s, equals ? (size_t)(equals - member.s) : 0);
		if (!equals || !key.n) {
			log_warning("OTLP headers: \"%.*s\" is not key=value, ignored",
				(int)member.n, member.s);
			continue;
		}
		if (is_among(first, nr_first, key))
			continue;
		out[nr].name = copy;
		memcpy(copy, key.s, key.n);
		copy[key.n] = '\0';
		copy += key.n + 1;
		out[nr++].value = copy;
		copy = copy_decoded(
			copy, slice_trim(equals + 1, member.n - (size_t)(equals + 1 - member.s)));
	}
	return nr;
}

static void get_protocol(ctel_otlp *o)
{
	char name[64];
	const char *value = get_otlp("PROTOCOL", name);
	if (value && !strcasecmp(value, "http/json"))
		o->encoding = CTEL_JSON;
	else if (value && strcasecmp(value, "http/protobuf") != 0)
		log_warning("%s=%s: not supported here, http/protobuf instead", name, value);
	value = get_otlp("COMPRESSION", name);
	if (value && !strcasecmp(value, "none"))
		o->compression = CTEL_NO_COMPRESSION;
	else if (value && strcasecmp(value, "gzip") != 0)
		log_warning("%s=%s: neither \"gzip\" nor \"none\", ignored", name, value);
	value = get_otlp("TIMEOUT", name);
	if (value)
		get_int(name, 1, &o->timeout_ms);
}

ctel_exporter *environment_otlp(void)
{
	char name[64];
	ctel_header headers[MAX_HEADERS];
	const char *list = get_otlp("HEADERS", name);
	char *copy = list ? malloc(2 * strlen(list) + 2 * MAX_HEADERS) : NULL;
	char *endpoint = get_endpoint();
	ctel_otlp o = {.endpoint = endpoint, .headers = headers};
	o.nr_headers = copy ? environment_headers(list, copy, headers, MAX_HEADERS, NULL, 0) : 0;
	get_protocol(&o);
	o.ca_file = get_otlp("CERTIFICATE", name);
	o.client_cert_file = get_otlp("CLIENT_CERTIFICATE", name);
	o.client_key_file = get_otlp("CLIENT_KEY", name);
	get_positive("CTEL_OTLP_CONCURRENT_REQUESTS", &o.nr_concurrent);
	ctel_exporter *e = ctel_exporter_otlp_http(&o);
	free(endpoint);
	free(copy);
	return e;
}

/* ---- Exporters and processors --------------------------------------------------------------- */

bool environment_is_configured(void)
{
	return environment_get("OTEL_TRACES_EXPORTER") || environment_get("CTEL_FILE") ||
	       environment_get("OTEL_EXPORTER_OTLP_ENDPOINT") ||
	       environment_get("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
}

static int add_exporter(ctel_config *config, unsigned *nr, ctel_exporter *e)
{
	if (!e)
		return exporter_error ? exporter_error : -EINVAL;
	if (*nr == CTEL_MAX_PROCESSORS) {
		log_warning("more than %d exporters: the others are left out", CTEL_MAX_PROCESSORS);
		exporter_free(e);
		return 0;
	}
	config->processors[(*nr)++].exporter = e;
	return 0;
}

static bool is_word(struct slice s, const char *word)
{
	return s.n == strlen(word) && !strncasecmp(s.s, word, s.n);
}

/* Only when the program has not said where spans go. */
static int get_exporters(ctel_config *config)
{
	const char *names = environment_get("OTEL_TRACES_EXPORTER");
	const char *file = environment_get("CTEL_FILE");
	unsigned nr = 0;
	struct slice name;
	ctel_exporter *own;
	int rc = file ? add_exporter(config, &nr, ctel_exporter_file(file)) : 0;
	if (!names && !file)
		names = "otlp";
	while (rc == 0 && slice_next(&names, &name)) {
		if (is_word(name, "otlp"))
			rc = add_exporter(config, &nr, environment_otlp());
		else if (is_word(name, "console") || is_word(name, "otlp/stdout"))
			rc = add_exporter(config, &nr, ctel_exporter_file("-"));
		else if (component_exporter(name, NULL, &own))
			rc = add_exporter(config, &nr, own);
		else if (name.n && !is_word(name, "none"))
			log_warning("OTEL_TRACES_EXPORTER: \"%.*s\" is not known here, ignored",
				(int)name.n, name.s);
	}
	return rc;
}

static void get_processor(ctel_processor *p)
{
	get_positive("OTEL_BSP_SCHEDULE_DELAY", &p->delay_ms);
	get_positive("OTEL_BSP_EXPORT_TIMEOUT", &p->export_timeout_ms);
	get_positive("OTEL_BSP_MAX_QUEUE_SIZE", &p->max_queue);
	get_positive("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", &p->max_batch);
	int queue = p->max_queue ? p->max_queue : 2048;
	if (p->max_batch > queue)
		log_warning("OTEL_BSP_MAX_EXPORT_BATCH_SIZE: %d is more than the queue holds, %d",
			p->max_batch, queue);
}

static void get_log_level(void)
{
	const char *level = environment_get("OTEL_LOG_LEVEL");
	if (!level)
		return;
	if (!strcasecmp(level, "error") || !strcasecmp(level, "none"))
		log_level_set(CTEL_LOG_ERROR);
	else if (!strcasecmp(level, "info") || !strcasecmp(level, "debug"))
		log_level_set(CTEL_LOG_INFO);
	else if (strncasecmp(level, "warn", 4) != 0)
		log_warning("OTEL_LOG_LEVEL=%s: not known, ignored", level);
}

int environment_config(ctel_config *config)
{
	int rc = 0;
	get_log_level();
	get_limits(&config->limits);
	if (!config->sampler)
		config->sampler = get_sampler();
	if (!config->propagators) {
		struct propagators p;
		const char *names = environment_get("OTEL_PROPAGATORS");
		const char *unknown = names ? propagators_read(&p, names) : NULL;
		if (unknown)
			log_warning("OTEL_PROPAGATORS: \"%.*s\" is not known here, ignored",
				(int)strcspn(unknown, ","), unknown);
		config->propagators = names ? names : "tracecontext,baggage";
	}
	const ctel_processor *first = &config->processors[0];
	if (!first->exporter && !first->on_start && !first->on_ending && !first->on_end)
		rc = get_exporters(config);
	for (int i = 0; i < CTEL_MAX_PROCESSORS; i++)
		if (config->processors[i].exporter)
			get_processor(&config->processors[i]);
	return rc;
}
