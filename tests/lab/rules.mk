# Tests of the lab: the SDK, and the shop built on it.
LAB_OUT := $(abspath $(BUILD))/lab

.PHONY: test-lab
test-lab: $(LAB_OUT)/test_shop $(BUILD)/otel-tidy
	$(MAKE) -C lab/sdk test BUILD=$(abspath $(BUILD)) CC='$(CC)' SAN='$(SAN)'
	$(MAKE) -C lab/shop BUILD=$(abspath $(BUILD)) CC='$(CC)' SAN='$(SAN)'
	sh tests/lab/test_same_logic.sh
	sh tests/lab/test_expected.sh
	sh tests/lab/test_key.sh $(BUILD)/otel-tidy $(LAB_OUT)/shop
	LAB_BUILD=$(LAB_OUT)/shop $(LAB_OUT)/test_shop
	sh tests/lab/test_day.sh $(BUILD)/otel-tidy $(LAB_OUT)/shop $(LAB_OUT)/sdk/libctel-auto.so
	python3 -B tests/lab/down.py $(LAB_OUT)/shop

$(LAB_OUT)/test_shop: tests/lab/test_shop.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) -pthread -o $@ $< -lcjson -lcmocka

# docs/lab-numbers.md: the table of `make demo` and what a missing Collector does, measured here and now.
.PHONY: lab-report
lab-report: $(BUILD)/otel-tidy
	@$(MAKE) --no-print-directory -s -C lab/shop BUILD=$(abspath $(BUILD)) CC='$(CC)'
	sh lab/shop/table.sh $(BUILD)/otel-tidy $(LAB_OUT)/shop $(LAB_OUT)/sdk/libctel-auto.so
	python3 -B tests/lab/down.py $(LAB_OUT)/shop
	sh lab/shop/report.sh $(LAB_OUT)/shop > docs/lab-numbers.md.new
	mv docs/lab-numbers.md.new docs/lab-numbers.md
