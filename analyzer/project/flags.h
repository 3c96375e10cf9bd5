/* The options of gcc and clang that concern us: their shape on the command line, and what becomes
 * of them. */
#ifndef OTEL_TIDY_PROJECT_FLAGS_H
#define OTEL_TIDY_PROJECT_FLAGS_H

#include <stdbool.h>
#include <stddef.h>

enum flag_shape {
	FLAG_ALONE,       /* the whole word */
	FLAG_JOINED,      /* the value follows in the same word */
	FLAG_NEXT,        /* the value is the next word */
	FLAG_EITHER,      /* joined, or the next word */
	FLAG_PREFIX_NEXT, /* a word that begins so, and the next word */
};

enum flag_action {
	FLAG_DROP,
	FLAG_KEEP,
	FLAG_DIRECTORY, /* the value is a directory: made absolute */
	FLAG_FILE,      /* the value is a file: made absolute when it is there */
	FLAG_PCH,       /* a precompiled header: the header itself instead */
	FLAG_LANGUAGE,  /* -x */
	FLAG_STANDARD,  /* -std= */
	FLAG_OPTIMIZE,  /* -O */
	FLAG_CODE,      /* -f…: kept when the name is listed */
	FLAG_MACHINE,   /* -m…: kept when the name is listed for the machine */
	FLAG_COMMA,     /* -Wp,a,b: each part is an option of its own */
	FLAG_UNWRAP,    /* -Xclang a, -Xpreprocessor a */
};

struct flag {
	const char *name;
	enum flag_shape shape;
	enum flag_action action;
};

/* The entry with the longest name that fits the word, or NULL. */
const struct flag *flag_find(const char *word);

/* `name` is without -f or -m. */
bool flag_code_is_kept(const char *name);
bool flag_machine_is_kept(const char *name, const char *arch);
/* The standard as libclang 18 spells it, or NULL when it is unknown or of the other language. */
const char *flag_standard(const char *value, bool is_cxx);

#endif
