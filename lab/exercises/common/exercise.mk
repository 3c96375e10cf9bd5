# Builds one exercise: PROGRAM.c becomes build/PROGRAM, with the shop around it; PROGRAMS says that
# there are several. Beside it lies compile_commands.json: otel-tidy sees what the compiler sees.
#
#   LAB        the folder lab/ of the checkout
#   TOOLS      where otel-tidy and the SDK were built
#   WITH_SHOP  "no": a program that is complete by itself
#   WITH_CTEL  "no": a program without a line of tracing
#   MORE_SOURCES, MORE_PACKAGES   what else it is made of

TOOLS     ?= $(LAB)/../build
PROGRAM   ?= checkout
PROGRAMS  ?= $(PROGRAM)
WITH_SHOP ?= yes
WITH_CTEL ?= yes
COMMON    := $(LAB)/exercises/common
vpath %.c $(COMMON)
CTEL      := $(TOOLS)/lab/sdk/libctel.a
CC        ?= cc
WARN      := -Wall -Wextra -Werror=implicit-function-declaration -Werror=int-conversion \
	-Werror=incompatible-pointer-types
MEANING   := -std=c11 -D_GNU_SOURCE -I$(LAB)/sdk/include -I$(LAB)/../analyzer/include -I$(COMMON)
PACKAGES  := $(if $(filter yes,$(WITH_CTEL)),libcurl zlib libfyaml) $(MORE_PACKAGES)
LIBS      := $(foreach p,$(PACKAGES),$(shell pkg-config --libs $(p) 2>/dev/null)) -lm -pthread
SOURCES   := $(foreach p,$(PROGRAMS),$(firstword $(wildcard $(p).c) $(COMMON)/$(p).c))
SHARED    := $(if $(filter yes,$(WITH_SHOP)),$(COMMON)/shop.c)

.PHONY: all
all: $(PROGRAMS:%=build/%) compile_commands.json

build/%: %.c $(SHARED) $(MORE_SOURCES) $(wildcard *.h) $(COMMON)/shop.h $(if $(filter yes,$(WITH_CTEL)),$(CTEL))
	@mkdir -p build
	$(CC) $(MEANING) $(WARN) -g -O1 -o $@ $< $(SHARED) $(MORE_SOURCES) \
		$(if $(filter yes,$(WITH_CTEL)),$(CTEL)) $(LIBS)

compile_commands.json: $(SOURCES) $(MAKEFILE_LIST)
	@sh $(LAB)/exercises/common/database.sh $(MEANING) -- $(SOURCES) $(SHARED) $(MORE_SOURCES) > $@.tmp && mv $@.tmp $@
