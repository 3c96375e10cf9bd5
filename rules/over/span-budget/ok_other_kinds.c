// Spans of requests that leave the process are not counted.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;
typedef int handler(FILE *file);

#define ASK(n)                                                                                     \
	static int ask_##n(FILE *peer)                                                             \
	{                                                                                          \
		ctel_span *span =                                                                  \
			ctel_span_start(tracer, "GET", &(ctel_start){.kind = CTEL_CLIENT});        \
		int rc = fputs(#n "\n", peer);                                                     \
		ctel_span_end(span);                                                               \
		return rc;                                                                         \
	}

ASK(0) ASK(1) ASK(2) ASK(3) ASK(4) ASK(5) ASK(6) ASK(7) ASK(8) ASK(9) ASK(10) ASK(11)

static int on_request(FILE *f) // ok: span-budget
{
	return ask_0(f) + ask_1(f) + ask_2(f) + ask_3(f) + ask_4(f) + ask_5(f) + ask_6(f) + ask_7(f) +
	       ask_8(f) + ask_9(f) + ask_10(f) + ask_11(f);
}

handler *handler_get(void)
{
	return on_request;
}
