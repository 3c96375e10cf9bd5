/* SPDX-License-Identifier: Apache-2.0 */
/* Attributes are encoded as OTLP's KeyValue when they are set, and never again: what is exported
 * are these bytes. */
#include <stdlib.h>

#include "attribute.h"

/* ---- Sizes first: protobuf says the length before the bytes -------------------------------- */

static size_t len_size(size_t n)
{
	return 1 + pb_varint_size(n) + n;
}

/* A string as it will be written: cut to the limit, and perhaps repaired. */
struct string {
	const char *s;
	size_t n;
	char *repaired; /* to be freed */
};

static bool string_make(struct string *out, const char *s, size_t n, uint32_t max)
{
	*out = (struct string){s, n, NULL};
	if (n <= max && is_ascii(s, n))
		return true;
	size_t good = utf8_prefix(s, n, max == UINT32_MAX ? SIZE_MAX : max);
	*out = (struct string){s, good, NULL};
	if (good == n || n > PB_MAX)
		return n <= PB_MAX;
	/* Stopped by the limit, or by what is not UTF-8? */
	char *copy = malloc(3 * n + 1);
	if (!copy)
		return false;
	size_t m = utf8_repair(copy, s, n, max == UINT32_MAX ? SIZE_MAX : max);
	*out = (struct string){copy, m, copy};
	return true;
}

static size_t element_size(const ctel_attr *a, size_t i)
{
	switch (a->type) {
	case CTEL_BOOLS:
		return 2;
	case CTEL_INTS:
		return 1 + pb_varint_size((uint64_t)a->v.integers[i]);
	default:
		return 9;
	}
}

static unsigned char *put_element(unsigned char *p, const ctel_attr *a, size_t i)
{
	p = pb_len(p, 1, element_size(a, i)); /* ArrayValue.values */
	switch (a->type) {
	case CTEL_BOOLS:
		return pb_uint(p, ANY_BOOL, a->v.booleans[i]);
	case CTEL_INTS:
		return pb_uint(p, ANY_INT, (uint64_t)a->v.integers[i]);
	default:
		return attribute_put_double(p, a->v.reals[i]);
	}
}

/* ---- One attribute at the end of the set --------------------------------------------------- */

/* The field up to AnyValue's bytes, of which there are `any`; room for all of it. NULL: no memory.
 */
static unsigned char *begin(
	struct attribute_set *set, unsigned field, const char *key, size_t key_n, size_t any)
{
	if (set->nr == set->cap)
		return NULL;
	if (any > PB_MAX || key_n > PB_MAX / 4)
		return NULL;
	size_t kv = len_size(key_n) + len_size(any);
	unsigned char *start = buf_room(&set->bytes, len_size(kv));
	if (!start)
		return NULL;
	unsigned char *p = pb_len(start, field, kv);
	p = pb_len(p, KEY, key_n);
	struct attribute_ref *ref = &set->refs[set->nr++];
	ref->at = set->bytes.n;
	ref->key = set->bytes.n + (uint32_t)(p - start);
	ref->tag = attribute_tag(key, key_n);
	set->seen |= attribute_bit(ref->tag);
	set->bytes.n += (uint32_t)len_size(kv);
	memcpy(p, key, key_n);
	return pb_len(p + key_n, VALUE, any);
}

static bool put_string(struct attribute_set *set, unsigned field, const char *key, size_t key_n,
	const ctel_attr *a, uint32_t max)
{
	struct string s;
	if (!string_make(&s, a->v.string, a->n, max))
		return false;
	unsigned char *p = begin(set, field, key, key_n, len_size(s.n));
	if (p)
		pb_bytes(p, ANY_STRING, s.s, s.n);
	free(s.repaired);
	return p != NULL;
}

static bool put_array(struct attribute_set *set, unsigned field, const char *key, size_t key_n,
	const ctel_attr *a)
{
	size_t size = 0;
	if (a->n > PB_MAX)
		return false;
	for (size_t i = 0; i < a->n; i++)
		size += len_size(element_size(a, i));
	unsigned char *p = begin(set, field, key, key_n, len_size(size));
	if (!p)
		return false;
	p = pb_len(p, ANY_ARRAY, size);
	for (size_t i = 0; i < a->n; i++)
		p = put_element(p, a, i);
	return true;
}

/* Each string is cut and repaired by itself: made once, in memory of its own. */
static bool put_strings(struct attribute_set *set, unsigned field, const char *key, size_t key_n,
	const ctel_attr *a, uint32_t max)
{
	struct buf all = {0};
	unsigned char *p = NULL;
	for (size_t i = 0; i < a->n; i++) {
		const char *v = a->v.strings[i] ? a->v.strings[i] : "";
		struct string s;
		if (!string_make(&s, v, strlen(v), max))
			goto out;
		size_t any = len_size(s.n);
		unsigned char *at = buf_room(&all, len_size(any));
		if (at) {
			at = pb_len(at, 1, any);
			pb_bytes(at, ANY_STRING, s.s, s.n);
			all.n += (uint32_t)len_size(any);
		}
		free(s.repaired);
		if (!at)
			goto out;
	}
	p = begin(set, field, key, key_n, len_size(all.n));
	if (p)
		pb_bytes(p, ANY_ARRAY, all.data, all.n);
out:
	buf_free(&all);
	return p != NULL;
}

