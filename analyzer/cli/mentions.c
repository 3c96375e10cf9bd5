/* Looks for the words of models in main files. */
#include "cli/mentions.h"

#include "base/path.h"
#include "base/str.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define SOURCE_BYTES ((size_t)64 << 20)

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* "opentelemetry::trace::Tracer::StartSpan" → "StartSpan"; a pattern is no word. */
static void add_words(struct arena *a, const struct models *m, struct map *words)
{
	for (size_t i = 0; i < m->nr_calls; i++) {
		const struct model_call *c = &m->calls[i];
		const char *word = ir_simple_name(c->match);
		if (c->effect != EFFECT_START && c->effect != EFFECT_CURRENT &&
			c->effect != EFFECT_PROVIDER && c->effect != EFFECT_ACTIVATE)
			continue;
		if (word[0] && !strpbrk(word, "*?") && !map_has(words, word))
			map_put(words, arena_strdup(a, word), (void *)c->model);
	}
}

static void count_file(
	struct arena *a, const struct map *words, const char *text, size_t n, struct map *found)
{
	char word[128];
	for (size_t i = 0; i < n;) {
		size_t len = 0;
		while (i + len < n && is_word(text[i + len]))
			len++;
		if (len && len < sizeof(word)) {
			memcpy(word, text + i, len);
			word[len] = '\0';
			const char *model = map_get(words, word);
			if (model)
				map_put(found, arena_strdup(a, model), (void *)model);
		}
		i += len + 1;
	}
}

static int compare(const void *x, const void *y)
{
	return strcmp(((const struct mention *)x)->model, ((const struct mention *)y)->model);
}

static void add(struct arena *a, struct mentions *out, const char *model)
{
	for (size_t i = 0; i < out->all.nr; i++) {
		if (str_eq(out->all.at[i].model, model)) {
			out->all.at[i].nr_units++;
			return;
		}
	}
	vec_push(a, &out->all, (struct mention){model, 1});
}

void mentions_find(
	struct arena *a, const struct models *m, const struct database *db, struct mentions *out)
{
	struct map words;
	struct arena scratch;
	*out = (struct mentions){.missing = ""};
	map_init(&words, a);
	add_words(a, m, &words);
	arena_init(&scratch);
	for (size_t i = 0; i < db->units.nr; i++) {
		size_t n;
		struct map found;
		map_init(&found, &scratch);
		const char *text = file_read(&scratch, db->units.at[i].file, SOURCE_BYTES, &n);
		if (!text) {
			out->missing = out->nr_missing++ ? out->missing : db->units.at[i].file;
			continue;
		}
		count_file(&scratch, &words, text, n, &found);
		for (size_t k = 0; k < found.nr; k++)
			add(a, out, found.at[k].value);
		out->nr_units += found.nr > 0;
		arena_reset(&scratch);
	}
	arena_fini(&scratch);
	if (out->all.nr)
		qsort(out->all.at, out->all.nr, sizeof(*out->all.at), compare);
}
