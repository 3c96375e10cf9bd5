/* What the files of the frontend share: one unit being lowered, one function being lowered. */
#ifndef OTEL_TIDY_FRONTEND_LOWER_H
#define OTEL_TIDY_FRONTEND_LOWER_H

#include "base/map.h"
#include "base/vec.h"
#include "frontend/clang_api.h"
#include "ir/builder.h"
#include "ir/ir.h"
#include "project/database.h"

/* Map from the address of an AST node; only ever asked, never walked, so that no order of
 * addresses can reach the output. */
struct ptr_map {
	struct arena *arena;
	const void **keys;
	void **values;
	size_t nr, cap;
};

void *ptr_get(const struct ptr_map *m, const void *key);
void ptr_put(struct ptr_map *m, const void *key, void *value);

struct cursors {
	CXCursor *at;
	size_t nr, cap;
};

/* Where an op stands, and whether a macro put it there. */
struct place {
	struct ir_loc loc;
	uint16_t flags; /* IR_IN_MACRO or 0 */
};

/* What is known of a called function. */
struct callee {
	const char *name, *link;
	uint16_t flags;
	bool is_method, is_ctor, is_dtor, is_copy_or_move, returns_ref;
	bool is_expect; /* __builtin_expect and its like: the value of its first argument */
	CXType type;
};

struct note_list {
	const char *name;
	struct ir_loc loc;
	VEC(const char *) notes;
};

struct unit {
	CXTranslationUnit tu;
	const struct compile_unit *cu;
	struct arena *out, *scratch;
	struct intern in;
	VEC(struct ir_file) files;
	VEC(CXFile) handles; /* of files */
	struct ptr_map file_numbers, types, callees, dtors, constants;
	struct ptr_map initials; /* variable → CXCursor of its constant value with text in it */
	struct ptr_map closures; /* closure class → struct ir_func of its operator() */
	VEC(struct ir_func *) funcs;
	VEC(struct ir_problem) problems;
	VEC(struct ir_comment) comments;
	VEC(struct ir_loc) literals;
	struct map literal_numbers;   /* "file:line:col" → number + 1 */
	struct map defined;           /* link → struct ir_func */
	struct map noted;             /* link → struct note_list */
	struct map functions_by_name; /* name → CXCursor, of cleanup functions */
};

/* A variable whose end has an effect; the chain is the stack of scopes. */
struct live {
	struct live *up;
	uint32_t var;
	unsigned depth;
};

struct target { /* of break or continue */
	struct target *up;
	struct live *live;
	uint32_t block;
};

struct cases {
	struct cases *up;
	VEC(struct ir_edge) edges;
	bool has_default;
};

struct handlers { /* of the innermost try */
	struct handlers *up;
	struct live *live;
	VEC(struct ir_edge) edges;
};

struct label {
	unsigned place; /* raw location: local labels may share a name */
	const char *name;
	uint32_t block;
	struct live *live;
	bool is_placed;
};

struct pending_goto {
	uint32_t block;
	struct live *live;
	size_t label;
	struct place place;
};

struct capture {
	uint32_t outer, inner;
	bool by_ref;
};

/* One function being lowered. */
struct lower {
	struct unit *u;
	CXCursor decl;       /* of the outermost function; the null cursor in global initialisers */
	struct lower *outer; /* lambdas: the enclosing function */
	struct ir_builder *b;
	struct ir_func *f;
	struct ptr_map vars; /* declaration → variable + 1 */
	uint32_t this_var;   /* or IR_NONE */
	bool returns_ref, capture_by_ref;
	struct live *live;
	struct target *breaks, *continues;
	struct cases *cases;
	struct handlers *handlers;
	VEC(struct label) labels;
	VEC(struct pending_goto) gotos;
	VEC(struct capture) captures;
	VEC(CXCursor) records; /* classes declared inside: their methods are lowered afterwards */
	unsigned depth, nr_synthetic;
	bool has_loops;       /* the outermost function's loops were looked at: */
	struct cursors loops; /* in the order of the text */
	VEC(unsigned char) loop_parts;
	struct ir_loc counted; /* the last statement that was counted */
};

/* unit.c */
const char *keep(struct unit *u, CXString s); /* interned, disposed of */
const char *keep_str(struct unit *u, const char *s);
struct cursors children_of(struct unit *u, CXCursor c);
/* The children that are expressions, in order. */
struct cursors operands_of(struct unit *u, CXCursor c);
uint32_t file_number(struct unit *u, CXFile file);
struct ir_loc loc_at(struct unit *u, CXSourceLocation at);
struct place place_of(struct unit *u, CXCursor c); /* its extent */
struct ir_loc name_loc(struct unit *u, CXCursor c, const char *name);
struct place end_place(struct unit *u, CXCursor c); /* of its last byte */
unsigned raw_begin(CXCursor c);
/* The text from where the range begins in the file it is spelled in; NULL: not in a file. */
const char *text_at(struct unit *u, CXCursor c, size_t *left);
bool starts_with_word(struct unit *u, CXCursor c, const char *word);
const char *type_name(struct unit *u, CXType t); /* canonical, without top-level cv */
CXType canonical_type(CXCursor c);
bool is_reference(CXType t);
bool is_record(CXType t);
bool has_destructor(struct unit *u, CXType t);
bool is_system(CXCursor c);
const char *pretty_decl(struct unit *u, CXCursor decl);
CXCursor unwrap(struct unit *u, CXCursor c); /* without parentheses and implicit nodes */

/* names.c */
const char *qualified_name(struct unit *u, CXCursor decl);
const char *field_name(struct unit *u, CXCursor field);
const char *link_name(struct unit *u, CXCursor decl);
const struct callee *callee_of(struct unit *u, CXCursor decl);
/* The function called `name` as a cleanup attribute names it; the null cursor: not declared. */
CXCursor find_function(struct unit *u, const char *name);

/* wanted.c */
/* Of the declarations at the top of a unit, those to lower, in their order. */
struct cursors wanted_decls(struct unit *u, const struct cursors *top);

/* lower_decl.c */
/* `cleanup(f)` is an attribute that libclang shows without its name; the printer knows it. Empty:
 * the variable has none. */
const char *cleanup_of(struct unit *u, CXCursor c);
void lower_unit_decls(struct unit *u);
void lower_function(struct unit *u, CXCursor c, bool is_template);
void lower_local_var(struct lower *l, CXCursor c);
void lower_decl_stmt(struct lower *l, CXCursor c);
/* `auto [a, b]`; `whole` is the address of what is taken apart, IR_NONE: the initialiser's. */
void lower_binding(struct lower *l, CXCursor c, ir_value whole);
ir_value hold_binding(struct lower *l, CXCursor init, struct place at);
/* A range-for's variable, from the address of an element. */
void lower_element_var(struct lower *l, CXCursor c, ir_value element);
/* The statements of a function whose parameters are declared; finishes it. */
void lower_body_of(struct lower *l, CXCursor c, CXCursor body);
uint32_t capture_var(struct lower *l, const void *decl, uint32_t outer, bool by_ref);
uint32_t declare_var(struct lower *l, CXCursor c, uint32_t flags);
/* The variable's number in this function; captured where an enclosing one has it. IR_NONE: none
 * of them has. */
uint32_t find_var(struct lower *l, const void *decl);
uint32_t find_this(struct lower *l);
/* Remembers what annotate attributes say of the function with this link. */
void note_annotations(struct unit *u, CXCursor c, const char *link);

/* lower_stmt.c */
void lower_stmt(struct lower *l, CXCursor c);
ir_value lower_stmt_expr(struct lower *l, CXCursor c, bool is_used);
void finish_gotos(struct lower *l);
/* A statement that is a scope of its own. */
void lower_body(struct lower *l, CXCursor c);
void push_target(struct lower *l, struct target **stack, struct target *t, uint32_t block);
/* Children without the condition variable. */
struct cursors without_var(struct unit *u, CXCursor c, CXCursor *var, bool *has_var);

/* lower_loop.c */
void lower_while(struct lower *l, CXCursor c);
void lower_do(struct lower *l, CXCursor c);
void lower_for(struct lower *l, CXCursor c);
void lower_range_for(struct lower *l, CXCursor c);

/* forloop.c */
struct for_parts {
	CXCursor init, cond_var, cond, step, body;
	bool has_init, has_cond_var, has_cond, has_step;
};
bool for_parts(struct lower *l, CXCursor c, struct for_parts *out);

/* scopes.c */
void scope_add(struct lower *l, uint32_t var);
void scope_leave_to(struct lower *l, struct live *to, struct place at); /* emits, changes nothing */
void scope_close(struct lower *l, struct live *to, struct place at);    /* emits and closes */
struct live *scope_common(struct live *a, struct live *b);

/* lower_expr.c */
ir_value lower_value(struct lower *l, CXCursor c);
ir_value lower_addr(struct lower *l, CXCursor c);
void lower_effect(struct lower *l, CXCursor c);
void lower_cond(struct lower *l, CXCursor c, uint32_t if_true, uint32_t if_false);
/* The address of a new synthetic variable that holds the value. */
ir_value materialize(struct lower *l, CXCursor c, ir_value v, bool is_extended);
/* The address that a reference is bound to; a temporary lives as long as the reference. */
ir_value lower_bound(struct lower *l, CXCursor c);
/* What is stored in a new variable or field of this type: a value, or an address. */
ir_value lower_init(struct lower *l, CXCursor c, CXType type);

/* lower_ops.c */
ir_value lower_unary(struct lower *l, CXCursor c);
ir_value lower_unary_addr(struct lower *l, CXCursor c);
ir_value lower_binary(struct lower *l, CXCursor c);
ir_value lower_assign(struct lower *l, CXCursor c, bool want_addr);
ir_value lower_conditional(struct lower *l, CXCursor c, bool want_addr);
ir_value lower_elvis(struct lower *l, CXCursor c, const struct cursors *parts);
ir_value lower_init_list(struct lower *l, CXCursor c);

/* lower_call.c */
ir_value lower_call(struct lower *l, CXCursor c, bool is_discarded);
bool call_returns_ref(struct lower *l, CXCursor c);
ir_value lower_new(struct lower *l, CXCursor c);
ir_value lower_delete(struct lower *l, CXCursor c);
void lower_throw(struct lower *l, CXCursor c);
CXCursor generic_choice(struct unit *u, CXCursor c); /* null cursor: not known */

/* lower_lambda.c */
ir_value lower_lambda(struct lower *l, CXCursor c);
void lower_global_lambdas(struct unit *u, CXCursor var);

/* literals.c */
ir_value lower_literal(struct lower *l, CXCursor c);
const char *string_of_literal(struct unit *u, CXCursor c);
/* 1 + the number of the place where the literal is written, were it in a macro's definition. */
uint32_t place_of_literal(struct unit *u, CXCursor c);
/* When the variable is a constant with a known value: true and the CONST op. */
bool constant_of(struct unit *u, CXCursor var, struct ir_op *out);
/* 0 or 1 when the expression is a literal that is false or true; -1 when it is not. */
int literal_truth(struct unit *u, CXCursor c);

/* constants.c */
/* The constant the variable holds from the start, if there is text in it; else IR_NONE. */
ir_value lower_initial(struct lower *l, CXCursor var, struct place at);

/* comments.c */
void scan_comments(struct unit *u);

/* emit.c */
ir_value emit(struct lower *l, struct ir_op op, struct place at, const ir_value *args, size_t nr);
ir_value emit1(struct lower *l, enum ir_kind kind, struct place at, ir_value arg);
ir_value emit_var(struct lower *l, uint32_t var, struct place at);
ir_value emit_load(struct lower *l, ir_value address, struct place at);
void emit_store(struct lower *l, ir_value address, ir_value value, struct place at);
void emit_jump(struct lower *l, uint32_t to, struct place at);
void emit_branch(struct lower *l, ir_value v, uint32_t yes, uint32_t no, struct place at);
void emit_end(struct lower *l, enum ir_kind kind, ir_value arg, struct place at);
uint32_t new_block(struct lower *l);
uint32_t new_synthetic(struct lower *l, CXType type, const char *name, struct place at);
ir_value lower_unknown(struct lower *l, CXCursor c, const char *what);
void mark_incomplete(struct lower *l, const char *what, struct place at);

#endif
