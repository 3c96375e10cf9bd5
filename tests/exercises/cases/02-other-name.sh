sed -i.bak 's/^	int rc = stock/	CTEL_SPAN(span, tracer(), "placeOrder");\
	int rc = stock/' checkout.c && rm checkout.c.bak
