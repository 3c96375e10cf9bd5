/* Judging: a linked program in, findings, the Fine Line and coverage out. */
#ifndef OTEL_TIDY_ENGINE_JUDGE_H
#define OTEL_TIDY_ENGINE_JUDGE_H

#include "engine/select.h"
#include "flow/program.h"

struct judgement {
	struct findings findings; /* finished: sorted, suppressed ones marked */
	uint32_t spans, on_critical, deserved, trivial, undecided;
	uint32_t critical_paths, critical_covered, critical_complete;
	uint32_t functions, functions_incomplete;
	size_t gained, gained_deserved; /* functions that have more spans than before the change */
};

/* Runs the analyses and the selected rules over a program that program_link has seen. Functions
 * and findings in system headers and in files that `exclude` matches are left out. */
void judge(struct program *p, const struct selection *s, struct arena *a, struct judgement *out);

#endif
