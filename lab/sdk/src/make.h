/* SPDX-License-Identifier: Apache-2.0 */
/* Attributes as values: what the public ctel_attr_… functions do, for use within the library
 * without a call. */
#ifndef CTEL_MAKE_H
#define CTEL_MAKE_H

#include <string.h>

#include "ctel/ctel.h"

static inline ctel_attr make_bool(const char *key, bool value)
{
	ctel_attr a;
	a.key = key, a.type = CTEL_BOOL, a.n = 0, a.v.boolean = value;
	return a;
}

static inline ctel_attr make_int(const char *key, int64_t value)
{
	ctel_attr a;
	a.key = key, a.type = CTEL_INT, a.n = 0, a.v.integer = value;
	return a;
}

static inline ctel_attr make_uint(const char *key, uint64_t value)
{
	return make_int(key, value > INT64_MAX ? INT64_MAX : (int64_t)value);
}

static inline ctel_attr make_double(const char *key, double value)
{
	ctel_attr a;
	a.key = key, a.type = CTEL_DOUBLE, a.n = 0, a.v.real = value;
	return a;
}

static inline ctel_attr make_string_n(const char *key, const char *value, size_t n)
{
	ctel_attr a;
	a.key = key, a.type = CTEL_STRING, a.n = n, a.v.string = value;
	return a;
}

static inline ctel_attr make_string(const char *key, const char *value)
{
	return make_string_n(key, value, value ? strlen(value) : 0);
}

static inline ctel_attr make_strings(const char *key, const char *const *values, size_t n)
{
	ctel_attr a;
	a.key = key, a.type = CTEL_STRINGS, a.n = n, a.v.strings = values;
	return a;
}

static inline ctel_attr make_bools(const char *key, const bool *values, size_t n)
{
	ctel_attr a;
	a.key = key, a.type = CTEL_BOOLS, a.n = n, a.v.booleans = values;
	return a;
}

static inline ctel_attr make_ints(const char *key, const int64_t *values, size_t n)
{
	ctel_attr a;
	a.key = key, a.type = CTEL_INTS, a.n = n, a.v.integers = values;
	return a;
}

static inline ctel_attr make_doubles(const char *key, const double *values, size_t n)
{
	ctel_attr a;
	a.key = key, a.type = CTEL_DOUBLES, a.n = n, a.v.reals = values;
	return a;
}

#endif
