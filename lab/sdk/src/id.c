/* SPDX-License-Identifier: Apache-2.0 */
/* Trace and span ids, and the two clocks. Each thread has its own generator (xoshiro256**,
 * Blackman and Vigna 2018), seeded by the kernel: ids need to be unique, not secret. */
#include <limits.h>
#include <string.h>
#include <sys/random.h>

#include "base.h"

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
			ctel_now_ns() ^ (clock_steady() << 20) ^ (uint64_t)(uintptr_t)&generator;
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

static inline uint64_t next(uint64_t s[4])
{
	uint64_t result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotate(s[3], 45);
	return result;
}

static inline void make_ready(void)
{
	unsigned forks = atomic_load_explicit(&fork_count, memory_order_relaxed);
	if (!generator.is_seeded || generator.fork_count != forks)
		seed(forks);
}

uint64_t id_random(void)
{
	make_ready();
	return next(generator.s);
}

void id_make(unsigned char *trace_id, unsigned char *span_id)
{
	uint64_t id[2], s[4];
	make_ready();
	memcpy(s, generator.s, sizeof(s));
	if (trace_id) {
		do { /* all zero is the invalid id */
			id[0] = next(s);
			id[1] = next(s);
		} while ((id[0] | id[1]) == 0);
		memcpy(trace_id, id, 16);
	}
	while ((id[0] = next(s)) == 0)
		;
	memcpy(span_id, id, 8);
	memcpy(generator.s, s, sizeof(s));
}

void id_fill(unsigned char *out, size_t n)
{
	for (size_t i = 0; i < n; i += 8) {
		uint64_t x = id_random();
		memcpy(out + i, &x, 8);
	}
}

void id_xray(unsigned char *trace_id)
{
	uint32_t second = (uint32_t)(ctel_now_ns() / 1000000000u);
	id_fill(trace_id, 16);
	for (int i = 0; i < 4; i++)
		trace_id[i] = (unsigned char)(second >> (24 - 8 * i));
}

bool id_is_zero(const unsigned char *id, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (id[i])
			return false;
	return true;
}

void id_forked(void)
{
	atomic_fetch_add(&fork_count, 1);
}

/* ---- Clocks -------------------------------------------------------------------------------- */

_Atomic uint64_t clock_offset_known, clock_offset_read_at;

uint64_t clock_offset_read(uint64_t steady)
{
	uint64_t read_at = atomic_load_explicit(&clock_offset_read_at, memory_order_acquire);
	/* The two clocks cannot be read at once. When this thread is interrupted between them the
	 * result is off by that long: the closest of three pairs counts. */
	uint64_t best = 0, best_gap = UINT64_MAX;
	for (int i = 0; i < 3; i++) {
		uint64_t before = clock_steady(), wall = clock_read(CLOCK_REALTIME);
		uint64_t gap = clock_steady() - before;
		if (gap < best_gap) {
			best = wall - before - gap / 2;
			best_gap = gap;
		}
	}
	/* Jitter of the reading is no change of the clock: times stay in order. */
	uint64_t old = atomic_load_explicit(&clock_offset_known, memory_order_relaxed);
	if (read_at && best - old + 100000u < 200000u)
		best = old;
	atomic_store_explicit(&clock_offset_known, best, memory_order_relaxed);
	atomic_store_explicit(&clock_offset_read_at, steady, memory_order_release);
	return best;
}

uint64_t ctel_now_ns(void)
{
	uint64_t steady = clock_steady();
	return steady + clock_offset(steady);
}

uint64_t clock_after(int timeout_ms)
{
	return clock_steady() + (uint64_t)(timeout_ms > 0 ? timeout_ms : 0) * 1000000u;
}

int clock_ms_until(uint64_t deadline)
{
	uint64_t now_ns = clock_steady();
	uint64_t ms = deadline > now_ns ? (deadline - now_ns + 999999u) / 1000000u : 0;
	return ms > INT_MAX ? INT_MAX : (int)ms;
}
