/* Opens, rereads, and notes what could not be read. */
#include "traces/input.h"

#include "base/path.h"
#include "base/str.h"
#include "traces/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BAD_PLACES_MAX 1000

void trace_input_problem(
	struct trace_input *in, const char *file, unsigned line, unsigned column, const char *text)
{
	if (in->nr_problems++ >= PROBLEMS_SHOWN)
		return;
	struct trace_problem problem = {.file = file,
		.line = line,
		.column = column,
		.text = arena_strdup(in->arena, text)};
	vec_push(in->arena, &in->problems, problem);
}

/* A pipe can be read once only. The copy has no name any more, so that nothing is left behind. */
static int spill(struct arena *a, int from)
{
	const char *dir = getenv("TMPDIR");
	char *name = arena_printf(a, "%s/otel-tidy-XXXXXX", dir && *dir ? dir : "/tmp");
	char chunk[64 << 10];
	int to = mkstemp(name);
	if (to < 0)
		return -1;
	unlink(name);
	for (;;) {
		ssize_t n = read(from, chunk, sizeof(chunk));
		if (n == 0)
			return to;
		for (ssize_t done = 0, now; n > 0 && done < n; done += now) {
			now = write(to, chunk + done, (size_t)(n - done));
			if (now <= 0)
				n = -1;
		}
		if (n < 0) {
			int saved = errno;
			close(to);
			errno = saved;
			return -1;
		}
	}
}

static bool open_one(struct trace_input *in, const char *path, const char **error)
{
	struct stat st;
	bool is_stdin = str_eq(path, "-");
	int fd = is_stdin ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
	const char *name = is_stdin ? "standard input" : path;
	bool ok = fd >= 0 && fstat(fd, &st) == 0;
	if (ok && S_ISDIR(st.st_mode)) {
		ok = false;
		errno = EISDIR;
	}
	if (ok && !S_ISREG(st.st_mode)) {
		int copy = spill(in->arena, fd);
		close(fd);
		fd = copy;
		ok = fd >= 0 && fstat(fd, &st) == 0;
	}
	if (!ok) {
		*error = arena_printf(in->arena, "%s: %s", name, strerror(errno));
		if (fd >= 0)
			close(fd);
		return false;
	}
	struct trace_file file = {
		.path = name, .fd = fd, .base = in->size, .size = (uint64_t)st.st_size};
	vec_push(in->arena, &in->files, file);
	in->size += file.size;
	return true;
}

bool trace_input_open(struct trace_input *in, struct arena *a, const char *const *paths, size_t nr,
	const char **error)
{
	*in = (struct trace_input){.arena = a};
	for (size_t i = 0; i < nr; i++) {
		if (!open_one(in, paths[i], error)) {
			trace_input_close(in);
			return false;
		}
	}
	return true;
}

void trace_input_close(struct trace_input *in)
{
	for (size_t i = 0; i < in->files.nr; i++)
		close(in->files.at[i].fd);
	in->files.nr = 0;
}

/* What a file is that does not begin like JSON. */
static const char *not_json(const char *text, size_t n)
{
	if (n >= 2 && memcmp(text, "\x1f\x8b", 2) == 0)
		return "this file is compressed by gzip: gunzip it first";
	if (n >= 4 && memcmp(text, "\x28\xb5\x2f\xfd", 4) == 0)
		return "this file is compressed by zstd: unzstd it first";
	return NULL;
}

/* Of lines that are known to be broken; beyond a thousand, all that come are. */
static bool is_known_bad(struct trace_input *in)
{
	for (size_t i = 0; i < in->bad_places.nr; i++)
		if (in->bad_places.at[i] == in->place)
			return true;
	if (in->bad_places.nr == BAD_PLACES_MAX)
		return true;
	vec_push(in->arena, &in->bad_places, in->place);
	return false;
}

