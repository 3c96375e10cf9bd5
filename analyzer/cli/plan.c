/* Computes and prints what is kept, how much that is a month, and what it costs. */
#include "cli/plan.h"

#include "base/embedded.h"
#include "base/json.h"
#include "base/path.h"
#include "pipeline/collector.h"
#include "pipeline/tail.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#define SECONDS_A_MONTH (30.0 * 24 * 3600)
#define PRICES_BYTES    ((size_t)1 << 20)

/* ---- prices ---- */

static bool read_price(struct arena *a, const struct json *j, const char *file, struct prices *out,
	const char **error)
{
	static const char *const units[] = {"traces", "spans", "bytes"};
	struct price p = {.name = json_string(json_get(j, "name")),
		.unit = json_string(json_get(j, "unit")),
		.amount = json_number(json_get(j, "amount"), -1),
		.per = json_number(json_get(j, "per"), 0),
		.free = json_number(json_get(j, "free"), 0)};
	bool is_unit = false;
	for (size_t i = 0; i < 3; i++)
		is_unit |= str_eq(p.unit, units[i]);
	if (!p.name || !is_unit || p.amount < 0 || p.per <= 0 || p.free < 0) {
		*error = arena_printf(a,
			"%s:%u: a price has a \"name\", a \"unit\" (traces, spans, bytes), an "
			"\"amount\" and \"per\" how many",
			file, json_line(j));
		return false;
	}
	vec_push(a, &out->all, p);
	return true;
}

bool prices_read(struct arena *a, const char *path, struct prices *out, const char **error)
{
	const char *text = NULL, *why = "";
	unsigned line = 0;
	*out = (struct prices){.file = path[0] ? path : "rules/prices.json"};
	for (const struct embedded_file *f = embedded_files; !path[0] && f->path; f++)
		if (str_eq(f->path, "rules/prices.json"))
			text = f->bytes;
	if (path[0])
		text = file_read(a, path, PRICES_BYTES, NULL);
	if (!text) {
		*error = arena_printf(a, "%s: %s", out->file, strerror(errno));
		return false;
	}
	const struct json *doc = json_parse(a, text, &line, &why);
	if (!doc) {
		*error = arena_printf(a, "%s:%u: %s", out->file, line, why);
		return false;
	}
	const struct json *list = json_get(doc, "prices");
	out->as_of = json_string(json_get(doc, "as_of"));
	out->currency = json_string(json_get(doc, "currency"));
	if (!out->as_of || !out->currency || json_type(list) != JSON_ARRAY) {
		*error = arena_printf(a,
			"%s:%u: a price file has \"as_of\", \"currency\" and a list \"prices\"",
			out->file, json_line(doc));
		return false;
	}
	for (size_t i = 0; i < json_size(list); i++)
		if (!read_price(a, json_at(list, i), out->file, out, error))
			return false;
	return true;
}

/* ---- amounts ---- */

struct amount {
	struct share traces, spans, bytes; /* a month */
};

static struct amount amount_of(const struct system *s, const struct shares *kept)
{
	struct share traces = {0, 0};
	const struct traffic *t = &s->traffic;
	for (size_t i = 0; i < NR_CLASSES; i++) {
		traces.low += kept->of[i].low * t->share[i];
		traces.high += kept->of[i].high * t->share[i];
	}
	double factor = t->traces_per_second * SECONDS_A_MONTH;
	struct amount a = {.traces = {traces.low * factor, traces.high * factor}};
	a.spans = (struct share){
		a.traces.low * t->spans_per_trace, a.traces.high * t->spans_per_trace};
	a.bytes = (struct share){a.spans.low * t->bytes_per_span, a.spans.high * t->bytes_per_span};
	return a;
}

static bool exports(const struct system *s, const struct pipeline *p)
{
	for (size_t i = 0; i < s->edges.nr; i++)
		if (s->edges.at[i].from == p && s->edges.at[i].is_tier)
			return false;
	for (size_t i = 0; i < p->exporters.all.nr; i++) {
		const struct component *c = p->exporters.all.at[i].component;
		if (c && c->kind == COMPONENT_EXPORTER)
			return true;
	}
	return false;
}

static struct share cost(const struct price *p, const struct amount *a)
{
	struct share n = str_eq(p->unit, "traces")  ? a->traces
			 : str_eq(p->unit, "spans") ? a->spans
						    : a->bytes;
	double low = n.low > p->free ? n.low - p->free : 0;
	double high = n.high > p->free ? n.high - p->free : 0;
	return (struct share){low / p->per * p->amount, high / p->per * p->amount};
}

/* Traces that wait for a decision, and the bytes of their spans. */
static double waiting(const struct system *s, const struct pipeline *p, const struct use *tail)
{
	double wait = tail_wait(tail->component->config);
	double nr = tail_num_traces(tail->component->config);
	double traces = s->traffic.traces_per_second * p->in.of[CLASS_ROUTINE].high * wait;
	if (p->collector->replicas > 1)
		traces /= p->collector->replicas;
	return wait < 0 ? 0 : nr > 0 && traces > nr ? nr : traces;
}

/* ---- text ---- */

static void add_share(struct strbuf *b, struct share s)
{
	double low = round(s.low * 1e6) / 1e4, high = round(s.high * 1e6) / 1e4;
	if (low == high)
		strbuf_addf(b, "%g %%", low);
	else
		strbuf_addf(b, "%g to %g %%", low, high);
}

static void add_amount(struct strbuf *b, struct share s, double unit, const char *name)
{
	double low = s.low / unit, high = s.high / unit;
	if (fabs(high - low) < 1e-9 * (1 + high))
		strbuf_addf(b, "%.4g %s", high, name);
	else
		strbuf_addf(b, "%.4g to %.4g %s", low, high, name);
}

