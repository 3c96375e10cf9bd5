/* The compiler in a command line: behind which wrappers it stands, and what kind it is. */
#ifndef OTEL_TIDY_PROJECT_COMPILER_H
#define OTEL_TIDY_PROJECT_COMPILER_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct compiler {
	size_t nr_words;     /* wrappers, their options, and the compiler itself */
	const char *name;    /* base name as written: "x86_64-linux-gnu-g++-12" */
	const char *target;  /* "x86_64-linux-gnu" when the name says so, or "" */
	bool is_known;       /* the name is one that we know; else it is taken for a gcc */
	bool is_cxx;         /* g++ and its like, which take .c for C++ */
	const char *foreign; /* what it is when it is no C or C++ compiler of gcc's kind, or "" */
};

/* `words` has at least one word. */
void compiler_find(struct arena *a, const char *const *words, size_t nr, struct compiler *out);

/* True for the first part of target triples that libclang is usually built with. */
bool compiler_knows_arch(const char *triple);

#endif
