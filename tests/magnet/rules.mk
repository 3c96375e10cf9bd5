# The archive for readers of the article: make lead-magnet. make test-lead-magnet unpacks one and follows its README;
# make lead-magnet-test LANGS="go python" runs these samples from it as well.
GUIDE_PDF   ?= $(BUILD)/guide/guide.pdf
LEAD_MAGNET := $(BUILD)/otel-instrumentation-guide.zip
MAGNET_RUN   = collector=$$(sh lab/collector/build.sh) && timeout 1800 python3 -B tests/magnet/run.py \
	"$$collector" $(BUILD)/magnet $(GUIDE_PDF)

.PHONY: lead-magnet test-lead-magnet lead-magnet-test
lead-magnet: $(if $(wildcard tests/guide/rules.mk),$(if $(filter file,$(origin GUIDE_PDF)),guide))
	@python3 -B packaging/lead-magnet/build.py $(GUIDE_PDF) $(LEAD_MAGNET)

test-lead-magnet:
	@$(MAGNET_RUN)

lead-magnet-test:
	@$(MAGNET_RUN) $(or $(LANGS),cpp go java javascript python rust)
