/* Opens the parser, parses a unit, and hands its lowered parts over. */
#include "frontend/frontend.h"

#include "base/path.h"
#include "base/str.h"
#include "frontend/lower.h"
#include "project/toolchain.h"

#include <dlfcn.h>
#include <string.h>

struct frontend {
	struct clang_library library;
	const char *resource_dir; /* NULL: not found */
	CXIndex index;
};

struct frontend *frontend_open(struct arena *a, const char **error)
{
	struct frontend *f = arena_new(a, struct frontend);
	if (!clang_api_load(a, &f->library, error))
		return NULL;
	f->resource_dir = toolchain_resource_dir(a, f->library.path, f->library.major);
	f->index = clang.createIndex(0, 0);
	return f;
}

void frontend_close(struct frontend *f)
{
	clang.disposeIndex(f->index);
	dlclose(f->library.handle);
}

const char *frontend_version(const struct frontend *f)
{
	return f->library.version;
}

const char *frontend_library(const struct frontend *f)
{
	return f->library.path;
}

int frontend_major(const struct frontend *f)
{
	return f->library.major;
}

static void add_problem(struct unit *u, struct ir_loc loc, bool is_fatal, const char *text)
{
	struct ir_problem p = {.loc = loc, .is_fatal = is_fatal, .text = keep_str(u, text)};
	vec_push(u->out, &u->problems, p);
}

/* Parsing for an index is asked to leave out bodies, and so costs a fraction in C++: those of
 * system headers, which nobody here looks at. A session's other promise, that a body in a header of
 * the project's own is parsed once, must not hide it from the next unit: one session, one unit. */
static enum CXErrorCode index_file(const struct frontend *f, const char *file,
	const char *const *args, int nr, CXTranslationUnit *tu)
{
	IndexerCallbacks nothing = {0};
	CXIndexAction session = clang.IndexAction_create(f->index);
	int code = clang.indexSourceFileFullArgv(session, NULL, &nothing, sizeof(nothing),
		CXIndexOpt_SkipParsedBodiesInSession | CXIndexOpt_SuppressWarnings, file, args, nr,
		NULL, 0, tu, CXTranslationUnit_None);
	clang.IndexAction_dispose(session);
	return (enum CXErrorCode)code;
}

static bool has_fatal_error(CXTranslationUnit tu)
{
	bool is_fatal = false;
	for (unsigned i = 0; i < clang.getNumDiagnostics(tu) && !is_fatal; i++) {
		CXDiagnostic d = clang.getDiagnostic(tu, i);
		is_fatal = clang.getDiagnosticSeverity(d) == CXDiagnostic_Fatal;
		clang.disposeDiagnostic(d);
	}
	return is_fatal;
}

/* A missing header must not hide what follows it; parsing for an index cannot be told so. */
static enum CXErrorCode parse_on(const struct frontend *f, const char *file,
	const char *const *args, int nr, CXTranslationUnit *tu)
{
	clang.disposeTranslationUnit(*tu);
	*tu = NULL;
	return clang.parseTranslationUnit2FullArgv(
		f->index, file, args, nr, NULL, 0, CXTranslationUnit_KeepGoing, tu);
}

static CXTranslationUnit parse(struct unit *u, const struct frontend *f, enum CXErrorCode *code)
{
	const struct compile_unit *cu = u->cu;
	VEC(const char *) args = {0};
	CXTranslationUnit tu = NULL;
	vec_push(u->scratch, &args, cu->is_cxx ? "clang++" : "clang");
	for (size_t i = 0; i < cu->nr_args; i++)
		vec_push(u->scratch, &args, cu->args[i]);
	/* warnings are stored one by one, which costs more than finding them: none is wanted */
	vec_push(u->scratch, &args, "-w");
	vec_push(u->scratch, &args, "-ferror-limit=0");
	vec_push(u->scratch, &args, "-fno-spell-checking");
	vec_push(u->scratch, &args,
		arena_printf(u->scratch, "-working-directory=%s", cu->directory));
	if (f->resource_dir) {
		vec_push(u->scratch, &args, "-resource-dir");
		vec_push(u->scratch, &args, f->resource_dir);
	}
	*code = index_file(f, cu->file, args.at, (int)args.nr, &tu);
	if (*code == CXError_Success && has_fatal_error(tu))
		*code = parse_on(f, cu->file, args.at, (int)args.nr, &tu);
	return *code == CXError_Success ? tu : NULL;
}

static void read_diagnostics(struct unit *u)
{
	unsigned nr = clang.getNumDiagnostics(u->tu);
	for (unsigned i = 0; i < nr; i++) {
		CXDiagnostic d = clang.getDiagnostic(u->tu, i);
		enum CXDiagnosticSeverity severity = clang.getDiagnosticSeverity(d);
		if (severity >= CXDiagnostic_Error) {
			const char *text = keep(u, clang.getDiagnosticSpelling(d));
			bool is_fatal = severity == CXDiagnostic_Fatal ||
					strstr(text, "file not found") != NULL;
			add_problem(u, loc_at(u, clang.getDiagnosticLocation(d)), is_fatal, text);
		}
		clang.disposeDiagnostic(d);
	}
}

