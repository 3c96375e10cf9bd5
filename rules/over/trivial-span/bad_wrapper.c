// With the C wrapper: three statements of tracing for one of work.
#include <opentelemetry-c-wrapper/include.h>

struct peer {
	unsigned weight, failures;
	bool is_backup;
};

unsigned peer_score(struct otelc_tracer *tracer, const struct peer *peer, unsigned load)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "peer score"); // expect: trivial-span "times peer_score"
	unsigned score = peer->weight * 100 / (load + 1);

	if (peer->is_backup)
		score /= 10;
	if (peer->failures > 3)
		score = 0;
	if (span != NULL)
		OTELC_OPSR(span, end);
	return score;
}
