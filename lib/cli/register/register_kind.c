#include "cli/register/register.h"

#define KIND_NAME(constant, name) name,
const char *const tr_kept_kind_names[TR_RECORD_IDENTITY + 1] = {TR_KEPT_KINDS(KIND_NAME)};
const char *const tr_record_kind_names[TR_N_RECORD_KINDS + 1] = {
    TR_KEPT_KINDS(KIND_NAME) "identity"};
