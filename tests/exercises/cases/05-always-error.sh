sed -i.bak 's|^	int rc = stock|	ctel_span_error(span, "card_declined", NULL);\
&|' checkout.c && rm checkout.c.bak
