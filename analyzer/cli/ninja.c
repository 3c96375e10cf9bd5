/* `otel-tidy ninja`: a build file for ninja in which each unit is collected by an edge of its own
 * and one edge links them. What it finds is what `otel-tidy check` finds. */
#include "cli/commands.h"

#include "base/path.h"
#include "base/str.h"
#include "cli/gather.h"
#include "report/jsonout.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct ninja {
	struct options *o;
	struct setup s;
	struct database db;
	const char *dir;    /* where everything is written, absolute */
	struct strbuf out;  /* build.ninja */
	struct strbuf list; /* facts, one on each line */
	struct map names;   /* of facts, each once */
};

/* A path in a build line. */
static void add_path(struct strbuf *b, const char *path)
{
	for (; *path; path++) {
		if (strchr("$ :", *path))
			strbuf_addc(b, '$');
		strbuf_addc(b, *path);
	}
}

/* A word of a command, for the shell and before that for ninja. */
static void add_word(struct strbuf *b, const char *word)
{
	strbuf_addc(b, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			strbuf_add(b, "'\\''");
		else if (*word == '$')
			strbuf_add(b, "$$");
		else
			strbuf_addc(b, *word);
	}
	strbuf_addc(b, '\'');
}

static void add_option(struct strbuf *b, const char *option, const char *value)
{
	strbuf_addf(b, " %s ", option);
	add_word(b, value);
}

static const char *own_program(struct arena *a)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	return n > 0 ? arena_strndup(a, path, (size_t)n) : "otel-tidy";
}

/* "src/a.c", and "src/a.c.2" for the same file with other flags. */
static const char *name_of(struct ninja *n, const struct compile_unit *u)
{
	struct arena *a = n->o->arena;
	const char *name = path_relative(a, n->s.root, u->file);
	name += strspn(name, "/");
	const char *own = name;
	for (unsigned i = 2; map_has(&n->names, own); i++)
		own = arena_printf(a, "%s.%u", name, i);
	map_put(&n->names, own, n);
	return own;
}

/* A database of this unit alone: it changes only when the unit's flags do. */
static int write_unit(struct ninja *n, const struct compile_unit *u, const char *path)
{
	struct strbuf b;
	struct jsonout j;
	struct arena *a = n->o->arena;
	strbuf_init(&b, a);
	jsonout_init(&j, &b);
	jsonout_array(&j, NULL);
	jsonout_object(&j, NULL);
	jsonout_string(&j, "directory", u->directory);
	jsonout_string(&j, "file", u->file);
	jsonout_array(&j, "arguments");
	jsonout_string(&j, NULL, u->is_cxx ? "clang++" : "clang");
	for (size_t i = 0; i < u->nr_args; i++)
		jsonout_string(&j, NULL, u->args[i]);
	jsonout_string(&j, NULL, "-c");
	jsonout_string(&j, NULL, u->file);
	jsonout_array_end(&j);
	jsonout_object_end(&j);
	jsonout_array_end(&j);
	const char *old = file_read(a, path, (size_t)1 << 24, NULL);
	if (old && str_eq(old, strbuf_str(&b)))
		return 0; /* as young as it was */
	if (!dir_make(path_dirname(a, path)) || !file_write(path, b.s, b.len))
		return cli_fail("cannot write %s: %s", path, strerror(errno));
	return 0;
}

static int add_unit(struct ninja *n, const struct compile_unit *u, struct strbuf *facts)
{
	struct arena *a = n->o->arena;
	const char *name = name_of(n, u);
	const char *unit = path_join(a, n->dir, arena_printf(a, "units/%s.json", name));
	int failed = write_unit(n, u, unit);
	if (failed)
		return failed;
	strbuf_add(&n->out, "build facts/");
	add_path(&n->out, name);
	strbuf_add(&n->out, ".facts: collect ");
	add_path(&n->out, u->file);
	strbuf_add(&n->out, " | ");
	add_path(&n->out, unit);
	strbuf_add(&n->out, "\n  source = ");
	add_word(&n->out, u->file);
	strbuf_add(&n->out, "\n  unit = ");
	add_word(&n->out, unit);
	strbuf_add(&n->out, "\n  description = collect ");
	for (const char *s = name; *s; s++)
		strbuf_addf(&n->out, "%s%c", *s == '$' ? "$" : "", *s);
	strbuf_addc(&n->out, '\n');
	strbuf_add(facts, " facts/");
	add_path(facts, name);
	strbuf_add(facts, ".facts");
	strbuf_addf(&n->list, "facts/%s.facts\n", name);
	return 0;
}

