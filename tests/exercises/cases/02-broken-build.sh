sed -i.bak 's/^	int rc = stock/	CTEL_SPAN(span, tracer(), "place order")\
	int rc = stock/' checkout.c && rm checkout.c.bak
