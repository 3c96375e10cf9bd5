// Each item reads or writes, waits, or does what cannot be known; and one span for all of them.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

int unknown_work(long value);

int write_all(FILE *file, const long *values, int nr)
{
	for (int i = 0; i < nr; i++) {
		CTEL_SPAN(span, tracer, "write value"); // ok: span-in-loop
		if (fprintf(file, "%ld\n", values[i]) < 0)
			return -1;
	}
	return 0;
}

int handle_all(const long *values, int nr)
{
	int rc = 0;
	for (int i = 0; i < nr; i++) {
		CTEL_SPAN(span, tracer, "handle value"); // ok: span-in-loop
		rc |= unknown_work(values[i]);
	}
	return rc;
}

void multiply(const double *a, const double *b, double *c, int nr_jobs, int n)
{
	for (int job = 0; job < nr_jobs; job++) {
		CTEL_SPAN(span, tracer, "multiply matrices"); // ok: span-in-loop
		for (int i = 0; i < n; i++)
			for (int k = 0; k < n; k++)
				for (int j = 0; j < n; j++)
					c[i * n + j] += a[i * n + k] * b[k * n + j];
	}
}

long sum_once(const long *values, int nr)
{
	CTEL_SPAN(span, tracer, "sum"); // ok: span-in-loop
	long sum = 0;
	for (int i = 0; i < nr; i++)
		sum += values[i];
	ctel_set(span, "app.values", nr);
	return sum;
}
