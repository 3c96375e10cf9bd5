/* SPDX-License-Identifier: Apache-2.0 */
/* Spans kept in memory, for tests: each copied into one allocation. */
#include <errno.h>
#include <stdlib.h>

#include "sdk.h"

struct ctel_memory {
	pthread_mutex_t lock;
	ctel_span_data **spans;
	size_t nr, cap;
};

struct memory_exporter {
	struct ctel_exporter base;
	ctel_memory *memory;
};

static const char *copy(char **at, const char *s)
{
	size_t n = strlen(s) + 1;
	const char *to = memcpy(*at, s, n);
	*at += n;
	return to;
}

static ctel_bytes copy_bytes(char **at, ctel_bytes from)
{
	ctel_bytes to = {(unsigned char *)*at, from.n};
	if (from.n)
		memcpy(*at, from.data, from.n);
	*at += from.n;
	return to;
}

static bool keep(ctel_memory *m, const ctel_span_data *s)
{
	if (m->nr == m->cap) {
		size_t cap = m->cap ? 2 * m->cap : 64;
		ctel_span_data **grown = realloc(m->spans, cap * sizeof(*grown));
		if (!grown)
			return false;
		m->spans = grown;
		m->cap = cap;
	}
	ctel_span_data *own =
		malloc(sizeof(*own) + strlen(s->name) + strlen(s->status_message) +
			strlen(s->tracestate) + 3 + s->attributes.n + s->events.n + s->links.n);
	if (!own)
		return false;
	char *at = (char *)(own + 1);
	*own = *s;
	own->name = copy(&at, s->name);
	own->status_message = copy(&at, s->status_message);
	own->tracestate = copy(&at, s->tracestate);
	own->attributes = copy_bytes(&at, s->attributes);
	own->events = copy_bytes(&at, s->events);
	own->links = copy_bytes(&at, s->links);
	m->spans[m->nr++] = own;
	return true;
}

static int memory_export(struct ctel_exporter *e, const ctel_batch *batch, uint64_t deadline)
{
	ctel_memory *m = ((struct memory_exporter *)e)->memory;
	int rc = 0;
	(void)deadline;
	pthread_mutex_lock(&m->lock);
	for (size_t i = 0; i < batch->nr && rc == 0; i++)
		rc = keep(m, batch->spans[i]) ? 0 : -ENOMEM;
	pthread_mutex_unlock(&m->lock);
	return rc;
}

/* The child begins with none: the parent's thread may have been changing the list, under its lock.
 */
static void memory_forked(struct ctel_exporter *e)
{
	ctel_memory *m = ((struct memory_exporter *)e)->memory;
	pthread_mutex_init(&m->lock, NULL);
	m->spans = NULL;
	m->nr = m->cap = 0;
}

static void memory_destroy(struct ctel_exporter *e)
{
	free(e);
}

ctel_memory *ctel_memory_new(void)
{
	ctel_memory *m = calloc(1, sizeof(*m));
	if (m)
		pthread_mutex_init(&m->lock, NULL);
	return m;
}

ctel_exporter *ctel_exporter_memory(ctel_memory *m)
{
	struct memory_exporter *e = m ? calloc(1, sizeof(*e)) : NULL;
	if (!e)
		return NULL;
	e->base.export_batch = memory_export;
	e->base.forked = memory_forked;
	e->base.destroy = memory_destroy;
	e->memory = m;
	return &e->base;
}

size_t ctel_memory_count(ctel_memory *m)
{
	pthread_mutex_lock(&m->lock);
	size_t nr = m->nr;
	pthread_mutex_unlock(&m->lock);
	return nr;
}

const ctel_span_data *ctel_memory_span(ctel_memory *m, size_t i)
{
	pthread_mutex_lock(&m->lock);
	const ctel_span_data *s = i < m->nr ? m->spans[i] : NULL;
	pthread_mutex_unlock(&m->lock);
	return s;
}

const ctel_span_data *ctel_memory_find(ctel_memory *m, const char *name)
{
	const ctel_span_data *found = NULL;
	pthread_mutex_lock(&m->lock);
	for (size_t i = 0; i < m->nr && !found; i++)
		if (!strcmp(m->spans[i]->name, name))
			found = m->spans[i];
	pthread_mutex_unlock(&m->lock);
	return found;
}

void ctel_memory_clear(ctel_memory *m)
{
	pthread_mutex_lock(&m->lock);
	while (m->nr)
		free(m->spans[--m->nr]);
	pthread_mutex_unlock(&m->lock);
}

void ctel_memory_free(ctel_memory *m)
{
	if (!m)
		return;
	ctel_memory_clear(m);
	pthread_mutex_destroy(&m->lock);
	free(m->spans);
	free(m);
}
