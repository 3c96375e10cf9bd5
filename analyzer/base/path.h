/* Paths and files. All results are in the arena; separators are '/'. */
#ifndef OTEL_TIDY_BASE_PATH_H
#define OTEL_TIDY_BASE_PATH_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Joins and removes ".", ".." and double slashes without asking the file system. An absolute
 * `path` stands for itself. */
char *path_join(struct arena *a, const char *dir, const char *path);
char *path_normalize(struct arena *a, const char *path);
char *path_dirname(struct arena *a, const char *path);
const char *path_basename(const char *path);
/* `path` relative to `root` when it is inside of it, else as it is. */
const char *path_relative(struct arena *a, const char *root, const char *path);
bool path_is_inside(const char *root, const char *path);
char *path_cwd(struct arena *a);

bool file_exists(const char *path);
bool dir_exists(const char *path);
/* Whole contents, NUL-terminated. NULL: errno says why. Files over `limit` bytes: EFBIG. */
char *file_read(struct arena *a, const char *path, size_t limit, size_t *size);
/* Writes beside and renames, so that readers never see half a file; what is no plain file (a pipe,
 * /dev/null) is written to and stays what it is. */
bool file_write(const char *path, const char *bytes, size_t n);
bool dir_make(const char *path); /* with parents */
/* Names in a directory without "." and "..", sorted bytewise. NULL: errno says why. */
char **dir_list(struct arena *a, const char *path, size_t *nr);

#endif
