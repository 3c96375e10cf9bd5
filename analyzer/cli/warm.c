/* Keeps whole runs of `check`, by everything that they depend on. */
#include "cli/warm.h"

#include "base/hash.h"
#include "base/path.h"
#include "base/terminal.h"
#include "engine/cache.h"
#include "engine/manifest.h"
#include "frontend/frontend.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC     "otel-tidy run 1 "
#define HASH_LEN  32
#define RUN_BYTES ((size_t)256 << 20)

/* The program itself is part of the key: another build may find other things. */
static bool add_program(struct hash128 *h)
{
	struct stat st;
	if (stat("/proc/self/exe", &st) != 0)
		return false;
	hash128_add(h, &st.st_size, sizeof(st.st_size));
	hash128_add(h, &st.st_mtim, sizeof(st.st_mtim));
	hash128_add(h, &st.st_ino, sizeof(st.st_ino));
	return true;
}

static void add_environment(struct hash128 *h)
{
	static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG", "NO_COLOR",
		"CLICOLOR_FORCE", "TERM", "OTEL_TIDY_RESOURCE_DIR", "OTEL_TIDY_TEST_CRASH",
		"OTEL_TIDY_TEST_HANG", "HOME", "CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);
		hash128_add_str(h, value ? value : "\1");
	}
}

/* Everything that is looked for upward. */
static void add_discovery(struct hash128 *h, struct options *o, const char *cwd)
{
	struct arena *a = o->arena;
	const char *error;
	for (const char *at = cwd;; at = path_dirname(a, at)) {
		const char *config = path_join(a, at, "otel-tidy.json");
		const char *git = path_join(a, at, ".git");
		hash128_add_str(h, file_exists(config) ? config : "");
		hash128_add_str(h, file_exists(git) || dir_exists(git) ? git : "");
		if (str_eq(at, "/") || str_eq(at, "."))
			break;
	}
	const char *db = o->has_flags ? ""
				      : database_find(a, o->database[0] ? o->database : cwd,
						o->database[0] != '\0', &error);
	hash128_add_str(h, db ? db : error);
}

static bool add_outputs(struct hash128 *h, struct options *o)
{
	const char *summary = getenv("GITHUB_STEP_SUMMARY");
	for (size_t i = 0; i < o->outputs.nr; i++) {
		const struct output *out = &o->outputs.at[i];
		/* it is added to, not written */
		if (str_eq(out->format, "github") && summary && summary[0])
			return false;
		bool is_stdout = !out->file[0] || str_eq(out->file, "-");
		unsigned look[] = {is_stdout ? terminal_width(stdout) : 0,
			is_stdout && setup_wants_color(o, stdout),
			is_stdout && setup_is_unicode(stdout)};
		hash128_add(h, look, sizeof(look));
	}
	return true;
}

static const char *entry_path(struct options *o)
{
	struct hash128 h;
	char hex[33];
	const char *dir = setup_cache_dir(o), *cwd = path_cwd(o->arena);
	hash128_init(&h);
	if (!dir[0] || !add_program(&h) || !add_outputs(&h, o))
		return "";
	hash128_add_str(&h, OTEL_TIDY_VERSION);
	hash128_add_str(&h, cwd);
	for (size_t i = 0; i < o->nr_words; i++)
		hash128_add_str(&h, o->words[i]);
	add_environment(&h);
	add_discovery(&h, o, cwd);
	hash128_add_str(&h, frontend_state(o->arena));
	hash128_hex(&h, hex);
	return arena_printf(o->arena, "%s/runs/%s", dir, hex);
}

/* MAGIC, hash of the rest, then: exit code, manifest, empty line, sizes of outputs, their bytes. */
static const char *whole_entry(struct arena *a, const char *path)
{
	size_t n = 0;
	const size_t head = strlen(MAGIC) + HASH_LEN + 1;
	struct hash128 h;
	char hex[33];
	const char *bytes = file_read(a, path, RUN_BYTES, &n);
	if (!bytes || n < head || !str_has_prefix(bytes, MAGIC))
		return NULL;
	hash128_init(&h);
	hash128_add(&h, bytes + head, n - head);
	hash128_hex(&h, hex);
	return strncmp(bytes + strlen(MAGIC), hex, HASH_LEN) == 0 ? bytes + head : NULL;
}

static void write_entry(struct arena *a, const char *path, int code, const char *manifest,
	const struct strbuf *outputs, size_t nr)
{
	struct strbuf body, entry;
	struct hash128 h;
	char hex[33];
	strbuf_init(&body, a);
	strbuf_init(&entry, a);
	strbuf_addf(&body, "%d %zu\n%s\n", code, nr, manifest);
	for (size_t i = 0; i < nr; i++)
		strbuf_addf(&body, "%zu\n", outputs[i].len);
	for (size_t i = 0; i < nr; i++)
		strbuf_addn(&body, strbuf_str(&outputs[i]), outputs[i].len);
	hash128_init(&h);
	hash128_add(&h, body.s, body.len);
	hash128_hex(&h, hex);
	strbuf_addf(&entry, MAGIC "%s\n", hex);
	strbuf_addn(&entry, body.s, body.len);
	if (dir_make(path_dirname(a, path)))
		file_write(path, entry.s, entry.len);
}

