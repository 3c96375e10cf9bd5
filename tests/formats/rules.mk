# Reports for other programs, judged by their schemas and read as these programs read them:
# make test-formats
FORMAT_SCHEMAS := $(BUILD)/formats
FORMAT_SAMPLES := $(BUILD)/tests/format-samples

.PHONY: test-formats
test-formats: $(BUILD)/tests/write_samples
	@sh tests/formats/fetch.sh $(FORMAT_SCHEMAS)
	@sh tests/schema/fetch.sh $(BUILD)/schema
	@rm -rf $(FORMAT_SAMPLES) && mkdir -p $(FORMAT_SAMPLES)
	@$(BUILD)/tests/write_samples $(FORMAT_SAMPLES)
	@$(BUILD)/schema/python tests/formats/read.py $(FORMAT_SAMPLES) $(FORMAT_SCHEMAS) $(BUILD)/schema/sarif-2.1.0.json
