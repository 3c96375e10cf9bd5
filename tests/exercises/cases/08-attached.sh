sed -i.bak -e 's|^	int rc;$|&\
	ctel_ctx context;|' -e 's|^	CTEL_SPAN(span, tracer(), "write receipt");|	ctel_scope scope = ctel_ctx_attach(job->context);\
	ctel_span *span = ctel_span_enter(tracer(), "write receipt");|' -e 's|^	fclose(file);|&\
	ctel_span_end(span);\
	ctel_ctx_detach(scope);|' -e 's|^		job->rc = -3;|		ctel_span_end(span);\
		ctel_ctx_detach(scope);\
&|' -e 's|{.order = order}|{.order = order, .context = ctel_ctx_current()}|' checkout.c && rm checkout.c.bak
