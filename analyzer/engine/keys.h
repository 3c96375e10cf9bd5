/* What the rules about attribute keys share. */
#ifndef OTEL_TIDY_ENGINE_KEYS_H
#define OTEL_TIDY_ENGINE_KEYS_H

#include "engine/tell.h"
#include "flow/attribute_sites.h"

/* The next site with a known key in code of our own; NULL after the last. Begin with *at = 0. */
const struct attribute_site *keys_next(const struct rule_run *run, size_t *at);
/* A patch that writes another text in place of the site's key, where it stands: in the call, or
 * where a macro or constant is defined. `title` says what. */
struct patch keys_patch(const struct rule_run *run, const struct attribute_site *s,
	const char *text, bool is_safe, struct plan *plan);
/* The path: where the key is defined, when that is not where it is set; then where it is set. */
void keys_story(const struct rule_run *run, struct story *story, const struct attribute_site *s);

#endif