/* What was said to `ninja` is said to `link`. */
static void add_link_options(struct ninja *n)
{
	const struct options *o = n->o;
	struct strbuf *b = &n->out;
	add_option(b, "--root", n->s.root);
	add_option(b, "-p", n->db.path);
	if (!o->paths.nr)
		strbuf_add(b, " --whole");
	for (size_t i = 0; i < o->rules.nr; i++)
		add_option(b, "--rule", o->rules.at[i]);
	for (size_t i = 0; i < o->outputs.nr; i++)
		add_option(b, "--format",
			o->outputs.at[i].file[0]
				? arena_printf(o->arena, "%s:%s", o->outputs.at[i].format,
					  o->outputs.at[i].file)
				: o->outputs.at[i].format);
	if (o->profile[0])
		add_option(b, "--profile", o->profile);
	if (o->fail_on[0])
		add_option(b, "--fail-on", o->fail_on);
	if (o->config[0])
		add_option(b, "--config", o->config);
	if (o->baseline[0])
		add_option(b, "--baseline", o->baseline);
	strbuf_add(b, o->no_config ? " --no-config" : "");
	strbuf_add(b, o->is_quiet ? " --quiet" : "");
}

static void add_rules(struct ninja *n)
{
	struct arena *a = n->o->arena;
	struct strbuf *b = &n->out;
	strbuf_add(b, "# Generated by otel-tidy ninja: ninja -C here lints the program.\n"
		      "ninja_required_version = 1.5\n\nrule collect\n  command = ");
	add_word(b, own_program(a));
	strbuf_add(b, " collect $source -p $unit");
	add_option(b, "--root", n->s.root);
	strbuf_add(b,
		" --incomplete-ok --depfile $out.d -o $out\n"
		"  depfile = $out.d\n  deps = gcc\n\nrule link\n  command = here=$$PWD && cd ");
	add_word(b, path_cwd(a));
	strbuf_add(b, " && ");
	add_word(b, own_program(a));
	strbuf_add(b, " link --list \"$$here/facts.list\"");
	add_link_options(n);
	strbuf_add(b, "\n  pool = console\n"
		      "  description = link\n\n"
		      "rule again\n  generator = 1\n  description = read the compile database "
		      "again\n  command = cd ");
	add_word(b, path_cwd(a));
	strbuf_add(b, " && ");
	add_word(b, own_program(a));
	for (size_t i = 0; i < n->o->nr_words; i++) {
		strbuf_addc(b, ' ');
		add_word(b, n->o->words[i]);
	}
	strbuf_add(b, "\n\nbuild build.ninja: again ");
	add_path(b, n->db.path);
	strbuf_add(b, "\n\n");
}

int command_ninja(struct options *o)
{
	struct ninja n = {.o = o};
	struct strbuf facts;
	int failed = gather_find(&n.s, o, &n.db);
	if (failed)
		return failed;
	if (!n.db.path[0])
		return cli_fail(
			"ninja needs a compile database; flags behind \"--\" make one unit, "
			"and otel-tidy check looks at that at once");
	n.dir = path_join(o->arena, path_cwd(o->arena), o->out[0] ? o->out : "otel-tidy.build");
	strbuf_init(&n.out, o->arena);
	strbuf_init(&n.list, o->arena);
	strbuf_init(&facts, o->arena);
	map_init(&n.names, o->arena);
	add_rules(&n);
	for (size_t i = 0; !failed && i < n.db.units.nr; i++)
		failed = add_unit(&n, &n.db.units.at[i], &facts);
	if (failed)
		return failed;
	/* never made, so that the verdict is given in every run */
	strbuf_addf(&n.out, "\nbuild otel-tidy: link%s\ndefault otel-tidy\n", strbuf_str(&facts));
	const char *path = path_join(o->arena, n.dir, "build.ninja");
	const char *list = path_join(o->arena, n.dir, "facts.list");
	if (!dir_make(n.dir) || !file_write(list, n.list.s, n.list.len) ||
		!file_write(path, n.out.s, n.out.len))
		return cli_fail("cannot write %s: %s", path, strerror(errno));
	printf("next: ninja -C %s\n", path_relative(o->arena, path_cwd(o->arena), n.dir));
	return EXIT_CLEAN;
}
