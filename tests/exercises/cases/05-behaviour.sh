sed -i.bak '/^	if (rc != 0)$/N;s|^	if (rc != 0)\n		return rc;|	if (rc != 0) {\
		ctel_span_error(span, "out_of_stock", NULL);\
		return -2;\
	}|;s|^	if (rc != 0)\n		stock_release(order);|	if (rc != 0) {\
		ctel_span_error(span, "card_declined", NULL);\
		stock_release(order);\
	}|' checkout.c && rm checkout.c.bak
