/* SPDX-License-Identifier: Apache-2.0 */
/* Samplers, exporters, processors and propagators of the program's own, by name: what the
 * specification calls plugin component providers. Registered once, kept for ever. */
#include <errno.h>
#include <stdlib.h>
#include <strings.h>

#include "component.h"

enum sort { SAMPLER, EXPORTER, PROCESSOR, PROPAGATOR, NR_SORTS };

static const char *const built_in[NR_SORTS] = {KNOWN_SAMPLERS
	" traceidratio probability parentbased_always_on parentbased_always_off "
	"parentbased_traceidratio parentbased_probability",
	KNOWN_EXPORTERS " otlp none", KNOWN_PROCESSORS, KNOWN_PROPAGATORS " none"};

struct component {
	struct component *next;
	union {
		ctel_make_sampler sampler;
		ctel_make_exporter exporter;
		ctel_make_processor processor;
		ctel_make_propagator propagator;
	} make;
	void *user;
	_Atomic(struct propagator *) propagator; /* the last one that was made */
	enum sort sort;
	char name[];
};

static _Atomic(struct component *) components;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* registering, making a propagator */
static const ctel_properties nothing;

static struct component *find(enum sort sort, struct slice name)
{
	struct component *c = atomic_load(&components);
	while (c &&
		!(c->sort == sort && strlen(c->name) == name.n && !memcmp(c->name, name.s, name.n)))
		c = c->next;
	return c;
}

static bool has_word(const char *words, const char *word)
{
	size_t n = strlen(word);
	for (const char *at = words; (at = strcasestr(at, word)) != NULL; at++)
		if ((at == words || at[-1] == ' ') && (!at[n] || at[n] == ' '))
			return true;
	return false;
}

/* ---- Registering ---------------------------------------------------------------------------- */

static int add(enum sort sort, const char *name, const struct component *what)
{
	int rc = 0;
	if (!name || !*name || strpbrk(name, ", \t\r\n"))
		return -EINVAL;
	size_t n = strlen(name);
	struct component *c = malloc(sizeof(*c) + n + 1);
	if (!c)
		return -ENOMEM;
	c->make = what->make;
	c->user = what->user;
	atomic_init(&c->propagator, NULL);
	c->sort = sort;
	memcpy(c->name, name, n + 1);
	pthread_mutex_lock(&lock);
	if (has_word(built_in[sort], name) || find(sort, (struct slice){name, n})) {
		rc = -EEXIST;
		free(c);
	} else {
		c->next = atomic_load(&components);
		atomic_store(&components, c);
	}
	pthread_mutex_unlock(&lock);
	return rc;
}

#define REGISTER(word, WORD)                                                                       \
	int ctel_register_##word(const char *name, ctel_make_##word make, void *user)              \
	{                                                                                          \
		struct component c = {.make.word = make, .user = user};                            \
		return make ? add(WORD, name, &c) : -EINVAL;                                       \
	}

REGISTER(sampler, SAMPLER)
REGISTER(exporter, EXPORTER)
REGISTER(processor, PROCESSOR)
REGISTER(propagator, PROPAGATOR)

/* ---- Making --------------------------------------------------------------------------------- */

bool component_sampler(struct slice name, const ctel_properties *p, ctel_sampler **out)
{
	const struct component *c = find(SAMPLER, name);
	*out = c ? c->make.sampler(c->user, p ? p : &nothing) : NULL;
	return c != NULL;
}

bool component_exporter(struct slice name, const ctel_properties *p, ctel_exporter **out)
{
	const struct component *c = find(EXPORTER, name);
	*out = c ? c->make.exporter(c->user, p ? p : &nothing) : NULL;
	return c != NULL;
}

bool component_processor(
	struct slice name, const ctel_properties *p, ctel_processor *out, bool *is_made)
{
	const struct component *c = find(PROCESSOR, name);
	*is_made = c && c->make.processor(c->user, p, out);
	return c != NULL;
}

/* With the lock held. Those made before are kept: a thread may be using them. */
static struct propagator *make_propagator(struct component *c, const ctel_properties *p)
{
	static const char *const no_fields[] = {NULL};
	struct propagator *made = calloc(1, sizeof(*made));
	if (!made || !c->make.propagator(c->user, p, &made->own)) {
		free(made);
		return NULL;
	}
	made->name = c->name;
	made->fields = made->own.fields ? made->own.fields : no_fields;
	made->older = atomic_load(&c->propagator);
	atomic_store(&c->propagator, made);
	return made;
}

bool component_is_propagator(struct slice name)
{
	return find(PROPAGATOR, name) != NULL;
}

bool component_make_propagator(struct slice name, const ctel_properties *p)
{
	struct component *c = find(PROPAGATOR, name);
	pthread_mutex_lock(&lock);
	bool is_made = c && make_propagator(c, p);
	pthread_mutex_unlock(&lock);
	return is_made;
}

const struct propagator *component_propagator(struct slice name)
{
	struct component *c = find(PROPAGATOR, name);
	struct propagator *p = c ? atomic_load(&c->propagator) : NULL;
	if (!c || p)
		return p;
	pthread_mutex_lock(&lock);
	p = atomic_load(&c->propagator);
	if (!p)
		p = make_propagator(c, &nothing);
	pthread_mutex_unlock(&lock);
	return p;
}
