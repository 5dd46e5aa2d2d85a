/* libtransition: all of it. A layer includes only itself and those above it in this list. */
#ifndef TRANSITION_H
#define TRANSITION_H

#include "base/buf.h"
#include "base/date.h"
#include "base/dict.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/idnum.h"
#include "base/out.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"

#include "record/jsonl.h"
#include "record/judge.h"
#include "record/reader.h"
#include "record/scan.h"
#include "record/seen.h"
#include "record/source.h"
#include "record/table.h"
#include "record/writer.h"

#include "domain/field.h"
#include "domain/import.h"
#include "domain/needs.h"
#include "domain/profile.h"
#include "domain/rop.h"
#include "domain/rules.h"

#include "doc/draw.h"
#include "doc/format.h"
#include "doc/order.h"
#include "doc/table.h"
#include "doc/wrap.h"

#include "cli/app.h"
#include "cli/count.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "cli/referrals.h"
#include "cli/rejects.h"
#include "cli/version.h"

#endif