static bool append(struct attribute_set *set, unsigned field, const char *key, size_t key_n,
	const ctel_attr *a, uint32_t max)
{
	unsigned char *p;
	switch (a->type) {
	case CTEL_STRING:
		return put_string(set, field, key, key_n, a, max);
	case CTEL_BOOL:
		p = begin(set, field, key, key_n, 2);
		return p && pb_uint(p, ANY_BOOL, a->v.boolean);
	case CTEL_INT:
		p = begin(set, field, key, key_n, 1 + pb_varint_size((uint64_t)a->v.integer));
		return p && pb_uint(p, ANY_INT, (uint64_t)a->v.integer);
	case CTEL_DOUBLE:
		p = begin(set, field, key, key_n, 9);
		return p && attribute_put_double(p, a->v.real);
	case CTEL_STRINGS:
		return put_strings(set, field, key, key_n, a, max);
	case CTEL_BOOLS:
	case CTEL_INTS:
	case CTEL_DOUBLES:
		return put_array(set, field, key, key_n, a);
	}
	return false;
}

/* ---- A set --------------------------------------------------------------------------------- */

static inline uint32_t find(
	const struct attribute_set *set, const char *key, size_t key_n, uint32_t tag)
{
	if (!(set->seen & attribute_bit(tag)))
		return UINT32_MAX;
	for (uint32_t i = 0; i < set->nr; i++)
		if (set->refs[i].tag == tag &&
			!memcmp(set->bytes.data + set->refs[i].key, key, key_n))
			return i;
	return UINT32_MAX;
}

static void remove_at(struct attribute_set *set, uint32_t i)
{
	uint32_t from = i + 1 < set->nr ? set->refs[i + 1].at : set->bytes.n;
	uint32_t gap = from - set->refs[i].at;
	memmove(set->bytes.data + set->refs[i].at, set->bytes.data + from, set->bytes.n - from);
	set->bytes.n -= gap;
	for (set->nr--; i < set->nr; i++) {
		set->refs[i] = set->refs[i + 1];
		set->refs[i].at -= gap;
		set->refs[i].key -= gap;
	}
}

static bool make_ref_room(struct attribute_set *set)
{
	if (set->nr < set->cap)
		return true;
	/* The first 16 are part of the span, and of whoever else has a set. */
	bool is_heap = set->cap > NR_INLINE_REFS;
	uint32_t cap = set->cap < 64 ? 64 : 2 * set->cap;
	struct attribute_ref *refs = realloc(is_heap ? set->refs : NULL, cap * sizeof(*refs));
	if (!refs)
		return false;
	if (!is_heap && set->nr)
		memcpy(refs, set->refs, set->nr * sizeof(*refs));
	set->refs = refs;
	set->cap = cap;
	return true;
}

/* ---- Setting -------------------------------------------------------------------------------- */

static void set_valid(struct attribute_set *set, unsigned field, const ctel_attr *a,
	const char *key, size_t key_n, const struct attribute_limits *limits)
{
	uint32_t old = find(set, key, key_n, attribute_tag(key, key_n));
	if (old == UINT32_MAX) {
		if (set->nr >= limits->count || !make_ref_room(set) ||
			!append(set, field, key, key_n, a, limits->length))
			set->dropped++;
		return;
	}
	/* The new one first, so that the old one stays when memory is short. */
	if (make_ref_room(set) && append(set, field, key, key_n, a, limits->length))
		remove_at(set, old);
	else
		set->dropped++;
}

void attribute_set(struct attribute_set *set, unsigned field, const ctel_attr *a,
	const struct attribute_limits *limits)
{
	size_t key_n = a->key ? strlen(a->key) : 0;
	if (key_n == 0 || (a->type == CTEL_STRING && !a->v.string))
		return;
	if (a->type >= CTEL_STRINGS && a->n && !a->v.strings)
		return;
	if (attribute_put_short(set, field, a, key_n, limits))
		return;
	if (utf8_prefix(a->key, key_n, SIZE_MAX) == key_n) {
		set_valid(set, field, a, a->key, key_n, limits);
		return;
	}
	char *key = key_n > PB_MAX / 4 ? NULL : malloc(3 * key_n);
	if (key)
		set_valid(set, field, a, key, utf8_repair(key, a->key, key_n, SIZE_MAX), limits);
	else
		set->dropped++;
	free(key);
}

void attribute_set_free(struct attribute_set *set)
{
	buf_free(&set->bytes);
	if (set->cap > NR_INLINE_REFS)
		free(set->refs);
	*set = (struct attribute_set){0};
}
