// Prints, as an operation.
#include <cstdio>
#include <unistd.h>

#include "owner.h"

namespace trace = opentelemetry::trace;

static long page_length(long lines)
{
	return lines > 60 ? 60 : lines;
}

int print(const char *path, const char *text)
{
	Operation operation("print");
	std::FILE *printer = std::fopen(path, "w");

	if (!printer) {
		operation.fail("open");
		return -1;
	}
	int rc = std::fputs(text, printer) < 0 ? -1 : 0;
	operation.note("app.print.lines", page_length(1));
	if (std::fclose(printer))
		rc = -1;
	if (rc < 0)
		operation.fail("write");
	return rc;
}

int spool(int printer, const char *text, unsigned long size)
{
	auto span = tracer->StartSpan("spool");
	long written = write(printer, text, size);
	if (written < 0) {
		span->SetStatus(trace::StatusCode::kError, "write");
		span->End();
		return -1;
	}
	span->SetAttribute("app.spool.bytes", written);
	span->End();
	return 0;
}
