# The guide, docs/guide/: its chapters are text to read as they are, and a book.
GUIDE_OUT := $(BUILD)/guide
GUIDE_IN  := $(sort $(wildcard docs/guide/*.md docs/guide/tools/* docs/guide/figures/*.svg))

# That the chapters show what samples and numbers are now needs nothing but Python.
.PHONY: test-guide
test-guide:
	python3 -B tests/guide/test_fresh.py

.PHONY: update-guide
update-guide:
	python3 -B docs/guide/tools/guide.py update

# pandoc, WeasyPrint and fonts are asked for here and nowhere else.
.PHONY: guide
guide:
	@sh tests/setup/deps.sh guide
	@$(MAKE) --no-print-directory $(GUIDE_OUT)/guide.pdf
	@echo "$(GUIDE_OUT)/guide.pdf"

$(GUIDE_OUT)/guide.pdf: $(GUIDE_IN)
	@mkdir -p $(@D)
	$(call say,book,$@)
	$(Q)python3 -B docs/guide/tools/guide.py check
	$(Q)$$(sh tests/setup/python.sh weasyprint) -B docs/guide/tools/book.py $@ $(GUIDE_OUT)/guide.html

# The book itself: pages, fonts, links, bookmarks, nothing outside of its page; the same bytes twice.
.PHONY: guide-test
guide-test: guide
	$$(sh tests/setup/python.sh weasyprint) -B tests/guide/pdf.py $(GUIDE_OUT)/guide.pdf
