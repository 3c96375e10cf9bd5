// One way out ends the span for all of them.
#include <ctel/ctel.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

extern ctel_tracer *tracer;

int invoice_copy(const char *from, const char *to)
{
	ctel_span *span = ctel_span_start(tracer, "copy invoice", NULL);
	FILE *in = fopen(from, "r"), *out = fopen(to, "w");
	char line[512];
	int rc = -ENOENT;

	if (!in || !out)
		goto done;
	while (fgets(line, sizeof(line), in))
		if (fputs(line, out) < 0) {
			rc = -EIO;
			goto done;
		}
	rc = 0;
done:
	if (in)
		fclose(in);
	if (out)
		fclose(out);
	if (rc < 0)
		ctel_span_error(span, "copy_failed", NULL);
	ctel_span_end(span);
	return rc;
}
