/* Stand-in: sends spans as OTLP over HTTP. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_EXPORTERS_OTLP_OTLP_HTTP_EXPORTER_FACTORY_H
#define TESTS_INCLUDE_OPENTELEMETRY_EXPORTERS_OTLP_OTLP_HTTP_EXPORTER_FACTORY_H

#pragma GCC system_header

#include <memory>

#include "opentelemetry/sdk/trace/exporter.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace exporter
{
namespace otlp
{
class OtlpHttpExporterFactory
{
public:
	static std::unique_ptr<opentelemetry::sdk::trace::SpanExporter> Create();
};
} // namespace otlp
} // namespace exporter
OPENTELEMETRY_END_NAMESPACE

#endif
