/* Asks the exported spans one question: of those with KEY=VALUE, how many traces have which values
 *of other attributes? Prints "traces value value…" per combination, sorted; "-" is no value.
 *
 *	tally ask KEY=VALUE GROUP-KEY,GROUP-KEY FILE… */
#include "ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spans.h"

#define MAX_ROWS 256
#define MAX_KEYS 4

struct row {
	char values[160];
	struct traces traces;
};

struct question {
	char key[64], value[64];
	char groups[MAX_KEYS][64];
	int nr_groups;
	struct row rows[MAX_ROWS];
	int nr_rows;
	bool is_too_much;
};

static struct row *find_row(struct question *q, const char *values)
{
	for (int i = 0; i < q->nr_rows; i++)
		if (!strcmp(q->rows[i].values, values))
			return &q->rows[i];
	if (q->nr_rows == MAX_ROWS)
		return NULL;
	struct row *row = &q->rows[q->nr_rows++];
	snprintf(row->values, sizeof(row->values), "%s", values);
	return row;
}

static void look(void *user, const struct span *span)
{
	struct question *q = user;
	char values[160] = "";
	size_t n = 0;
	if (strcmp(span_attribute(span, q->key), q->value) != 0)
		return;
	for (int i = 0; i < q->nr_groups && n < sizeof(values); i++) {
		const char *value = span_attribute(span, q->groups[i]);
		n += (size_t)snprintf(
			values + n, sizeof(values) - n, "%s%s", i ? " " : "", *value ? value : "-");
	}
	struct row *row = find_row(q, values);
	if (!row || !traces_find(&row->traces, span->trace_id))
		q->is_too_much = true;
}

static int by_values(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	return strcmp(x->values, y->values);
}

static bool read_question(struct question *q, const char *condition, char *groups)
{
	char *rest = NULL;
	if (sscanf(condition, "%63[^=]=%63s", q->key, q->value) != 2)
		return false;
	for (char *key = strtok_r(groups, ",", &rest); key; key = strtok_r(NULL, ",", &rest)) {
		if (q->nr_groups == MAX_KEYS)
			return false;
		snprintf(q->groups[q->nr_groups++], sizeof(q->groups[0]), "%s", key);
	}
	return q->nr_groups > 0;
}

int ask(int argc, char **argv)
{
	struct question *q = calloc(1, sizeof(*q));
	int rc = 2;
	if (q && argc >= 3 && read_question(q, argv[0], argv[1])) {
		rc = 0;
		for (int i = 2; i < argc && rc == 0; i++)
			rc = spans_read(argv[i], look, q) < 0 ? 1 : 0;
		qsort(q->rows, (size_t)q->nr_rows, sizeof(q->rows[0]), by_values);
		for (int i = 0; i < q->nr_rows; i++)
			printf("%zu %s\n", q->rows[i].traces.nr, q->rows[i].values);
		rc = q->is_too_much ? 1 : rc;
	}
	for (int i = 0; q && i < q->nr_rows; i++)
		traces_free(&q->rows[i].traces);
	free(q);
	return rc;
}
