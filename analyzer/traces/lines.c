/* Lines of a file. */
#include "traces/lines.h"

#include <string.h>
#include <unistd.h>

#define BUFFER_FIRST ((size_t)256 << 10)

void lines_init(struct lines *l, int fd)
{
	*l = (struct lines){.fd = fd};
	arena_init(&l->arena);
}

void lines_fini(struct lines *l)
{
	arena_fini(&l->arena);
}

bool lines_seek(struct lines *l, uint64_t offset)
{
	l->at = l->nr = 0;
	l->next = offset;
	return lseek(l->fd, (off_t)offset, SEEK_SET) >= 0;
}

/* Twice the room, in an arena of its own, so that the old buffer goes. */
static void grow(struct lines *l)
{
	struct arena arena;
	arena_init(&arena);
	size_t cap = l->cap ? l->cap * 2 : BUFFER_FIRST;
	char *buffer = arena_alloc(&arena, cap + 1);
	if (l->nr)
		memcpy(buffer, l->buffer, l->nr);
	arena_fini(&l->arena);
	l->arena = arena;
	l->buffer = buffer;
	l->cap = cap;
}

/* More bytes behind those that are there. False: the end, or an error in errno. */
static bool fill(struct lines *l, bool *is_error)
{
	if (l->at) {
		memmove(l->buffer, l->buffer + l->at, l->nr - l->at);
		l->nr -= l->at;
		l->at = 0;
	}
	if (l->nr == l->cap)
		grow(l);
	ssize_t n = read(l->fd, l->buffer + l->nr, l->cap - l->nr);
	*is_error = n < 0;
	if (n <= 0)
		return false;
	l->nr += (size_t)n;
	return true;
}

static enum line_result give(struct lines *l, size_t n, bool has_newline, char **text, size_t *len)
{
	*text = l->buffer + l->at;
	*len = n;
	(*text)[n] = '\0';
	l->at += n + has_newline;
	l->next += n + has_newline;
	return LINE_GIVEN;
}

enum line_result lines_next(struct lines *l, char **text, size_t *n)
{
	size_t seen = 0;
	bool is_skipping = false, is_error;
	l->offset = l->next;
	for (;;) {
		char *from = l->nr ? l->buffer + l->at + seen : NULL;
		size_t left = l->nr - l->at - seen;
		char *newline = left ? memchr(from, '\n', left) : NULL;
		if (newline && is_skipping) {
			size_t gone = (size_t)(newline - (l->buffer + l->at)) + 1;
			l->at += gone;
			l->next += gone;
			return LINE_TOO_LONG;
		}
		if (newline)
			return give(l, (size_t)(newline - (l->buffer + l->at)), true, text, n);
		seen += left;
		if (is_skipping || seen >= LINE_MAX_BYTES) {
			is_skipping = true;
			l->at += seen;
			l->next += seen;
			seen = 0;
		}
		if (fill(l, &is_error))
			continue;
		if (is_error)
			return LINE_UNREADABLE;
		if (is_skipping)
			return LINE_TOO_LONG;
		if (l->nr == l->at)
			return LINE_END;
		return give(l, l->nr - l->at, false, text, n);
	}
}
