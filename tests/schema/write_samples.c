/* Writes the sample report in every format into a directory: what `make test-schema` validates,
 * and what a person can look at (sample-*.txt). */
#include "../unit/report_sample.h"
#include "report/page.h"

#include <errno.h>

typedef bool (*writer)(FILE *out, const struct report *r, struct arena *scratch);

static bool write_one(
	struct arena *a, const char *dir, const char *name, writer write, const struct report *r)
{
	const char *path = path_join(a, dir, name);
	FILE *out = fopen(path, "w");
	bool is_written = out && write(out, r, a);
	if (out && fclose(out) != 0)
		is_written = false;
	if (!is_written)
		fprintf(stderr, "write_samples: %s: %s\n", path, strerror(errno));
	return is_written;
}

/* name.json, name.github, …: every format there is, so that a new one is validated or noticed. */
static bool write_formats(
	struct arena *a, const char *dir, const char *name, const struct report *r)
{
	bool is_written = true;
	for (size_t i = 0; i < report_nr_formats; i++)
		is_written &=
			write_one(a, dir, arena_printf(a, "%s.%s", name, report_formats[i].name),
				report_formats[i].write, r);
	return is_written;
}

/* More than any service takes. */
static bool write_crowd(struct arena *a, const char *dir, struct report r)
{
	struct findings crowd;
	findings_init(&crowd, a);
	for (uint32_t i = 0; i < 26000; i++)
		findings_add(
			&crowd, (struct finding){.rule = "span-leak",
					.severity = i % 3,
					.place = {"src/order.c", 1 + i, 1, 0},
					.function = "place_order",
					.message = arena_printf(a, "span %u is never ended", i),
					.subject = arena_printf(a, "%u", i)});
	findings_finish(&crowd);
	r.findings = &crowd;
	r.summary_file = path_join(a, dir, "crowd.summary");
	return write_formats(a, dir, "crowd", &r);
}

static bool write_text(struct arena *a, const char *dir, struct report r)
{
	static const unsigned widths[] = {80, 120};
	bool is_written = true;
	for (unsigned i = 0; i < 4; i++) {
		r.width = widths[i / 2];
		r.color = r.is_unicode = i % 2;
		const char *name =
			arena_printf(a, "sample-%u%s.txt", r.width, r.color ? "-color" : "");
		is_written &= write_one(a, dir, name, report_text, &r);
	}
	return is_written;
}

static bool write_page(FILE *out, const struct report *r, struct arena *a)
{
	struct strbuf b;
	struct pen pen = {
		.out = &b, .width = r->width, .color = r->color, .is_unicode = r->is_unicode};
	strbuf_init(&b, a);
	page_render(&pen, sample_page);
	return fwrite(strbuf_str(&b), 1, b.len, out) == b.len;
}

int main(int argc, char **argv)
{
	struct arena a;
	struct findings findings, none;
	struct fine_line line = {.units = 1, .functions = 3};
	if (argc != 2) {
		fprintf(stderr, "usage: write_samples DIRECTORY\n");
		return 2;
	}
	arena_init(&a);
	const char *root = path_join(&a, path_cwd(&a), path_join(&a, argv[1], "project"));
	bool is_written = sample_write_sources(&a, root);
	if (!is_written)
		fprintf(stderr, "write_samples: %s: %s\n", root, strerror(errno));
	sample_findings(&findings, &a);
	findings_init(&none, &a);
	struct report r = sample_report(&findings, root);
	struct report empty = {.version = "0.1.0", .root = root, .findings = &none, .line = &line};
	struct report change = r;
	change.base = "0123456789abcdef0123456789abcdef01234567";
	change.mended = &none;
	change.gained = 23;
	change.gained_deserved = 2;
	change.repository = path_join(&a, path_cwd(&a), argv[1]);
	change.fail_from = SEVERITY_ERROR;
	change.summary_file = path_join(&a, argv[1], "change.summary");
	is_written = is_written && write_formats(&a, argv[1], "sample", &r) &&
		     write_formats(&a, argv[1], "empty", &empty) &&
		     write_formats(&a, argv[1], "change", &change) && write_crowd(&a, argv[1], r) &&
		     write_one(&a, argv[1], "empty.txt", report_text, &empty) &&
		     write_text(&a, argv[1], r);
	r.width = 80;
	is_written = is_written && write_one(&a, argv[1], "page.txt", write_page, &r);
	r.color = r.is_unicode = true;
	is_written = is_written && write_one(&a, argv[1], "page-color.txt", write_page, &r);
	arena_fini(&a);
	return is_written ? 0 : 2;
}
