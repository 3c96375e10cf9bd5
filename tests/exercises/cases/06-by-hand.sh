sed -i.bak 's|^		return rc;|		ctel_span_end(span);\
&|' checkout.c && rm checkout.c.bak
