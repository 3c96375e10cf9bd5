/* What the sources say and what the traces say, side by side. */
#ifndef OTEL_TIDY_REPORT_EVIDENCE_H
#define OTEL_TIDY_REPORT_EVIDENCE_H

#include "findings/finding.h"
#include "report/jsonout.h"
#include "report/pen.h"

struct evidence_site {
	struct place place;
	const char *function;
	const char *name;         /* of its spans; "" when it is made at run time */
	const char *verdict;      /* of the sources: "critical", "deserved", "trivial", … */
	const char *disagreement; /* one sentence, or "" */
	uint64_t nr, nr_errors, bytes, median, p99;
	uint32_t
		nr_places; /* places that start spans of this name: the numbers are all of theirs */
	bool is_unknown;   /* named at run time, or renamed: nothing can be said */
};

struct evidence_lack {
	const char *keys; /* "user.id|user.hash" */
	uint64_t nr;      /* spans without an error that had none of them */
};

struct evidence_path {
	struct place place;
	const char *name;
	const char
		*verdict; /* of the sources: "complete", "can lack an attribute", "owns no span" */
	const char *disagreement;
	uint64_t nr, nr_errors; /* its spans */
	bool is_unknown;        /* which spans are its own cannot be said */
	VEC(struct evidence_lack) lacks;
};

struct evidence_name {
	const char *name;
	uint64_t nr;
};

struct evidence {
	uint64_t nr_traces, nr_spans, bytes;
	/* those with a disagreement first, then by number of spans */
	VEC(struct evidence_site) sites;
	VEC(struct evidence_path) paths;
	VEC(struct evidence_name) foreign; /* no place of these sources starts them */
};

void evidence_text(struct pen *p, const struct evidence *e);
void evidence_json(struct jsonout *j, const struct evidence *e);

#endif
