/* Arena: a list of chunks, each twice the size of the last up to a limit. */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_MIN (16u * 1024)
#define CHUNK_MAX (4u * 1024 * 1024)
#define ALIGNMENT 16u

struct arena_chunk {
	struct arena_chunk *next;
	size_t size;
	size_t used;
	_Alignas(16) unsigned char data[];
};

static void out_of_memory(size_t size)
{
	fprintf(stderr, "otel-tidy: out of memory (%zu bytes wanted)\n", size);
	exit(2);
}

static size_t round_up(size_t n)
{
	if (n > SIZE_MAX - ALIGNMENT)
		out_of_memory(n);
	return (n + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

static struct arena_chunk *chunk_new(size_t size, struct arena_chunk *next)
{
	if (size > SIZE_MAX - sizeof(struct arena_chunk))
		out_of_memory(size);
	struct arena_chunk *c = malloc(sizeof(*c) + size);
	if (!c)
		out_of_memory(size);
	c->next = next;
	c->size = size;
	c->used = 0;
	return c;
}

void arena_init(struct arena *a)
{
	a->head = NULL;
	a->used = 0;
}

void arena_fini(struct arena *a)
{
	while (a->head) {
		struct arena_chunk *next = a->head->next;
		free(a->head);
		a->head = next;
	}
	a->used = 0;
}

void arena_reset(struct arena *a)
{
	struct arena_chunk *keep = NULL;
	struct arena_chunk *c = a->head;
	while (c) {
		struct arena_chunk *next = c->next;
		if (!keep || c->size > keep->size) {
			free(keep);
			keep = c;
		} else {
			free(c);
		}
		c = next;
	}
	if (keep) {
		keep->next = NULL;
		keep->used = 0;
	}
	a->head = keep;
	a->used = 0;
}

void *arena_alloc(struct arena *a, size_t size)
{
	size = round_up(size ? size : 1);
	struct arena_chunk *c = a->head;
	if (!c || c->size - c->used < size) {
		size_t want = c ? c->size * 2 : CHUNK_MIN;
		if (want > CHUNK_MAX)
			want = CHUNK_MAX;
		if (want < size)
			want = size;
		c = chunk_new(want, a->head);
		a->head = c;
	}
	void *p = c->data + c->used;
	c->used += size;
	a->used += size;
	return memset(p, 0, size);
}

void *arena_grow(struct arena *a, void *old, size_t old_size, size_t new_size)
{
	size_t had = round_up(old_size ? old_size : 1);
	size_t want = round_up(new_size ? new_size : 1);
	if (old && want <= had)
		return old;
	struct arena_chunk *c = a->head;
	if (old && c && (unsigned char *)old + had == c->data + c->used &&
		c->size - c->used >= want - had) {
		memset(c->data + c->used, 0, want - had);
		c->used += want - had;
		a->used += want - had;
		return old;
	}
	void *p = arena_alloc(a, new_size);
	if (old_size)
		memcpy(p, old, old_size);
	return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *p = arena_alloc(a, n + 1);
	memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	if (n < 0)
		n = 0;
	char *p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return p;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	char *p = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return p;
}
