// What waits for the disk.
#include "store.h"

#include <cstdio>
#include <unistd.h>

namespace nostd = opentelemetry::nostd;
namespace trace = opentelemetry::trace;

namespace store
{

nostd::shared_ptr<trace::Tracer> tracer()
{
	return trace::Provider::GetTracerProvider()->GetTracer("store", "1.0");
}

bool Folder::save(const Document &document, const std::string &text)
{
	auto span =
		tracer()->StartSpan("save document", {{"app.document.version", document.version}});
	trace::Scope scope(span);
	std::FILE *file = std::fopen(path_, "w");

	if (!file) {
		span->SetStatus(trace::StatusCode::kError, "open");
		return false;
	}
	bool is_written = std::fputs(text.c_str(), file) >= 0;
	if (std::fclose(file) != 0)
		is_written = false;
	span->SetAttribute("app.document.written", is_written);
	if (!is_written) {
		span->SetStatus(trace::StatusCode::kError, "write");
		return false;
	}
	sizes_[nr_++] = document.size;
	return true;
}

bool Folder::load(const char *name, std::string &text)
{
	auto span = tracer()->StartSpan("load document");
	trace::Scope scope(span);
	std::FILE *file = std::fopen(name, "r");
	char line[256];

	if (!file) {
		span->SetStatus(trace::StatusCode::kError, "open");
		return false;
	}
	while (std::fgets(line, sizeof(line), file))
		text += line;
	long position = std::ftell(file);
	span->SetAttribute("app.document.bytes", position);
	std::fclose(file);
	return true;
}

int Folder::sync()
{
	nostd::shared_ptr<trace::Span> span = tracer()->StartSpan("sync folder");
	int rc = fsync(limit_);
	if (rc < 0)
		span->SetStatus(trace::StatusCode::kError, "fsync");
	span->End();
	return rc;
}

} // namespace store
