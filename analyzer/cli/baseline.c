/* `otel-tidy baseline accept|prune`: writes the file of accepted findings. */
#include "findings/baseline.h"

#include "base/path.h"
#include "cli/commands.h"
#include "cli/configured.h"
#include "cli/gather.h"
#include "findings/suppress.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define BASELINE_NAME  "otel-tidy.baseline"
#define BASELINE_BYTES ((size_t)256 << 20)

struct kept {
	VEC(const struct finding *) all;
	size_t nr_added, nr_removed;
};

/* What is there already; nothing when there is no file yet. */
static int read_old(struct setup *s, struct options *o, struct baseline *b, bool *is_new)
{
	const char *error, *name = path_relative(o->arena, s->root, s->baseline);
	const char *text = file_read(o->arena, s->baseline, BASELINE_BYTES, NULL);
	*is_new = !text && errno == ENOENT;
	if (!text && !*is_new)
		return cli_fail("%s: %s", s->baseline, strerror(errno));
	if (!baseline_read(o->arena, name, text ? text : "", b, &error))
		return cli_fail("%s", error);
	return 0;
}

/* Entries of today's findings carry today's fingerprints and files; entries that could not be
 * judged stay as they are. */
static void choose(struct setup *s, struct arena *a, const struct baseline *b,
	const struct findings *f, bool accepts, struct kept *out)
{
	for (size_t i = 0; i < f->all.nr; i++) {
		const struct finding *one = &f->all.at[i];
		if (one->is_suppressed && !one->is_accepted)
			continue;
		if (!one->is_accepted && !accepts)
			continue;
		out->nr_added += !one->is_accepted;
		vec_push(a, &out->all, one);
	}
	for (size_t i = 0; i < b->entries.all.nr; i++) {
		const struct finding *entry = &b->entries.all.at[i];
		if (b->is_matched[i])
			continue;
		if (setup_is_judged(s, entry))
			out->nr_removed++;
		else
			vec_push(a, &out->all, entry);
	}
}

static int write_new(struct setup *s, struct options *o, const struct kept *k, bool is_new)
{
	const char *text = baseline_text(o->arena, k->all.at, k->all.nr);
	const char *name = path_relative(o->arena, s->root, s->baseline);
	if (!file_write(s->baseline, text, strlen(text)))
		return cli_fail("cannot write %s: %s", s->baseline, strerror(errno));
	printf("%s: %zu accepted (%zu added, %zu removed)\n", name, k->all.nr, k->nr_added,
		k->nr_removed);
	if (is_new && !s->config.baseline[0])
		printf("next: commit it, and put \"baseline\": \"%s\" into otel-tidy.json\n", name);
	if (is_new)
		printf("next: put \"%s merge=union\" into .gitattributes, and git merges what two "
		       "branches accept\n",
			path_basename(name));
	if (s->incomplete.nr)
		fprintf(stderr,
			"otel-tidy: %zu units could not be analysed whole; their entries stay as "
			"they were\n",
			s->incomplete.nr);
	return s->incomplete.nr ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

int command_baseline(struct options *o)
{
	struct setup s;
	struct judgement j;
	struct baseline b;
	struct kept kept = {0};
	bool is_new;
	const char *what = o->paths.nr ? o->paths.at[0] : "";
	bool accepts = str_eq(what, "accept");
	if (!accepts && !str_eq(what, "prune"))
		return cli_fail("baseline accepts or prunes: otel-tidy baseline accept [PATH...]");
	for (size_t i = 1; i < o->paths.nr; i++)
		o->paths.at[i - 1] = o->paths.at[i];
	o->paths.nr--;
	if (!accepts && (o->paths.nr || o->rules.nr))
		return cli_fail("baseline prune looks at the whole program: leave paths and --rule "
				"out");
	int failed = gather(&s, o);
	if (!failed && s.config.pipeline.nr)
		failed = configured_read(&s, o, s.config.pipeline.at, s.config.pipeline.nr);
	if (failed)
		return failed;
	if (!s.baseline[0])
		s.baseline = path_join(o->arena, s.root, BASELINE_NAME);
	failed = read_old(&s, o, &b, &is_new);
	if (failed)
		return failed;
	if (is_new && !accepts)
		return cli_fail("%s is not there; otel-tidy baseline accept writes it", s.baseline);
	setup_judge(&s, o, &j);
	baseline_apply(&b, &j.findings);
	choose(&s, o->arena, &b, &j.findings, accepts, &kept);
	return write_new(&s, o, &kept, is_new);
}
