/* What the files of grouping share. Not for others. */
#ifndef TR_DOMAIN_SURVEY_ROP_OWN_H
#define TR_DOMAIN_SURVEY_ROP_OWN_H

#include "domain/survey/rop.h"

/* Loads what judgement needs of the profile; the rules are loaded. */
int tr_rop_load_judgement(struct tr_rop *rop, struct tr_err *err);

/* Weighs the judgement of v, which there is, with what the rules found. */
void tr_rop_judge(const struct tr_rop *rop, const struct tr_value v[], struct tr_rop_result *out);

#endif
