/* SPDX-License-Identifier: Apache-2.0 */
/* Tracers: instrumentation scopes, kept for the life of the process. */
#include <stdlib.h>

#include "sdk.h"

static struct ctel_tracer unnamed = {.name = "", .version = "", .schema_url = ""};
static struct ctel_tracer *tracers = &unnamed;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool (*is_disabled_rule)(const void *rules, const char *name);
static const void *disabled_rules;

void tracer_lock(void)
{
	thread_enter(); /* a signal handler's call is refused */
	pthread_mutex_lock(&lock);
}

void tracer_unlock(void)
{
	pthread_mutex_unlock(&lock);
	thread_leave();
}

static struct ctel_tracer *find(const ctel_scope_info *info, ctel_bytes attributes)
{
	for (struct ctel_tracer *t = tracers; t; t = t->next)
		if (!strcmp(t->name, info->name) && !strcmp(t->version, info->version) &&
			!strcmp(t->schema_url, info->schema_url) &&
			t->attributes.n == attributes.n &&
			(!attributes.n ||
				!memcmp(t->attributes.data, attributes.data, attributes.n)))
			return t;
	return NULL;
}

static struct ctel_tracer *add(const ctel_scope_info *info, ctel_bytes attributes)
{
	const char *const strings[] = {info->name, info->version, info->schema_url};
	size_t n = attributes.n;
	for (int i = 0; i < 3; i++)
		n += 3 * strlen(strings[i]) + 1; /* repaired, it may be three times as long */
	struct ctel_tracer *t = calloc(1, sizeof(*t) + n);
	if (!t)
		return &unnamed;
	char *at = (char *)(t + 1);
	const char **to[] = {&t->name, &t->version, &t->schema_url};
	for (int i = 0; i < 3; i++) {
		*to[i] = at;
		at += utf8_repair(at, strings[i], strlen(strings[i]), SIZE_MAX);
		*at++ = '\0';
	}
	t->attributes = (ctel_bytes){(unsigned char *)at, attributes.n};
	if (attributes.n)
		memcpy(at, attributes.data, attributes.n);
	atomic_init(&t->is_disabled, is_disabled_rule && is_disabled_rule(disabled_rules, t->name));
	t->next = tracers;
	tracers = t;
	return t;
}

ctel_tracer *ctel_tracer_get_scope(const ctel_scope_info *info)
{
	static const struct attribute_limits limits = {128, UINT32_MAX};
	ctel_scope_info whole = *info;
	struct attribute_set set = {0};
	if (!whole.name)
		whole.name = "";
	if (!whole.version)
		whole.version = "";
	if (!whole.schema_url)
		whole.schema_url = "";
	for (size_t i = 0; i < info->nr_attributes; i++)
		attribute_set(&set, 3, &info->attributes[i], &limits);
	ctel_bytes attributes = {set.bytes.data, set.bytes.n};
	tracer_lock();
	struct ctel_tracer *t = find(&whole, attributes);
	if (!t)
		t = add(&whole, attributes);
	tracer_unlock();
	attribute_set_free(&set);
	return t;
}

ctel_tracer *ctel_tracer_get(const char *name, const char *version)
{
	if (!name && !version)
		return &unnamed;
	return ctel_tracer_get_scope(&(ctel_scope_info){.name = name, .version = version});
}

void tracer_configure(bool (*is_disabled)(const void *rules, const char *name), const void *rules)
{
	tracer_lock();
	is_disabled_rule = is_disabled;
	disabled_rules = rules;
	for (struct ctel_tracer *t = tracers; t; t = t->next)
		atomic_store(&t->is_disabled, is_disabled && is_disabled(rules, t->name));
	tracer_unlock();
}
