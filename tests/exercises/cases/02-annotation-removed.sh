sed -i.bak '/^OTEL_CRITICAL_PATH/d' checkout.c && rm checkout.c.bak
