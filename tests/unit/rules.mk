# Unit tests: each tests/unit/test_*.c is a cmocka program; make test-unit ONLY=test_str runs one.
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/$(or $(ONLY),test_*).c))

$(BUILD)/tests/test_%: $(BUILD)/obj/tests/unit/test_%.o $(BUILD)/obj/tests/unit/unit.o $(BUILD)/libotel-tidy.a
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $^ $(TEST_LIBS)

.PHONY: test-unit
test-unit: $(UNIT_TESTS)
	@sh tests/unit/run.sh $^

.SECONDARY: $(UNIT_TESTS:$(BUILD)/tests/%=$(BUILD)/obj/tests/unit/%.o)

programs: $(UNIT_TESTS)
