/* The callee's span is red, this one is green: a status is not inherited. */
#include <ctel/ctel.h>

enum result { RESULT_OK = 0, RESULT_DB_ERROR = -2 };

extern ctel_tracer *tracer;
int rows_write(const char *sql);

static int save(const char *sql)
{
	CTEL_SPAN(span, tracer, "save");
	if (rows_write(sql) < 0) {
		ctel_span_error(span, "db_error", sql);
		return RESULT_DB_ERROR;
	}
	return RESULT_OK;
}

int import(const char *sql);

int import(const char *sql)
{
	CTEL_SPAN(span, tracer, "import");
	ctel_set(span, "app.import.kind", "nightly");
	return save(sql); // expect: error-without-status "leaves import() here"
}
