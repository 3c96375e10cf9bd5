sed -i.bak 's|^	ctel_set.*|&\
	ctel_set(span, "tenant.id", order->tenant);\
	ctel_set(span, "app.payment.flow", order->flag);|' checkout.c && rm checkout.c.bak
