/* Facts files: an ir_unit as bytes, written and read by one description. */
#include "facts/facts.h"

#include "base/hash.h"
#include "facts/codec.h"
#include "ir/validate.h"

#include <string.h>

/* Raise with every change of the format or of the IR's meaning. */
#define FACTS_MAGIC "otel-tidy facts 1\n"

static void code_loc(struct codec *c, struct ir_loc *loc)
{
	code_u32(c, &loc->file);
	code_u32(c, &loc->line);
	code_u16(c, &loc->col);
	code_u16(c, &loc->end_col);
}

static void code_strings(struct codec *c, const char ***strings, uint32_t *n)
{
	code_count(c, n);
	*strings = code_array(c, *strings, *n, sizeof(**strings));
	for (uint32_t i = 0; i < *n; i++)
		code_str(c, &(*strings)[i]);
}

/* IR_NONE is the largest number there is; it travels as 0, all others one higher. */
static void code_value(struct codec *c, ir_value *v)
{
	uint32_t shifted = *v + 1;
	code_u32(c, &shifted);
	*v = shifted - 1;
}

static void code_op(struct codec *c, struct ir_op *op)
{
	code_u8(c, &op->kind);
	code_u8(c, &op->sub);
	code_u16(c, &op->flags);
	code_u32(c, &op->var);
	code_str(c, &op->sym);
	code_str(c, &op->link);
	code_str(c, &op->type);
	code_loc(c, &op->loc);
	code_count(c, &op->nr_args);
	ir_value *args = code_array(c, op->args, op->nr_args, sizeof(*args));
	for (uint32_t i = 0; i < op->nr_args; i++)
		code_value(c, &args[i]);
	op->args = args;
}

static void code_block(struct codec *c, struct ir_block *block)
{
	code_u32(c, &block->first);
	code_u32(c, &block->nr_ops);
	code_count(c, &block->nr_succs);
	struct ir_edge *succs = code_array(c, block->succs, block->nr_succs, sizeof(*succs));
	for (uint32_t i = 0; i < block->nr_succs; i++) {
		code_u32(c, &succs[i].block);
		code_str(c, &succs[i].label);
	}
	block->succs = succs;
}

static void code_var(struct codec *c, struct ir_var *var)
{
	code_str(c, &var->name);
	code_str(c, &var->type);
	code_str(c, &var->cleanup);
	code_u32(c, &var->flags);
	code_u32(c, &var->outer);
	code_loc(c, &var->loc);
}

static void code_func(struct codec *c, struct ir_func *f)
{
	code_str(c, &f->name);
	code_str(c, &f->link);
	code_str(c, &f->ret);
	code_str(c, &f->parent);
	code_u32(c, &f->flags);
	code_u32(c, &f->nr_params);
	code_count(c, &f->nr_vars);
	f->vars = code_array(c, f->vars, f->nr_vars, sizeof(*f->vars));
	for (uint32_t i = 0; i < f->nr_vars; i++)
		code_var(c, &f->vars[i]);
	code_count(c, &f->nr_ops);
	f->ops = code_array(c, f->ops, f->nr_ops, sizeof(*f->ops));
	for (uint32_t i = 0; i < f->nr_ops; i++)
		code_op(c, &f->ops[i]);
	code_count(c, &f->nr_blocks);
	f->blocks = code_array(c, f->blocks, f->nr_blocks, sizeof(*f->blocks));
	for (uint32_t i = 0; i < f->nr_blocks; i++)
		code_block(c, &f->blocks[i]);
	code_str(c, &f->incomplete);
	code_loc(c, &f->loc);
	code_u32(c, &f->end_line);
	code_u32(c, &f->nr_stmts);
	code_strings(c, &f->notes, &f->nr_notes);
}

static void code_decl(struct codec *c, struct ir_decl *d)
{
	code_str(c, &d->name);
	code_str(c, &d->link);
	code_strings(c, &d->notes, &d->nr_notes);
	code_loc(c, &d->loc);
}

static void code_comment(struct codec *c, struct ir_comment *comment)
{
	code_loc(c, &comment->loc);
	code_str(c, &comment->text);
	code_bool(c, &comment->alone);
	code_u32(c, &comment->target);
}

static void code_problem(struct codec *c, struct ir_problem *p)
{
	code_loc(c, &p->loc);
	code_bool(c, &p->is_fatal);
	code_str(c, &p->text);
}

