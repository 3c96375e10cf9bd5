// The helper takes any key; its caller makes it up.
#include <ctel/ctel.h>
#include <stdio.h>

static void note(ctel_span *span, const char *key, int64_t value)
{
	ctel_set(span, key, value);
}

void visit(ctel_span *span, unsigned long node, int64_t depth)
{
	char key[40];

	snprintf(key, sizeof(key), "node.%lu", node);
	note(span, key, depth); // expect: dynamic-attribute-key "formatted with a number"
	note(span, "node.depth", depth); // ok: dynamic-attribute-key
}
