# otel-tidy: `make demo` and `make test` are all a newcomer needs; `make help` lists the rest.
#
# BUILD=dir        where everything is built (default: build)
# CC=clang         another compiler; SAN=1 adds AddressSanitizer and UBSan
# DEPS=skip        never install packages, name what is missing instead
# V=1              print whole commands

.DEFAULT_GOAL := all
BUILD   ?= build
ifeq ($(origin CC),default)
CC      := gcc
endif
VERSION := 0.1.0
PREFIX  ?= /usr/local
export BUILD

# The newest installed libclang headers, 18 or later; the library itself is opened at run time.
CLANG_C := $(shell sh tests/setup/llvm.sh include)
PACKAGES := libcjson libfyaml
PACKAGE_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
PACKAGE_LIBS   := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)
CMOCKA_CFLAGS  := $(shell pkg-config --cflags cmocka 2>/dev/null)
CMOCKA_LIBS    := $(shell pkg-config --libs cmocka 2>/dev/null)

WARN   := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wconversion -Werror
CFLAGS ?= -O2 -g
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) -Ianalyzer -I$(BUILD)/gen \
	$(CLANG_C:%=-isystem %) $(PACKAGE_CFLAGS) -DOTEL_TIDY_VERSION='"$(VERSION)"'
ALL_LIBS   = $(PACKAGE_LIBS) -ldl -lm
ifeq ($(SAN),1)
ALL_CFLAGS += -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
endif

# One short line per step, or with V=1 the whole command.
ifneq ($(V),1)
Q := @
say = @echo "  $(1) $(2)"
endif

