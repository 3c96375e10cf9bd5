sed -i.bak 's|^	CTEL_SPAN.*|&\
	ctel_set(span, "app.payment.flow", order->flag);\
	ctel_set(span, "app.order.id", order->id);\
	ctel_set(span, "tenant.id", order->tenant);|' checkout.c && rm checkout.c.bak
