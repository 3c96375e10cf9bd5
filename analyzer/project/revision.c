/* Runs git to find a revision and to write its files somewhere else. */
#include "project/revision.h"

#include "base/path.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define OUTPUT_BYTES 4096
#define MAX_WORDS    16

static void run_child(const char *const *words, const char *index, int out)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (null < 0 || dup2(null, 0) < 0 || dup2(out, 1) < 0 || dup2(null, 2) < 0)
		_exit(127);
	if (index[0])
		setenv("GIT_INDEX_FILE", index, 1);
	execvp(words[0], (char *const *)words);
	_exit(127);
}

/* What git prints, without the last newline; NULL: it failed, or could not be run (`*status` is
 * 127). `index` is a file of its own for what git wants to note, or "". */
static const char *git(struct arena *a, const char *dir, const char *index,
	const char *const *arguments, int *status)
{
	const char *words[MAX_WORDS] = {"git", "-C", dir};
	for (size_t i = 0; arguments[i] && i + 4 < MAX_WORDS; i++)
		words[3 + i] = arguments[i];
	int ends[2];
	*status = 127;
	if (pipe2(ends, O_CLOEXEC) < 0)
		return NULL;
	pid_t child = fork();
	if (child == 0)
		run_child(words, index, ends[1]);
	close(ends[1]);
	char *text = arena_array(a, char, OUTPUT_BYTES);
	size_t n = 0;
	char rest[256];
	for (ssize_t got; child > 0;) {
		bool has_room = n + 1 < OUTPUT_BYTES;
		got = has_room ? read(ends[0], text + n, OUTPUT_BYTES - 1 - n)
			       : read(ends[0], rest, sizeof(rest));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		n += has_room ? (size_t)got : 0;
	}
	close(ends[0]);
	int how = 0;
	if (child < 0 || waitpid(child, &how, 0) < 0)
		return NULL;
	*status = WIFEXITED(how) ? WEXITSTATUS(how) : 126;
	text[n] = '\0';
	if (n && text[n - 1] == '\n')
		text[n - 1] = '\0';
	return *status ? NULL : text;
}

#define GIT(dir, ...) git(a, dir, "", (const char *const[]){__VA_ARGS__, NULL}, &status)

/* What to do about a base that is not there. */
static const char *next_step(struct arena *a, const char *top, const char *base)
{
	int status;
	const char *names[OUTPUT_BYTES / 2];
	size_t nr = 0;
	const char *branch = str_has_prefix(base, "origin/") ? base + strlen("origin/") : base;
	if (str_eq(GIT(top, "rev-parse", "--is-shallow-repository"), "true")) {
		if (strpbrk(base, "~^@"))
			return "this clone has a short history; git fetch --deepen=10 makes it "
			       "longer";
		return arena_printf(a,
			"this clone has a short history; git fetch --depth=1 origin %s && "
			"otel-tidy diff FETCH_HEAD",
			branch);
	}
	const char *refs = GIT(top, "for-each-ref", "--format=%(refname:short)");
	for (const char *s = refs ? refs : ""; *s; s += s[0] == '\n') {
		size_t n = strcspn(s, "\n");
		names[nr++] = arena_strndup(a, s, n);
		s += n;
	}
	const char *near = str_nearest(base, names, nr);
	if (near)
		return arena_printf(a, "did you mean %s?", near);
	return arena_printf(a, "git fetch origin %s may get it", branch);
}

static bool find_commit(struct arena *a, const char *dir, const char *base, struct revision *out,
	const char **error)
{
	int status;
	out->top = GIT(dir, "rev-parse", "--show-toplevel");
	if (!out->top) {
		*error = status == 127 ? "diff needs git, and it cannot be run"
				       : arena_printf(a, "%s: no git repository is around it", dir);
		return false;
	}
	const char *named = arena_printf(a, "%s^{commit}", base);
	const char *commit =
		GIT(out->top, "rev-parse", "--verify", "--quiet", "--end-of-options", named);
	if (!commit) {
		*error = arena_printf(a, "%s: not a commit of this clone; %s", base,
			next_step(a, out->top, base));
		return false;
	}
	const char *fork_point = GIT(out->top, "merge-base", commit, "HEAD");
	out->is_merge_base = fork_point && !str_eq(fork_point, commit);
	out->commit = fork_point ? fork_point : commit;
	return true;
}

