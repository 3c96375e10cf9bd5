/* SPDX-License-Identifier: Apache-2.0 */
/* What a configuration file says of a component of the program's own. */
#include <limits.h>
#include <math.h>

#include "component.h"

#ifdef CTEL_HAS_FYAML

#include "declarative.h"

/* Nothing, where a variable names the component and no file is read. */
static struct yaml_node value_of(const ctel_properties *p, const char *key)
{
	return key && p->node.yaml ? yaml_get(p->node, key) : p->node;
}

static const ctel_properties *properties(struct yaml_node n, int depth)
{
	ctel_properties *p = yaml_alloc(n.yaml, sizeof(*p));
	if (p)
		*p = (ctel_properties){n, depth};
	else
		yaml_error(n, "no memory");
	return p;
}

const ctel_properties *declarative_properties(struct yaml_node n, int depth)
{
	if (!yaml_is_null(n) && !yaml_is_map(n)) {
		yaml_error(n, "a mapping is expected");
		return NULL;
	}
	return properties(n, depth);
}

#define GETTER(word, type, ...)                                                                    \
	bool ctel_property_##word(const ctel_properties *p, const char *key, type *out)            \
	{                                                                                          \
		struct yaml_node n = value_of(p, key);                                             \
		return n.node && yaml_##word(n, __VA_ARGS__ out);                                  \
	}

#define OF(min, max) min, max,
GETTER(bool, bool, )
GETTER(int, int64_t, OF(INT64_MIN, INT64_MAX))
GETTER(double, double, OF(-INFINITY, INFINITY))
GETTER(string, const char *, )

const ctel_properties *ctel_property_map(const ctel_properties *p, const char *key)
{
	struct yaml_node n = value_of(p, key);
	return yaml_is_null(n) ? NULL : declarative_properties(n, p->depth);
}

size_t ctel_property_count(const ctel_properties *p, const char *key)
{
	struct yaml_node n = value_of(p, key);
	return n.node ? yaml_count(n) : 0;
}

const ctel_properties *ctel_property_item(const ctel_properties *p, const char *key, size_t i)
{
	struct yaml_node n = value_of(p, key);
	return n.node && i < yaml_count(n) ? properties(yaml_item(n, i), p->depth) : NULL;
}

ctel_sampler *ctel_property_sampler(const ctel_properties *p, const char *key)
{
	struct yaml_node n = value_of(p, key);
	return yaml_is_null(n) ? NULL : declarative_sampler(n, p->depth + 1);
}

ctel_exporter *ctel_property_exporter(const ctel_properties *p, const char *key)
{
	struct yaml_node n = value_of(p, key);
	return yaml_is_null(n) ? NULL : declarative_exporter(n, p->depth + 1);
}

bool ctel_property_keys(const ctel_properties *p, const char *words)
{
	return !p->node.yaml || yaml_keys(p->node, words);
}

void ctel_property_error(const ctel_properties *p, const char *key, const char *message)
{
	if (p->node.yaml)
		yaml_error(value_of(p, key), "%s", message);
	else
		log_error("%s%s%s", key ? key : "", key ? ": " : "", message);
}

#else

#define NOTHING(word, type)                                                                        \
	bool ctel_property_##word(const ctel_properties *p, const char *key, type *out)            \
	{                                                                                          \
		return (void)p, (void)key, (void)out, false;                                       \
	}

NOTHING(bool, bool)
NOTHING(int, int64_t)
NOTHING(double, double)
NOTHING(string, const char *)

const ctel_properties *ctel_property_map(const ctel_properties *p, const char *key)
{
	return (void)p, (void)key, NULL;
}

size_t ctel_property_count(const ctel_properties *p, const char *key)
{
	return (void)p, (void)key, 0u;
}

const ctel_properties *ctel_property_item(const ctel_properties *p, const char *key, size_t i)
{
	return (void)p, (void)key, (void)i, NULL;
}

ctel_sampler *ctel_property_sampler(const ctel_properties *p, const char *key)
{
	return (void)p, (void)key, NULL;
}

ctel_exporter *ctel_property_exporter(const ctel_properties *p, const char *key)
{
	return (void)p, (void)key, NULL;
}

bool ctel_property_keys(const ctel_properties *p, const char *words)
{
	return (void)p, (void)words, true;
}

void ctel_property_error(const ctel_properties *p, const char *key, const char *message)
{
	(void)p;
	log_error("%s%s%s", key ? key : "", key ? ": " : "", message);
}

#endif
