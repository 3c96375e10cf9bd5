# The article of docs/blog/: make article writes it from its template and the lab, make test-article judges it.
ARTICLE := docs/blog/60-opentelemetry-mastery.mdx

.PHONY: article test-article
article:
	@python3 docs/blog/fill.py $(ARTICLE).in >$(ARTICLE).tmp && mv $(ARTICLE).tmp $(ARTICLE) || { rm -f $(ARTICLE).tmp; exit 1; }

docs: article

test-article:
	@sh tests/article/fetch.sh $(BUILD)/article
	@timeout 120 python3 -B tests/article/run.py $(BUILD)/article
