/* SPDX-License-Identifier: Apache-2.0 */
/* Tracers: a name and a version, kept for the life of the process. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static struct ctel_tracer unnamed = {.name = "", .version = ""};
static struct ctel_tracer *tracers = &unnamed;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct ctel_tracer *find(const char *name, const char *version)
{
	for (struct ctel_tracer *t = tracers; t; t = t->next)
		if (!strcmp(t->name, name) && !strcmp(t->version, version))
			return t;
	return NULL;
}

static struct ctel_tracer *add(const char *name, const char *version)
{
	size_t n = strlen(name) + 1, m = strlen(version) + 1;
	struct ctel_tracer *t = malloc(sizeof(*t) + n + m);
	if (!t)
		return &unnamed;
	char *strings = (char *)(t + 1);
	t->name = memcpy(strings, name, n);
	t->version = memcpy(strings + n, version, m);
	t->next = tracers;
	tracers = t;
	return t;
}

ctel_tracer *ctel_tracer_get(const char *name, const char *version)
{
	if (!name)
		name = "";
	if (!version)
		version = "";
	pthread_mutex_lock(&lock);
	struct ctel_tracer *t = find(name, version);
	if (!t)
		t = add(name, version);
	pthread_mutex_unlock(&lock);
	return t;
}

static void fork_lock(void)
{
	pthread_mutex_lock(&lock);
}

static void fork_unlock(void)
{
	pthread_mutex_unlock(&lock);
}

void tracer_at_fork(void)
{
	pthread_atfork(fork_lock, fork_unlock, fork_unlock);
}
