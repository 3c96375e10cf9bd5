/* Loads traces: an index first, then batch by batch the parts of the input that their time touches.
 * Traces that are near to each other in time are so in the files: mostly each line is read twice.
 */
#include "traces/load.h"

#include "base/map.h"
#include "base/str.h"

#include <string.h>

/* ---- the index ---- */

struct indexing {
	struct trace_input *in;
	struct trace_index *index;
	struct trace_names *names;
	struct arena scratch;
};

static struct arena *want_all(void *ctx, const uint8_t trace_id[16])
{
	struct indexing *x = ctx;
	(void)trace_id;
	if (x->scratch.used > (1u << 20))
		arena_reset(&x->scratch);
	return &x->scratch;
}

static void add_to_index(void *ctx, const struct trace_span *s)
{
	struct indexing *x = ctx;
	trace_index_add(x->index, s, x->in->place);
	if (x->names)
		trace_names_add(x->names, s);
}

void trace_load_index(struct trace_input *in, struct trace_index *ix, struct trace_names *names)
{
	struct indexing x = {.in = in, .index = ix, .names = names};
	struct otlp_sink sink = {
		.ctx = &x, .is_brief = true, .want = want_all, .span = add_to_index};
	trace_index_init(ix);
	arena_init(&x.scratch);
	trace_input_read(in, 0, UINT64_MAX, &sink);
	arena_fini(&x.scratch);
}

/* ---- batches ---- */

struct bundle {
	VEC(struct trace_span) spans;
	uint64_t bytes;
	bool is_cut;
};

struct batch {
	struct arena arena;
	struct trace_index *index;
	struct bundle *bundles;
	struct intern texts;
	/* the last resource, and its copy: the spans of a line share it */
	struct trace_attrs resource, resource_copy;
	struct bundle *into;
};

static struct arena *want_chosen(void *ctx, const uint8_t trace_id[16])
{
	struct batch *b = ctx;
	const struct trace_rec *t = trace_index_find(b->index, trace_id);
	b->into = t && t->batch ? &b->bundles[t->batch - 1] : NULL;
	if (b->into && b->into->bytes > TRACE_BYTES) {
		b->into->is_cut = true;
		return NULL;
	}
	return b->into ? &b->arena : NULL;
}

static bool is_same(const struct trace_attrs *a, const struct trace_attrs *b)
{
	if (a->nr != b->nr)
		return false;
	for (size_t i = 0; i < a->nr; i++)
		if (!str_eq(a->at[i].key, b->at[i].key) || !str_eq(a->at[i].text, b->at[i].text) ||
			a->at[i].type != b->at[i].type)
			return false;
	return true;
}

/* The reader's resource goes with its line. */
static struct trace_attrs keep_resource(struct batch *b, const struct trace_attrs *of)
{
	if (of->at == b->resource.at && is_same(of, &b->resource_copy))
		return b->resource_copy;
	if (!is_same(of, &b->resource_copy)) {
		struct trace_attr *at = arena_array(&b->arena, struct trace_attr, of->nr);
		for (size_t i = 0; i < of->nr; i++)
			at[i] = (struct trace_attr){.key = intern(&b->texts, of->at[i].key),
				.text = intern(&b->texts, of->at[i].text),
				.type = of->at[i].type};
		b->resource_copy = (struct trace_attrs){at, of->nr};
	}
	return b->resource_copy;
}

static void add_to_bundle(void *ctx, const struct trace_span *s)
{
	struct batch *b = ctx;
	struct trace_span kept = *s;
	kept.service = intern(&b->texts, s->service);
	kept.scope = intern(&b->texts, s->scope);
	kept.resource = keep_resource(b, &s->resource);
	b->into->bytes += s->bytes;
	vec_push(&b->arena, &b->into->spans, kept);
}

/* Parts that touch, one behind the other, are read in one go. */
static void read_parts(struct trace_input *in, const struct trace_index *ix, uint64_t start,
	uint64_t end, const struct otlp_sink *sink)
{
	for (size_t i = 0; i < ix->parts.nr; i++) {
		size_t first = i;
		while (i < ix->parts.nr && ix->parts.at[i].latest >= start &&
			ix->parts.at[i].earliest <= end)
			i++;
		if (i > first)
			trace_input_read(
				in, ix->parts.at[first].from, ix->parts.at[i - 1].to, sink);
	}
}

static void load_batch(struct trace_input *in, struct trace_index *ix,
	struct trace_rec *const *chosen, size_t nr, void (*each)(void *, const struct trace *),
	void *ctx)
{
	struct batch b = {.index = ix};
	struct otlp_sink sink = {.ctx = &b, .want = want_chosen, .span = add_to_bundle};
	uint64_t start = UINT64_MAX, end = 0;
	arena_init(&b.arena);
	intern_init(&b.texts, &b.arena);
	b.bundles = arena_array(&b.arena, struct bundle, nr);
	for (size_t i = 0; i < nr; i++) {
		chosen[i]->batch = (uint32_t)i + 1;
		start = chosen[i]->start < start ? chosen[i]->start : start;
		end = chosen[i]->end > end ? chosen[i]->end : end;
	}
	read_parts(in, ix, start, end, &sink);
	for (size_t i = 0; i < nr; i++) {
		struct trace t;
		trace_assemble(&t, &b.arena, b.bundles[i].spans.at, b.bundles[i].spans.nr);
		t.is_cut = b.bundles[i].is_cut;
		if (t.nr)
			each(ctx, &t);
		chosen[i]->batch = 0;
	}
	arena_fini(&b.arena);
}

void trace_load(struct trace_input *in, struct trace_index *ix, struct trace_rec *const *chosen,
	size_t nr, void (*each)(void *ctx, const struct trace *t), void *ctx)
{
	for (size_t i = 0; i < nr;) {
		uint64_t bytes = chosen[i]->bytes;
		size_t n = 1;
		while (i + n < nr && bytes + chosen[i + n]->bytes <= BATCH_BYTES)
			bytes += chosen[i + n++]->bytes;
		load_batch(in, ix, chosen + i, n, each, ctx);
		i += n;
	}
}
