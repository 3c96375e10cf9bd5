/* Checkstyle XML: what Jenkins' warnings plugin, reviewdog and many editors read. Units that could
 * not be analysed are errors of their file, since the format has no other place for them. */
#include "base/path.h"
#include "report/output.h"
#include "report/report.h"

struct checkstyle {
	struct strbuf b;
	const char *file; /* the element that is open, or NULL */
};

static void enter_file(struct checkstyle *c, const char *file)
{
	if (c->file && str_eq(c->file, file))
		return;
	if (c->file)
		strbuf_add(&c->b, "  </file>\n");
	c->file = file;
	if (!file)
		return;
	strbuf_add(&c->b, "  <file");
	output_xml_attribute(&c->b, "name", file);
	strbuf_add(&c->b, ">\n");
}

static void add_error(struct checkstyle *c, uint32_t line, uint32_t col, const char *severity,
	const char *message, const char *source)
{
	strbuf_addf(&c->b, "    <error line=\"%u\"", line ? line : 1);
	if (col)
		strbuf_addf(&c->b, " column=\"%u\"", col);
	output_xml_attribute(&c->b, "severity", severity);
	output_xml_attribute(&c->b, "message", message);
	output_xml_attribute(&c->b, "source", source);
	strbuf_add(&c->b, "/>\n");
}

bool report_checkstyle(FILE *out, const struct report *r, struct arena *scratch)
{
	static const char *const severities[] = {"info", "warning", "error"};
	struct checkstyle c = {0};
	strbuf_init(&c.b, scratch);
	strbuf_add(
		&c.b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n");
	for (size_t i = 0; i < r->findings->all.nr; i++) {
		const struct finding *f = &r->findings->all.at[i];
		if (f->is_suppressed)
			continue;
		const char *message = f->message;
		if (f->fix[0])
			message = arena_printf(scratch, "%s; next: %s", message, f->fix);
		enter_file(&c, f->place.file);
		add_error(&c, f->place.line, f->place.col, severities[f->severity], message,
			arena_printf(scratch, "otel-tidy.%s", f->rule));
	}
	for (size_t i = 0; i < r->nr_incomplete; i++) {
		const struct incomplete *u = &r->incomplete[i];
		enter_file(&c, path_relative(scratch, r->root, u->file));
		add_error(&c, 1, 0, u->is_fatal ? "error" : "warning",
			arena_printf(scratch, "%s: %s",
				u->is_fatal ? "not analysed" : "analysed in part", u->text),
			"otel-tidy.incomplete");
	}
	enter_file(&c, NULL);
	strbuf_add(&c.b, "</checkstyle>\n");
	return output_write(out, &c.b);
}
