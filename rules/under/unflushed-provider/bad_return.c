/* A tool that runs for half a second, and whose last batch nobody ever sees. */
#include <ctel/ctel.h>

int convert(ctel_tracer *tracer, const char *file);

int convert(ctel_tracer *tracer, const char *file)
{
	CTEL_SPAN(span, tracer, "convert");
	ctel_set(span, "app.file", file);
	return file[0] == '\0';
}

int main(int argc, char **argv)
{
	ctel_init("convert"); // expect: unflushed-provider "main can end without flushing"
	int rc = 0;
	for (int i = 1; i < argc; i++)
		rc |= convert(ctel_tracer_get("convert", "1"), argv[i]);
	return rc; // expect-step: unflushed-provider "nothing was flushed"
}
