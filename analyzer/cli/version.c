/* The version. The only place that looks at the clock: reports are the same on every day. */
#include "cli/version.h"

#include "cli/setup.h"
#include "model/semconv.h"

#include <stdio.h>

#define YEAR_SECONDS (366 * 86400LL)

bool version_is_old(const char *day, time_t now)
{
	struct tm at = {0};
	if (sscanf(day, "%4d-%2d-%2d", &at.tm_year, &at.tm_mon, &at.tm_mday) != 3)
		return false;
	at.tm_year -= 1900;
	at.tm_mon -= 1;
	return (long long)now - (long long)timegm(&at) > YEAR_SECONDS;
}

int version_print(struct arena *a)
{
	struct registry registry;
	struct model_error error;
	printf("otel-tidy %s\n", OTEL_TIDY_VERSION);
	if (!registry_init(&registry, a, &error))
		return cli_fail("%s: %s", error.file, error.text);
	printf("semantic conventions %s, of %s\n", registry.version, registry.published);
	if (version_is_old(registry.published, time(NULL)))
		fprintf(stderr,
			"otel-tidy: the semantic conventions it knows are over a year old; a newer "
			"otel-tidy knows newer ones, and \"make semconv\" fetches them\n");
	return EXIT_CLEAN;
}
