/* GitLab's Code Quality report: a list in the form of Code Climate's issues, of which GitLab reads
 * description, check_name, fingerprint, severity and location (docs.gitlab.com, "Code Quality",
 * "Code Quality report format"). */
#include "base/hash.h"
#include "base/path.h"
#include "report/jsonout.h"
#include "report/output.h"
#include "report/report.h"

static void add_issue(
	struct jsonout *j, const struct report *r, struct arena *a, const struct finding *f)
{
	static const char *const severities[] = {"info", "minor", "major"};
	jsonout_object(j, NULL);
	jsonout_string(j, "description",
		f->fix[0] ? arena_printf(a, "%s; next: %s", f->message, f->fix) : f->message);
	jsonout_string(j, "check_name", f->rule);
	jsonout_string(j, "fingerprint", f->fingerprint);
	jsonout_string(j, "severity", severities[f->severity]);
	jsonout_object(j, "location");
	jsonout_string(j, "path", output_repository_path(r, a, f->place.file));
	jsonout_object(j, "lines");
	jsonout_int(j, "begin", f->place.line ? f->place.line : 1);
	jsonout_object_end(j);
	jsonout_object_end(j);
	jsonout_object_end(j);
}

/* The format has no other place to say that something was not looked at. */
static void add_incomplete(
	struct jsonout *j, const struct report *r, struct arena *a, const struct incomplete *u)
{
	const char *file = path_relative(a, r->root, u->file);
	struct hash128 h;
	char hex[33];
	hash128_init(&h);
	hash128_add_str(&h, "incomplete");
	hash128_add_str(&h, file);
	hash128_hex(&h, hex);
	jsonout_object(j, NULL);
	jsonout_string(j, "description",
		arena_printf(
			a, "%s: %s", u->is_fatal ? "not analysed" : "analysed in part", u->text));
	jsonout_string(j, "check_name", "incomplete");
	jsonout_string(j, "fingerprint", hex);
	jsonout_string(j, "severity", "info");
	jsonout_object(j, "location");
	jsonout_string(j, "path", output_repository_path(r, a, file));
	jsonout_object(j, "lines");
	jsonout_int(j, "begin", 1);
	jsonout_object_end(j);
	jsonout_object_end(j);
	jsonout_object_end(j);
}

bool report_gitlab(FILE *out, const struct report *r, struct arena *scratch)
{
	struct strbuf b;
	struct jsonout j;
	strbuf_init(&b, scratch);
	jsonout_init(&j, &b);
	jsonout_array(&j, NULL);
	for (size_t i = 0; i < r->findings->all.nr; i++)
		if (!r->findings->all.at[i].is_suppressed)
			add_issue(&j, r, scratch, &r->findings->all.at[i]);
	for (size_t i = 0; i < r->nr_incomplete; i++)
		add_incomplete(&j, r, scratch, &r->incomplete[i]);
	jsonout_array_end(&j);
	return output_write(out, &b);
}
