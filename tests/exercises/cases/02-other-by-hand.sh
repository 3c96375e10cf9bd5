sed -i.bak -e 's|^	int rc = stock|	ctel_span *span = ctel_span_start(tracer(), "place order", NULL);\
&|' -e 's|^	if (rc != 0)$|&|' -e 's|^		return rc;|		goto done;|' -e 's|^	return rc;|done:\
	ctel_span_end(span);\
&|' checkout.c && rm checkout.c.bak
