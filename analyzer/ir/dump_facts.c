/* Dump of what a facts file says besides the functions' bodies. */
#include "ir/dump.h"

void ir_dump_facts(struct strbuf *out, const struct ir_unit *u)
{
	strbuf_addf(out, "unit %s\n", u->main_file);
	for (uint32_t i = 0; i < u->nr_files; i++)
		if (!u->files[i].is_system)
			strbuf_addf(out, "  file %s\n", u->files[i].path);
	for (uint32_t i = 0; i < u->nr_funcs; i++) {
		const struct ir_func *f = &u->funcs[i];
		strbuf_addf(out, "  func %s @%s:%u-%u, %u statements, %u blocks, %u ops%s%s\n",
			f->name, f->loc.line ? u->files[f->loc.file].path : "?", f->loc.line,
			f->end_line, f->nr_stmts, f->nr_blocks, f->nr_ops,
			f->incomplete[0] ? ", incomplete: " : "", f->incomplete);
		for (uint32_t k = 0; k < f->nr_notes; k++)
			strbuf_addf(out, "    note %s\n", f->notes[k]);
	}
	for (uint32_t i = 0; i < u->nr_decls; i++) {
		strbuf_addf(out, "  decl %s\n", u->decls[i].name);
		for (uint32_t k = 0; k < u->decls[i].nr_notes; k++)
			strbuf_addf(out, "    note %s\n", u->decls[i].notes[k]);
	}
	for (uint32_t i = 0; i < u->nr_comments; i++)
		strbuf_addf(out, "  comment @%u about line %u: %s\n", u->comments[i].loc.line,
			u->comments[i].target, u->comments[i].text);
	for (uint32_t i = 0; i < u->nr_problems; i++)
		strbuf_addf(out, "  %s @%u: %s\n", u->problems[i].is_fatal ? "fatal" : "problem",
			u->problems[i].loc.line, u->problems[i].text);
}
