/* Sanitising: from the words of a compiler call to the arguments that libclang understands and
 * that change what the code means. Everything else is dropped. */
#ifndef OTEL_TIDY_PROJECT_SANITIZE_H
#define OTEL_TIDY_PROJECT_SANITIZE_H

#include "project/database.h"
#include "project/words.h"

/* One call of a compiler. `words` are expanded already, without wrappers and compiler. */
struct compile_call {
	const char *file;      /* absolute */
	const char *directory; /* absolute */
	const char *const *words;
	size_t nr_words;
	const char *target; /* as the compiler's name tells it, or "" */
	bool is_cxx_driver;
	bool takes_headers; /* the user named this very file */
};

/* Fills `out`. What came of it: NULL when the file is C or C++ (or Objective-C), else why it is
 * passed over: "a header", "assembler" and the like. */
const char *sanitize(struct arena *a, const struct compile_call *call, struct compile_unit *out);

#endif
