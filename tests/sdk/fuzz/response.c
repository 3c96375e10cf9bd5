/* Fuzzing of what the OTLP/HTTP exporter makes of an answer. The input: a letter, J or P, and the
 * body. The exporter's own source is part of this program: its functions are nobody else's
 * business. */
#include "exporter_http.c"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	struct http h = {.retry_after = -1};
	char message[64] = "";

	if (n < 1 || n > 1 << 16)
		return 0;
	/* memory of exactly this size, so that a byte too many is seen */
	h.response.data = malloc(n - 1 ? n - 1 : 1);
	if (!h.response.data)
		return 0;
	memcpy(h.response.data, data + 1, n - 1);
	h.response.is_heap = true;
	h.response.n = (uint32_t)(n - 1);
	h.response.cap = n > 1 ? (uint32_t)(n - 1) : 1;
	if (*data == 'J')
		read_json(&h, message, sizeof(message));
	else
		read_protobuf(&h, message, sizeof(message));
	if (!memchr(message, 0, sizeof(message))) {
		fprintf(stderr, "fuzz response: the message has no end\n");
		abort();
	}
	if (h.base.nr_rejected > INT64_MAX) {
		fprintf(stderr, "fuzz response: a negative number is taken for a large one\n");
		abort();
	}
	buf_free(&h.response);
	return 0;
}
