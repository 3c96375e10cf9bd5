/* Paths and files on POSIX. */
#include "base/path.h"

#include "base/str.h"
#include "base/vec.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *path_normalize(struct arena *a, const char *path)
{
	bool absolute = path[0] == '/';
	char *out = arena_alloc(a, strlen(path) + 3);
	size_t len = 0, depth = 0; /* depth: components that ".." may take away */
	if (absolute)
		out[len++] = '/';
	for (const char *p = path; *p;) {
		while (*p == '/')
			p++;
		size_t n = strcspn(p, "/");
		if (n == 0)
			break;
		if (n == 1 && p[0] == '.') {
			/* stays */
		} else if (n == 2 && p[0] == '.' && p[1] == '.' && depth) {
			while (len && out[len - 1] != '/')
				len--;
			if (len > (absolute ? 1u : 0u))
				len--;
			depth--;
		} else if (n == 2 && p[0] == '.' && p[1] == '.' && absolute) {
			/* the root's parent is the root */
		} else {
			if (len && out[len - 1] != '/')
				out[len++] = '/';
			memcpy(out + len, p, n);
			len += n;
			if (!(n == 2 && p[0] == '.' && p[1] == '.'))
				depth++;
		}
		p += n;
	}
	if (!len)
		out[len++] = '.';
	out[len] = '\0';
	return out;
}

char *path_join(struct arena *a, const char *dir, const char *path)
{
	if (path[0] == '/')
		return path_normalize(a, path);
	return path_normalize(a, arena_printf(a, "%s/%s", dir, path));
}

char *path_dirname(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		return arena_strdup(a, ".");
	if (slash == path)
		return arena_strdup(a, "/");
	return arena_strndup(a, path, (size_t)(slash - path));
}

const char *path_basename(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

bool path_is_inside(const char *root, const char *path)
{
	size_t n = strlen(root);
	if (str_eq(root, "/"))
		return path[0] == '/';
	return strncmp(root, path, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

const char *path_relative(struct arena *a, const char *root, const char *path)
{
	if (!path_is_inside(root, path))
		return path;
	size_t n = str_eq(root, "/") ? 0 : strlen(root);
	return path[n] ? arena_strdup(a, path + n + 1) : ".";
}

char *path_cwd(struct arena *a)
{
	char buf[PATH_MAX];
	if (!getcwd(buf, sizeof(buf)))
		return arena_strdup(a, ".");
	return arena_strdup(a, buf);
}

bool file_exists(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

bool dir_exists(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static char *read_all(struct arena *a, int fd, size_t limit, size_t *size)
{
	size_t cap = 4096, len = 0;
	struct stat st;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0)
		cap = (size_t)st.st_size + 1;
	if (cap > limit + 1)
		cap = limit + 1;
	char *buf = arena_alloc(a, cap + 1);
	for (;;) {
		ssize_t n = read(fd, buf + len, cap - len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return NULL;
		if (n == 0)
			break;
		len += (size_t)n;
		if (len > limit) {
			errno = EFBIG;
			return NULL;
		}
		if (len == cap) {
			buf = arena_grow(a, buf, cap + 1, cap * 2 + 1);
			cap *= 2;
		}
	}
	buf[len] = '\0';
	if (size)
		*size = len;
	return buf;
}

char *file_read(struct arena *a, const char *path, size_t limit, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	char *text = read_all(a, fd, limit, size);
	int saved = errno;
	close(fd);
	errno = saved;
	return text;
}

static bool write_all(int fd, const char *bytes, size_t n)
{
	size_t done = 0;
	while (done < n) {
		ssize_t w = write(fd, bytes + done, n - done);
		if (w < 0 && errno == EINTR)
			continue;
		if (w < 0)
			break;
		done += (size_t)w;
	}
	int saved = errno;
	bool ok = close(fd) == 0 && done == n;
	if (done < n)
		errno = saved;
	return ok;
}

bool file_write(const char *path, const char *bytes, size_t n)
{
	char tmp[PATH_MAX];
	struct stat st;
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		/* a device or a pipe is written to; a new file in its place would be the end of it
		 */
		int fd = open(path, O_WRONLY | O_CLOEXEC);
		return fd >= 0 && write_all(fd, bytes, n);
	}
	if ((size_t)snprintf(tmp, sizeof(tmp), "%s.%ld.tmp", path, (long)getpid()) >= sizeof(tmp)) {
		errno = ENAMETOOLONG;
		return false;
	}
	int fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		return false;
	bool ok = write_all(fd, bytes, n) && rename(tmp, path) == 0;
	int saved = errno;
	if (!ok)
		unlink(tmp);
	errno = saved;
	return ok;
}

bool dir_make(const char *path)
{
	char buf[PATH_MAX];
	size_t n = strlen(path);
	if (n >= sizeof(buf)) {
		errno = ENAMETOOLONG;
		return false;
	}
	memcpy(buf, path, n + 1);
	for (size_t i = 1; i <= n; i++) {
		if (buf[i] != '/' && buf[i] != '\0')
			continue;
		char c = buf[i];
		buf[i] = '\0';
		if (mkdir(buf, 0777) != 0 && errno != EEXIST)
			return false;
		buf[i] = c;
	}
	return dir_exists(path);
}

static int compare_names(const void *x, const void *y)
{
	return strcmp(*(char *const *)x, *(char *const *)y);
}

char **dir_list(struct arena *a, const char *path, size_t *nr)
{
	DIR *d = opendir(path);
	if (!d)
		return NULL;
	VEC(char *) names = {0};
	for (struct dirent *e; (e = readdir(d));)
		if (!str_eq(e->d_name, ".") && !str_eq(e->d_name, ".."))
			vec_push(a, &names, arena_strdup(a, e->d_name));
	closedir(d);
	if (names.nr)
		qsort(names.at, names.nr, sizeof(*names.at), compare_names);
	else
		names.at = arena_array(a, char *, 1);
	*nr = names.nr;
	return names.at;
}
