/* Reads source files for snippets and columns. */
#include "report/source.h"

#include "base/path.h"
#include "base/vec.h"

#include <string.h>

/* More than any source file that people read; a report does without the snippet beyond it. */
#define SOURCE_LIMIT (16u * 1024 * 1024)

struct source_file {
	VEC(struct source_line) lines;
	const char *bytes; /* NULL: unreadable */
	size_t size;
};

void sources_init(struct sources *so, struct arena *a, const char *root)
{
	*so = (struct sources){.arena = a, .root = root ? root : "."};
	map_init(&so->files, a);
}

static void split(struct arena *a, struct source_file *file, const char *bytes, size_t size)
{
	for (size_t at = 0; at < size;) {
		const char *end = memchr(bytes + at, '\n', size - at);
		size_t n = end ? (size_t)(end - bytes) - at : size - at;
		size_t next = at + n + 1;
		if (n && bytes[at + n - 1] == '\r')
			n--;
		vec_push(a, &file->lines, (struct source_line){bytes + at, n});
		at = next;
	}
}

static struct source_file *load(struct sources *so, const char *path)
{
	struct source_file *file = map_get(&so->files, path);
	if (file)
		return file;
	file = arena_new(so->arena, struct source_file);
	map_put(&so->files, arena_strdup(so->arena, path), file);
	const char *whole = path_join(so->arena, so->root, path);
	size_t size = 0;
	const char *bytes =
		file_exists(whole) ? file_read(so->arena, whole, SOURCE_LIMIT, &size) : NULL;
	if (bytes)
		split(so->arena, file, bytes, size);
	file->bytes = bytes;
	file->size = size;
	return file;
}

struct source_line source_line(struct sources *so, const char *file, uint32_t number)
{
	struct source_line none = {0};
	if (!file || !*file || !number)
		return none;
	const struct source_file *f = load(so, file);
	return number <= f->lines.nr ? f->lines.at[number - 1] : none;
}

struct source_line source_line_trimmed(struct sources *so, const char *file, uint32_t number)
{
	struct source_line line = source_line(so, file, number);
	while (line.n && (line.s[0] == ' ' || line.s[0] == '\t')) {
		line.s++;
		line.n--;
	}
	while (line.n && strchr(" \t\f\v", line.s[line.n - 1]))
		line.n--;
	return line;
}

const char *source_all(struct sources *so, const char *file, size_t *size)
{
	const struct source_file *f = load(so, file);
	*size = f->size;
	return f->bytes;
}
