/* SPDX-License-Identifier: Apache-2.0 */
/* Attributes as values, for programs. */
#include "make.h"

ctel_attr ctel_attr_bool(const char *key, bool value)
{
	return make_bool(key, value);
}

ctel_attr ctel_attr_int(const char *key, int64_t value)
{
	return make_int(key, value);
}

ctel_attr ctel_attr_uint(const char *key, uint64_t value)
{
	return make_uint(key, value);
}

ctel_attr ctel_attr_double(const char *key, double value)
{
	return make_double(key, value);
}

ctel_attr ctel_attr_string_n(const char *key, const char *value, size_t n)
{
	return make_string_n(key, value, n);
}

ctel_attr ctel_attr_string(const char *key, const char *value)
{
	return make_string(key, value);
}

ctel_attr ctel_attr_strings(const char *key, const char *const *values, size_t n)
{
	return make_strings(key, values, n);
}

ctel_attr ctel_attr_bools(const char *key, const bool *values, size_t n)
{
	return make_bools(key, values, n);
}

ctel_attr ctel_attr_ints(const char *key, const int64_t *values, size_t n)
{
	return make_ints(key, values, n);
}

ctel_attr ctel_attr_doubles(const char *key, const double *values, size_t n)
{
	return make_doubles(key, values, n);
}
