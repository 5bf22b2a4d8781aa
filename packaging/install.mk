# What is installed, and taken away again. DESTDIR stands in front of all of it.

AT      = $(DESTDIR)$(PREFIX)
comma  := ,
define newline


endef
LIBDIR ?= $(PREFIX)/lib
OBJCOPY = $(CROSS)objcopy

# The archive that is installed is one object, with no name to clash with a user's but sockdrill_*.
PUBLIC := $(OUT)/public/libsockdrill.a
$(PUBLIC): $(call objects,tracer/lib/sockdrill.c) $(LIBRARY)
	$(call say,AR,$@) mkdir -p $(@D) && $(CC) -r -nostdlib -o $(@:.a=.o) $^ && \
	    $(OBJCOPY) --strip-debug --wildcard --keep-global-symbol='sockdrill_*' $(@:.a=.o) && \
	    rm -f $@ && $(AR) rcs $@ $(@:.a=.o)

# Its libraries are always needed: there is no shared one that would bring them.
define PC
prefix=$(PREFIX)
includedir=$${prefix}/include
libdir=$(patsubst $(PREFIX)/%,$${prefix}/%,$(LIBDIR))

Name: sockdrill
Description: traces networking system calls and compares them with expected patterns
Version: $(VERSION)
Requires: $(LIBRARIES)
Cflags: -I$${includedir}
Libs: -L$${libdir} -lsockdrill
endef

# Manual pages and completions are told by the program; of another machine's, by one that runs here.
TELLING := $(if $(CROSS),$(BUILD)/host/sockdrill,$(PROGRAM))
$(BUILD)/host/sockdrill: $(if $(CROSS),FORCE)
	env -u SYSROOT -u PKG_CONFIG_LIBDIR -u PKG_CONFIG_SYSROOT_DIR -u SOCKDRILL_DEPS_SEEN \
	    $(MAKE) CC=gcc PKG_CONFIG=pkg-config BUILD=$(BUILD)/host $@

# Without lowdown there are none, and `make install` says so.
ifneq ($(filter install,$(GOALS)),)
ifeq ($(DRY_RUN),)
$(shell .ci/deps man >&2)
endif
endif
COMMANDS := $(shell grep -o '{&[a-z]*_usage' tracer/cmd/cmd.c | tr -dc 'a-z\n' | sed 's/usage$$//')
MANUALS  := $(if $(shell command -v lowdown),$(addprefix $(OUT)/man/, \
                sockdrill.1 $(COMMANDS:%=sockdrill-%.1) sockdrill-expect.5 sockdrill-trace.5))
manual    = $(call say,MAN,$@) mkdir -p $(@D) && { $(2); } | packaging/manual $(basename $(@F)) $(1) $(VERSION) > $@

$(OUT)/man/sockdrill.1: tracer/man/sockdrill.1.md $(TELLING) packaging/manual
	$(call manual,1,$(TELLING) help --markdown | sed '/^# COMMANDS/$(comma)$$d'; cat $<; echo; \
	    $(TELLING) help --markdown | sed -n '/^# COMMANDS/$(comma)$$p')
$(OUT)/man/sockdrill-%.1: $(TELLING) packaging/manual
	$(call manual,1,$(TELLING) help --markdown $*)
$(OUT)/man/sockdrill-expect.5: expected/README.md packaging/manual
	$(call manual,5,printf '%s\n' '# NAME' '' 'sockdrill-expect - what a network program is to say to the kernel' ''; cat $<)
$(OUT)/man/sockdrill-trace.5: tracer/format/README.md packaging/manual
	$(call manual,5,printf '%s\n' '# NAME' '' 'sockdrill-trace - what network programs said to the kernel' ''; cat $<)

# A shell, and where it looks for completions.
SHELLS := bash:bash-completion/completions/sockdrill zsh:zsh/site-functions/_sockdrill fish:fish/vendor_completions.d/sockdrill.fish
COMPLETIONS := $(addprefix $(OUT)/completions/,bash zsh fish)
$(COMPLETIONS): $(TELLING)
	$(call say,TELL,$@) mkdir -p $(@D) && $(TELLING) help --completion $(@F) > $@

install: export PC := $(PC)
install: all $(PUBLIC) $(MANUALS) $(COMPLETIONS) ## into $(DESTDIR)$(PREFIX)
	install -D -m 755 $(PROGRAM) $(AT)/bin/sockdrill
	install -D -m 644 tracer/lib/sockdrill.h $(AT)/include/sockdrill.h
	install -D -m 644 $(PUBLIC) $(DESTDIR)$(LIBDIR)/libsockdrill.a
	install -d $(DESTDIR)$(LIBDIR)/pkgconfig $(addprefix $(AT)/share/sockdrill/,expected scenarios)
	printf '%s\n' "$$PC" > $(DESTDIR)$(LIBDIR)/pkgconfig/sockdrill.pc
	install -m 755 $(SCENARIOS) $(AT)/share/sockdrill/scenarios
	install -m 644 $(wildcard expected/*) $(AT)/share/sockdrill/expected
	install -m 644 $(wildcard tracer/*/*.schema.json) $(AT)/share/sockdrill
	$(foreach s,$(SHELLS),install -D -m 644 $(OUT)/completions/$(firstword $(subst :, ,$(s))) $(AT)/share/$(lastword $(subst :, ,$(s)))$(newline)	)
	$(foreach m,$(MANUALS),install -D -m 644 $(m) $(AT)/share/man/man$(subst .,,$(suffix $(m)))/$(notdir $(m))$(newline)	)
	$(if $(MANUALS),,@echo 'the manual pages are left out: lowdown is not there' >&2)

uninstall: ## take away what install put there
	rm -rf $(AT)/share/sockdrill
	rm -f $(AT)/bin/sockdrill $(AT)/include/sockdrill.h
	rm -f $(addprefix $(DESTDIR)$(LIBDIR)/,libsockdrill.a pkgconfig/sockdrill.pc)
	rm -f $(foreach s,$(SHELLS),$(AT)/share/$(lastword $(subst :, ,$(s))))
	rm -f $(AT)/share/man/man[15]/sockdrill.1 $(AT)/share/man/man[15]/sockdrill-*.[15]

DEB = $(BUILD)/sockdrill_$(VERSION)_$(shell dpkg --print-architecture 2>/dev/null).deb
deb: ## a Debian package, in build/
	rm -rf $(BUILD)/deb
	$(MAKE) PREFIX=/usr LIBDIR=/usr/lib/$$($(CC) -print-multiarch) DESTDIR=$(BUILD)/deb install
	SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || date +%s)} \
	    packaging/deb $(BUILD)/deb $(VERSION) $(DEB)
