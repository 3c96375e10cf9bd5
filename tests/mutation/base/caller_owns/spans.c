/* Spans with the attributes that all queries share. */
#include "spans.h"

ctel_span *query_span(const char *table)
{
	ctel_span *span = ctel_span_start(tracer, "query", &(ctel_start){.kind = CTEL_CLIENT});
	ctel_set(span, "db.collection.name", table);
	ctel_set(span, "db.system.name", "filedb");
	return span;
}

ctel_span *transaction_span(int isolation)
{
	ctel_span *span = ctel_span_enter(tracer, "transaction");
	ctel_set(span, "app.db.isolation", isolation);
	return span;
}