/* Numbers of lines are not counted when reading begins in the middle. */
static unsigned line_number(const struct trace_file *file, uint64_t offset)
{
	char chunk[64 << 10];
	unsigned line = 1;
	for (uint64_t at = 0; at < offset;) {
		size_t want = offset - at < sizeof(chunk) ? (size_t)(offset - at) : sizeof(chunk);
		ssize_t n = pread(file->fd, chunk, want, (off_t)at);
		if (n <= 0)
			break;
		for (ssize_t i = 0; i < n; i++)
			line += chunk[i] == '\n';
		at += (uint64_t)n;
	}
	return line;
}

static void note(struct trace_input *in, const struct trace_file *file, const struct lines *lines,
	unsigned column, const char *text)
{
	if (!is_known_bad(in))
		trace_input_problem(in, file->path, line_number(file, lines->offset), column, text);
}

static void broken_line(struct trace_input *in, const struct trace_file *file,
	const struct lines *lines, const struct jcursor *c)
{
	const char *what = lines->offset ? NULL : not_json(c->start, (size_t)(c->end - c->start));
	unsigned column = (unsigned)(c->p - c->start) + 1;
	if (!what && !lines->offset && c->p == c->end && column < 4)
		what = "a document has to stand on one line; this puts it there: jq -c . FILE";
	note(in, file, lines, what ? 0 : column, what ? what : c->error);
}

/* False: nothing of this file is worth reading on. */
static bool read_line(struct trace_input *in, const struct trace_file *file,
	const struct lines *lines, struct otlp_reader *r, char *text, size_t n)
{
	struct jcursor c;
	if (lines->offset == 0 && str_has_prefix(text, "\xef\xbb\xbf")) {
		text += 3;
		n -= 3;
	}
	jc_init(&c, text, n);
	if (!jc_peek(&c) && c.p == c.end)
		return true;
	/* a picture, a page, a document over many lines: one message about it is enough */
	bool is_hopeless = lines->offset == 0 && (*c.p != '{' || n < 4);
	if (!otlp_line(r, &c))
		broken_line(in, file, lines, &c);
	else if (r->nr_nameless)
		note(in, file, lines, 0,
			arena_printf(r->line, "%s (%zu of %zu spans of the line)", r->first_bad,
				r->nr_nameless, r->nr_spans));
	return !is_hopeless;
}

static void read_file(struct trace_input *in, const struct trace_file *file, uint64_t from,
	uint64_t to, const struct otlp_sink *sink)
{
	struct arena scratch;
	struct lines lines;
	struct otlp_reader reader;
	enum line_result result;
	char *text;
	size_t n;
	arena_init(&scratch);
	lines_init(&lines, file->fd);
	otlp_init(&reader, sink, &scratch);
	result = lines_seek(&lines, from) ? LINE_GIVEN : LINE_UNREADABLE;
	while (result != LINE_UNREADABLE && lines.next <= to) {
		result = lines_next(&lines, &text, &n);
		in->place = file->base + lines.offset;
		if (result == LINE_END)
			break;
		if (result == LINE_TOO_LONG)
			note(in, file, &lines, 0, "the line is longer than 64 MiB and was skipped");
		if (result == LINE_GIVEN && !read_line(in, file, &lines, &reader, text, n))
			break;
		arena_reset(&scratch);
	}
	if (result == LINE_UNREADABLE)
		trace_input_problem(in, file->path, 0, 0, strerror(errno));
	otlp_fini(&reader);
	lines_fini(&lines);
	arena_fini(&scratch);
}

void trace_input_read(
	struct trace_input *in, uint64_t from, uint64_t to, const struct otlp_sink *sink)
{
	for (size_t i = 0; i < in->files.nr; i++) {
		const struct trace_file *file = &in->files.at[i];
		if (file->base > to || file->base + file->size < from)
			continue;
		read_file(
			in, file, from > file->base ? from - file->base : 0, to - file->base, sink);
	}
}
