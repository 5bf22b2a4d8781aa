# What is installed, and taken away again. DESTDIR stands in front of all of it.

AT      = $(DESTDIR)$(PREFIX)
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

install: export PC := $(PC)
install: all $(PUBLIC) ## into $(DESTDIR)$(PREFIX)
	install -D -m 755 $(PROGRAM) $(AT)/bin/sockdrill
	install -D -m 644 tracer/lib/sockdrill.h $(AT)/include/sockdrill.h
	install -D -m 644 $(PUBLIC) $(DESTDIR)$(LIBDIR)/libsockdrill.a
	install -d $(DESTDIR)$(LIBDIR)/pkgconfig $(addprefix $(AT)/share/sockdrill/,expected scenarios)
	printf '%s\n' "$$PC" > $(DESTDIR)$(LIBDIR)/pkgconfig/sockdrill.pc
	install -m 755 $(SCENARIOS) $(AT)/share/sockdrill/scenarios
	install -m 644 $(wildcard expected/*) $(AT)/share/sockdrill/expected
	install -m 644 $(wildcard tracer/*/*.schema.json) $(AT)/share/sockdrill

uninstall: ## take away what install put there
	rm -rf $(AT)/share/sockdrill
	rm -f $(AT)/bin/sockdrill $(AT)/include/sockdrill.h
	rm -f $(addprefix $(DESTDIR)$(LIBDIR)/,libsockdrill.a pkgconfig/sockdrill.pc)
