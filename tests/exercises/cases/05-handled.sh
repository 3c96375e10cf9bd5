sed -i.bak 's|^OTEL_CRIT|OTEL_HANDLED_ERROR(-1, -2)\
&|' checkout.c && rm checkout.c.bak
