/* `otel-tidy diff BASE`: what a change brings, and what it mends. */
#include "base/str.h"
#include "cli/commands.h"
#include "cli/gather.h"
#include "findings/compare.h"
#include "findings/patch.h"

/* What could not be analysed before the change cannot be told from what the change brought. */
static void leave_out_unknown(
	const struct setup *before, struct setup *after, struct arena *a, struct findings *f)
{
	for (size_t i = 0; i < before->incomplete.nr; i++) {
		const struct incomplete *u = &before->incomplete.at[i];
		size_t kept = 0;
		for (size_t k = 0; k < f->all.nr; k++)
			if (!str_eq(f->all.at[k].place.file, u->file))
				f->all.at[kept++] = f->all.at[k];
		f->all.nr = kept;
		setup_add_incomplete(after, a, u->file,
			arena_printf(a, "before the change: %s", u->text), "", u->is_fatal);
	}
}

int command_diff(struct options *o)
{
	struct setup before, after;
	struct judgement was, is;
	struct findings mended;
	struct revision r;
	if (!o->paths.nr)
		return cli_fail("diff needs to know where the change began: otel-tidy diff "
				"origin/main");
	const char *base = o->paths.at[0];
	for (size_t i = 1; i < o->paths.nr; i++)
		o->paths.at[i - 1] = o->paths.at[i];
	o->paths.nr--;
	int failed = gather_both(&before, &after, o, base, &r);
	if (failed)
		return failed;
	setup_judge(&before, o, &was);
	after.program.before = &before.program;
	setup_judge(&after, o, &is);
	revision_close(&r);
	findings_init(&mended, o->arena);
	failed = setup_accept(&after, o, &is, false);
	if (failed)
		return failed;
	findings_compare(&was.findings, &is.findings, &mended);
	leave_out_unknown(&before, &after, o->arena, &is.findings);
	return setup_report(&after, o, &is, r.commit, &mended);
}
