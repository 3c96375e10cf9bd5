sed -i.bak 's/^	@echo "lint.*/	otel-tidy check/' Makefile && rm Makefile.bak
