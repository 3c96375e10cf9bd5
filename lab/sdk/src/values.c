/* SPDX-License-Identifier: Apache-2.0 */
/* Values of the program's own in contexts. A context holds an immutable, counted list of them, as
 * it does with baggage; each value is counted by itself, because lists share what they have in
 * common. */
#include <stdlib.h>

#include "base.h"

struct ctel_key {
	struct ctel_key *next; /* all of them: so that none is ever lost */
	void (*release)(void *value);
	char name[];
};

struct value {
	atomic_uint refs;
	const struct ctel_key *key;
	void *value;
};

struct ctel_values {
	atomic_uint refs;
	unsigned nr;
	struct value *list[];
};

static _Atomic(struct ctel_key *) keys;

ctel_key *ctel_key_new(const char *name, void (*release)(void *value))
{
	size_t n = strlen(name ? name : "") + 1;
	struct ctel_key *key = malloc(sizeof(*key) + n);
	if (!key)
		return NULL;
	memcpy(key->name, name ? name : "", n);
	key->release = release;
	key->next = atomic_load(&keys);
	while (!atomic_compare_exchange_weak(&keys, &key->next, key))
		;
	return key;
}

const char *ctel_key_name(const ctel_key *key)
{
	return key->name;
}

struct ctel_values *values_keep(struct ctel_values *values)
{
	if (values)
		atomic_fetch_add_explicit(&values->refs, 1, memory_order_relaxed);
	return values;
}

static void value_drop(struct value *v)
{
	if (atomic_fetch_sub_explicit(&v->refs, 1, memory_order_acq_rel) != 1)
		return;
	if (v->key->release)
		v->key->release(v->value);
	free(v);
}

void values_drop(struct ctel_values *values)
{
	if (!values || atomic_fetch_sub_explicit(&values->refs, 1, memory_order_acq_rel) != 1)
		return;
	for (unsigned i = 0; i < values->nr; i++)
		value_drop(values->list[i]);
	free(values);
}

/* The same list without the key, and with `added` if it is not NULL, whose claim it takes over. */
static struct ctel_values *changed(
	const struct ctel_values *old, const ctel_key *key, struct value *added)
{
	unsigned nr_old = old ? old->nr : 0;
	struct ctel_values *new = malloc(sizeof(*new) + (nr_old + 1) * sizeof(struct value *));
	if (!new)
		return NULL;
	atomic_init(&new->refs, 1);
	new->nr = 0;
	for (unsigned i = 0; i < nr_old; i++)
		if (old->list[i]->key != key) {
			struct value *v = new->list[new->nr++] = old->list[i];
			atomic_fetch_add_explicit(&v->refs, 1, memory_order_relaxed);
		}
	if (added)
		new->list[new->nr++] = added;
	return new;
}

ctel_ctx ctel_ctx_set(ctel_ctx ctx, const ctel_key *key, void *value)
{
	ctel_ctx out = ctel_ctx_copy(ctx);
	struct value *added = value ? malloc(sizeof(*added)) : NULL;
	struct ctel_values *values = NULL;
	if (added) {
		atomic_init(&added->refs, 1);
		added->key = key;
		added->value = value;
	}
	if (added || !value)
		values = changed(ctx.values, key, added);
	if (values) {
		values_drop(out.values);
		out.values = values;
	} else if (value) { /* memory is short: it is the context's all the same */
		free(added);
		if (key->release)
			key->release(value);
	}
	return out;
}

void *ctel_ctx_get(const ctel_ctx *ctx, const ctel_key *key)
{
	for (unsigned i = 0; ctx->values && i < ctx->values->nr; i++)
		if (ctx->values->list[i]->key == key)
			return ctx->values->list[i]->value;
	return NULL;
}
