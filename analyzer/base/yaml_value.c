/* Reads values out of YAML nodes: keys, numbers, durations; lays one document over another. */
#include "base/yaml.h"

#include "base/str.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct yaml_pair *yaml_pair(const struct yaml *map, const char *key)
{
	for (size_t i = 0; map && map->kind == YAML_MAP && i < map->nr; i++)
		if (str_eq(map->pairs[i].key->text, key))
			return &map->pairs[i];
	return NULL;
}

const struct yaml *yaml_get(const struct yaml *map, const char *key)
{
	const struct yaml_pair *pair = yaml_pair(map, key);
	return pair ? pair->value : NULL;
}

const struct yaml *yaml_at(const struct yaml *map, ...)
{
	va_list ap;
	const char *key;
	va_start(ap, map);
	while (map && (key = va_arg(ap, const char *)))
		map = yaml_get(map, key);
	va_end(ap);
	return map;
}

const char *yaml_text(const struct yaml *y)
{
	return y && y->kind == YAML_SCALAR && !y->is_open ? y->text : NULL;
}

bool yaml_is_null(const struct yaml *y)
{
	return !y || y->kind == YAML_NULL;
}

bool yaml_number(const struct yaml *y, double *out)
{
	const char *s = yaml_text(y);
	char plain[64];
	size_t n = 0;
	if (!s || !*s)
		return false;
	for (; *s && n + 1 < sizeof(plain); s++)
		if (*s != '_') /* 10_000 */
			plain[n++] = *s;
	plain[n] = '\0';
	char *end;
	errno = 0;
	double value = strtod(plain, &end);
	if (*s || *end || end == plain || errno || !isfinite(value))
		return false;
	*out = value;
	return true;
}

bool yaml_bool(const struct yaml *y, bool fallback)
{
	static const char *const yes[] = {"true", "True", "TRUE", "yes", "on"};
	static const char *const no[] = {"false", "False", "FALSE", "no", "off"};
	const char *s = yaml_text(y);
	for (size_t i = 0; s && i < 5; i++) {
		if (str_eq(s, yes[i]))
			return true;
		if (str_eq(s, no[i]))
			return false;
	}
	return fallback;
}

bool yaml_seconds(const struct yaml *y, double *out)
{
	static const struct {
		const char *name;
		double seconds;
	} units[] = {{"ns", 1e-9}, {"us", 1e-6}, {"\xc2\xb5s", 1e-6}, {"ms", 1e-3}, {"s", 1},
		{"m", 60}, {"h", 3600}};
	const char *s = yaml_text(y);
	double sum = 0;
	if (!s || !*s)
		return false;
	if (str_eq(s, "0")) {
		*out = 0;
		return true;
	}
	while (*s) {
		char *end;
		if (!strchr("0123456789.", *s))
			return false;
		double number = strtod(s, &end);
		size_t i = 0, nr = sizeof(units) / sizeof(*units);
		if (end == s || !isfinite(number))
			return false;
		while (i < nr && !str_has_prefix(end, units[i].name))
			i++;
		if (i == nr)
			return false;
		sum += number * units[i].seconds;
		s = end + strlen(units[i].name);
	}
	*out = sum;
	return true;
}

const struct yaml *yaml_merge(struct arena *a, const struct yaml *base, const struct yaml *over)
{
	if (!over || !base || base->kind != YAML_MAP || over->kind != YAML_MAP)
		return over ? over : base;
	struct yaml *node = arena_new(a, struct yaml);
	*node = *base;
	struct yaml_pair *pairs = arena_array(a, struct yaml_pair, base->nr + over->nr);
	for (size_t i = 0; i < base->nr; i++) {
		pairs[node->nr = i] = base->pairs[i];
		const struct yaml_pair *other = yaml_pair(over, base->pairs[i].key->text);
		if (other) {
			pairs[i].key = other->key;
			pairs[i].value = yaml_merge(a, base->pairs[i].value, other->value);
		}
	}
	node->nr = base->nr;
	for (size_t i = 0; i < over->nr; i++)
		if (!yaml_pair(base, over->pairs[i].key->text))
			pairs[node->nr++] = over->pairs[i];
	node->pairs = pairs;
	node->weight = base->weight + over->weight;
	return node;
}