static void code_file(struct codec *c, struct ir_file *f)
{
	code_str(c, &f->path);
	code_bool(c, &f->is_system);
	code_str(c, &f->hash);
}

#define CODE_ALL(c, array, n, code_one)                                                            \
	do {                                                                                       \
		code_count((c), &(n));                                                             \
		(array) = code_array((c), (array), (n), sizeof(*(array)));                         \
		for (uint32_t i_ = 0; i_ < (n); i_++)                                              \
			code_one((c), &(array)[i_]);                                               \
	} while (0)

static void code_unit(struct codec *c, struct ir_unit *u)
{
	code_str(c, &u->main_file);
	CODE_ALL(c, u->files, u->nr_files, code_file);
	CODE_ALL(c, u->literals, u->nr_literals, code_loc);
	CODE_ALL(c, u->funcs, u->nr_funcs, code_func);
	CODE_ALL(c, u->decls, u->nr_decls, code_decl);
	CODE_ALL(c, u->comments, u->nr_comments, code_comment);
	CODE_ALL(c, u->problems, u->nr_problems, code_problem);
}

static void add_u64(struct strbuf *out, uint64_t x)
{
	for (int i = 0; i < 8; i++)
		strbuf_addc(out, (char)(x >> (8 * i)));
}

static uint64_t get_u64(const char *bytes)
{
	uint64_t x = 0;
	for (int i = 0; i < 8; i++)
		x |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
	return x;
}

/* File: magic, hash of the rest, then as one codec stream: the strings, the unit. */
void facts_write(struct strbuf *out, const struct ir_unit *unit)
{
	struct map numbers;
	map_init(&numbers, out->arena);
	struct strbuf payload, table;
	strbuf_init(&payload, out->arena);
	strbuf_init(&table, out->arena);
	struct codec c = {
		.is_writing = true, .arena = out->arena, .out = &payload, .numbers = &numbers};
	struct ir_unit copy = *unit;
	code_unit(&c, &copy);

	struct codec t = {.is_writing = true, .out = &table};
	uint32_t nr = (uint32_t)numbers.nr;
	code_u32(&t, &nr);
	for (size_t i = 0; i < numbers.nr; i++) {
		uint32_t len = (uint32_t)strlen(numbers.at[i].key);
		code_u32(&t, &len);
		strbuf_addn(&table, numbers.at[i].key, len);
	}
	strbuf_addn(&table, payload.s, payload.len);
	strbuf_add(out, FACTS_MAGIC);
	add_u64(out, hash_bytes(table.s, table.len));
	strbuf_addn(out, table.s, table.len);
}

static void read_strings(struct codec *c, struct intern *in)
{
	uint32_t nr = 0;
	code_count(c, &nr);
	c->strings = arena_array(c->arena, const char *, nr);
	c->nr_strings = nr;
	for (uint32_t i = 0; i < nr; i++) {
		uint32_t len = 0;
		code_count(c, &len);
		c->strings[i] = intern_n(in, (const char *)c->at, len);
		c->at += len;
	}
}

static bool unit_is_valid(const struct ir_unit *u)
{
	for (uint32_t i = 0; i < u->nr_funcs; i++)
		if (!ir_func_is_valid(&u->funcs[i]))
			return false;
	return ir_locs_are_valid(u);
}

bool facts_read(struct arena *a, struct intern *in, const char *bytes, size_t n,
	struct ir_unit *out, const char **error)
{
	size_t head = strlen(FACTS_MAGIC) + 8;
	if (n < head || memcmp(bytes, FACTS_MAGIC, strlen(FACTS_MAGIC)) != 0) {
		*error = "not a facts file of this version of otel-tidy; collect it again";
		return false;
	}
	if (get_u64(bytes + strlen(FACTS_MAGIC)) != hash_bytes(bytes + head, n - head)) {
		*error = "the facts file is cut short or damaged; collect it again";
		return false;
	}
	struct codec c = {.arena = a,
		.at = (const unsigned char *)bytes + head,
		.end = (const unsigned char *)bytes + n};
	read_strings(&c, in);
	*out = (struct ir_unit){0};
	code_unit(&c, out);
	if (c.is_broken || c.at != c.end || !unit_is_valid(out)) {
		*error = "the facts file is malformed; collect it again";
		return false;
	}
	return true;
}
