/* SPDX-License-Identifier: Apache-2.0 */
/* Spans for sqlite3 statements, from the first step to the last. Names and attributes: semantic
 * conventions for databases; literals in the text are replaced by "?", they may be anything. */
#include "auto.h"

#include <ctype.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define MAX_TEXT 512

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.' || c == '$';
}

/* The statement without literals and with single blanks. */
static void sanitise(char out[MAX_TEXT], const char *sql)
{
	size_t n = 0;
	while (*sql && n + 2 < MAX_TEXT) {
		if (*sql == '\'') {
			for (sql++; *sql && (*sql != '\'' || sql[1] == '\''); sql++)
				sql += *sql == '\'';
			sql += *sql != '\0';
			out[n++] = '?';
		} else if (isdigit((unsigned char)*sql) && (n == 0 || !is_word(out[n - 1]))) {
			while (is_word(*sql))
				sql++;
			out[n++] = '?';
		} else if (isspace((unsigned char)*sql)) {
			if (n && out[n - 1] != ' ')
				out[n++] = ' ';
			sql++;
		} else {
			out[n++] = *sql++;
		}
	}
	while (n && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
}

static size_t word_at(const char *s)
{
	size_t n = 0;
	while (is_word(s[n]))
		n++;
	return n;
}

/* "SELECT orders": the operation and the first table it names. */
static void summarise(char out[64], char operation[16], char table[40], const char *text)
{
	static const char *const before[] = {"FROM", "INTO", "UPDATE", "TABLE"};
	size_t n = word_at(text), i;
	for (i = 0; i < n && i < 15; i++)
		operation[i] = (char)toupper((unsigned char)text[i]);
	operation[i] = '\0';
	table[0] = '\0';
	for (const char *at = text; *at && !*table;) {
		size_t length = word_at(at);
		for (size_t k = 0; k < 4 && !*table; k++)
			if (length == strlen(before[k]) && !strncasecmp(at, before[k], length) &&
				at[length] == ' ')
				snprintf(table, 40, "%.*s", (int)word_at(at + length + 1),
					at + length + 1);
		at += length ? length : 1;
	}
	snprintf(out, 64, "%s%s%s", operation, *table ? " " : "", table);
}

static ctel_span *begin(sqlite3 *db, const char *sql)
{
	char text[MAX_TEXT], summary[64], operation[16], table[40];
	ctel_span *s = NULL;
	if (!sql || !ctel_tracer_is_enabled(NULL))
		return NULL;
	sanitise(text, sql);
	summarise(summary, operation, table, text);
	const char *file = REAL(sqlite3_db_filename)(db, "main");
	const ctel_attr attributes[] = {CTEL_ATTR("db.system.name", "sqlite"),
		CTEL_ATTR("db.operation.name", (const char *)operation),
		CTEL_ATTR("db.collection.name", *table ? (const char *)table : (const char *)NULL),
		CTEL_ATTR("db.query.text", (const char *)text),
		CTEL_ATTR("db.query.summary", (const char *)summary),
		CTEL_ATTR("db.namespace", file && *file ? file : (const char *)NULL)};
	s = ctel_span_start(auto_tracer(), *summary ? summary : "sqlite",
		&(ctel_start){.kind = CTEL_CLIENT,
			.attributes = attributes,
			.nr_attributes = sizeof(attributes) / sizeof(*attributes)});
	return s;
}

static void finish(ctel_span *s, int code, const char *message)
{
	if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) {
		char type[16];
		snprintf(type, sizeof(type), "%d", code);
		ctel_set(s, "db.response.status_code", (const char *)type);
		ctel_span_error(s, type, message);
	}
	ctel_span_end(s);
}

static _Thread_local int nr_execs; /* calls of sqlite3_exec that this thread is in */

AUTO_EXPORT int sqlite3_step(sqlite3_stmt *statement)
{
	struct auto_entry e = {.object = statement};
	sqlite3 *db = REAL(sqlite3_db_handle)(statement);
	if (!nr_execs && !auto_find(statement, &e)) {
		e.span = begin(db, REAL(sqlite3_sql)(statement));
		if (e.span)
			auto_put(&e);
	}
	int code = REAL(sqlite3_step)(statement);
	if (e.span && code != SQLITE_ROW && auto_take(statement, &e))
		finish(e.span, code, code == SQLITE_DONE ? NULL : REAL(sqlite3_errmsg)(db));
	return code;
}

/* A statement that is left before its last row. */
AUTO_EXPORT int sqlite3_reset(sqlite3_stmt *statement)
{
	struct auto_entry e;
	if (auto_take(statement, &e))
		finish(e.span, SQLITE_OK, NULL);
	return REAL(sqlite3_reset)(statement);
}

AUTO_EXPORT int sqlite3_finalize(sqlite3_stmt *statement)
{
	struct auto_entry e;
	if (auto_take(statement, &e))
		finish(e.span, SQLITE_OK, NULL);
	return REAL(sqlite3_finalize)(statement);
}

/* Whether its own steps are seen depends on how the library was built: one span is enough. */
AUTO_EXPORT int sqlite3_exec(sqlite3 *db, const char *sql,
	int (*each)(void *, int, char **, char **), void *user, char **message)
{
	ctel_span *s = begin(db, sql);
	nr_execs++;
	int code = REAL(sqlite3_exec)(db, sql, each, user, message);
	nr_execs--;
	finish(s, code, code == SQLITE_OK ? NULL : REAL(sqlite3_errmsg)(db));
	return code;
}
