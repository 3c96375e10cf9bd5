/* What the results are called. */
#include "errors.h"

const char *result_name(enum result result)
{
	static const char *const names[] = {"ok", "no_file", "too_large", "broken"};
	return names[result];
}

bool result_is_final(enum result result)
{
	return result == RESULT_OK || result == RESULT_TOO_LARGE;
}
