# Tests of the lab: the SDK, and the shop built on it.
.PHONY: test-lab
test-lab:
	$(MAKE) -C lab/sdk test BUILD=$(abspath $(BUILD)) CC='$(CC)' SAN='$(SAN)'
