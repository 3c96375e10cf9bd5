/* From a judged and measured program to the page that sets both side by side. */
#ifndef OTEL_TIDY_CLI_EVIDENCE_H
#define OTEL_TIDY_CLI_EVIDENCE_H

#include "engine/judge.h"
#include "flow/measured.h"
#include "report/evidence.h"

/* `findings` are all that the rules said; which of them are shown is decided later. */
void evidence_build(struct evidence *e, struct arena *a, struct program *p,
	const struct measured *m, const struct findings *findings);

#endif
