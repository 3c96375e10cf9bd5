// Words and sources of one's own, from otel-tidy.json.
// config: {"rules": {"sensitive-attribute": "warning"}, "model": {"name": "house", "names": [{"match": "badge_code", "meaning": "credential", "qualified": true}], "strings": [{"match": "vault_get", "build": "read", "source": "secret", "into": "result"}, {"match": "blur", "build": "digest", "into": "result"}]}}
#include <ctel/ctel.h>

struct visitor {
	const char *badge_code;
};

const char *vault_get(const char *path);
const char *blur(const char *text);

void enter(ctel_span *span, const struct visitor *visitor, const char *value)
{
	ctel_set(span, "app.door", visitor->badge_code); // expect: sensitive-attribute "credential: visitor->badge_code"
	ctel_set(span, "app.old_badge_code", value); // expect: sensitive-attribute "holds a credential"
	ctel_set(span, "app.lock", vault_get("doors/front")); // expect: sensitive-attribute "credential: a secret"
	ctel_set(span, "app.visitor", blur(visitor->badge_code)); // ok: sensitive-attribute
	ctel_set(span, "app.badge_code.length", value); // ok: sensitive-attribute
}
