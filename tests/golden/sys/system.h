/* Part of headers.c: found by -isystem, so that its functions are not lowered. */
static inline int in_system(int n) // otel-tidy: allow(rule) reason: not read
{
	return n + 2;
}
