sed -i.bak -e 's|^	int rc;$|&\
	ctel_ctx parent;|' -e 's|^	CTEL_SPAN(span, tracer(), "write receipt");|	ctel_span *span = ctel_span_start(tracer(), "write receipt", \&(ctel_start){.parent = \&job->parent});|' -e 's|^	fclose(file);|&\
	ctel_span_end(span);|' -e 's|{.order = order}|{.order = order, .parent = ctel_ctx_current()}|' checkout.c && rm checkout.c.bak
