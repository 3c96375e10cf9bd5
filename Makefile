# otel-tidy: `make demo` and `make test` are all a newcomer needs; `make help` lists the rest.
#
# BUILD=dir        where everything is built (default: build)
# CC=clang         another compiler; SAN=1 adds AddressSanitizer and UBSan
# DEPS=skip        never install packages, name what is missing instead

BUILD   ?= build
CC      ?= gcc
VERSION := 0.1.0
PREFIX  ?= /usr/local

# The newest installed libclang headers, 18 or later; the library itself is opened at run time.
CLANG_C := $(shell ls -d /usr/lib/llvm-[0-9]*/include /usr/include /opt/homebrew/opt/llvm/include 2>/dev/null \
	| while read d; do [ -f $$d/clang-c/Index.h ] && echo $$d; done | sort -V | tail -n 1)

WARN   := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wconversion -Werror
CFLAGS ?= -O2 -g
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) -Ianalyzer -I$(BUILD)/gen \
	-isystem $(CLANG_C) $(shell pkg-config --cflags libcjson libfyaml) -DOTEL_TIDY_VERSION='"$(VERSION)"'
ALL_LIBS   = $(shell pkg-config --libs libcjson libfyaml) -ldl -lm
ifeq ($(SAN),1)
ALL_CFLAGS += -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
endif

# main.c apart, everything under analyzer/ and each rule's check.c makes one library.
SOURCES := $(filter-out analyzer/main.c,$(wildcard analyzer/*/*.c)) $(wildcard rules/*/*/check.c)
OBJECTS := $(SOURCES:%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/gen/embedded.o

.PHONY: all clean
all: $(BUILD)/otel-tidy

$(BUILD)/otel-tidy: $(BUILD)/obj/analyzer/main.o $(BUILD)/libotel-tidy.a
	$(CC) $(ALL_CFLAGS) -o $@ $^ $(ALL_LIBS)

$(BUILD)/libotel-tidy.a: $(OBJECTS)
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/obj/%.o: %.c | $(BUILD)/gen/rules.inc
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Rule pages, models and profiles travel inside the program.
RULE_PAGES := $(sort $(wildcard rules/*/*/README.md))
DATA_FILES := $(sort $(wildcard rules/models/*.json rules/profiles/*.json))
$(BUILD)/gen/embedded.c: analyzer/gen/embed.sh $(RULE_PAGES) $(DATA_FILES)
	@mkdir -p $(@D)
	sh analyzer/gen/embed.sh $(RULE_PAGES) $(DATA_FILES) > $@.tmp && mv $@.tmp $@

# X(name_with_underscores, "name") for every rule folder, sorted by name.
$(BUILD)/gen/rules.inc: analyzer/gen/rules.sh $(RULE_PAGES)
	@mkdir -p $(@D)
	sh analyzer/gen/rules.sh $(RULE_PAGES) > $@.tmp && mv $@.tmp $@

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

clean:
	rm -rf $(BUILD)

# Each folder of tests brings its own targets.
-include tests/*/rules.mk
