# Builds everything under build/. Works without configure; config.mk, which configure writes, overrides
# the settings below.
#
#   make                         programs in build/bin, the library, the catalogue, the completions
#   make check                   what is tested of the programs as they are
#   make check-full              the same, with what watches memory and threads, a browser and a word processor
#   make install PREFIX= DESTDIR=

PREFIX   = /usr/local
CC       = cc
OPT      = -O3 -g
WARN     = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla
WERROR   =
SANITIZE =
# What makes a fault hard to use: checked copies and stacks, addresses by chance, tables of addresses that
# cannot be written, calls that only land where calls may. The same bytes in whatever folder it is built.
HARDEN   = -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fcf-protection \
	-ffile-prefix-map=$(CURDIR)=.
HARDEN_LINK = -Wl,-z,relro,-z,now,-z,noexecstack
# SANDBOX=no: programs that may do all that their user may, for valgrind and kernels to come.
SANDBOX  = yes
CPPFLAGS =
CFLAGS   =
LDFLAGS  =
PKGCONFIG = pkg-config
DOC_CPPFLAGS := $(shell $(PKGCONFIG) --cflags pangocairo)
# Debian keeps the header of libpq in a folder of its own.
PQ_CPPFLAGS := $(shell $(PKGCONFIG) --cflags libpq)
DOC_LIBS := $(shell $(PKGCONFIG) --libs pangocairo) -lqpdf
LIBS     = -lcsv -ljansson -lpcre2-8 -lsodium -lsqlite3 -lunistring -lzip $(DOC_LIBS) -lseccomp -lexpat -lglpk -lpq -lm -pthread
# Where programs look for the shared library, besides where the system does: they open it when they need more
# than they are linked with (lib/base/apart.h). Empty: nowhere.
RUNPATH  = $$ORIGIN/../lib
# What it has more; with this a program needs it no more.
APART    = $(patsubst %,-Wl$(comma)-u$(comma)%,tr_document_pdf tr_pdf_form_read tr_picture_png tr_pg_engine)
comma   := ,
# A library that programs open when they need it, by the name that the loader knows.
soname   = $(or $(shell objdump -p "$$($(CC) $(LDFLAGS) -print-file-name=$1.so)" 2>/dev/null | sed -n 's/^ *SONAME *//p'),$1.so)
CHECK_LIBS = -lcheck -lsubunit -lm -lrt
# For what is not shipped: gold, where it is, links in a third of the time.
QUICK_LINK := $(if $(shell command -v ld.gold 2>/dev/null),-fuse-ld=gold)
MSGFMT   = msgfmt
XGETTEXT = xgettext
PROVE    = prove
INSTALL  = install
B        = build

-include config.mk

BINDIR     = $(PREFIX)/bin
LIBDIR     = $(PREFIX)/lib
INCLUDEDIR = $(PREFIX)/include/transition
DATADIR    = $(PREFIX)/share/transition
LOCALEDIR  = $(PREFIX)/share/locale
MANDIR     = $(PREFIX)/share/man
COMPDIR    = $(PREFIX)/share/bash-completion/completions
ZSHDIR     = $(PREFIX)/share/zsh/site-functions
FISHDIR    = $(PREFIX)/share/fish/vendor_completions.d

VERSION   := $(shell sed -n 's/.*TR_VERSION "\(.*\)"/\1/p' lib/cli/app/version.h)
SOVERSION  = 0
# Own functions may be inlined though the library is shared: nobody replaces them.
ALL_CFLAGS = -std=gnu17 $(OPT) $(HARDEN) $(WARN) $(WERROR) $(SANITIZE) -fPIC -fno-semantic-interposition -pthread \
	-Ilib -I$B/gen $(if $(filter no,$(SANDBOX)),-DTR_NO_SANDBOX) $(DOC_CPPFLAGS) $(OWN_CPPFLAGS) $(CPPFLAGS) $(CFLAGS)