static void see_inclusion(
	CXFile file, CXSourceLocation *stack, unsigned nr_stack, CXClientData data)
{
	(void)stack;
	(void)nr_stack;
	file_number(data, file);
}

/* What clang could not understand is missing from the tree without a trace, or left as nodes that
 * look dependent: a function with an error inside is not whole, and that is why. */
static void mark_broken_functions(struct unit *u)
{
	for (size_t i = 0; i < u->funcs.nr; i++) {
		struct ir_func *f = u->funcs.at[i];
		bool is_broken = false;
		for (size_t k = 0; k < u->problems.nr && !is_broken; k++) {
			struct ir_loc loc = u->problems.at[k].loc;
			is_broken = loc.line && loc.file == f->loc.file &&
				    loc.line >= f->loc.line && loc.line <= f->end_line;
			if (is_broken)
				f->incomplete =
					keep_str(u, arena_printf(u->scratch,
							    "parse error on line %u", loc.line));
		}
	}
}

static void give_notes(struct unit *u, struct ir_unit *out)
{
	VEC(struct ir_decl) decls = {0};
	for (size_t i = 0; i < u->noted.nr; i++) {
		struct note_list *list = u->noted.at[i].value;
		struct ir_func *f = map_get(&u->defined, u->noted.at[i].key);
		const char **notes = arena_array(u->out, const char *, list->notes.nr);
		memcpy(notes, list->notes.at, list->notes.nr * sizeof(*notes));
		if (f) {
			f->notes = notes;
			f->nr_notes = (uint32_t)list->notes.nr;
			continue;
		}
		struct ir_decl d = {.name = list->name, .loc = list->loc, .notes = notes};
		d.link = keep_str(u, u->noted.at[i].key);
		d.nr_notes = (uint32_t)list->notes.nr;
		vec_push(u->out, &decls, d);
	}
	out->decls = decls.at;
	out->nr_decls = (uint32_t)decls.nr;
}

static void hand_over(struct unit *u, struct ir_unit *out)
{
	out->nr_files = (uint32_t)u->files.nr;
	out->files = u->files.at;
	out->nr_literals = (uint32_t)u->literals.nr;
	out->literals = u->literals.at;
	out->nr_problems = (uint32_t)u->problems.nr;
	out->problems = u->problems.at;
	out->nr_comments = (uint32_t)u->comments.nr;
	out->comments = u->comments.at;
	out->nr_funcs = (uint32_t)u->funcs.nr;
	out->funcs = arena_array(u->out, struct ir_func, u->funcs.nr);
	give_notes(u, out);
	for (size_t i = 0; i < u->funcs.nr; i++)
		out->funcs[i] = *u->funcs.at[i];
}

static const char *why_not(enum CXErrorCode code)
{
	switch (code) {
	case CXError_Crashed:
		return "libclang crashed on this file";
	case CXError_InvalidArguments:
		return "libclang did not accept the arguments of this file";
	case CXError_ASTReadError:
		return "libclang could not read a precompiled header";
	default:
		return "libclang could not parse this file: is it there, and do its flags compile "
		       "it?";
	}
}

static void init_unit(
	struct unit *u, const struct compile_unit *cu, struct arena *out, struct arena *scratch)
{
	*u = (struct unit){.cu = cu, .out = out, .scratch = scratch};
	intern_init(&u->in, out);
	u->file_numbers.arena = u->types.arena = u->callees.arena = scratch;
	u->closures.arena = u->dtors.arena = u->constants.arena = scratch;
	u->initials.arena = scratch;
	map_init(&u->defined, scratch);
	map_init(&u->literal_numbers, scratch);
	map_init(&u->noted, scratch);
	map_init(&u->functions_by_name, scratch);
}

/* The main file is file 0, also when nothing could be parsed. */
static void add_main_file(struct unit *u)
{
	CXFile file = u->tu ? clang.getFile(u->tu, u->cu->file) : NULL;
	if (file) {
		file_number(u, file);
		return;
	}
	struct ir_file f = {.path = keep_str(u, u->cu->file), .hash = ""};
	vec_push(u->out, &u->files, f);
	vec_push(u->scratch, &u->handles, NULL);
}

void frontend_lower(struct frontend *f, const struct compile_unit *cu, struct arena *unit,
	struct arena *scratch, struct ir_unit *out)
{
	struct unit u;
	enum CXErrorCode code;
	init_unit(&u, cu, unit, scratch);
	*out = (struct ir_unit){.main_file = keep_str(&u, cu->file)};
	u.tu = parse(&u, f, &code);
	add_main_file(&u);
	if (!u.tu) {
		struct ir_loc nowhere = {0};
		add_problem(&u, nowhere, true, why_not(code));
		hand_over(&u, out);
		return;
	}
	clang.getInclusions(u.tu, see_inclusion, &u);
	read_diagnostics(&u);
	if (!f->resource_dir && u.problems.nr) {
		struct ir_loc nowhere = {0};
		add_problem(&u, nowhere, false,
			"clang's own headers were not found; name their directory in "
			"$OTEL_TIDY_RESOURCE_DIR");
	}
	lower_unit_decls(&u);
	mark_broken_functions(&u);
	scan_comments(&u);
	hand_over(&u, out);
	clang.disposeTranslationUnit(u.tu);
}
