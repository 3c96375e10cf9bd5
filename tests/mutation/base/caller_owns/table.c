/* Tables in files. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "spans.h"

int table_read(int db, const char *table, char *row, unsigned long size)
{
	ctel_span *span = query_span(table);
	long n = pread(db, row, size, 0);

	if (n < 0) {
		int rc = -errno;
		ctel_span_error(span, "read", strerror(-rc));
		ctel_span_end(span);
		return rc;
	}
	ctel_set(span, "db.response.returned_rows", n ? 1 : 0);
	ctel_span_end(span);
	return 0;
}

int table_write(int db, const char *table, const char *row)
{
	ctel_span *span = query_span(table);
	unsigned long size = strlen(row);
	int rc = 0;

	if (pwrite(db, row, size, 0) != (long)size)
		rc = -EIO;
	if (rc < 0)
		ctel_span_error(span, "write", table);
	ctel_span_end(span);
	return rc;
}

int table_move(int db, const char *from, const char *to)
{
	ctel_span *span = transaction_span(2);
	char row[128];
	int rc = table_read(db, from, row, sizeof(row));

	if (rc < 0)
		goto out;
	rc = table_write(db, to, row);
	if (rc < 0)
		goto out;
	rc = fsync(db) < 0 ? -errno : 0;
out:
	if (rc < 0)
		ctel_span_error(span, "move", from);
	ctel_span_end(span);
	return rc;
}
