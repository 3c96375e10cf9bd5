/* Fuzzing of what the OTLP/HTTP exporter makes of an answer. The input: a letter, J or P, and the
 * body. The exporter's own source is part of this program: its functions are nobody else's
 * business. */
#include "exporter_http.c"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	struct request r = {.retry_after = -1};
	char message[64] = "";

	if (n < 1 || n > 1 << 16)
		return 0;
	/* memory of exactly this size, so that a byte too many is seen */
	r.response.data = malloc(n - 1 ? n - 1 : 1);
	if (!r.response.data)
		return 0;
	memcpy(r.response.data, data + 1, n - 1);
	r.response.is_heap = true;
	r.response.n = (uint32_t)(n - 1);
	r.response.cap = n > 1 ? (uint32_t)(n - 1) : 1;
	if (*data == 'J')
		read_json(&r, message, sizeof(message));
	else
		read_protobuf(&r, message, sizeof(message));
	if (!memchr(message, 0, sizeof(message))) {
		fprintf(stderr, "fuzz response: the message has no end\n");
		abort();
	}
	if (r.nr_rejected > INT64_MAX) {
		fprintf(stderr, "fuzz response: a negative number is taken for a large one\n");
		abort();
	}
	buf_free(&r.response);
	return 0;
}
