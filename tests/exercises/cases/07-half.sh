sed -i.bak 's|^	ctel_inject.*|	CTEL_CTX(ctx, ctel_baggage_set(ctel_ctx_current(), "tenant.id", order->tenant));\
	ctel_inject(ctx, web_header_add, \&headers);|' storefront.c && rm storefront.c.bak
