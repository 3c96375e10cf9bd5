/* The same kind of work, with five ways of saying that it failed. */
#ifndef ERRORS_H
#define ERRORS_H

#include <ctel/ctel.h>
#include <stdbool.h>
#include <stdio.h>

extern ctel_tracer *tracer;

enum result { RESULT_OK, RESULT_NO_FILE, RESULT_TOO_LARGE, RESULT_BROKEN };

const char *result_name(enum result result);
bool result_is_final(enum result result);

int by_negative(const char *path, char *text, int size);
char *by_null(const char *path);
bool by_bool(const char *path, const char *text);
int by_errno(const char *path);
enum result by_enum(const char *path, long limit);

#endif
