/* Stand-in: prints spans. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_EXPORTERS_OSTREAM_SPAN_EXPORTER_FACTORY_H
#define TESTS_INCLUDE_OPENTELEMETRY_EXPORTERS_OSTREAM_SPAN_EXPORTER_FACTORY_H

#pragma GCC system_header

#include <memory>

#include "opentelemetry/sdk/trace/exporter.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace exporter
{
namespace trace
{
class OStreamSpanExporterFactory
{
public:
	static std::unique_ptr<opentelemetry::sdk::trace::SpanExporter> Create();
};
} // namespace trace
} // namespace exporter
OPENTELEMETRY_END_NAMESPACE

#endif
