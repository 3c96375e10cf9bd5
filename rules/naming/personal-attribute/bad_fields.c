// The key says nothing; the field does.
#include <ctel/ctel.h>
#include <stdio.h>

struct customer {
	char email[80];
	const char *phone_number;
	const char *first_name, *last_name;
};

void greet(ctel_span *span, const struct customer *c)
{
	char who[128];

	ctel_set(span, "app.contact", c->email); // expect: personal-attribute "personal data: c->email"
	ctel_set(span, "app.callback", c->phone_number); // expect: personal-attribute "personal data: c->phone_number"
	snprintf(who, sizeof(who), "%s %s", c->first_name, c->last_name); // expect-step: personal-attribute "c->first_name is read here"
	ctel_set(span, "app.who", (const char *)who); // expect: personal-attribute "personal data: c->first_name"
}
