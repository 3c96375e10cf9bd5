/* What a whole run depended on: files and directories with what stat said of them, so that the next
 * run can see in a millisecond that nothing changed. */
#ifndef OTEL_TIDY_ENGINE_MANIFEST_H
#define OTEL_TIDY_ENGINE_MANIFEST_H

#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

#include <time.h>

struct manifest {
	struct arena *arena;
	struct map seen;
	struct strbuf text; /* one line for each */
	time_t since;       /* files as young as the run are compared by their contents */
	bool is_unsure;     /* something could not be noted: the run is not to be kept */
};

void manifest_init(struct manifest *m, struct arena *a);
/* `hash`: of the contents that were used; NULL: read them now. */
void manifest_add_file(struct manifest *m, const char *path, const char *hash);
/* No entry may come into it or leave it. */
void manifest_add_dir(struct manifest *m, const char *path);

/* Do all lines up to the first empty one still hold? *is_touched: some file had to be read. */
bool manifest_holds(struct arena *scratch, const char *lines, bool *is_touched);
/* The same lines with what stat says now. */
const char *manifest_again(struct arena *a, const char *lines);

#endif
