# sockdrill. `make demo` and `make check` are the two commands to begin with; `make help` lists the others.

VERSION := $(shell awk '/define SOCKDRILL_(MAJOR|MINOR|PATCH) / {v = v d $$3; d = "."} END {print v}' tracer/lib/sockdrill.h)
BUILD   ?= build
VARIANT ?= release
PREFIX  ?= /usr/local
CC      := $(if $(filter default,$(origin CC)),gcc,$(CC))
PKG_CONFIG ?= pkg-config
LIBRARIES  := libseccomp jansson libdw libelf
CROSS      := $(patsubst %gcc,%,$(notdir $(filter %-gcc,$(CC))))

# --- What is missing is installed, or told, before anything is built -------------------------------------------------

GOALS  := $(or $(MAKECMDGOALS),all)
GROUPS := $(if $(filter-out help clean uninstall format,$(GOALS)),$(if $(CROSS),cross,build)) \
          $(if $(filter check% coverage bench course mutations differential golden-update,$(GOALS)),check live man deb) \
          $(if $(filter deb,$(GOALS)),man deb) \
          $(if $(filter lint tidy format,$(GOALS)),check lint) $(if $(filter fuzz,$(GOALS)),lint)
DRY_RUN := $(findstring n,$(firstword -$(MAKEFLAGS)))
ifeq ($(DRY_RUN)$(SOCKDRILL_DEPS_SEEN),)
ifneq ($(strip $(GROUPS)),)
ifneq ($(shell .ci/deps $(sort $(GROUPS)) >&2 && echo found),found)
$(error something that the build needs is missing: see above)
endif
export SOCKDRILL_DEPS_SEEN := 1
endif
endif

# --- For another machine: CC=aarch64-linux-gnu-gcc -------------------------------------------------------------------

ifneq ($(CROSS),)
AR := $(if $(filter default,$(origin AR)),$(CROSS)ar,$(AR))
ifneq ($(shell command -v $(CROSS)pkg-config),)
PKG_CONFIG := $(CROSS)pkg-config
else ifeq ($(SYSROOT)$(PKG_CONFIG_LIBDIR)$(DRY_RUN),)
ifneq ($(strip $(GROUPS)),)
# All that pkg-config knows by itself is this machine's libraries.
SYSROOT := $(shell .ci/sysroot $(CROSS:-=) check libsubunit-dev)
ifeq ($(SYSROOT),)
$(error the libraries for $(CC) are not there, see above: set SYSROOT or PKG_CONFIG_LIBDIR to where they are)
endif
endif
endif
ifneq ($(SYSROOT),)
export SYSROOT
export PKG_CONFIG_SYSROOT_DIR := $(SYSROOT)
export PKG_CONFIG_LIBDIR := $(SYSROOT)/usr/lib/$(CROSS:-=)/pkgconfig:$(SYSROOT)/usr/share/pkgconfig
override CC := $(CC) --sysroot=$(SYSROOT)
endif
endif

# --- Variants and flags ----------------------------------------------------------------------------------------------

OUT := $(BUILD)$(if $(filter-out release,$(VARIANT)),/$(VARIANT))

FLAGS_release := -O2 -g
FLAGS_debug   := -O0 -g3
FLAGS_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
FLAGS_cov     := -O0 -g --coverage
FLAGS_fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
ifeq ($(origin FLAGS_$(VARIANT)),undefined)
$(error VARIANT=$(VARIANT): there are release, debug, asan, cov and fuzz)
endif

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wvla \
            -Wformat=2 $(if $(WERROR),-Werror)
LANGUAGE := -std=c11 -D_GNU_SOURCE

