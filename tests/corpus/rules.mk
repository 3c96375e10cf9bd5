# Real code, not part of `make test`: make corpus DIR=folder-with-compile_commands.json [NAME=list] [JOBS=n]
.PHONY: corpus corpus-table test-corpus-self
corpus: $(BUILD)/otel-tidy
	@OTEL_TIDY=$(BUILD)/otel-tidy JOBS=$(JOBS) sh tests/corpus/run "$(DIR)" $(NAME)

corpus-table: $(BUILD)/otel-tidy
	@OTEL_TIDY=$(BUILD)/otel-tidy JOBS=$(JOBS) sh tests/corpus/run --table "$(DIR)" $(NAME)

test-corpus-self:
	@sh tests/corpus/self.sh

