/* Arena: memory that is given back all at once. Three exist in a run: run, unit, scratch.
 *
 * The one law of ownership in analyzer/: everything lives in an arena, and no pointer points into
 * a shorter-lived one. Nothing else calls malloc or free. Running out of memory ends the process
 * with exit code 2 and one line on stderr; callers never see NULL. */
#ifndef OTEL_TIDY_BASE_ARENA_H
#define OTEL_TIDY_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_chunk;

struct arena {
	struct arena_chunk *head; /* newest chunk first */
	size_t used;              /* bytes handed out, for statistics */
};

void arena_init(struct arena *a);
/* Frees every chunk; the arena may be used again. */
void arena_fini(struct arena *a);
/* Keeps the largest chunk and forgets the rest: for scratch arenas in a loop. */
void arena_reset(struct arena *a);

/* Zeroed memory, aligned for any type. size 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t size);
/* Grows the array `old` of `old_size` bytes to `new_size`; in place where it was the newest. */
void *arena_grow(struct arena *a, void *old, size_t old_size, size_t new_size);

char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));

#define arena_new(a, type)      ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (size_t)(n)))

#endif
