/* Starts spans for others: the caller ends them. */
#ifndef SPANS_H
#define SPANS_H

#include <ctel/ctel.h>

extern ctel_tracer *tracer;

ctel_span *query_span(const char *table);
ctel_span *transaction_span(int isolation);
int table_read(int db, const char *table, char *row, unsigned long size);
int table_write(int db, const char *table, const char *row);
int table_move(int db, const char *from, const char *to);

#endif
