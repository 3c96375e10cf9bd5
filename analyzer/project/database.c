/* Compile database: reads compile_commands.json, one sanitised unit for each file. */
#include "project/database.h"

#include "base/json.h"
#include "base/map.h"
#include "base/path.h"
#include "base/str.h"
#include "project/compiler.h"
#include "project/sanitize.h"
#include "project/words.h"

#include <errno.h>
#include <string.h>

#define DATABASE_BYTES ((size_t)512 << 20)

#define AGAIN "write it anew: cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, or bear -- make"

struct reader {
	struct arena *arena; /* of the result */
	struct arena json;   /* the text and its tree */
	struct arena entry;  /* emptied after each entry */
	struct intern strings;
	struct map seen; /* absolute file → its struct json, for the line */
	const char *directory;
	struct database *db;
	const char **error;
};

static bool fail(struct reader *r, unsigned line, const char *what, const char *next_step)
{
	*r->error =
		line ? arena_printf(r->arena, "%s:%u: %s; %s", r->db->path, line, what, next_step)
		     : arena_printf(r->arena, "%s: %s; %s", r->db->path, what, next_step);
	return false;
}

static void note(struct reader *r, const struct json *entry, const char *file, const char *what)
{
	vec_push(r->arena, &r->db->notes,
		str_one_line(r->arena, arena_printf(&r->entry, "%s:%u: %s: %s", r->db->path,
					       json_line(entry), file, what)));
}

/* The words of the entry. False: it has none. */
static bool entry_words(struct reader *r, const struct json *entry, const char *file,
	struct words *words, const char **missing)
{
	const struct json *arguments = json_get(entry, "arguments");
	const struct json *command = json_get(entry, "command");
	if (arguments) {
		*missing = "\"arguments\" is not a list of strings";
		if (json_type(arguments) != JSON_ARRAY)
			return false;
		for (size_t i = 0; i < json_size(arguments); i++) {
			const char *word = json_string(json_at(arguments, i));
			if (!word)
				return false;
			vec_push(&r->entry, words, word);
		}
		*missing = "\"arguments\" is empty";
		return words->nr > 0;
	}
	*missing = "an entry has neither \"command\" nor \"arguments\"";
	if (!command)
		return false;
	*missing = "\"command\" is not a string";
	if (!json_string(command))
		return false;
	if (!words_from_shell(&r->entry, json_string(command), words))
		note(r, entry, file, "a quote in its command is not closed");
	*missing = "\"command\" is empty";
	return words->nr > 0;
}

/* Of "cd sub && mkdir -p x && cc -c a.c": the command with a compiler that we know, else the first.
 * A cd before it moves the directory. False: there is none. */
static bool choose_command(
	struct reader *r, struct words *words, struct compiler *compiler, const char **directory)
{
	const char *dir = *directory;
	size_t best = 0, best_nr = 0;
	for (size_t from = 0; from < words->nr;) {
		size_t to = from;
		while (to < words->nr && words->at[to] != words_break)
			to++;
		if (to > from) {
			const char *const *at = words->at + from;
			compiler_find(&r->entry, at, to - from, compiler);
			if (compiler->is_known || !best_nr) {
				best = from;
				best_nr = to - from;
			}
			if (compiler->is_known) {
				*directory = dir;
				break;
			}
			if (to - from == 2 && str_eq(at[0], "cd"))
				dir = path_join(&r->entry, dir, at[1]);
		}
		from = to + 1;
	}
	if (!best_nr)
		return false;
	words->at += best;
	words->nr = best_nr;
	compiler_find(&r->entry, words->at, words->nr, compiler);
	return true;
}

static void add_unit(struct reader *r, const struct compile_unit *unit)
{
	const char **args = arena_array(r->arena, const char *, unit->nr_args);
	for (size_t i = 0; i < unit->nr_args; i++)
		args[i] = intern(&r->strings, unit->args[i]);
	vec_push(r->arena, &r->db->units,
		(struct compile_unit){.file = intern(&r->strings, unit->file),
			.directory = intern(&r->strings, unit->directory),
			.args = args,
			.nr_args = unit->nr_args,
			.is_cxx = unit->is_cxx});
}

