# Builds everything under build/. Works without configure; config.mk, which configure writes, overrides
# the settings below.

PREFIX   = /usr/local
CC       = cc
OPT      = -O2 -g
WARN     = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla
WERROR   =
SANITIZE =
CPPFLAGS =
LDFLAGS  =
LIBS     = -lcsv -ljansson -lunistring -pthread
MSGFMT   = msgfmt
B        = build

-include config.mk

VERSION  = 0.1.0
SOVERSION = 0
ALL_CFLAGS = -std=gnu17 $(OPT) $(WARN) $(WERROR) $(SANITIZE) -fPIC -pthread -Ilib $(CPPFLAGS) $(CFLAGS)

LIB_SRC = \
	lib/base/buf.c lib/base/date.c lib/base/dict.c lib/base/err.c lib/base/idnum.c lib/base/out.c \
	lib/base/text.c lib/base/utf8.c \
	lib/record/jsonl.c lib/record/judge.c lib/record/reader.c lib/record/scan.c lib/record/seen.c \
	lib/record/source.c lib/record/table.c lib/record/writer.c \
	lib/domain/explain.c lib/domain/field.c lib/domain/import.c lib/domain/needs.c \
	lib/domain/profile.c lib/domain/rop.c lib/domain/rules.c \
	$(DOC_SRC) \
	lib/cli/app.c lib/cli/inputs.c lib/cli/referrals.c lib/cli/rejects.c
DOC_SRC =

PROGRAMS = referral-import rop-group needs-aggregate

LIB_OBJ = $(LIB_SRC:%.c=$B/obj/%.o)
BIN     = $(PROGRAMS:%=$B/bin/%)

all: $(BIN)

$B/lib/libtransition.a: $(LIB_OBJ)
	@mkdir -p $(@D)
	rm -f $@
	$(AR) rcs $@ $(LIB_OBJ)

$B/bin/%: $B/obj/bin/%.o $B/lib/libtransition.a
	@mkdir -p $(@D)
	$(CC) $(OPT) $(SANITIZE) $(LDFLAGS) -o $@ $< $B/lib/libtransition.a $(LIBS)

$B/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

clean:
	rm -rf $B

-include $(LIB_OBJ:.o=.d) $(PROGRAMS:%=$B/obj/bin/%.d)

.PHONY: all clean
.SECONDARY:
