/* The intermediate representation: unit → function → block → op.
 *
 * Everything after the frontend works on this and on nothing else. It is address-based, like
 * compiler output before registers: a variable is an address (VAR), reading it is a LOAD, `s->ops`
 * is FIELD(LOAD(VAR s)). Every op is numbered by its place in `func->ops`, and that number is the
 * value it computes: args hold numbers of earlier ops. Values never meet at joins; where C merges
 * two values (`?:`, `&&`), the frontend stores to a synthetic variable and loads it afterwards.
 *
 * All strings are interned in the arena that owns the unit: compare them with str_eq, or with ==
 * inside one program. No pointer here is NULL where the text may be empty: it is "" instead. */
#ifndef OTEL_TIDY_IR_IR_H
#define OTEL_TIDY_IR_IR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The number of an op in its function; IR_NONE where there is no value. */
typedef uint32_t ir_value;
#define IR_NONE UINT32_MAX

/* A place in the source: where a macro's expansion began, never inside a macro's definition. */
struct ir_loc {
	uint32_t file;    /* index into unit->files (after facts_read: into program files) */
	uint32_t line;    /* from 1; 0: no place */
	uint16_t col;     /* from 1, bytes */
	uint16_t end_col; /* one past the end where it ends on the same line; else 0 */
};

/* X(kind, "name", is_terminator) */
#define IR_OPS(X)                                                                                  \
	/* values */                                                                               \
	X(CONST, "const", 0)   /* literal; sub: enum ir_lit; sym: its text */                      \
	X(VAR, "var", 0)       /* address of the variable func->vars[var] */                       \
	X(GLOBAL, "global", 0) /* address of a global variable or function; sym, link; arg0, if    \
				  any: the value it always has, a constant with text in it */      \
	X(FIELD, "field", 0)   /* address of a field; arg0: address of the record; sym: "rec::f";  \
				  type: the field's */                                             \
	X(INDEX, "index", 0)   /* address of an element; arg0: array address or pointer, arg1 */   \
	X(LOAD, "load", 0)     /* value at the address arg0 */                                     \
	X(COPY, "copy", 0) /* the same value: casts, parentheses, copy and move construction */    \
	X(CALC, "calc", 0) /* arithmetic, bits, string literals joined; sym: operator */           \
	X(COMPARE, "compare", 0) /* sym: "==" "!=" "<" "<=" ">" ">=" or "!" (one argument) */      \
	X(CALL, "call", 0)       /* see below */                                                   \
	X(INIT, "init", 0)       /* a record or array by its elements; type says which. sym: "" or \
				    ","-joined field names where designated; args: the elements */ \
	X(LAMBDA, "lambda", 0)   /* closure; link: its function; args: captures, in order */       \
	/* effects */                                                                              \
	X(STORE, "store", 0)         /* arg1 into the address arg0 */                              \
	X(SCOPE_END, "scope-end", 0) /* lifetime of vars[var] ends; its C++ destructor runs if     \
					IR_VAR_DTOR. Not emitted for variables without one. */     \
	X(UNKNOWN, "unknown", 0) /* could not be lowered; sym: what it was; args: parts that could \
				    be. Its function is incomplete. */                             \
	/* terminators: the last op of each block, and nowhere else */                             \
	X(JUMP, "jump", 1)     /* succ[0] */                                                       \
	X(BRANCH, "branch", 1) /* arg0 true: succ[0], false: succ[1] */                            \
	X(SWITCH, "switch", 1) /* on arg0; edge labels: the case's text, or "default" */           \
	X(TRY, "try", 1)       /* succ[0]: the body; the rest: its handlers */                     \
	X(RETURN, "return", 1) /* arg0, or none; succ: none */                                     \
	X(THROW, "throw", 1)   /* arg0, or none (rethrow); succ: handlers here; none: leaves */    \
	X(UNREACHABLE, "unreachable", 1) /* after a call that never returns, or asm goto */

enum ir_kind {
#define X(kind, name, term) IR_##kind,
	IR_OPS(X)
#undef X
		IR_NR_KINDS
};

enum ir_lit {
	IR_LIT_INT,
	IR_LIT_FLOAT,
	IR_LIT_STRING,
	IR_LIT_CHAR,
	IR_LIT_BOOL,
	IR_LIT_NULL,
	IR_LIT_ENUM /* sym: its integer; link: qualified enumerator name */,
	IR_LIT_SIZE /* sizeof and its like; sym: "" */
};

/* CALL: sym is the callee's qualified name without inline namespaces and template arguments
 * ("opentelemetry::trace::Tracer::StartSpan"; constructors "ns::C::C", destructors never appear).
 * link is its USR, made unique for static functions. Through a field, sym is "record::field" and
 * IR_CALL_INDIRECT is set; through any other function pointer sym is "". args are in source
 * order; a method's object comes first as an address (IR_CALL_METHOD). Default arguments are left
 * out. `type` is the canonical result type. */
enum ir_call_flag {
	IR_CALL_METHOD = 1 << 0,    /* arg 0 is the object's address */
	IR_CALL_INDIRECT = 1 << 1,  /* through a function pointer */
	IR_CALL_VIRTUAL = 1 << 2,   /* dispatched at run time */
	IR_CALL_CONSTRUCT = 1 << 3, /* constructor; no object argument, the value is the object */
	IR_CALL_CLEANUP = 1 << 4,   /* run by __attribute__((cleanup)) at the end of a scope */
	IR_CALL_NORETURN = 1 << 5,
	IR_CALL_SYSTEM = 1 << 6,    /* declared in a system header */
	IR_CALL_DISCARDED = 1 << 7, /* the value of this full expression is not used */
	IR_CALL_PURE = 1 << 8,      /* declared pure or const */
	IR_CALL_BUILTIN = 1 << 9,   /* compiler builtin */
	IR_CALL_LAMBDA = 1 << 10,   /* operator() of a lambda of this unit; link names it */
	IR_IN_MACRO = 1 << 11,      /* any op: written through a macro; loc is the expansion */
	IR_OP_TEMPORARY = 1 << 12,  /* C++ object that dies at the end of the full expression */
};

struct ir_op {
	uint8_t kind;   /* enum ir_kind */
	uint8_t sub;    /* CONST: enum ir_lit */
	uint16_t flags; /* enum ir_call_flag */
	uint32_t var;   /* VAR, SCOPE_END: index into func->vars; CONST, a string that does not
			   stand at loc: 1 + index into unit->literals (program->literals) */
	uint32_t nr_args;
	const ir_value *args;
	const char *sym;
	const char *link;
	const char *type; /* canonical spelling of the value's type where it matters, else ""; of
			     GLOBAL, FIELD and INDEX: the type of what is there */
	struct ir_loc loc;
};

struct ir_edge {
	uint32_t block;
	const char *label; /* SWITCH only: "3", "RED", "default"; else "" */
};

struct ir_block {
	uint32_t first, nr_ops; /* slice of func->ops; the last one is the terminator */
	uint32_t nr_succs;
	const struct ir_edge *succs;
};

enum ir_var_flag {
	IR_VAR_PARAM = 1 << 0,
	IR_VAR_STATIC = 1 << 1,    /* static or thread_local inside a function */
	IR_VAR_REFERENCE = 1 << 2, /* C++ reference: LOAD of it gives the referred address */
	IR_VAR_DTOR = 1 << 3,      /* class type with a non-trivial destructor */
	IR_VAR_SYNTHETIC = 1 << 4, /* made by the frontend */
	IR_VAR_CAPTURED = 1 << 5,  /* in a lambda: a captured variable of the enclosing function */
	IR_VAR_BY_REF = 1 << 6,    /* captured by reference */
	IR_VAR_THIS = 1 << 7,      /* the `this` pointer; a parameter */
	IR_VAR_CATCH = 1 << 8,     /* declared by a catch handler */
};

struct ir_var {
	const char *name;
	const char *type;    /* canonical spelling, without top-level cv */
	const char *cleanup; /* qualified name of its cleanup function, or "" */
	uint32_t flags;
	uint32_t outer; /* CAPTURED: its number in the enclosing function's vars */
	struct ir_loc loc;
};

enum ir_func_flag {
	IR_FUNC_STATIC = 1 << 0, /* internal linkage */
	IR_FUNC_METHOD = 1 << 1,
	IR_FUNC_VIRTUAL = 1 << 2,
	IR_FUNC_CONSTRUCTOR = 1 << 3,
	IR_FUNC_DESTRUCTOR = 1 << 4,
	IR_FUNC_OPERATOR = 1 << 5, /* operator== and its like, conversion functions */
	IR_FUNC_LAMBDA = 1 << 6,
	IR_FUNC_NORETURN = 1 << 7,
	IR_FUNC_TEMPLATE = 1 << 8, /* the uninstantiated pattern */
	IR_FUNC_MAIN = 1 << 9,
	IR_FUNC_IN_HEADER = 1 << 10,
	IR_FUNC_CONST = 1 << 11, /* const method */
	IR_FUNC_VARIADIC = 1 << 12,
	IR_FUNC_SYSTEM = 1 << 13, /* defined in a system header */
};

struct ir_func {
	const char *name;   /* qualified, as in CALL.sym; lambdas: "outer::lambda@LINE:COL" */
	const char *link;   /* as in CALL.link */
	const char *ret;    /* canonical result type */
	const char *parent; /* lambda: link of the enclosing function; else "" */
	uint32_t flags;
	uint32_t nr_params; /* vars[0 .. nr_params) are the parameters, `this` first */
	uint32_t nr_vars;
	struct ir_var *vars;
	uint32_t nr_ops;
	struct ir_op *ops;
	uint32_t nr_blocks; /* block 0 is the entry; unreachable blocks are not kept */
	struct ir_block *blocks;
	const char *incomplete; /* why it could not be lowered whole; "" when it could */
	struct ir_loc loc;      /* of its name */
	uint32_t end_line;      /* of its closing brace */
	uint32_t nr_stmts;      /* statements as written, declarations and braces not counted */
	uint32_t nr_notes;
	const char **notes; /* annotate("…") texts on it and on its declarations, source order */
};

/* A declaration without a body here that carries annotations. */
struct ir_decl {
	const char *name, *link;
	uint32_t nr_notes;
	const char **notes;
	struct ir_loc loc;
};

/* `// otel-tidy: allow(rule, rule) reason: why`, unparsed but for its text. */
struct ir_comment {
	struct ir_loc loc; /* of "otel-tidy:" */
	const char
		*text; /* what follows "otel-tidy:", trimmed, without the end of a block comment */
	bool alone;    /* nothing but the comment on its line: it speaks of the next code line */
	uint32_t target; /* line it speaks of */
};

/* Parse errors, warnings of ours: why a unit is incomplete. */
struct ir_problem {
	struct ir_loc loc;
	bool is_fatal;
	const char *text;
};

struct ir_file {
	const char *path; /* absolute and normalised, or relative to the project's root */
	bool is_system;
	const char *hash; /* 32 hex digits of its contents, "" for system files */
};

struct ir_unit {
	const char *main_file;
	uint32_t nr_files, nr_literals, nr_funcs, nr_decls, nr_comments, nr_problems;
	struct ir_file *files;
	struct ir_loc *literals; /* where the texts of constants and of macros are written */
	struct ir_func *funcs;
	struct ir_decl *decls;
	struct ir_comment *comments;
	struct ir_problem *problems;
};

const char *ir_kind_name(enum ir_kind kind);
bool ir_is_terminator(enum ir_kind kind);

/* The argument at `position` counted as models do: 0 is the method's object, 1 the first written
 * argument. IR_NONE when the call has none there. */
ir_value ir_call_arg(const struct ir_op *call, unsigned position);
unsigned ir_call_nr_args(const struct ir_op *call); /* written arguments */

/* The last part of a qualified name: "End" of "ns::Span::End". Points into `name`. */
const char *ir_simple_name(const char *name);

#endif
