# rasad: a debugger for transformers.   make help   lists the targets.
#
# Variables: VARIANT=release|asan|debug|fuzz  CC=clang  DEV=1 (-Werror)  V=1 (full lines)  T=word (tests)
#            PREFIX=/usr/local  DESTDIR=  BUILD=build  FUZZ_SECONDS=20  DEPS=skip (install no packages)
#            TRAIN=/tmp/rasad-train (checkpoints)  MODELS='fa-en heads bert' (which of them make train makes)

VARIANT ?= release
BUILD   ?= build
PREFIX  ?= /usr/local
B       := $(BUILD)/$(VARIANT)
Q       := $(if $(V),,@)
say      = @$(if $(V),:,printf '  %-5s %s\n' $(1) $(2))
LAYERS  := base tensor engine format token words family render session command script shell
FUZZ_SECONDS ?= 20
ifeq ($(MAKELEVEL)$(filter -j% --jobserver%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 2)
endif

# build/deps-CC.mk holds the flags of the libraries. It is made by the script that installs what is
# missing; make restarts itself once it exists, so a bare machine needs only make and a shell.
ifneq ($(filter-out help clean lint fuzz train uninstall,$(or $(MAKECMDGOALS),all)),)
include $(BUILD)/deps-$(notdir $(firstword $(CC))).mk
endif
$(BUILD)/deps-%.mk: scripts/install-deps.sh
	@mkdir -p $(@D)
	@CC='$(CC)' DEPS='$(DEPS)' scripts/install-deps.sh --flags $@.new build
	@mv $@.new $@
$(BUILD)/have-%: scripts/install-deps.sh
	@mkdir -p $(@D)
	@CC='$(CC)' DEPS='$(DEPS)' scripts/install-deps.sh $* && touch $@

OPT_release = -O2
OPT_debug   = -Og
OPT      := $(or $(OPT_$(VARIANT)),-O1)
VFLAGS_debug = -g3
VFLAGS_asan  = -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
VFLAGS_fuzz  = -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla -Werror=implicit-function-declaration \
        $(if $(DEV),-Werror)
CFLAGS  ?= -g
# Rounding as written, whichever compiler: no -ffast-math and no silent fused multiply-adds.
FLAGS    = -std=c11 -D_GNU_SOURCE -Iinclude -iquote src $(WARN) -fopenmp -ffp-contract=off -fno-math-errno \
           $(PKG_CFLAGS) $(CPPFLAGS) $(CFLAGS) $(VFLAGS_$(VARIANT))
LIBS     = $(PKG_LIBS) -lm
LINK     = $(CC) $(FLAGS) $(OPT) $(LDFLAGS)

SRC  := $(foreach l,$(LAYERS),$(wildcard src/$(l)/*.c))
TEXT := $(wildcard src/script/*.lua src/render/*.css src/render/*.js)
OBJ  := $(SRC:src/%.c=$(B)/%.o) $(TEXT:src/%=$(B)/%.o)
LIB  := $(B)/librasad.a
MAIN := $(wildcard src/main.c)
TOOL := $(filter-out tests/tools/transcript.c,$(wildcard tests/tools/*.c)) \
        $(filter-out %_test.c,$(wildcard tests/unit/*/*.c tests/golden/*.c tests/pty/*.c))
TLIB := $(B)/tests/libtools.a
pick  = $(foreach f,$(1),$(if $(T),$(if $(findstring $(T),$(f)),$(f)),$(f)))
bin   = $(patsubst tests/%.c,$(B)/tests/%,$(call pick,$(1)))

.PHONY: all demo test bench lint asan fuzz train install uninstall clean help golden-update FORCE
.SECONDARY:
.DELETE_ON_ERROR:

all: $(LIB) $(if $(MAIN),$(if $(filter build/release,$(B)),rasad,$(B)/rasad))  ## build ./rasad
rasad: $(B)/rasad
	@cp -f $< $@.new && mv -f $@.new $@
$(B)/rasad: $(B)/main.o $(LIB)
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $^ $(LIBS)
$(LIB): $(OBJ)
	$(call say,AR,$@)
	$(Q)mkdir -p $(@D); rm -f $@; $(AR) rcs $@ $(OBJ)

# Kernels: the whole tensor layer at -O3; vector flags only for files named after the instruction set.
ifeq ($(VARIANT),release)
$(B)/tensor/%.o: OPT := -O3
endif
ifneq ($(filter x86_64%,$(MACHINE)),)
$(B)/tensor/k_%_avx2.o: ISA := -mavx2 -mfma -mf16c
$(B)/tensor/k_%_avx512.o: ISA := -mavx512f -mavx512bw -mavx512dq -mavx512vl -mavx2 -mfma -mf16c
endif

COMPILE = $(CC) $(FLAGS) $(OPT) $(ISA) -MMD -MP -c -o $@ $<
$(B)/%.o: src/%.c $(B)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(COMPILE)
$(B)/tests/%.o: tests/%.c $(B)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(COMPILE) -iquote tests/tools -iquote tests/golden
# The Lua prelude, style and script of pages as C: script_NAME_lua[] and script_NAME_lua_len.
$(TEXT:src/%=$(B)/%.c): $(B)/%.c: src/% scripts/embed-text.sh
	@mkdir -p $(@D)
	$(Q)scripts/embed-text.sh $< > $@
$(TEXT:src/%=$(B)/%.o): $(B)/%.o: $(B)/%.c $(B)/flags
	$(Q)$(COMPILE)
# Objects depend on the compiler and flags they were made with.
STAMP = $(CC) $(OPT_$(VARIANT)) $(filter-out -Werror,$(FLAGS))
$(B)/flags: FORCE
	@mkdir -p $(@D); echo '$(STAMP)' | cmp -s - $@ || echo '$(STAMP)' > $@

# Tests. Unit tests and fuzz corpora run under the sanitizers, the rest on what ships.
$(TLIB): $(TOOL:%.c=$(B)/%.o)
	$(Q)mkdir -p $(@D); rm -f $@; $(AR) rcs $@ $^
$(B)/tests/%_test: $(B)/tests/%_test.o $(TLIB) $(LIB) | $(BUILD)/have-test
	$(call say,LINK,$@)
	$(Q)$(LINK) -o $@ $< $(TLIB) $(LIB) -lcmocka $(LIBS)
$(B)/tests/transcript: $(B)/tests/tools/transcript.o
	$(Q)$(LINK) -o $@ $<
ifeq ($(VARIANT),fuzz)
$(B)/tests/fuzz/%_fuzz: $(B)/tests/fuzz/%_fuzz.o $(LIB)
	$(Q)$(LINK) -fsanitize=fuzzer -o $@ $^ $(LIBS)
else
$(B)/tests/fuzz/%_fuzz: $(B)/tests/fuzz/%_fuzz.o $(B)/tests/fuzz/replay.o $(LIB)
	$(Q)$(LINK) -o $@ $^ $(LIBS)
endif
FUZZERS := $(wildcard tests/fuzz/*_fuzz.c)
bins-asan: $(call bin,$(wildcard tests/unit/*/*_test.c) $(FUZZERS)) $(if $(MAIN),$(B)/rasad)
bins-release: $(call bin,$(wildcard tests/golden/*_test.c tests/pty/*_test.c)) $(B)/tests/transcript
bins-fuzz: $(call bin,$(FUZZERS))

test: all $(BUILD)/have-test  ## build and run every test (T=word: those whose name contains word)
	@+$(MAKE) -k --no-print-directory VARIANT=release bins-release || :
	@+$(MAKE) -k --no-print-directory VARIANT=asan bins-asan || :
	@BUILD='$(BUILD)' T='$(T)' tests/run.sh
asan:  ## build build/asan/rasad with the address and undefined-behaviour sanitizers
	@+$(MAKE) --no-print-directory VARIANT=asan all
golden-update: all  ## rewrite the transcripts (T=word) with what the program prints now
	@+$(MAKE) --no-print-directory VARIANT=release $(BUILD)/release/tests/transcript
	@BUILD='$(BUILD)' T='$(T)' tests/run.sh --update
fuzz: $(BUILD)/have-fuzz  ## fuzz each parser for FUZZ_SECONDS with clang and libFuzzer
	@+$(MAKE) --no-print-directory VARIANT=fuzz CC=clang bins-fuzz
	@BUILD='$(BUILD)' T='$(T)' FUZZ_SECONDS=$(FUZZ_SECONDS) tests/tools/fuzz.sh
bench: $(B)/bench  ## measure this machine, then the program against it
	$(B)/bench $(BENCH)
$(B)/bench: $(patsubst %.c,$(B)/%.o,$(wildcard tests/bench/*.c)) $(LIB)
	$(Q)$(LINK) -o $@ $^ $(LIBS)
demo: all  ## follow one translation through every layer, then stay at the prompt
	@i=; if [ -t 0 ] && [ -t 1 ]; then i=-i; fi; ./rasad -n --echo $$i -f examples/demo.rasad
train:  ## make the trained examples again (needs PyTorch, takes hours; never needed to use them)
	@command -v python3 >/dev/null || { echo 'make train: missing: python3' >&2; exit 1; }
	@python3 scripts/train/make.py --work '$(or $(TRAIN),/tmp/rasad-train)' $(MODELS)
lint: $(BUILD)/have-lint  ## layers, banned functions, file lengths, formatting
	@bad=0; for l in layers source format; do scripts/lint-$$l.sh || bad=1; done; exit $$bad

install: all  ## install into PREFIX (DESTDIR is honoured)
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' scripts/install.sh install
uninstall:  ## remove what install put there
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' scripts/install.sh uninstall
clean:  ## remove everything that was built
	rm -rf $(BUILD) rasad rasad.new
help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

-include $(shell find $(B) -name '*.d' 2>/dev/null)
