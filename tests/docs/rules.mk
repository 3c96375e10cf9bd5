# Transcripts in the documentation are run: make test-docs; make update-docs writes them anew.
# docs/lab.md is walked through by test-exercises-text, the pages of lab/samples by samples-test.
TRANSCRIPT_PAGES := $(filter-out docs/lab.md lab/samples/%,$(shell grep -l '^```console' README.md $$(find docs rules lab -name "*.md" -not -path "lab/work/*") 2>/dev/null))

.PHONY: test-docs update-docs transcript-programs
transcript-programs: $(BUILD)/otel-tidy
	@$(MAKE) --no-print-directory -C lab/shop >/dev/null

test-docs: transcript-programs
	@sh tests/docs/transcripts.sh $(BUILD)/otel-tidy $(TRANSCRIPT_PAGES)

update-docs: transcript-programs
	@sh tests/docs/transcripts.sh --update $(BUILD)/otel-tidy $(TRANSCRIPT_PAGES)
