# The language server, driven by the client of pygls: make test-lsp
.PHONY: test-lsp
test-lsp: $(BUILD)/otel-tidy
	@sh tests/lsp/fetch.sh $(BUILD)/lsp
	@timeout 120 $(BUILD)/lsp/python tests/lsp/run.py $(BUILD)/otel-tidy
