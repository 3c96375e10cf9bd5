# How long a run takes beside the compiler's own: make bench DIR=folder-with-compile_commands.json
# [UNITS=20] [RUNS=3] [JSON=1] [CLANG=clang-19] [CLANG_TIDY=clang-tidy-19]
.PHONY: bench test-bench-self
bench: $(BUILD)/otel-tidy
	@python3 tests/bench/run.py --program $(BUILD)/otel-tidy --runs $(if $(findstring command,$(origin RUNS)),$(RUNS),3) $(if $(UNITS),--units $(UNITS)) $(if $(JSON),--json) \
		$(if $(CLANG),--clang $(CLANG)) $(if $(CLANG_TIDY),--clang-tidy $(CLANG_TIDY)) "$(DIR)"

test-bench-self:
	@sh tests/bench/self.sh



# Is the link linear? Generates up to 2000 units with 104,000 functions once: make bench-link [UNITS="500 1000"]
.PHONY: bench-link
bench-link: $(BUILD)/otel-tidy
	@python3 tests/bench/link.py $(BUILD)/otel-tidy $(BUILD)/bench-link $(UNITS)

# Are names and keys judged in time? 10,000 attribute sites: make bench-attributes [SITES=50000]
.PHONY: bench-attributes
bench-attributes: $(BUILD)/otel-tidy
	@python3 tests/bench/attributes.py $(BUILD)/otel-tidy $(BUILD)/bench-attributes $(SITES)
