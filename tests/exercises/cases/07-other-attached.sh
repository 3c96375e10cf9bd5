sed -i.bak -e 's|^	int rc = pay(order);|	CTEL_CTX(ctx, ctel_baggage_set(ctel_ctx_current(), "tenant.id", order->tenant));\
	ctel_scope scope = ctel_ctx_attach(ctx);\
	int rc = pay(order);\
	ctel_ctx_detach(scope);|' storefront.c && rm storefront.c.bak
sed -i.bak 's|^	ctel_set(span, "app.payment.flow".*|	ctel_set(span, "tenant.id", ctel_baggage_get(ctel_ctx_current(), "tenant.id"));\
&|' payment.c && rm payment.c.bak
