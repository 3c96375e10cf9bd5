/* The shop's database. */
#ifndef DATABASE_H
#define DATABASE_H

#include <sqlite3.h>

#include "shop.h"

/* Opens it and makes it ready: tables, and the stock when there is none yet. */
int database_open(const char *path, sqlite3 **out);
int database_run(sqlite3 *db, const char *sql);
int database_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out);
/* Runs a statement that returns no rows, and finalizes it. */
int database_finish(sqlite3_stmt *statement);

#endif
