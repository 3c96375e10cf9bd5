/* Hashing of bytes: one 64-bit function for tables, and a 128-bit one for cache keys and
 * fingerprints. Neither is for secrets. Results are the same on every machine. */
#ifndef OTEL_TIDY_BASE_HASH_H
#define OTEL_TIDY_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t hash_bytes(const void *data, size_t n);

/* A running 128-bit hash: two FNV-like lanes with a strong final mix. */
struct hash128 {
	uint64_t a, b;
};

void hash128_init(struct hash128 *h);
void hash128_add(struct hash128 *h, const void *data, size_t n);
/* Adds the text and its end, so that ("ab","c") and ("a","bc") differ. NULL counts as "". */
void hash128_add_str(struct hash128 *h, const char *s);
/* 32 lowercase hex digits and NUL into `out`; `h` stays usable. */
void hash128_hex(const struct hash128 *h, char out[33]);

#endif
