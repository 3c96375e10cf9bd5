sed -i.bak 's|^	ctel_inject.*|	CTEL_CTX(ctx, ctel_baggage_set(ctel_ctx_current(), "tenant.id", order->tenant));\
&|' storefront.c && rm storefront.c.bak
sed -i.bak 's|^	ctel_set(span, "app.payment.flow".*|	ctel_set(span, "tenant.id", ctel_baggage_get(from, "tenant.id"));\
&|' payment.c && rm payment.c.bak
