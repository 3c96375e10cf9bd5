#include <ctel/ctel.h>

extern ctel_tracer *tracer;
int wait_for(const char *what);

#define KEY_URL "http.url"

int fetch(const char *method, const char *url)
{
	CTEL_SPAN(span, tracer, "fetch");

	ctel_set(span, "http.method", method);
	ctel_set(span, KEY_URL, url);
	ctel_set(span, "app.size", 4);
	return wait_for(url);
}
