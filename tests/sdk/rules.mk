# The SDK's judges: what others' decoders, receivers and suites make of what it sends. SEED=n or
# ONLY=name repeats one case. docs/sdk-conformance.md says what was seen.
JUDGES     := $(BUILD)/sdk-judges
JUDGE_SDK  := $(abspath $(BUILD))/lab/sdk
JUDGE_LIBS := $(foreach p,libcurl zlib libfyaml,$(shell pkg-config --libs $(p) 2>/dev/null)) -lpthread -lm
JUDGE_CC    = $(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) -Ilab/sdk/include
ifeq ($(SAN),1)
JUDGE_CC   += -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
endif
PROTO_PYTHON := $(shell sh tests/setup/python.sh google.protobuf) -B

# A real Collector, for these tests and for the lab.
.PHONY: collector
collector:
	@sh lab/collector/build.sh

.PHONY: judge-sdk
judge-sdk:
	@$(MAKE) --no-print-directory -s -C lab/sdk all BUILD=$(abspath $(BUILD)) CC='$(CC)' SAN='$(SAN)'

$(JUDGES)/%: tests/sdk/%.c judge-sdk
	@mkdir -p $(@D)
	@$(JUDGE_CC) -o $@ $< $(JUDGE_SDK)/libctel.a $(JUDGE_LIBS) $(JUDGE_MORE)
$(JUDGES)/test_w3c $(JUDGES)/spec_%: JUDGE_MORE := -lcmocka
$(JUDGES)/w3c_service: JUDGE_MORE := -lmicrohttpd -lcjson

# Not there where opentelemetry-cpp 1.19 cannot be had; peer.sh has then said why.
$(JUDGES)/peer_play: tests/sdk/peer_play.cc lab/sdk/bench/peer.sh
	@mkdir -p $(@D)
	@sh lab/sdk/bench/peer.sh $< $@ || echo "skipped: the differential with opentelemetry-cpp"

programs: $(addprefix $(JUDGES)/,play pour test_w3c w3c_service config_check spec_api spec_span spec_sampling \
	spec_propagation spec_environment)

.PHONY: test-sdk-self test-sdk-decode test-sdk-collector test-sdk-hostile test-sdk-w3c \
	test-sdk-spec test-sdk-matrix
test-sdk-self:
	@$(PROTO_PYTHON) tests/sdk/self.py

test-sdk-decode: $(JUDGES)/play $(JUDGES)/peer_play
	@timeout 600 $(PROTO_PYTHON) tests/sdk/decode.py $< $(JUDGES)/decode \
		$(SEED:%=--seed %) $(SEEDS:%=--seeds %)
	@test ! -x $(JUDGES)/peer_play || timeout 600 $(PROTO_PYTHON) tests/sdk/differential.py $< \
		$(JUDGES)/peer_play $(JUDGES)/differential $(SEED:%=--seed %) $(SEEDS:%=--seeds %)

test-sdk-collector: $(JUDGES)/play $(JUDGES)/pour
	@collector=$$(sh lab/collector/build.sh) && timeout 900 $(PROTO_PYTHON) tests/sdk/collector.py \
		"$$collector" $(JUDGES)/play $(JUDGES)/pour $(JUDGES)/collector $(SEED:%=--seed %)

test-sdk-hostile: $(JUDGES)/pour
	@timeout 900 $(PROTO_PYTHON) tests/sdk/hostile.py $< $(ONLY:%=--only %)

test-sdk-w3c: $(JUDGES)/test_w3c
	@timeout 120 $<

# The specification's rows, one test each.
test-sdk-spec: $(JUDGES)/spec_api $(JUDGES)/spec_span $(JUDGES)/spec_sampling $(JUDGES)/spec_propagation \
		$(JUDGES)/spec_environment
	@for t in $^; do timeout 120 $$t || exit 1; done

test-sdk-matrix:
	@$(PROTO_PYTHON) tests/sdk/matrix.py docs/sdk-conformance.md

# Fuzzing. `make test` runs the functions on the committed inputs and on changes of these, with
# AddressSanitizer and UBSan; `make fuzz-sdk SECONDS=60` lets libFuzzer look for more.
FUZZERS := headers configuration response
SECONDS ?= 60
.PHONY: test-sdk-fuzz judge-asan fuzz-sdk
judge-asan:
	@$(MAKE) --no-print-directory -s -C lab/sdk all WITH_AUTO= BUILD=$(abspath $(JUDGES))/asan CC='$(CC)' SAN=1

$(JUDGES)/replay_%: tests/sdk/fuzz/%.c tests/sdk/fuzz/replay.c judge-asan
	@$(CC) -std=c11 -D_GNU_SOURCE -g -O1 -Wall -Wextra -DCTEL_HAS_CURL -DCTEL_HAS_ZLIB -DCTEL_HAS_FYAML \
		-fsanitize=address,undefined -fno-sanitize-recover=all -Ilab/sdk/include -Ilab/sdk/src \
		-o $@ $< tests/sdk/fuzz/replay.c $$(ls $(JUDGES)/asan/lab/sdk/obj/*.o | grep -v -e /all.o \
		$(if $(filter response,$*),-e /exporter_http.o)) $(JUDGE_LIBS)

test-sdk-fuzz: $(FUZZERS:%=$(JUDGES)/replay_%)
	@for f in $(FUZZERS); do ASAN_OPTIONS=detect_leaks=0 timeout 600 $(JUDGES)/replay_$$f \
		tests/sdk/fuzz/seeds/$$f/* || { echo "FAIL sdk-fuzz $$f | again: make test-sdk-fuzz"; exit 1; }; done

fuzz-sdk:
	@sh tests/sdk/fuzz/run.sh $(JUDGES)/fuzz $(SECONDS) $(or $(ONLY),$(FUZZERS))

# Suites of others, which are not part of this repository.
.PHONY: conformance conformance-report
conformance: $(JUDGES)/w3c_service $(JUDGES)/config_check
	@sh tests/sdk/conformance.sh $(JUDGES) "$(W3C_SUITE)" "$(CONFIG_EXAMPLES)" "$(SPEC_MATRIX)"

conformance-report:
	@$(if $(filter undefined,$(origin REPORT)),,REPORT='$(REPORT)') W3C_SUITE='$(W3C_SUITE)' CONFIG_EXAMPLES='$(CONFIG_EXAMPLES)' SPEC_MATRIX='$(SPEC_MATRIX)' \
		FUZZED='$(FUZZED)' BUILD='$(BUILD)' sh tests/sdk/report.sh
