/* The one place where spans end. */
#include "finish.h"

#include <string.h>

int finish(ctel_span *span, int rc)
{
	if (rc < 0)
		ctel_span_error(span, strerror(-rc), NULL);
	ctel_span_end(span);
	return rc;
}

void note_size(ctel_span *span, const char *path, long size)
{
	ctel_set(span, "file.path", path);
	ctel_set(span, "file.size", size);
}
