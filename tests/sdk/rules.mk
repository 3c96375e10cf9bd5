# The SDK's judges: what others' decoders, receivers and suites make of what it sends. SEED=n or
# ONLY=name repeats one case. docs/sdk-conformance.md says what was seen.
JUDGES     := $(BUILD)/sdk-judges
JUDGE_SDK  := $(abspath $(BUILD))/lab/sdk
JUDGE_LIBS  = $(JUDGE_SDK)/libctel.a -lcurl -lz -lfyaml -lpthread -lm
JUDGE_CC    = $(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) -Ilab/sdk/include \
	$(if $(filter 1,$(SAN)),-fsanitize=address$(comma)undefined -fno-sanitize-recover=all)
PROTO_PYTHON := $(shell sh tests/setup/python.sh google.protobuf)
comma := ,

.PHONY: judge-sdk test-sdk-self test-sdk-decode test-sdk-collector test-sdk-hostile test-sdk-w3c
judge-sdk:
	@$(MAKE) --no-print-directory -s -C lab/sdk BUILD=$(abspath $(BUILD)) CC='$(CC)' SAN='$(SAN)'

$(JUDGES)/%: tests/sdk/%.c judge-sdk
	@mkdir -p $(@D)
	@$(JUDGE_CC) -o $@ $< $(JUDGE_LIBS) $(JUDGE_MORE)
$(JUDGES)/test_w3c: JUDGE_MORE := -lcmocka
$(JUDGES)/w3c_service: JUDGE_MORE := -lmicrohttpd -lcjson

test-sdk-self:
	@$(PROTO_PYTHON) tests/sdk/self.py

test-sdk-decode: $(JUDGES)/play
	@timeout 600 $(PROTO_PYTHON) tests/sdk/decode.py $< $(JUDGES)/decode $(SEED:%=--seed %) $(SEEDS:%=--seeds %)

test-sdk-collector: $(JUDGES)/play
	@collector=$$(sh lab/collector/build.sh) && timeout 900 $(PROTO_PYTHON) tests/sdk/collector.py \
		"$$collector" $< $(JUDGES)/collector $(SEED:%=--seed %)

test-sdk-hostile: $(JUDGES)/pour
	@timeout 900 $(PROTO_PYTHON) tests/sdk/hostile.py $< $(ONLY:%=--only %)

test-sdk-w3c: $(JUDGES)/test_w3c
	@timeout 120 $<

# Suites of others, which are not part of this repository.
.PHONY: conformance
conformance: $(JUDGES)/w3c_service $(JUDGES)/config_check
	@sh tests/sdk/conformance.sh $(JUDGES) "$(W3C_SUITE)" "$(CONFIG_EXAMPLES)"
