# The exercises of the lab. `make lab` builds what they need.
.PHONY: lab lab-run test-exercises update-exercises test-exercises-text update-exercises-text exercise-tools
lab:
	@sh tests/setup/deps.sh build lab
	@$(MAKE) --no-print-directory lab-run

lab-run: $(BUILD)/otel-tidy
	@$(MAKE) --no-print-directory -s -C lab/sdk all BUILD=$(abspath $(BUILD)) CC='$(CC)'

# Readers' programs are built as readers build them; with SAN=1 it is otel-tidy that is sanitized.
EXERCISE_TOOLS := $(abspath $(BUILD))/exercise-tools
exercise-tools: $(BUILD)/otel-tidy
	@mkdir -p $(EXERCISE_TOOLS)
	@ln -sf $(abspath $(BUILD))/otel-tidy $(EXERCISE_TOOLS)/otel-tidy
	@$(MAKE) --no-print-directory -s -C lab/sdk all BUILD=$(EXERCISE_TOOLS) CC='$(CC)' SAN=

EXERCISE_RUN = OTELCOL=$$(sh lab/collector/build.sh) BUILD=$(EXERCISE_TOOLS)
test-exercises: exercise-tools
	@$(EXERCISE_RUN) timeout 900 sh tests/exercises/run $(ONLY)

update-exercises: exercise-tools
	@$(EXERCISE_RUN) sh tests/exercises/run --update $(ONLY)

# The runner by itself, and the walk-through: every command and every edit that stands there.
EXERCISE_PAGES := tests/exercises/runner.md $(wildcard docs/lab.md)
test-exercises-text: exercise-tools
	@$(EXERCISE_RUN) timeout 900 sh tests/exercises/walk.sh $(EXERCISE_PAGES)
	@$(EXERCISE_RUN) timeout 300 sh tests/exercises/pictures.sh --check

update-exercises-text: exercise-tools
	@$(EXERCISE_RUN) sh tests/exercises/walk.sh --update $(EXERCISE_PAGES)

# The pictures of the walk-through, from runs.
.PHONY: lab-pictures
lab-pictures: exercise-tools
	@$(EXERCISE_RUN) sh tests/exercises/pictures.sh
