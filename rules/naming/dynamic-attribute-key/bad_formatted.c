// One key for each thing there is.
#include <ctel/ctel.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct shard {
	unsigned number;
	const char *name;
};

void shard_note(ctel_span *span, const struct shard *shard, int64_t bytes)
{
	char key[64];

	snprintf(key, sizeof(key), "app.shard.%u.bytes", shard->number); // expect-step: dynamic-attribute-key "formatted with a number"
	ctel_set(span, key, bytes); // expect: dynamic-attribute-key "formatted with a number"
}

void shard_name(ctel_span *span, const struct shard *shard, int64_t bytes)
{
	char key[64] = "app.shard.";

	strncat(key, shard->name, 32); // expect-step: dynamic-attribute-key "parts are joined"
	ctel_set(span, key, bytes); // expect: dynamic-attribute-key "parts of it are not constant"
}

void named_outside(ctel_span *span, int64_t bytes)
{
	ctel_set(span, getenv("METRIC_KEY"), bytes); // expect: dynamic-attribute-key "environment variable METRIC_KEY is read at run time"
}