library = $(shell $(PKG_CONFIG) $(1) $(2) 2>/dev/null || echo $(3))
CFLAGS    ?= $(FLAGS_$(VARIANT))
CPPFLAGS  += -Itracer -DSOCKDRILL_VERSION='"$(VERSION)"' $(call library,--cflags,$(LIBRARIES))
LDLIBS    := $(call library,--libs,$(LIBRARIES),-lseccomp -ljansson -ldw -lelf)
TRACEDLIBS := $(call library,--libs,libseccomp,-lseccomp)
CHECKLIBS := $(call library,--libs,check,-lcheck -lsubunit -lm -lrt -lpthread)
COMPILE    = $(CC) $(LANGUAGE) $(WARNINGS) $(CPPFLAGS) $(CFLAGS) -MMD -MP
LINK       = $(CC) $(CFLAGS) $(LDFLAGS)

# Programs that are traced are built the same in every variant: a sanitizer in them would change what they do.
TRACED = $(CC) $(LANGUAGE) $(WARNINGS) -g -O1 -pthread -MMD -MP

# As 32-bit programs. Debian's gcc-multilib would make asm/ stand where -m32 looks for it, and can't be installed beside a cross
# compiler; the kernel's headers are the same for both.
MULTIARCH = $(shell $(CC) -print-multiarch 2>/dev/null)
TRACED32  = $(TRACED) -m32 $(addprefix -isystem /usr/include/,$(MULTIARCH))

ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc)
endif
say = @printf '  %-5s %s\n' $(1) $(2);

# --- What there is ---------------------------------------------------------------------------------------------------

