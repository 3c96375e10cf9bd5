/* Dumps the IR of one file: golden-dump [--cfg|--flags|--comments|--incomplete] FILE [flag…]. */
#include "base/path.h"
#include "base/str.h"
#include "frontend/frontend.h"
#include "ir/dump.h"
#include "ir/validate.h"

#include <stdio.h>
#include <string.h>

static bool is_cxx_name(const char *file)
{
	return str_has_suffix(file, ".cc") || str_has_suffix(file, ".cpp") ||
	       str_has_suffix(file, ".cxx") || str_has_suffix(file, ".hpp");
}

static void dump_cfg(struct strbuf *out, const struct ir_unit *unit)
{
	for (uint32_t i = 0; i < unit->nr_funcs; i++) {
		ir_dump_cfg(out, &unit->funcs[i]);
		strbuf_addc(out, '\n');
	}
}

/* Functions whose IR breaks its own rules: none, or the frontend is wrong. */
static int nr_invalid(const struct ir_unit *unit)
{
	int nr = 0;
	for (uint32_t i = 0; i < unit->nr_funcs; i++) {
		if (ir_func_is_valid(&unit->funcs[i]))
			continue;
		fprintf(stderr, "golden-dump: invalid IR: %s\n", unit->funcs[i].name);
		nr++;
	}
	return nr;
}

/* One line per function: its reason, or "-". */
static void dump_incomplete(struct strbuf *out, const struct ir_unit *unit)
{
	for (uint32_t i = 0; i < unit->nr_funcs; i++) {
		const struct ir_func *f = &unit->funcs[i];
		strbuf_addf(out, "%s\t%s:%u\t%s\t%s\n",
			f->flags & IR_FUNC_TEMPLATE ? "template" : "function",
			unit->files[f->loc.file].path, f->loc.line, f->name,
			f->incomplete[0] ? f->incomplete : "-");
	}
}

static void dump_rest(struct strbuf *out, const struct ir_unit *unit)
{
	for (uint32_t i = 0; i < unit->nr_decls; i++)
		for (uint32_t k = 0; k < unit->decls[i].nr_notes; k++)
			strbuf_addf(out, "decl %s @%u note: %s\n", unit->decls[i].name,
				unit->decls[i].loc.line, unit->decls[i].notes[k]);
	for (uint32_t i = 0; i < unit->nr_comments; i++) {
		const struct ir_comment *c = &unit->comments[i];
		strbuf_addf(out, "comment @%u:%u for %u%s: %s\n", c->loc.line, (unsigned)c->loc.col,
			c->target, c->alone ? " alone" : "", c->text);
	}
	for (uint32_t i = 0; i < unit->nr_problems; i++)
		strbuf_addf(out, "%s @%u: %s\n", unit->problems[i].is_fatal ? "fatal" : "problem",
			unit->problems[i].loc.line, unit->problems[i].text);
}

int main(int argc, char **argv)
{
	struct arena run, unit_arena, scratch;
	const char *mode = "", *error;
	int at = 1;
	if (at < argc && str_has_prefix(argv[at], "--"))
		mode = argv[at++];
	if (at >= argc) {
		fprintf(stderr, "usage: golden-dump [--cfg|--incomplete] FILE [flag...]\n");
		return 2;
	}
	arena_init(&run);
	arena_init(&unit_arena);
	arena_init(&scratch);
	struct frontend *f = frontend_open(&run, &error);
	if (!f) {
		fprintf(stderr, "golden-dump: %s\n", error);
		arena_fini(&run);
		return 2;
	}
	struct compile_unit cu = {.directory = path_cwd(&run)};
	cu.file = path_join(&run, cu.directory, argv[at]);
	cu.is_cxx = is_cxx_name(cu.file);
	cu.args = (const char **)(argv + at + 1);
	cu.nr_args = (size_t)(argc - at - 1);
	struct ir_unit unit;
	struct strbuf out;
	frontend_lower(f, &cu, &unit_arena, &scratch, &unit);
	strbuf_init(&out, &run);
	if (str_eq(mode, "--cfg")) {
		dump_cfg(&out, &unit);
	} else if (str_eq(mode, "--incomplete")) {
		dump_incomplete(&out, &unit);
	} else {
		ir_dump_unit(&out, &unit);
		dump_rest(&out, &unit);
	}
	fputs(strbuf_str(&out), stdout);
	int invalid = nr_invalid(&unit);
	frontend_close(f);
	arena_fini(&scratch);
	arena_fini(&unit_arena);
	arena_fini(&run);
	return invalid ? 1 : 0;
}
