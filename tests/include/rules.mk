# The stand-in headers of tracing APIs, which fixtures are compiled with.
.PHONY: test-include
test-include:
	@sh tests/include/check.sh