/* Everything behind the compiler's name, response files included. */
static void read_call(struct reader *r, const struct json *entry, const char *file,
	struct words *words, const char *directory)
{
	struct compiler compiler;
	if (!choose_command(r, words, &compiler, &directory)) {
		note(r, entry, file, "no command in its \"command\", passed over");
		return;
	}
	if (*compiler.foreign) {
		note(r, entry, file,
			arena_printf(&r->entry, "built with %s (%s), passed over", compiler.name,
				compiler.foreign));
		return;
	}
	struct words expanded = {0}, trouble = {0};
	words_expand(&r->entry, directory, words->at + compiler.nr_words,
		words->nr - compiler.nr_words, &expanded, &trouble);
	for (size_t i = 0; i < trouble.nr; i++)
		note(r, entry, file, trouble.at[i]);
	struct compile_call call = {.file = path_join(&r->entry, directory, file),
		.directory = directory,
		.words = expanded.at,
		.nr_words = expanded.nr,
		.target = compiler.target,
		.is_cxx_driver = compiler.is_cxx};
	struct compile_unit unit;
	const char *passed_over = sanitize(&r->entry, &call, &unit);
	if (passed_over) {
		note(r, entry, file, arena_printf(&r->entry, "%s, passed over", passed_over));
		return;
	}
	const char *key = intern(&r->strings, unit.file);
	const struct json *first = map_get(&r->seen, key);
	if (first) {
		note(r, entry, file,
			arena_printf(&r->entry, "listed again, the entry of line %u counts",
				json_line(first)));
		return;
	}
	map_put(&r->seen, key, (void *)(uintptr_t)entry);
	add_unit(r, &unit);
}

static bool read_entry(struct reader *r, const struct json *entry)
{
	if (json_type(entry) != JSON_OBJECT)
		return fail(r, json_line(entry), "an entry is not an object", AGAIN);
	const struct json *file = json_get(entry, "file");
	if (!file)
		return fail(r, json_line(entry), "an entry has no \"file\"", AGAIN);
	if (!json_string(file) || !*json_string(file))
		return fail(r, json_line(file), "\"file\" is not the name of a file", AGAIN);
	const struct json *dir = json_get(entry, "directory");
	if (dir && !json_string(dir))
		return fail(r, json_line(dir), "\"directory\" is not a string", AGAIN);
	struct words words = {0};
	const char *missing;
	if (!entry_words(r, entry, json_string(file), &words, &missing))
		return fail(r, json_line(entry), missing, AGAIN);
	const char *directory = path_join(&r->entry, r->directory, dir ? json_string(dir) : ".");
	read_call(r, entry, json_string(file), &words, directory);
	return true;
}

static bool read_entries(struct reader *r)
{
	size_t size = 0;
	const char *text = file_read(&r->json, r->db->path, DATABASE_BYTES, &size);
	if (!text && errno == EFBIG)
		return fail(r, 0, "larger than 512 MiB", "name a smaller one with -p");
	if (!text)
		return fail(r, 0, strerror(errno), "name another one with -p");
	if (!size)
		return fail(r, 0, "the file is empty", AGAIN);
	if (strlen(text) != size)
		return fail(r, 0, "the file holds a NUL byte and is no JSON", AGAIN);
	unsigned line = 0;
	const char *why = "";
	const struct json *root = json_parse(&r->json, text, &line, &why);
	if (!root)
		return fail(r, line, why, AGAIN);
	if (json_type(root) != JSON_ARRAY)
		return fail(r, json_line(root), "not a list of entries", AGAIN);
	if (!json_size(root))
		return fail(r, json_line(root), "the list has no entries",
			"build something first, or " AGAIN);
	for (size_t i = 0; i < json_size(root); i++) {
		if (!read_entry(r, json_at(root, i)))
			return false;
		arena_reset(&r->entry);
	}
	return true;
}

bool database_read(struct arena *a, const char *path, struct database *db, const char **error)
{
	*db = (struct database){.path = path_join(a, path_cwd(a), path)};
	struct reader r = {.arena = a, .db = db, .error = error};
	r.directory = path_dirname(a, db->path);
	arena_init(&r.json);
	arena_init(&r.entry);
	intern_init(&r.strings, a);
	map_init(&r.seen, &r.json);
	bool ok = read_entries(&r);
	arena_fini(&r.entry);
	arena_fini(&r.json);
	return ok;
}

void database_single(struct arena *a, const char *file, const char *const *flags, size_t nr_flags,
	struct database *db)
{
	*db = (struct database){.path = ""};
	struct words words = {0}, trouble = {0};
	const char *directory = path_cwd(a);
	words_expand(a, directory, flags, nr_flags, &words, &trouble);
	for (size_t i = 0; i < trouble.nr; i++)
		vec_push(a, &db->notes, arena_printf(a, "%s: %s", file, trouble.at[i]));
	struct compile_call call = {.file = path_join(a, directory, file),
		.directory = directory,
		.words = words.at,
		.nr_words = words.nr,
		.target = "",
		.takes_headers = true};
	struct compile_unit unit;
	const char *passed_over = sanitize(a, &call, &unit);
	if (passed_over)
		vec_push(a, &db->notes, arena_printf(a, "%s: %s, passed over", file, passed_over));
	else
		vec_push(a, &db->units, unit);
}
