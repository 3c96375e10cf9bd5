sed -i.bak -e 's/^	@echo "lint.*/	otel-tidy check/' -e 's/^lint: all/lint:/' Makefile && rm Makefile.bak
sed -i.bak 's/^      - run: make$/      - run: make lint\
&/' .github/workflows/ci.yml && rm .github/workflows/ci.yml.bak