static void text_of(struct strbuf *out, const struct system *s, const struct pipeline *p,
	const struct prices *prices)
{
	struct amount a = amount_of(s, &p->out);
	strbuf_addf(out, "%s: %s\n", p->collector->name, p->id);
	for (size_t i = 0; i < NR_CLASSES; i++) {
		strbuf_addf(out, "  %-10s ", class_names[i]);
		add_share(out, p->out.of[i]);
		strbuf_addf(out, " of %g %% of the traces\n", s->traffic.share[i] * 100);
	}
	if (s->traffic.traces_per_second > 0) {
		strbuf_add(out, "  a month    ");
		add_amount(out, a.traces, 1e6, "million traces, ");
		add_amount(out, a.spans, 1e6, "million spans, ");
		add_amount(out, a.bytes, 1e9, "GB\n");
		for (size_t i = 0; i < prices->all.nr; i++) {
			strbuf_add(out, "  costs      ");
			add_amount(out, cost(&prices->all.at[i], &a), 1, prices->currency);
			strbuf_addf(out, "  %s\n", prices->all.at[i].name);
		}
	}
	for (size_t i = 0; i < p->processors.all.nr; i++) {
		const struct use *u = &p->processors.all.at[i];
		if (!u->component || !str_eq(u->component->type, "tail_sampling") ||
			!(s->traffic.traces_per_second > 0))
			continue;
		double n = waiting(s, p, u);
		strbuf_addf(out,
			"  waiting    %.0f traces in %s, %.4g MB of spans in each Collector\n", n,
			u->id, n * s->traffic.spans_per_trace * s->traffic.bytes_per_span / 1e6);
	}
	strbuf_addc(out, '\n');
}

void plan_text(struct strbuf *out, const struct system *s, const struct prices *prices)
{
	if (s->traffic.traces_per_second > 0)
		strbuf_addf(out,
			"%g traces a second of %g spans of %g bytes; prices of %s (%s)\n\n",
			s->traffic.traces_per_second, s->traffic.spans_per_trace,
			s->traffic.bytes_per_span, prices->as_of, prices->file);
	else
		strbuf_add(
			out, "Without --traces-per-second there are shares, and no amounts.\n\n");
	for_each_pipeline(s, c, p)
	{
		(void)c;
		if (pipeline_is_traces(p) && exports(s, p))
			text_of(out, s, p, prices);
	}
}

/* ---- JSON ---- */

static void add_json_string(struct strbuf *b, const char *s)
{
	strbuf_addc(b, '"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			strbuf_addf(b, "\\%c", *s);
		else if ((unsigned char)*s < 0x20)
			strbuf_addf(b, "\\u%04x", (unsigned)*s);
		else
			strbuf_addc(b, *s);
	}
	strbuf_addc(b, '"');
}

static void add_json_range(struct strbuf *b, const char *key, struct share s)
{
	strbuf_addf(b, "\"%s\": [%.10g, %.10g]", key, s.low, s.high);
}

static void json_of(struct strbuf *out, const struct system *s, const struct pipeline *p,
	const struct prices *prices)
{
	struct amount a = amount_of(s, &p->out);
	strbuf_add(out, "{\"collector\": ");
	add_json_string(out, p->collector->name);
	strbuf_add(out, ", \"pipeline\": ");
	add_json_string(out, p->id);
	strbuf_add(out, ", \"kept\": {");
	for (size_t i = 0; i < NR_CLASSES; i++) {
		strbuf_add(out, i ? ", " : "");
		add_json_range(out, class_names[i], p->out.of[i]);
	}
	strbuf_add(out, "}, \"month\": {");
	add_json_range(out, "traces", a.traces);
	strbuf_add(out, ", ");
	add_json_range(out, "spans", a.spans);
	strbuf_add(out, ", ");
	add_json_range(out, "bytes", a.bytes);
	strbuf_add(out, "}, \"costs\": [");
	for (size_t i = 0; i < prices->all.nr; i++) {
		strbuf_addf(out, "%s{\"name\": ", i ? ", " : "");
		add_json_string(out, prices->all.at[i].name);
		strbuf_add(out, ", ");
		add_json_range(out, "amount", cost(&prices->all.at[i], &a));
		strbuf_addc(out, '}');
	}
	double nr = 0;
	for (size_t i = 0; i < p->processors.all.nr; i++) {
		const struct use *u = &p->processors.all.at[i];
		if (u->component && str_eq(u->component->type, "tail_sampling"))
			nr += waiting(s, p, u);
	}
	strbuf_addf(out, "], \"waiting\": {\"traces\": %.10g, \"bytes\": %.10g}}", nr,
		nr * s->traffic.spans_per_trace * s->traffic.bytes_per_span);
}

void plan_json(struct strbuf *out, const struct system *s, const struct prices *prices)
{
	bool is_first = true;
	strbuf_addf(out,
		"{\"traces_per_second\": %.10g, \"spans_per_trace\": %.10g, "
		"\"bytes_per_span\": %.10g, \"prices_as_of\": ",
		s->traffic.traces_per_second, s->traffic.spans_per_trace,
		s->traffic.bytes_per_span);
	add_json_string(out, prices->as_of);
	strbuf_add(out, ", \"currency\": ");
	add_json_string(out, prices->currency);
	strbuf_add(out, ", \"pipelines\": [");
	for_each_pipeline(s, c, p)
	{
		(void)c;
		if (!pipeline_is_traces(p) || !exports(s, p))
			continue;
		strbuf_add(out, is_first ? "\n  " : ",\n  ");
		json_of(out, s, p, prices);
		is_first = false;
	}
	strbuf_add(out, "\n]}\n");
}
