# Golden tests of the lowering: make test-golden; ONLY=name for one.
GOLDEN_SOURCES := tests/golden/dump_main.c $(wildcard analyzer/base/*.c analyzer/ir/*.c \
	analyzer/project/toolchain.c analyzer/frontend/*.c)

$(BUILD)/golden-dump: $(GOLDEN_SOURCES:%.c=$(BUILD)/obj/%.o)
	$(CC) $(ALL_CFLAGS) -o $@ $^ $(ALL_LIBS)

.PHONY: test-golden
test-golden: $(BUILD)/golden-dump
	@sh tests/golden/run.sh $(abspath $(BUILD)/golden-dump) $(ONLY)