# A program, a source, a header, a test is found by where it lies: nothing is listed twice. Sorted, so
# that the library is the same bytes on every machine.
# allocate.c belongs to programs, not to the library: it stands before the allocator.
WATCH_SRC = lib/cli/app/allocate.c
PROGRAMS := $(sort $(patsubst bin/%.c,%,$(wildcard bin/*.c)))
LIB_SRC  := $(sort $(shell find lib -name '*.c' ! -path $(WATCH_SRC)))
# Headers called *_own.h are a module's own: not installed, not in the umbrella.
HEADERS  := $(sort $(shell find lib -name '*.h' ! -name '*_own.h'))

MAN = $(PROGRAMS:%=man/%.1) $(sort $(wildcard man/*.5 man/*.7))

UNIT_SRC := $(sort $(wildcard tests/unit/*.c))

# Data is not listed: a municipality is added by its folder alone.
DATA := $(shell find share -path share/locale -prune -o -type f -print)
# Among them those that name where the programs are.
JOBS := $(filter share/cron/% share/systemd/%.service,$(DATA))

LIB_OBJ    = $(LIB_SRC:%.c=$B/obj/%.o)
BIN        = $(PROGRAMS:%=$B/bin/%)
UNIT       = $(UNIT_SRC:tests/unit/%.c=$B/unit/%)
WATCH      = $(WATCH_SRC:%.c=$B/obj/%.o)
STATIC     = $B/lib/libtransition.a
SONAME     = libtransition.so.$(SOVERSION)
SHARED     = $B/lib/libtransition.so.$(VERSION)
COMPLETION = $(PROGRAMS:%=$B/share/bash-completion/completions/%)
COMPLETION_ZSH = $(PROGRAMS:%=$B/share/zsh/site-functions/_%)
COMPLETION_FISH = $(PROGRAMS:%=$B/share/fish/vendor_completions.d/%.fish)
# Without msgfmt, or a translation, the programs speak English.
CATALOGUE := $(if $(shell command -v $(MSGFMT) 2>/dev/null),\
	$(patsubst share/locale/%.po,$B/share/locale/%/LC_MESSAGES/transition.mo,$(wildcard share/locale/*.po)))

all: programs $(SHARED) $B/transition.pc $(COMPLETION) $(COMPLETION_ZSH) $(COMPLETION_FISH)
programs: $(BIN) $(CATALOGUE) $(if $(IN_PROGRAMS),,$(SHARED))
unit: $(UNIT)
faults: $B/tests/faults.so

# ---- how things are made ----

# Holds the flags, so that other flags build anew.
$B/flags: force
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(ALL_CFLAGS)' >$@

# The statements of the register, as C: they are built in.
$B/gen/store/sql_own.h: scripts/make-sql $(wildcard share/register/*/*.sql)
	@mkdir -p $(@D)
	scripts/make-sql >$@.new
	mv $@.new $@
$(patsubst %.c,$B/obj/%.o,$(wildcard lib/store/*.c)): $B/gen/store/sql_own.h

# The programs there are, for the one that tells of them.
$B/gen/cli/programs_own.h: scripts/make-programs $(wildcard bin/*.c)
	@mkdir -p $(@D)
	scripts/make-programs >$@.new
	mv $@.new $@
$B/obj/bin/transition.o: $B/gen/cli/programs_own.h

$(patsubst %.c,$B/obj/%.o,$(wildcard lib/store/pg*.c)): OWN_CPPFLAGS = $(PQ_CPPFLAGS)
$B/obj/lib/base/apart.o: OWN_CPPFLAGS = -DTR_LIBRARY='"$(notdir $(SHARED))"'
$B/obj/lib/base/apart.o: lib/cli/app/version.h
$B/obj/lib/base/archive.o: OWN_CPPFLAGS = -DTR_LIBZIP='"$(call soname,libzip)"'
$B/obj/%.o: %.c $B/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(STATIC): $(LIB_OBJ)
	@mkdir -p $(@D)
	rm -f $@
	$(AR) rcs $@ $(LIB_OBJ)

$(SHARED): $(LIB_OBJ)
	@mkdir -p $(@D)
	$(CC) $(OPT) $(SANITIZE) $(HARDEN_LINK) $(LDFLAGS) -shared -Wl,-soname,$(SONAME) -Wl,-z,defs \
		-Wl,--no-as-needed -o $@ $(LIB_OBJ) $(LIBS)
	ln -sf $(@F) $B/lib/$(SONAME)
	ln -sf $(SONAME) $B/lib/libtransition.so

# A program starts without the libraries that it does not use.
$B/bin/%: $B/obj/bin/%.o $(WATCH) $(STATIC)
	@mkdir -p $(@D)
	$(CC) $(OPT) $(SANITIZE) -pie $(HARDEN_LINK) $(if $(RUNPATH),-Wl$(comma)-rpath$(comma)'$(RUNPATH)') $(LDFLAGS) -Wl,--as-needed \
		$(IN_PROGRAMS) -o $@ $< $(WATCH) $(STATIC) $(LIBS)

# What tests/faults preloads.
$B/tests/faults.so: tests/faults/shim.c
	@mkdir -p $(@D)
	$(CC) -std=gnu17 -O1 -g $(WARN) -Wno-missing-prototypes $(WERROR) -fPIC -shared -o $@ $<

$B/unit/%: $B/obj/tests/unit/%.o $(STATIC)
	@mkdir -p $(@D)
	$(CC) $(OPT) $(SANITIZE) $(LDFLAGS) $(QUICK_LINK) $(APART) -o $@ $< $(STATIC) $(CHECK_LIBS) $(LIBS)

$B/share/locale/%/LC_MESSAGES/transition.mo: share/locale/%.po
	@mkdir -p $(@D)
	$(MSGFMT) --check -o $@ $<

$B/share/bash-completion/completions/%: $B/bin/% scripts/make-completion
	@mkdir -p $(@D)
	scripts/make-completion $< bash >$@.new
	mv $@.new $@
$B/share/zsh/site-functions/_%: $B/bin/% scripts/make-completion
	@mkdir -p $(@D)
	scripts/make-completion $< zsh >$@.new
	mv $@.new $@
$B/share/fish/vendor_completions.d/%.fish: $B/bin/% scripts/make-completion
	@mkdir -p $(@D)
	scripts/make-completion $< fish >$@.new
	mv $@.new $@

# Made anew each time, as PREFIX may differ.
$B/transition.pc: lib/transition.pc.in force
	@mkdir -p $(@D)
	@sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' -e 's|@LIBS@|$(LIBS)|' $< >$@

pot:
	@mkdir -p share/locale
	$(XGETTEXT) --language=C --from-code=UTF-8 --keyword=N_ --keyword=_ --sort-by-file --no-location \
		--package-name=transition --package-version=$(VERSION) \
		-o share/locale/transition.pot $(PROGRAMS:%=bin/%.c) $(LIB_SRC) $(wildcard lib/base/err_*_own.h)

# What the programs are made of, as SPDX: https://spdx.github.io/spdx-spec/v2.3/
sbom: $B/transition.spdx.json
$B/transition.spdx.json: scripts/make-sbom $(BIN) $(SHARED)
	scripts/make-sbom $(VERSION) $(SHARED) $(BIN) >$@.new
	mv $@.new $@

# Packages for Debian, in $B/deb, made from a copy of the sources and looked at by lintian.
deb:
	rm -rf $B/deb
	mkdir -p $B/deb/source
	cp -r bin lib man scripts share Makefile README.md NEWS.md COPYING $B/deb/source
	cp -r scripts/debian $B/deb/source/debian
	+cd $B/deb/source && dpkg-buildpackage -jauto -us -uc -b
	cd $B/deb && lintian --fail-on error,warning *.changes

# ---- tests ----

# For tests alone: lines of traces are all that is asked of -g, and what is watched is all in one file.
TO_TEST = IN_PROGRAMS='$(APART)' OPT='-O1 -g1' HARDEN= LDFLAGS='$(LDFLAGS) $(QUICK_LINK)'

# The programs again, with the compiler watching memory, undefined behaviour or threads. Threads: those
# that the test of them runs.
WATCHED = -fsanitize=address,undefined -fno-sanitize-recover=undefined
sanitize:
	+$(MAKE) B=$B/san $(TO_TEST) SANITIZE='$(WATCHED)' programs $(if $(UNIT_SRC),unit)
THREADED = $(sort $(filter $(PROGRAMS),$(shell tr -c 'a-z-' ' ' <tests/cli/threads.t)))
threads:
	+$(MAKE) B=$B/tsan $(TO_TEST) SANITIZE=-fsanitize=thread $(THREADED:%=$B/tsan/bin/%)

# The library alone, for tests/fuzz, in FUZZ_B.
fuzz-library:
	+$(MAKE) B=$(FUZZ_B) $(TO_TEST) SANITIZE='$(WATCHED) $(FUZZ_WATCHED)' CPPFLAGS='$(CPPFLAGS) $(FUZZ_CPPFLAGS)' \
		$(FUZZ_B)/lib/libtransition.a

# The programs again, with sizes of a few bytes: see lib/base/sizes.h.
small:
	+$(MAKE) B=$B/small $(TO_TEST) CPPFLAGS='$(CPPFLAGS) -DTR_SMALL' programs

# Those that take longest begin first. FULL_TESTS: what needs builds of its own, a browser or a word processor; with
# them, unit tests run watched.
BUILT_TESTS = tests/cli/deb.t $(wildcard tests/fuzz/*.t tests/cli/sanitized-*.t) tests/cli/small.t tests/cli/threads.t
FULL_TESTS = $(BUILT_TESTS) $(wildcard tests/html/*.t)
TESTS = $(wildcard tests/golden/*.t) $(filter-out $(BUILT_TESTS),$(wildcard tests/cli/*.t))
TESTED = CK_TAP_LOG_FILE_NAME=- CK_VERBOSITY=silent $(PROVE) --timer --failures --comments $(PROVEFLAGS)

check: all faults unit
	$(TESTED) $(TESTS) $(UNIT)
check-full: all faults sanitize threads small
	TRANSITION_TEST_ALL=yes $(TESTED) $(FULL_TESTS) $(TESTS) $(UNIT:$B/%=$B/san/%)

# ---- installing ----

# The link `default` is a setting: one that is there is left alone.
install: all
	$(INSTALL) -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(COMPDIR) \
		$(DESTDIR)$(ZSHDIR) $(DESTDIR)$(FISHDIR)
	$(INSTALL) -m 755 $(BIN) $(DESTDIR)$(BINDIR)
	$(INSTALL) -m 644 $(STATIC) $(SHARED) $(DESTDIR)$(LIBDIR)
	ln -sf $(notdir $(SHARED)) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libtransition.so
	$(INSTALL) -m 644 $B/transition.pc $(DESTDIR)$(LIBDIR)/pkgconfig
	$(INSTALL) -m 644 $(COMPLETION) $(DESTDIR)$(COMPDIR)
	$(INSTALL) -m 644 $(COMPLETION_ZSH) $(DESTDIR)$(ZSHDIR)
	$(INSTALL) -m 644 $(COMPLETION_FISH) $(DESTDIR)$(FISHDIR)
	for f in $(HEADERS:lib/%=%); do $(INSTALL) -D -m 644 lib/$$f $(DESTDIR)$(INCLUDEDIR)/$$f || exit; done
	for f in $(DATA:share/%=%); do $(INSTALL) -D -m 644 share/$$f $(DESTDIR)$(DATADIR)/$$f || exit; done
	sed -i 's|/usr/local/bin\>|$(BINDIR)|g' $(patsubst share/%,$(DESTDIR)$(DATADIR)/%,$(JOBS))
	test -L $(DESTDIR)$(DATADIR)/profiles/default || cp -P share/profiles/default $(DESTDIR)$(DATADIR)/profiles/
	for f in $(CATALOGUE:$B/share/locale/%=%); do \
		$(INSTALL) -D -m 644 $B/share/locale/$$f $(DESTDIR)$(LOCALEDIR)/$$f || exit; done
	for f in $(MAN); do \
		$(INSTALL) -D -m 644 $$f $(DESTDIR)$(MANDIR)/man$${f##*.}/$${f##*/} || exit; done

uninstall:
	rm -f $(PROGRAMS:%=$(DESTDIR)$(BINDIR)/%) $(PROGRAMS:%=$(DESTDIR)$(COMPDIR)/%) \
		$(PROGRAMS:%=$(DESTDIR)$(ZSHDIR)/_%) $(PROGRAMS:%=$(DESTDIR)$(FISHDIR)/%.fish) \
		$(patsubst %,$(DESTDIR)$(LIBDIR)/%,libtransition.a libtransition.so $(SONAME) $(notdir $(SHARED))) \
		$(DESTDIR)$(LIBDIR)/pkgconfig/transition.pc \
		$(HEADERS:lib/%=$(DESTDIR)$(INCLUDEDIR)/%) $(DATA:share/%=$(DESTDIR)$(DATADIR)/%) \
		$(DESTDIR)$(DATADIR)/profiles/default $(CATALOGUE:$B/share/locale/%=$(DESTDIR)$(LOCALEDIR)/%)
	for f in $(MAN); do rm -f $(DESTDIR)$(MANDIR)/man$${f##*.}/$${f##*/}; done
	-find $(DESTDIR)$(INCLUDEDIR) $(DESTDIR)$(DATADIR) -depth -type d -empty -delete

clean:
	rm -rf $B

-include $(LIB_OBJ:.o=.d) $(WATCH:.o=.d) $(PROGRAMS:%=$B/obj/bin/%.d) $(UNIT_SRC:%.c=$B/obj/%.d)

.PHONY: deb sbom all programs unit pot sanitize threads check check-full install uninstall clean force
.PHONY: faults small fuzz-library
.SECONDARY:
.DELETE_ON_ERROR:
