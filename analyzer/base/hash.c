/* Hashing: FNV-1a lanes finished by the murmur3 64-bit mixer. */
#include "base/hash.h"

#include <stdio.h>
#include <string.h>

static uint64_t mix(uint64_t x)
{
	x ^= x >> 33;
	x *= 0xff51afd7ed558ccdULL;
	x ^= x >> 33;
	x *= 0xc4ceb9fe1a85ec53ULL;
	x ^= x >> 33;
	return x;
}

uint64_t hash_bytes(const void *data, size_t n)
{
	const unsigned char *p = data;
	uint64_t h = 0xcbf29ce484222325ULL;
	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * 0x100000001b3ULL;
	return mix(h);
}

void hash128_init(struct hash128 *h)
{
	h->a = 0xcbf29ce484222325ULL;
	h->b = 0x9ae16a3b2f90404fULL;
}

void hash128_add(struct hash128 *h, const void *data, size_t n)
{
	const unsigned char *p = data;
	uint64_t a = h->a, b = h->b;
	for (size_t i = 0; i < n; i++) {
		a = (a ^ p[i]) * 0x100000001b3ULL;
		b = (b + p[i] + 1) * 0xd6e8feb86659fd93ULL;
		b ^= b >> 29;
	}
	h->a = a;
	h->b = b;
}

void hash128_add_str(struct hash128 *h, const char *s)
{
	hash128_add(h, s ? s : "", s ? strlen(s) + 1 : 1);
}

void hash128_hex(const struct hash128 *h, char out[33])
{
	uint64_t a = mix(h->a ^ (h->b >> 7)), b = mix(h->b + 0x9e3779b97f4a7c15ULL * h->a);
	snprintf(out, 33, "%016llx%016llx", (unsigned long long)a, (unsigned long long)b);
}
