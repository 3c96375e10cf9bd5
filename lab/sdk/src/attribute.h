/* SPDX-License-Identifier: Apache-2.0 */
/* What nearly all attributes are: new in their set, short, ASCII, no array. Encoded in place, and
 * by inline functions, so that a setter that knows the type does only what that type needs. */
#ifndef CTEL_ATTRIBUTE_H
#define CTEL_ATTRIBUTE_H

#include "span.h"

/* KeyValue and AnyValue of opentelemetry/proto/common/v1. */
enum { KEY = 1, VALUE = 2 };
enum { ANY_STRING = 1, ANY_BOOL = 2, ANY_INT = 3, ANY_DOUBLE = 4, ANY_ARRAY = 5 };

static inline uint32_t attribute_tag(const char *key, size_t key_n)
{
	return (uint32_t)key_n << 8 | (unsigned char)key[key_n - 1];
}

static inline uint64_t attribute_bit(uint32_t tag)
{
	return UINT64_C(1) << ((tag ^ tag >> 7) & 63);
}

static inline unsigned char *attribute_put_double(unsigned char *p, double value)
{
	uint64_t bits;
	memcpy(&bits, &value, sizeof(bits));
	return pb_fixed64(p, ANY_DOUBLE, bits);
}

#define MAX_SHORT 96 /* key and value together: every length takes one byte then */

/* Copies n bytes and says whether all of them are ASCII. */
static inline bool attribute_copy_ascii(unsigned char *to, const char *from, size_t n)
{
	uint64_t eight, high = 0;
	if (n < 8) {
		for (size_t i = 0; i < n; i++) {
			to[i] = (unsigned char)from[i];
			high |= to[i];
		}
		return high < 0x80;
	}
	for (size_t i = 0; i + 8 < n; i += 8) {
		memcpy(&eight, from + i, 8);
		memcpy(to + i, &eight, 8);
		high |= eight;
	}
	memcpy(&eight, from + n - 8, 8);
	memcpy(to + n - 8, &eight, 8);
	return ((high | eight) & UINT64_C(0x8080808080808080)) == 0;
}

/* The new attribute at the end of the set; false, and nothing changed, when it is not such a one,
 * or perhaps not new. */
static inline bool attribute_put_short(struct attribute_set *set, unsigned field,
	const ctel_attr *a, size_t key_n, const struct attribute_limits *limits)
{
	uint32_t tag = attribute_tag(a->key, key_n), at = set->bytes.n;
	if (key_n > MAX_SHORT || set->nr == set->cap || set->nr >= limits->count ||
		set->bytes.cap - at < 128 || (set->seen & attribute_bit(tag)))
		return false;
	unsigned char *p = set->bytes.data + at, *value = p + 6 + key_n, *end = value;
	if (!attribute_copy_ascii(p + 4, a->key, key_n))
		return false;
	switch (a->type) {
	case CTEL_STRING:
		if (key_n + a->n + 2 > MAX_SHORT || a->n > limits->length ||
			!attribute_copy_ascii(value + 2, a->v.string, a->n))
			return false;
		value[0] = (unsigned char)pb_tag(ANY_STRING, PB_LEN);
		value[1] = (unsigned char)a->n;
		end += 2 + a->n;
		break;
	case CTEL_BOOL:
		end = pb_uint(end, ANY_BOOL, a->v.boolean);
		break;
	case CTEL_INT:
		end = pb_uint(end, ANY_INT, (uint64_t)a->v.integer);
		break;
	case CTEL_DOUBLE:
		end = attribute_put_double(end, a->v.real);
		break;
	default:
		return false;
	}
	p[0] = (unsigned char)pb_tag(field, PB_LEN);
	p[1] = (unsigned char)(end - p - 2);
	p[2] = (unsigned char)pb_tag(KEY, PB_LEN);
	p[3] = (unsigned char)key_n;
	value[-2] = (unsigned char)pb_tag(VALUE, PB_LEN);
	value[-1] = (unsigned char)(end - value);
	set->refs[set->nr++] = (struct attribute_ref){at, at + 4, tag};
	set->seen |= attribute_bit(tag);
	set->bytes.n = at + (uint32_t)(end - p);
	return true;
}

#endif