objects = $(patsubst %.c,$(OUT)/obj/%.o,$(1))
SOURCES   := $(wildcard tracer/*/*.c)
UNIT      := $(patsubst tests/unit/%.c,$(OUT)/unit/%,$(wildcard tests/unit/*/test_*.c))
FUZZERS   := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
TEXTS     := $(patsubst %.awk,$(OUT)/obj/%.o,$(wildcard tracer/explain/*.awk))
LIBRARY   := $(OUT)/libsockdrill.a
PROGRAM   := $(OUT)/sockdrill
SCENARIOS := $(addprefix $(BUILD)/scenarios/,$(basename $(notdir $(filter-out scenarios/broken/%,$(wildcard scenarios/*/*.c)))))
BROKEN    := $(patsubst scenarios/%.c,$(BUILD)/scenarios/%,$(wildcard scenarios/broken/*.c))
LIVE      := $(patsubst tests/live/%.c,$(BUILD)/tests/%,$(wildcard tests/live/*.c))
LIVE32    := $(patsubst tests/live/%.c,$(BUILD)/tests32/%,$(wildcard tests/live/probe_*.c))
BENCH     := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/*.c))

LONG      := $(BUILD)/bench/million

.PHONY: all demo programs32 check differential check-unit check-asan check-live lint tidy format bench fuzz coverage course mutations install uninstall deb clean \
        golden-update help FORCE
.DELETE_ON_ERROR:
.SECONDARY:

all: $(PROGRAM) $(SCENARIOS) $(BROKEN) ## build/sockdrill and the scenario programs (the default)

$(PROGRAM): $(OUT)/obj/tracer/main.o $(LIBRARY)
	$(call say,LINK,$@) $(LINK) -o $@ $^ $(LDLIBS)

$(LIBRARY): $(call objects,$(SOURCES)) $(TEXTS)
	$(call say,AR,$@) rm -f $@ && $(AR) rcs $@ $^

$(OUT)/obj/%.o: %.c $(OUT)/flags
	$(call say,CC,$<) mkdir -p $(@D) && $(COMPILE) -c -o $@ $<

# Another PREFIX is news to one file alone.
$(OUT)/obj/tracer/run/program.o: private CPPFLAGS += -DSOCKDRILL_DATADIR='"$(PREFIX)/share/sockdrill"'
$(OUT)/obj/tracer/run/program.o: $(OUT)/prefix

$(OUT)/obj/tracer/explain/errors.o: tracer/explain/errors.txt
$(OUT)/obj/tracer/explain/topics.o: $(wildcard tracer/explain/topics/*.txt)
$(TEXTS): $(OUT)/obj/%.o: %.awk $(OUT)/flags
	$(call say,TEXT,$<) mkdir -p $(@D) && awk -f $< $(filter %.txt,$^) > $(@:.o=.c) && $(COMPILE) -c -o $@ $(@:.o=.c)

# Written only where it differs, so that changed flags rebuild what was built with others.
$(OUT)/flags: export LINE = $(COMPILE) $(LINK) $(LDLIBS)
$(OUT)/prefix: export LINE = $(PREFIX)
$(OUT)/flags $(OUT)/prefix: FORCE | $(filter clean,$(GOALS))
	@mkdir -p $(@D); printf '%s\n' "$$LINE" | cmp -s - $@ || printf '%s\n' "$$LINE" > $@

$(OUT)/unit/%: $(OUT)/obj/tests/unit/%.o $(LIBRARY)
	$(call say,LINK,$@) mkdir -p $(@D) && $(LINK) -o $@ $^ $(LDLIBS) $(CHECKLIBS)

vpath %.c $(filter-out scenarios/broken,$(wildcard scenarios/*))
$(SCENARIOS): $(BUILD)/scenarios/%: %.c $(OUT)/flags
	$(call say,CC,$<) mkdir -p $(@D) && $(TRACED) -o $@ $<

$(BROKEN): $(BUILD)/scenarios/broken/%: scenarios/broken/%.c $(OUT)/flags
	$(call say,CC,$<) mkdir -p $(@D) && $(TRACED) -o $@ $<

$(LIVE): $(BUILD)/tests/%: tests/live/%.c $(OUT)/flags
	$(call say,CC,$<) mkdir -p $(@D) && $(TRACED) -o $@ $< $(TRACEDLIBS)

$(LIVE32): $(BUILD)/tests32/%: tests/live/%.c $(OUT)/flags
	$(call say,CC32,$<) mkdir -p $(@D) && $(TRACED32) -o $@ $<

# Where such programs can't be made, or this kernel does not run them, the directory holds only the reason.
programs32: $(OUT)/flags
	@mkdir -p $(BUILD)/tests32; cd $(BUILD)/tests32; \
	if printf 'int main(void) { return 0; }\n' | $(TRACED32) -MF /dev/null -x c -o trial - 2>refusal && ./trial 2>>refusal; \
	then rm refusal; $(MAKE) -s --no-print-directory -C $(CURDIR) $(LIVE32); \
	else rm -f probe_*; fi

$(BENCH): $(BUILD)/bench/%: tests/bench/%.c $(OUT)/flags
	$(call say,CC,$<) mkdir -p $(@D) && $(TRACED) -O2 -o $@ $< $(TRACEDLIBS)

# --- What one does with it -------------------------------------------------------------------------------------------

demo: all ## record a TCP echo, draw both ends, and tell whether they follow the pattern
	@$(PROGRAM) run tcp-echo -o $(BUILD)/demo.jsonl > $(BUILD)/demo.verdict; echo $$? > $(BUILD)/demo.status
	@$(PROGRAM) show $(BUILD)/demo.jsonl --view sequence
	@echo; cat $(BUILD)/demo.verdict; exit $$(cat $(BUILD)/demo.status)

SUITES = $(wildcard tests/*/*.bats tests/golden/run tests/golden/bless tests/live/run_* tests/cli/scenarios tests/cli/stories \
                    tests/cli/museum tests/cli/strace-logs tests/expect/reference tests/differential/quick \
                    tests/format/schema tests/report/validate)

# What the others wrote is looked at when they have ended.
LATER   = $(addprefix $(OUT)/unit/run/,test_digest test_orders)
RECORDS = --then tests/format/records $(LATER)
WORDS   = tests/cli/words

check: all $(UNIT) $(LIVE) $(LONG) programs32 ## every test, in parallel; ends with `N passed, N failed, N skipped`
	@BUILD=$(BUILD) tests/run $(filter-out $(LATER),$(UNIT)) $(SUITES) $(RECORDS) $(WORDS)

# Programs of another variant don't have the scenarios beside them.
check-unit: $(UNIT) $(LONG) $(SCENARIOS) $(BROKEN) ## only the unit tests
	@$(if $(filter-out release,$(VARIANT)),SOCKDRILL_DATA=$(abspath $(BUILD)) )BUILD=$(BUILD) tests/run $(filter-out $(LATER),$(UNIT)) $(RECORDS)

check-asan: ## the unit tests under AddressSanitizer and UBSan
	@TEST_TIMEOUT=600 CK_TIMEOUT_MULTIPLIER=4 $(MAKE) --no-print-directory VARIANT=asan check-unit

check-live: all $(LIVE) $(LONG) $(LATER) programs32 ## only what traces real programs
	@BUILD=$(BUILD) tests/run $(filter-out tests/golden/%,$(SUITES)) $(RECORDS) $(WORDS)

differential: all $(LIVE) programs32 ## every line compared with strace's, over probes and real programs
	@BUILD=$(BUILD) tests/differential/compare --printed
	@BUILD=$(BUILD) tests/differential/compare --self
	@BUILD=$(BUILD) tests/differential/compare

course: all ## the course on a busy machine, RUNS times (100) each as root, as an ordinary user, and where namespaces are refused
	@BUILD=$(BUILD) tests/cli/course

lint: ## layers, conventions, formatting, and warnings of gcc and clang as errors
	@.ci/lint

mutations: all ## one-line mistakes in correct programs: nine of ten first causes name the call
	@BUILD=$(BUILD) CC=$(CC) tests/mutations/run

tidy: ## clang-tidy's bugprone checks (slow)
	@.ci/lint tidy

format: ## clang-format over every C file
	@clang-format -i $(shell find tracer scenarios tests -path tests/grade/submissions -prune -o -name '*.[ch]' -print)

bench: all $(BENCH) ## calls per second against strace and a bare ptrace loop; checking long traces against jq; a class of 200; source lines
	@BUILD=$(BUILD) tests/bench/run
	@BUILD=$(BUILD) tests/bench/check
	@BUILD=$(BUILD) tests/bench/grade
	@BUILD=$(BUILD) tests/bench/source

FUZZ_SECONDS ?= 60
fuzz: ## libFuzzer on every reader, FUZZ_SECONDS each
	@$(MAKE) --no-print-directory VARIANT=fuzz CC=clang $(FUZZERS)
	@for f in $(FUZZERS); do \
	    c=$(BUILD)/fuzz/corpus/$${f##*/}; mkdir -p $$c; s=tests/fuzz/corpus/$${f##*/}; \
	    $$f -max_total_time=$(FUZZ_SECONDS) -timeout=10 -verbosity=0 -print_final_stats=1 \
	        -artifact_prefix=$(BUILD)/fuzz/ $$c $$(test -d $$s && echo $$s) || exit 1; done

$(BUILD)/fuzz/fuzz_%: $(BUILD)/fuzz/obj/tests/fuzz/fuzz_%.o $(BUILD)/fuzz/libsockdrill.a
	$(call say,LINK,$@) clang -fsanitize=fuzzer,address,undefined -o $@ $^ $(LDLIBS)

coverage: ## lines that the unit tests reach, per file
	@$(MAKE) --no-print-directory VARIANT=cov check-unit
	@cd $(BUILD)/cov && find obj/tracer -name '*.gcda' -exec gcov -n -r -s $(CURDIR) {} + | \
	    awk -F "[':]" '/^File/ {f = $$2} f && /^Lines executed/ {printf "%-34s %s\n", f, $$2; f = ""}' | sort

golden-update: all ## write the golden files anew; look at `git diff` then
	@BUILD=$(BUILD) tests/golden/run --update

include packaging/install.mk

clean: ## remove everything that was built
	rm -rf $(BUILD)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile packaging/install.mk
	@echo '  VARIANT=debug|release|asan|cov  CC=gcc|clang|aarch64-linux-gnu-gcc  WERROR=1  BUILD=DIR  PREFIX=DIR'

-include $(shell find $(BUILD) -name sysroot -prune -o -name '*.d' -type f -print 2>/dev/null)
