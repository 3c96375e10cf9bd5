// The two critical paths.
#include "transfer.h"

#include <unistd.h>

#include <otel-tidy/annotations.h>

namespace nostd = opentelemetry::nostd;
namespace trace = opentelemetry::trace;

namespace bank
{

OTEL_CRITICAL_PATH("transfer.execute", "tenant.id", "app.transfer.id", "app.transfer.fee")
int execute(const Transfer &transfer)
{
	auto span = tracer()->StartSpan("execute transfer",
		{{"tenant.id", transfer.tenant}, {"app.transfer.id", transfer.id}});
	trace::Scope scope(span);
	int rc = check(transfer);
	if (rc != 0) {
		span->SetStatus(trace::StatusCode::kError, "refused");
		return rc;
	}
	long costs = fee(transfer.cents);
	span->SetAttribute("app.transfer.fee", costs);
	if (write(transfer.journal, transfer.id.data(), transfer.id.size()) < 0) {
		span->SetStatus(trace::StatusCode::kError, "journal");
		return -2;
	}
	return 0;
}

OTEL_CRITICAL_PATH("transfer.revoke", "tenant.id", "app.transfer.result")
int revoke(const Transfer &transfer)
{
	auto span = tracer()->StartSpan("revoke transfer", {{"tenant.id", transfer.tenant}});
	auto active = trace::Tracer::WithActiveSpan(span);
	int rc = fsync(transfer.journal);
	span->SetAttribute("app.transfer.result", rc);
	if (rc < 0)
		span->SetStatus(trace::StatusCode::kError, "journal");
	span->End();
	return rc;
}

} // namespace bank