# Facts in the cache hold as long as the code that made them is the same.
FACTS_CODE := $(wildcard analyzer/frontend/*.[ch] analyzer/ir/*.[ch] analyzer/facts/*.[ch]) analyzer/engine/relative.c
FACTS_ID := $(shell cat $(FACTS_CODE) | cksum | cut -d' ' -f1)
$(BUILD)/obj/analyzer/engine/cache.o: ALL_CFLAGS += -DFACTS_ID='"$(FACTS_ID)"'
$(BUILD)/obj/analyzer/engine/cache.o: $(FACTS_CODE)

# main.c apart, everything under analyzer/ and each rule's check.c makes one library.
SOURCES := $(filter-out analyzer/main.c,$(wildcard analyzer/*/*.c)) $(wildcard rules/*/*/check.c)
OBJECTS := $(SOURCES:%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/gen/embedded.o

# The targets people type: each sees to its packages first, and then starts make anew, because the
# variables above were empty if the packages were not there yet.
.PHONY: all demo test check install help clean docs bare-machine
all:
	@sh tests/setup/deps.sh build
	@$(MAKE) --no-print-directory $(BUILD)/otel-tidy

demo:
	@sh tests/setup/deps.sh build lab
	@$(MAKE) --no-print-directory $(BUILD)/otel-tidy demo-run

# Everything that tests/*/rules.mk registered but WITHOUT=, one line per failure, one total.
test:
	@sh tests/setup/deps.sh build lab test judges
	@$(MAKE) --no-print-directory $(BUILD)/otel-tidy test-run

# What a reviewer would otherwise have to look for.
check:
	@sh tests/setup/deps.sh build lab test judges check
	@$(MAKE) --no-print-directory check-run

install: all
	@$(MAKE) --no-print-directory install-run

help:
	@sed -n 's/^##//p' Makefile

## make              build/otel-tidy (missing packages are installed first; DEPS=skip only names them)
## make demo         build it, play the lab's shop in three instrumentations, one table; lint it
## make lab          what the thirteen exercises of lab/lab need
## make test         every test; "make help-test" lists the suites that can be run alone
## make check        format, warnings of gcc and clang, layers, pages, tests under ASan and UBSan
## make install      PREFIX=/usr/local DESTDIR=
## make collector    the Collector that lab and tests use, built from Go modules, once
## make proof        RUNS=10: the lab's Collector configurations under load, ten seeds, into tests/collector/PROOF.md
## make lab-report   the table of make demo, measured now, into docs/lab-numbers.md
## make conformance  W3C_SUITE=DIR CONFIG_EXAMPLES=DIR SPEC_MATRIX=FILE: the SDK against others' suites
## make samples-test the samples of lab/samples against a Collector; LANGS="go rust": only these
## make guide        docs/guide/ as a PDF; update-guide: what its chapters take from the lab, anew
## make docs         write the generated pages again
## make article      the article of docs/blog from its template and the lab's code and numbers
## make lead-magnet  the guide as PDF, samples, configurations, rules for agents: one archive, the same bytes twice
## make semconv      the attribute registry anew, from published packages (SEMCONV=1.43.0: that version)
## make bare-machine demo and test on a fresh Debian in a directory (root; slow)
## make clean

# From the objects, not from the library: of two functions of one name an archive gives the first.
$(BUILD)/otel-tidy: $(BUILD)/obj/analyzer/main.o $(OBJECTS)
	$(call say,link,$@)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $^ $(ALL_LIBS)

$(BUILD)/libotel-tidy.a: $(OBJECTS)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(BUILD)/obj/%.o: %.c | $(BUILD)/gen/rules.inc
	@mkdir -p $(@D)
	$(call say,compile,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D)
	$(call say,compile,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Rule pages, models and profiles travel inside the program.
RULE_PAGES := $(sort $(wildcard rules/*/*/README.md))
DATA_FILES := $(sort $(wildcard rules/models/*.json rules/profiles/*.json rules/*/*/*.json)) \
	rules/prices.json rules/collector/components.json \
	rules/semconv/attributes.json analyzer/traces/page.css analyzer/traces/page.js
$(BUILD)/gen/embedded.c: analyzer/gen/embed.sh $(RULE_PAGES) $(DATA_FILES)
	@mkdir -p $(@D)
	$(Q)sh analyzer/gen/embed.sh $(RULE_PAGES) $(DATA_FILES) > $@.tmp && mv $@.tmp $@

# X(name_with_underscores, "name") for every rule folder, sorted by name.
$(BUILD)/gen/rules.inc: analyzer/gen/rules.sh $(RULE_PAGES)
	@mkdir -p $(@D)
	$(Q)sh analyzer/gen/rules.sh $(RULE_PAGES) > $@.tmp && mv $@.tmp $@

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

clean:
	rm -rf $(BUILD)

.PHONY: install-run
install-run:
	sh tests/setup/install.sh $(BUILD)/otel-tidy "$(PREFIX)" "$(DESTDIR)" $(VERSION)

.PHONY: demo-run test-run check-run help-test
demo-run:
	@$(MAKE) --no-print-directory -C lab/shop >/dev/null
	@sh lab/shop/demo.sh $(BUILD)/otel-tidy $(BUILD)/lab/shop $(abspath $(BUILD))/lab/sdk/libctel-auto.so

test-run:
	@sh tests/setup/suites.sh $(BUILD)/test $(MAKE) -- $(sort $(filter-out $(WITHOUT),$(TEST_TARGETS)))

help-test:
	@printf '%s\n' $(sort $(TEST_TARGETS))

check-run:
	@sh tests/check/run.sh

# Everything that is compiled, for the compilers' warnings.
.PHONY: programs
programs: $(BUILD)/otel-tidy

docs:
	@mkdir -p docs/rules
	sh tests/check/index.sh > docs/rules/README.md
	python3 -B tests/docs/reference.py > docs/configuration-reference.md.tmp
	mv docs/configuration-reference.md.tmp docs/configuration-reference.md

# From published packages, through mvn, npm and go: rules/semconv/README.md.
.PHONY: semconv
semconv:
	python3 rules/semconv/generate.py $(SEMCONV:%=--version %) > rules/semconv/attributes.json.tmp
	mv rules/semconv/attributes.json.tmp rules/semconv/attributes.json

bare-machine:
	sh tests/setup/bare.sh

# Test programs are built as everything else, and against cmocka.
$(BUILD)/obj/tests/%.o: PACKAGE_CFLAGS += $(CMOCKA_CFLAGS)
TEST_LIBS = $(ALL_LIBS) $(CMOCKA_LIBS)

# Each folder of tests/ brings its suites: every target named test-x in its rules.mk is one; others
# are registered with TEST_TARGETS += x. None can be forgotten.
TEST_RULES   := $(sort $(wildcard tests/*/rules.mk))
TEST_TARGETS := $(shell sed -n 's/^\(test-[a-z0-9-]*\) *:.*/\1/p' /dev/null $(TEST_RULES))
-include tests/*/rules.mk
