// No failures: an answer of no, and nothing found.
#include <ctel/ctel.h>
#include <stdbool.h>
#include <unistd.h>

extern ctel_tracer *tracer;
const char *table_find(int key);

bool has_file(const char *path)
{
	CTEL_SPAN(span, tracer, "has file");
	bool found = access(path, R_OK) == 0;

	ctel_span_status(span, CTEL_OK, NULL);
	if (!found)
		return false;
	return true;
}

const char *find(int key)
{
	CTEL_SPAN(span, tracer, "find");
	const char *name = table_find(key);

	ctel_span_status(span, CTEL_OK, NULL);
	if (!name)
		return NULL;
	return name;
}
