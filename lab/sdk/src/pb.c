/* SPDX-License-Identifier: Apache-2.0 */
/* Protocol buffers: growing bytes, and reading a message field by field. */
#include <stdlib.h>

#include "pb.h"

unsigned char *buf_grow(struct buf *b, size_t more)
{
	size_t cap = b->cap < 128 ? 128 : b->cap;
	if (more > PB_MAX - b->n)
		return NULL;
	while (cap - b->n < more)
		cap *= 2;
	unsigned char *data = realloc(b->is_heap ? b->data : NULL, cap);
	if (!data)
		return NULL;
	if (!b->is_heap && b->n)
		memcpy(data, b->data, b->n);
	b->data = data;
	b->cap = (uint32_t)cap;
	b->is_heap = true;
	return data + b->n;
}

void buf_free(struct buf *b)
{
	if (b->is_heap)
		free(b->data);
	*b = (struct buf){0};
}

static bool read_varint(ctel_bytes *rest, uint64_t *out)
{
	uint64_t v = 0;
	for (unsigned i = 0; i < 10 && i < rest->n; i++) {
		v |= (uint64_t)(rest->data[i] & 0x7f) << 7 * i;
		if (rest->data[i] < 0x80) {
			rest->data += i + 1;
			rest->n -= i + 1;
			*out = v;
			return true;
		}
	}
	return false;
}

static bool read_fixed(ctel_bytes *rest, unsigned n, uint64_t *out)
{
	if (rest->n < n)
		return false;
	*out = 0;
	for (unsigned i = 0; i < n; i++)
		*out |= (uint64_t)rest->data[i] << 8 * i;
	rest->data += n;
	rest->n -= n;
	return true;
}

bool pb_next(ctel_bytes *rest, struct pb_field *out, bool *is_broken)
{
	uint64_t tag, n;
	bool is_good = false;
	if (is_broken)
		*is_broken = false;
	if (rest->n == 0)
		return false;
	*out = (struct pb_field){0};
	if (read_varint(rest, &tag) && tag >> 3 && tag >> 3 < 1u << 29) {
		out->number = (unsigned)(tag >> 3);
		out->wire = (enum pb_wire)(tag & 7);
		switch (out->wire) {
		case PB_VARINT:
			is_good = read_varint(rest, &out->value);
			break;
		case PB_FIXED64:
			is_good = read_fixed(rest, 8, &out->value);
			break;
		case PB_FIXED32:
			is_good = read_fixed(rest, 4, &out->value);
			break;
		case PB_LEN:
			is_good = read_varint(rest, &n) && n <= rest->n;
			if (is_good) {
				out->bytes = (ctel_bytes){rest->data, (size_t)n};
				rest->data += n;
				rest->n -= (size_t)n;
			}
			break;
		}
	}
	if (!is_good) {
		rest->n = 0;
		if (is_broken)
			*is_broken = true;
	}
	return is_good;
}