bool revision_head(
	struct arena *a, const char *dir, const char **top, const char **commit, bool *is_shallow)
{
	int status;
	*top = GIT(dir, "rev-parse", "--show-toplevel");
	if (!*top)
		return false;
	*commit = GIT(*top, "rev-parse", "--verify", "--quiet", "HEAD");
	*commit = *commit ? *commit : "";
	*is_shallow = str_eq(GIT(*top, "rev-parse", "--is-shallow-repository"), "true");
	return true;
}

/* Git fills a directory next to the one that is wanted, which then gets its name: several runs may
 * do so at once, and none sees half a tree. */
static bool write_tree(struct arena *a, struct revision *r, const char *parent, const char **error)
{
	int status;
	char *scratch = arena_printf(a, "%s/new-XXXXXX", parent);
	if (!dir_make(parent) || !mkdtemp(scratch)) {
		*error = arena_printf(a, "%s: %s", parent, strerror(errno));
		return false;
	}
	const char *index = arena_printf(a, "%s/index", scratch);
	const char *prefix = arena_printf(a, "--prefix=%s/tree/", scratch);
	bool ok = git(a, r->top, index, (const char *const[]){"read-tree", r->commit, NULL},
			  &status) &&
		  git(a, r->top, index,
			  (const char *const[]){"checkout-index", "--all", "--quiet", prefix, NULL},
			  &status);
	r->temporary = scratch;
	r->tree = arena_printf(a, "%s/tree", scratch);
	if (!ok || !dir_exists(r->tree)) {
		*error = arena_printf(
			a, "git could not write the files of %.12s below %s", r->commit, scratch);
		revision_close(r);
		return false;
	}
	return true;
}

bool revision_open(struct arena *a, const char *dir, const char *base, const char *cache_dir,
	struct revision *out, const char **error)
{
	*out = (struct revision){.temporary = ""};
	if (!find_commit(a, dir, base, out, error))
		return false;
	const char *tmp = getenv("TMPDIR");
	if (!cache_dir[0])
		return write_tree(a, out, tmp && tmp[0] ? tmp : "/tmp", error);
	const char *parent = path_join(a, cache_dir, "trees");
	const char *kept = path_join(a, parent, out->commit);
	out->tree = kept;
	if (dir_exists(kept)) {
		utimensat(AT_FDCWD, kept, NULL, 0); /* used: it is thrown away later */
		return true;
	}
	if (!write_tree(a, out, parent, error))
		return false;
	/* somebody may have been faster: theirs is the same */
	if (rename(out->tree, kept) != 0 && !dir_exists(kept)) {
		*error = arena_printf(a, "%s: %s", kept, strerror(errno));
		revision_close(out);
		return false;
	}
	out->tree = kept;
	return true;
}

static int remove_one(const char *path, const struct stat *s, int type, struct FTW *at)
{
	(void)s, (void)type, (void)at;
	return remove(path);
}

void revision_close(const struct revision *r)
{
	if (r->temporary[0])
		nftw(r->temporary, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* The path over there, or NULL when nothing is there. */
static const char *lead(struct arena *a, const struct revision *r, const char *path)
{
	if (path[0] != '/' || !path_is_inside(r->top, path))
		return NULL;
	const char *old = path_join(a, r->tree, path_relative(a, r->top, path));
	return file_exists(old) || dir_exists(old) ? old : NULL;
}

/* "-I/src/include", "--sysroot=/src/x", or a path alone. */
static const char *lead_word(struct arena *a, const struct revision *r, const char *word)
{
	const char *at = strchr(word, '/');
	const char *old = at ? lead(a, r, at) : NULL;
	return old ? arena_printf(a, "%.*s%s", (int)(at - word), word, old) : word;
}

bool revision_unit(struct arena *a, const struct revision *r, const struct compile_unit *unit,
	struct compile_unit *out)
{
	*out = *unit;
	out->file = lead(a, r, unit->file);
	if (!out->file)
		return false;
	const char *directory = lead(a, r, unit->directory);
	out->directory = directory ? directory : unit->directory;
	out->args = arena_array(a, const char *, unit->nr_args);
	for (size_t i = 0; i < unit->nr_args; i++)
		out->args[i] = lead_word(a, r, unit->args[i]);
	return true;
}
