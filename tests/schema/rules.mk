# make test-schema: sample reports against the SARIF 2.1.0 schema and rules/report.schema.json.

SCHEMA_DIR := $(BUILD)/schema
SAMPLES    := $(BUILD)/tests/samples

.PHONY: test-schema
test-schema: $(BUILD)/tests/write_samples
	@sh tests/schema/fetch.sh $(SCHEMA_DIR)
	@rm -rf $(SAMPLES) && mkdir -p $(SAMPLES)
	@$(BUILD)/tests/write_samples $(SAMPLES)
	@$(SCHEMA_DIR)/python tests/schema/validate.py --self-test \
		--sarif-schema $(SCHEMA_DIR)/sarif-2.1.0.json --json-schema rules/report.schema.json \
		$(foreach r,sample empty change,$(SAMPLES)/$(r).sarif $(SAMPLES)/$(r).json)

$(BUILD)/tests/write_samples: tests/schema/write_samples.c tests/unit/report_sample.h $(BUILD)/libotel-tidy.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -o $@ $< $(BUILD)/libotel-tidy.a $(ALL_LIBS)
