/* Where control enters the program: main, threads, and functions whose address is given away. */
#ifndef OTEL_TIDY_FLOW_ENTRIES_H
#define OTEL_TIDY_FLOW_ENTRIES_H

#include "flow/program.h"

enum entry_kind { ENTRY_NONE, ENTRY_MAIN, ENTRY_THREAD, ENTRY_HANDLER };

/* Per function of the program; in `a`. After callbacks_find. */
enum entry_kind *entries_find(const struct program *p, struct arena *a);
/* Marks in `reached`, one per function, what may run when `entry` does: what it calls, and
 * functions it hands over to be called back. Threads it starts run on their own. */
void entries_reach(
	const struct program *p, const struct func *entry, bool *reached, struct arena *a);

#endif
