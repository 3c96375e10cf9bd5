/* Dumps the IR of one file: golden-dump [--cfg|--places|--links|--incomplete] FILE [flag…]. */
#include "base/map.h"
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

/* Where ops stand: calls, variables. */
static void dump_places(struct strbuf *out, const struct ir_unit *unit)
{
	for (uint32_t i = 0; i < unit->nr_funcs; i++) {
		const struct ir_func *f = &unit->funcs[i];
		strbuf_addf(out, "func %s @%u:%u-%u\n", f->name, f->loc.line, (unsigned)f->loc.col,
			(unsigned)f->loc.end_col);
		for (uint32_t k = 0; k < f->nr_vars; k++)
			strbuf_addf(out, "  var %s @%u:%u-%u\n", f->vars[k].name,
				f->vars[k].loc.line, (unsigned)f->vars[k].loc.col,
				(unsigned)f->vars[k].loc.end_col);
		for (uint32_t k = 0; k < f->nr_ops; k++) {
			const struct ir_op *op = &f->ops[k];
			if (op->kind == IR_CALL || ir_is_terminator(op->kind))
				strbuf_addf(out, "  %s %s @%u:%u-%u%s\n", ir_kind_name(op->kind),
					op->sym, op->loc.line, (unsigned)op->loc.col,
					(unsigned)op->loc.end_col,
					op->flags & IR_IN_MACRO ? " in a macro" : "");
		}
	}
}

/* Calls by a name that is defined here whose link leads to no definition here. */
static void dump_loose_links(struct strbuf *out, const struct ir_unit *unit, struct arena *a)
{
	struct map names, links;
	map_init(&names, a);
	map_init(&links, a);
	for (uint32_t i = 0; i < unit->nr_funcs; i++) {
		map_put(&names, unit->funcs[i].name, &unit->funcs[i]);
		map_put(&links, unit->funcs[i].link, &unit->funcs[i]);
	}
	for (uint32_t i = 0; i < unit->nr_funcs; i++) {
		const struct ir_func *f = &unit->funcs[i];
		for (uint32_t k = 0; k < f->nr_ops; k++) {
			const struct ir_op *op = &f->ops[k];
			if (op->kind == IR_CALL && map_has(&names, op->sym) &&
				!map_has(&links, op->link))
				strbuf_addf(out, "%s:%u: %s\t%s\n", unit->files[op->loc.file].path,
					op->loc.line, op->sym, op->link);
		}
	}
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
		fprintf(stderr, "usage: golden-dump [--cfg|--places|--links|--incomplete] FILE "
				"[flag...]\n");
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
	} else if (str_eq(mode, "--places")) {
		dump_places(&out, &unit);
	} else if (str_eq(mode, "--links")) {
		dump_loose_links(&out, &unit, &run);
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
