sed -i.bak 's/^	int rc = stock/	CTEL_SPAN(span, checkout_tracer(), "place order");\
	int rc = stock/;s/^OTEL_C/ctel_tracer *checkout_tracer(void);\
&/' checkout.c && rm checkout.c.bak
