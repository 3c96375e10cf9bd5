/* SPDX-License-Identifier: Apache-2.0 */
/* Trace and span ids, and the two clocks. Each thread has its own generator (xoshiro256**,
 * Blackman and Vigna 2018), seeded by the kernel: ids need to be unique, not secret. */
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "internal.h"

static atomic_uint fork_count; /* a forked child must not repeat its parent's ids */

static _Thread_local struct {
	uint64_t s[4];
	bool is_seeded;
	unsigned fork_count;
} generator;

/* splitmix64, for the case that the kernel has no randomness to give. */
static uint64_t mix(uint64_t *x)
{
	uint64_t z = (*x += 0x9e3779b97f4a7c15u);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static void seed(unsigned forks)
{
	ssize_t n = getrandom(generator.s, sizeof(generator.s), GRND_NONBLOCK);
	bool is_zero = !(generator.s[0] | generator.s[1] | generator.s[2] | generator.s[3]);
	if (n != (ssize_t)sizeof(generator.s) || is_zero) {
		uint64_t x =
			clock_wall() ^ (clock_steady() << 20) ^ (uint64_t)(uintptr_t)&generator;
		for (int i = 0; i < 4; i++)
			generator.s[i] = mix(&x);
	}
	generator.is_seeded = true;
	generator.fork_count = forks;
}

static uint64_t rotate(uint64_t x, int k)
{
	return (x << k) | (x >> (64 - k));
}

static uint64_t next(void)
{
	unsigned forks = atomic_load_explicit(&fork_count, memory_order_relaxed);
	if (!generator.is_seeded || generator.fork_count != forks)
		seed(forks);
	uint64_t *s = generator.s;
	uint64_t result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotate(s[3], 45);
	return result;
}

void id_fill(unsigned char *out, size_t n)
{
	for (size_t i = 0; i < n; i += 8) {
		uint64_t x;
		while ((x = next()) == 0)
			; /* all zero is the invalid id */
		memcpy(out + i, &x, n - i < 8 ? n - i : 8);
	}
}

void id_forked(void)
{
	atomic_fetch_add(&fork_count, 1);
}

static uint64_t now(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

uint64_t clock_wall(void)
{
	return now(CLOCK_REALTIME);
}

uint64_t clock_steady(void)
{
	return now(CLOCK_MONOTONIC);
}
