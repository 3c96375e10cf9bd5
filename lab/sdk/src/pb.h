/* SPDX-License-Identifier: Apache-2.0 */
/* Protocol buffers: growing bytes, the four wire types that OTLP uses, and reading them back. */
#ifndef CTEL_PB_H
#define CTEL_PB_H

#include <string.h>

#include "base.h"

#define PB_MAX (64u << 20) /* no message is larger: 64 MiB */

struct buf {
	unsigned char *data;
	uint32_t n, cap;
	bool is_heap; /* otherwise `data` is somebody else's memory */
};

/* Room for `more` bytes behind the first n; NULL when memory is short or it would be too large. */
unsigned char *buf_grow(struct buf *b, size_t more);
void buf_free(struct buf *b);

static inline unsigned char *buf_room(struct buf *b, size_t more)
{
	return more <= b->cap - b->n ? b->data + b->n : buf_grow(b, more);
}

enum pb_wire { PB_VARINT = 0, PB_FIXED64 = 1, PB_LEN = 2, PB_FIXED32 = 5 };

static inline unsigned pb_tag(unsigned field, enum pb_wire wire)
{
	return field << 3 | wire;
}

static inline size_t pb_varint_size(uint64_t v)
{
	return v < 0x80 ? 1 : (size_t)(70 - __builtin_clzll(v)) / 7;
}

static inline unsigned char *pb_varint(unsigned char *p, uint64_t v)
{
	while (v >= 0x80) {
		*p++ = (unsigned char)(v | 0x80);
		v >>= 7;
	}
	*p++ = (unsigned char)v;
	return p;
}

/* Field numbers are below 16: a tag is one byte. Fields above that say so with PB_TAG2. */
static inline unsigned char *pb_len(unsigned char *p, unsigned field, uint64_t n)
{
	*p++ = (unsigned char)pb_tag(field, PB_LEN);
	return pb_varint(p, n);
}

static inline unsigned char *pb_bytes(unsigned char *p, unsigned field, const void *s, size_t n)
{
	p = pb_len(p, field, n);
	if (n)
		memcpy(p, s, n);
	return p + n;
}

static inline unsigned char *pb_uint(unsigned char *p, unsigned field, uint64_t v)
{
	*p++ = (unsigned char)pb_tag(field, PB_VARINT);
	return pb_varint(p, v);
}

static inline unsigned char *pb_put64(unsigned char *p, uint64_t v)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	memcpy(p, &v, 8);
#else
	for (int i = 0; i < 8; i++)
		p[i] = (unsigned char)(v >> 8 * i);
#endif
	return p + 8;
}

static inline unsigned char *pb_fixed64(unsigned char *p, unsigned field, uint64_t v)
{
	*p++ = (unsigned char)pb_tag(field, PB_FIXED64);
	return pb_put64(p, v);
}

static inline unsigned char *pb_fixed32_16(unsigned char *p, uint32_t v) /* field 16: two bytes */
{
	p = pb_varint(p, pb_tag(16, PB_FIXED32));
	for (int i = 0; i < 4; i++)
		*p++ = (unsigned char)(v >> 8 * i);
	return p;
}

/* One field of a message. */
struct pb_field {
	unsigned number;
	enum pb_wire wire;
	uint64_t value;   /* varint and fixed */
	ctel_bytes bytes; /* PB_LEN */
};

/* Takes the first field of what is left; false at the end and where it is not valid, which
 * *is_broken tells apart (it may be NULL). */
bool pb_next(ctel_bytes *rest, struct pb_field *out, bool *is_broken);

#endif
