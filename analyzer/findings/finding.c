/* The list of findings: order, duplicates, fingerprints. */
#include "findings/finding.h"

#include "base/hash.h"
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

void findings_init(struct findings *f, struct arena *a)
{
	*f = (struct findings){.arena = a};
}

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

void findings_add(struct findings *f, struct finding finding)
{
	finding.rule = or_empty(finding.rule);
	finding.place.file = or_empty(finding.place.file);
	finding.function = or_empty(finding.function);
	finding.message = or_empty(finding.message);
	finding.why = or_empty(finding.why);
	finding.fix = or_empty(finding.fix);
	finding.subject = or_empty(finding.subject);
	finding.justification = or_empty(finding.justification);
	vec_push(f->arena, &f->all, finding);
}

static int compare_numbers(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int compare_places(const struct place *a, const struct place *b)
{
	int order = strcmp(or_empty(a->file), or_empty(b->file));
	if (!order)
		order = compare_numbers(a->line, b->line);
	if (!order)
		order = compare_numbers(a->col, b->col);
	return order;
}

/* What makes two findings one for the reader: the same thing said of the same place. */
static int compare_identity(const struct finding *a, const struct finding *b)
{
	int order = compare_places(&a->place, &b->place);
	if (!order)
		order = strcmp(a->rule, b->rule);
	if (!order)
		order = strcmp(a->message, b->message);
	return order;
}

static int compare_steps(const struct finding *a, const struct finding *b)
{
	int order = compare_numbers(a->nr_steps, b->nr_steps);
	for (uint32_t i = 0; i < a->nr_steps && !order; i++) {
		order = compare_places(&a->steps[i].place, &b->steps[i].place);
		if (!order)
			order = compare_numbers(
				a->steps[i].place.end_col, b->steps[i].place.end_col);
		if (!order)
			order = strcmp(or_empty(a->steps[i].text), or_empty(b->steps[i].text));
	}
	return order;
}

/* A total order, so that the result does not depend on the order in which units were read. Among
 * findings that say the same of the same place the one with the shortest path comes first. */
static int compare_findings(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int order = compare_identity(a, b);
	if (!order)
		order = compare_steps(a, b);
	if (!order)
		order = compare_numbers(a->place.end_col, b->place.end_col);
	if (!order)
		order = strcmp(a->function, b->function);
	if (!order)
		order = strcmp(a->subject, b->subject);
	if (!order)
		order = strcmp(a->why, b->why);
	if (!order)
		order = strcmp(a->fix, b->fix);
	if (!order)
		order = compare_numbers(a->severity, b->severity);
	if (!order)
		order = compare_numbers(a->is_suppressed, b->is_suppressed);
	if (!order)
		order = strcmp(a->justification, b->justification);
	return order;
}

static void drop_duplicates(struct findings *f)
{
	size_t kept = 0;
	for (size_t i = 0; i < f->all.nr; i++) {
		if (kept && compare_identity(&f->all.at[kept - 1], &f->all.at[i]) == 0)
			continue;
		f->all.at[kept++] = f->all.at[i];
	}
	f->all.nr = kept;
}

/* "f::lambda@12:3" without the place: lambdas are told apart by the running number. */
static const char *function_key(struct arena *a, const char *function)
{
	char *key = arena_strdup(a, function), *to = key;
	for (const char *from = key; *from;) {
		*to++ = *from;
		if (*from++ == '@')
			from += strspn(from, "0123456789:");
	}
	*to = '\0';
	return key;
}

const char *finding_key(struct arena *a, const struct finding *f)
{
	return arena_printf(a, "%s\n%s\n%s", f->rule, function_key(a, f->function), f->subject);
}

/* Neither the line nor the file nor the message enters: findings keep their fingerprint when code
 * moves around them and when a message is worded anew. Equals are numbered from 0 in the order of
 * their places. */
static void fill_fingerprints(struct findings *f)
{
	struct map seen;
	map_init(&seen, f->arena);
	for (size_t i = 0; i < f->all.nr; i++) {
		struct finding *finding = &f->all.at[i];
		struct hash128 h;
		const char *key = finding_key(f->arena, finding);
		void **slot = map_slot(&seen, key);
		uintptr_t number = (uintptr_t)*slot;
		unsigned char le[4] = {(unsigned char)number, (unsigned char)(number >> 8),
			(unsigned char)(number >> 16), (unsigned char)(number >> 24)};
		hash128_init(&h);
		hash128_add_str(&h, key);
		hash128_add(&h, le, sizeof(le));
		hash128_hex(&h, finding->fingerprint);
		*slot = (void *)(number + 1);
	}
}

void findings_finish(struct findings *f)
{
	if (f->all.nr)
		qsort(f->all.at, f->all.nr, sizeof(*f->all.at), compare_findings);
	drop_duplicates(f);
	fill_fingerprints(f);
}

const char *severity_name(enum severity s)
{
	switch (s) {
	case SEVERITY_NOTE:
		return "note";
	case SEVERITY_WARNING:
		return "warning";
	case SEVERITY_ERROR:
		return "error";
	}
	return "warning";
}
