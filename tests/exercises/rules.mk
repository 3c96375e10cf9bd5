# The exercises of the lab. `make lab` builds what they need.
.PHONY: lab
lab: $(BUILD)/otel-tidy
	@$(MAKE) --no-print-directory -s -C lab/sdk all BUILD=$(abspath $(BUILD)) CC='$(CC)'
