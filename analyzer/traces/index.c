/* A table of traces by id. */
#include "traces/index.h"

#include "base/hash.h"

#include <string.h>

void trace_index_init(struct trace_index *ix)
{
	*ix = (struct trace_index){.nr_slots = 0};
	arena_init(&ix->records);
	arena_init(&ix->table);
	arena_init(&ix->part_arena);
}

void trace_index_fini(struct trace_index *ix)
{
	arena_fini(&ix->records);
	arena_fini(&ix->table);
	arena_fini(&ix->part_arena);
}

/* The slot of the id, or the free one where it belongs. */
static uint32_t *slot_of(const struct trace_index *ix, const uint8_t id[16])
{
	size_t at = hash_bytes(id, 16) & (ix->nr_slots - 1);
	while (ix->slots[at] && memcmp(ix->traces.at[ix->slots[at] - 1].id, id, 16) != 0)
		at = (at + 1) & (ix->nr_slots - 1);
	return &ix->slots[at];
}

static void grow(struct trace_index *ix)
{
	ix->nr_slots = ix->nr_slots ? ix->nr_slots * 2 : 1024;
	arena_fini(&ix->table);
	ix->slots = arena_array(&ix->table, uint32_t, ix->nr_slots);
	for (size_t i = 0; i < ix->traces.nr; i++)
		*slot_of(ix, ix->traces.at[i].id) = (uint32_t)i + 1;
}

/* Like vec_push, but the old records go: they may be most of the memory there is. */
static struct trace_rec *add_record(struct trace_index *ix)
{
	if (ix->traces.nr == ix->traces.cap) {
		struct arena bigger;
		arena_init(&bigger);
		size_t cap = ix->traces.cap ? ix->traces.cap * 2 : 512;
		struct trace_rec *at = arena_array(&bigger, struct trace_rec, cap);
		if (ix->traces.nr)
			memcpy(at, ix->traces.at, ix->traces.nr * sizeof(*at));
		arena_fini(&ix->records);
		ix->records = bigger;
		ix->traces.at = at;
		ix->traces.cap = cap;
	}
	return &ix->traces.at[ix->traces.nr++];
}

struct trace_rec *trace_index_find(const struct trace_index *ix, const uint8_t id[16])
{
	uint32_t nr = ix->nr_slots ? *slot_of(ix, id) : 0;
	return nr ? &ix->traces.at[nr - 1] : NULL;
}

static void add_to_part(struct trace_index *ix, const struct trace_span *s, uint64_t place)
{
	struct trace_part *part = ix->parts.nr ? &ix->parts.at[ix->parts.nr - 1] : NULL;
	if (!part || (place != part->to && place - part->from >= PART_BYTES)) {
		struct trace_part next = {.from = place, .earliest = s->start, .latest = s->start};
		vec_push(&ix->part_arena, &ix->parts, next);
		part = &ix->parts.at[ix->parts.nr - 1];
	}
	part->to = place;
	part->earliest = s->start < part->earliest ? s->start : part->earliest;
	part->latest = s->start > part->latest ? s->start : part->latest;
}

void trace_index_add(struct trace_index *ix, const struct trace_span *s, uint64_t place)
{
	struct trace_rec *t = trace_index_find(ix, s->trace_id);
	uint64_t end = s->end > s->start ? s->end : s->start;
	ix->nr_spans++;
	ix->nr_errors += s->status == STATUS_ERROR;
	ix->bytes += s->bytes;
	add_to_part(ix, s, place);
	if (!t && ix->traces.nr == TRACES_MAX) {
		ix->nr_spans_beyond++;
		return;
	}
	if (!t) {
		if (ix->traces.nr * 2 >= ix->nr_slots)
			grow(ix);
		t = add_record(ix);
		*t = (struct trace_rec){.start = s->start, .end = end};
		memcpy(t->id, s->trace_id, 16);
		*slot_of(ix, t->id) = (uint32_t)ix->traces.nr;
	}
	t->start = s->start < t->start ? s->start : t->start;
	t->end = end > t->end ? end : t->end;
	t->bytes += s->bytes;
	t->nr_spans++;
	t->nr_errors += s->status == STATUS_ERROR;
}
