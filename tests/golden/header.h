/* Part of headers.c. */
static inline int in_header(int n) /* otel-tidy: allow(rule) reason: comments of headers count */
{
	return n + 1;
}