static bool read_entry(struct options *o, struct recording *r, struct arena *scratch, int *code)
{
	size_t nr = 0;
	bool is_touched;
	const char *at = whole_entry(scratch, r->path);
	if (!at || sscanf(at, "%d %zu", code, &nr) != 2 || nr != o->outputs.nr)
		return false;
	const char *manifest = strchr(at, '\n') + 1;
	if (!manifest_holds(scratch, manifest, &is_touched))
		return false;
	at = *manifest == '\n' ? manifest + 1 : strstr(manifest, "\n\n") + 2;
	for (size_t i = 0; i < nr; i++) {
		struct strbuf b = {.arena = r->arena, .len = (size_t)strtoull(at, NULL, 10)};
		vec_push(r->arena, &r->outputs, b);
		at = strchr(at, '\n') + 1;
	}
	for (size_t i = 0; i < nr; i++) {
		r->outputs.at[i].s = arena_strndup(r->arena, at, r->outputs.at[i].len);
		at += r->outputs.at[i].len;
	}
	const char *now = is_touched ? manifest_again(scratch, manifest) : NULL;
	if (now)
		write_entry(scratch, r->path, *code, now, r->outputs.at, nr);
	return true;
}

bool warm_find(struct options *o, struct recording *r, int *code)
{
	struct arena scratch;
	*r = (struct recording){.arena = o->arena};
	if (!o->outputs.nr)
		vec_push(o->arena, &o->outputs, (struct output){"text", ""});
	r->path = entry_path(o);
	if (!r->path[0])
		return false;
	arena_init(&scratch);
	bool is_found = read_entry(o, r, &scratch, code);
	arena_fini(&scratch);
	for (size_t i = 0; is_found && i < o->outputs.nr; i++) {
		int failed = setup_write_bytes(&o->outputs.at[i], &r->outputs.at[i]);
		if (failed) {
			*code = failed;
			break;
		}
	}
	if (!is_found)
		r->outputs.nr = 0;
	return is_found;
}

static void add_inputs(struct manifest *m, const struct setup *s, const struct database *db)
{
	struct arena *a = m->arena;
	for (size_t i = 0; i < s->config.files.nr; i++)
		manifest_add_file(m, s->config.files.at[i], NULL);
	for (size_t i = 0; i < s->config.models.nr; i++)
		manifest_add_file(m, s->config.models.at[i], NULL);
	for (size_t i = 0; i < s->config.attributes.nr; i++)
		if (!s->config.attributes.at[i].text)
			manifest_add_file(m, s->config.attributes.at[i].path, NULL);
	if (s->baseline[0])
		manifest_add_file(m, s->baseline, NULL);
	if (db->path[0])
		manifest_add_file(m, db->path, NULL);
	for (size_t i = 0; i < s->program.files.nr; i++) {
		const struct ir_file *f = &s->program.files.at[i];
		const char *path = path_join(a, s->root, f->path);
		manifest_add_file(m, path, f->hash);
		manifest_add_dir(m, path_dirname(a, path));
	}
	for (size_t i = 0; i < db->units.nr; i++) {
		const struct compile_unit *u = &db->units.at[i];
		for (size_t k = 0; k < u->nr_args; k++) {
			const char *slash = strchr(u->args[k], '/');
			if (slash && dir_exists(slash))
				manifest_add_dir(m, slash);
			else if (slash && str_has_prefix(u->args[k], "-I"))
				manifest_add_dir(m, slash);
		}
	}
}

/* Response files are read with the database, and files of pipelines name others: neither is among
 * the inputs that are noted. */
static bool has_unseen_inputs(const struct setup *s, struct options *o, const struct database *db)
{
	if (s->config.pipeline.nr)
		return true;
	for (size_t i = 0; i < o->flags.nr; i++)
		if (o->flags.at[i][0] == '@')
			return true;
	const char *text = db->path[0] ? file_read(o->arena, db->path, RUN_BYTES, NULL) : "";
	for (const char *at = text; at && (at = strchr(at, '@')); at++)
		if (at > text && strchr(" \t\"\\", at[-1]))
			return true;
	return !text;
}

void warm_keep(struct recording *r, const struct setup *s, struct options *o,
	const struct database *db, int code)
{
	struct manifest m;
	if (!r->path[0] || s->incomplete.nr || has_unseen_inputs(s, o, db) ||
		r->outputs.nr != o->outputs.nr || (code != EXIT_CLEAN && code != EXIT_FINDINGS))
		return;
	manifest_init(&m, o->arena);
	m.since = s->started;
	add_inputs(&m, s, db);
	if (!m.is_unsure)
		write_entry(
			o->arena, r->path, code, strbuf_str(&m.text), r->outputs.at, r->outputs.nr);
}
