/* The codec: LEB128 integers and numbered strings, in both directions. */
#include "facts/codec.h"

void code_u64(struct codec *c, uint64_t *x)
{
	if (c->is_writing) {
		uint64_t v = *x;
		while (v >= 0x80) {
			strbuf_addc(c->out, (char)(v | 0x80));
			v >>= 7;
		}
		strbuf_addc(c->out, (char)v);
		return;
	}
	uint64_t v = 0;
	for (unsigned shift = 0; !c->is_broken; shift += 7) {
		if (c->at == c->end || shift > 63) {
			c->is_broken = true;
			break;
		}
		unsigned char byte = *c->at++;
		v |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			break;
	}
	*x = c->is_broken ? 0 : v;
}

static uint64_t code_bounded(struct codec *c, uint64_t x, uint64_t max)
{
	code_u64(c, &x);
	if (x > max) {
		c->is_broken = true;
		return 0;
	}
	return x;
}

void code_u32(struct codec *c, uint32_t *x)
{
	*x = (uint32_t)code_bounded(c, *x, UINT32_MAX);
}

void code_u16(struct codec *c, uint16_t *x)
{
	*x = (uint16_t)code_bounded(c, *x, UINT16_MAX);
}

void code_u8(struct codec *c, uint8_t *x)
{
	*x = (uint8_t)code_bounded(c, *x, UINT8_MAX);
}

void code_bool(struct codec *c, bool *x)
{
	*x = code_bounded(c, *x, 1) != 0;
}

void code_str(struct codec *c, const char **s)
{
	uint64_t number = 0;
	if (c->is_writing) {
		void **slot = map_slot(c->numbers, *s ? *s : "");
		if (!*slot)
			*slot = (void *)(uintptr_t)c->numbers->nr;
		number = (uintptr_t)*slot - 1;
	}
	code_u64(c, &number);
	if (c->is_writing)
		return;
	if (number >= c->nr_strings) {
		c->is_broken = true;
		*s = "";
		return;
	}
	*s = c->strings[number];
}

void code_count(struct codec *c, uint32_t *n)
{
	code_u32(c, n);
	if (!c->is_writing && *n > (uint64_t)(c->end - c->at)) {
		c->is_broken = true;
		*n = 0;
	}
}

void *code_array(struct codec *c, const void *array, uint32_t n, size_t size)
{
	return c->is_writing ? (void *)array : arena_alloc(c->arena, n * size);
}
