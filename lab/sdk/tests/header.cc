// The header from C++: every type an attribute may have, and the scope macros.
#include <cstddef>
#include <ctel/ctel.h>

enum colour { red };

void use(ctel_tracer *t, std::size_t n, short h, char *s, colour c);

void use(ctel_tracer *t, std::size_t n, short h, char *s, colour c)
{
	CTEL_SPAN(span, t, "name");
	CTEL_CTX(tenant, ctel_baggage_set(ctel_ctx_current(), "tenant.id", "acme"));
	ctel_set(span, "bool", true);
	ctel_set(span, "size", n);
	ctel_set(span, "short", h);
	ctel_set(span, "float", 1.5f);
	ctel_set(span, "double", 1.5);
	ctel_set(span, "text", s);
	ctel_set(span, "literal", "literal");
	ctel_set(span, "enum", c);
	ctel_start options = {};
	options.parent = &tenant;
	options.kind = CTEL_CLIENT;
	const ctel_attr attributes[] = {CTEL_ATTR("n", n), CTEL_ATTR("s", s)};
	options.attributes = attributes;
	options.nr_attributes = 2;
	ctel_span_end(ctel_span_start(t, "child", &options));
}
