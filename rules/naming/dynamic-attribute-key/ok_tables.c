// One of a few, however it is chosen.
#include <ctel/ctel.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define PREFIX "app.order."

enum phase { PHASE_READ, PHASE_WRITE, NR_PHASES };

static const char *const keys[NR_PHASES] = {[PHASE_READ] = "app.read.bytes", [PHASE_WRITE] = "app.write.bytes"};
static const struct {
	const char *key;
	int64_t limit;
} limits[] = {{"app.limit.soft", 10}, {"app.limit.hard", 20}};

static const char *key_of(enum phase phase)
{
	switch (phase) {
	case PHASE_READ:
		return "app.read.calls";
	case PHASE_WRITE:
		return "app.write.calls";
	default:
		return "app.other.calls";
	}
}

void note(ctel_span *span, enum phase phase, bool is_hard, int64_t n)
{
	char key[64];

	ctel_set(span, keys[phase], n);
	ctel_set(span, keys[PHASE_WRITE], n);
	ctel_set(span, key_of(phase), n);
	ctel_set(span, is_hard ? "app.hard" : "app.soft", n);
	ctel_set(span, PREFIX "bytes", n);
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		ctel_set(span, limits[i].key, limits[i].limit);
	snprintf(key, sizeof(key), "%s.%s", "app.order", phase ? "write" : "read");
	ctel_set(span, key, n);
}

static void twice(ctel_span *span, const char *what, int64_t n)
{
	char key[64];

	snprintf(key, sizeof(key), "app.%s.total", what);
	ctel_set(span, key, n);
}

void both(ctel_span *span, int64_t n)
{
	twice(span, "reads", n);
	twice(span, "writes", n);
}
