/* What a round of placements means for one person, in plain words that can be read aloud: where
 * they got a place and why, or what stands between them and each place. Nothing is said of others
 * but how many there are. */
#ifndef TR_DOMAIN_PLACEMENT_PLACEMENT_EXPLAIN_H
#define TR_DOMAIN_PLACEMENT_PLACEMENT_EXPLAIN_H

#include "domain/placement/certificate.h"

/* How long somebody may still wait, in days: in eight of ten cases. INFINITY: longer than anybody has
 * looked. */
struct tr_expected_wait {
    double low, high;
};

/* The sentence of texts.csv that tells such a wait, and its whole weeks, which are not shorter than the
 * range. */
struct tr_expected_weeks {
    const char *key;
    uint64_t low, high;
};
struct tr_expected_weeks tr_expected_weeks(struct tr_expected_wait wait);

/* Adds paragraphs, a line each; a line that begins with "- " is an item of a list. Sentences are
 * those of texts.csv and placement_rules.csv. wait: of one who waits; NULL: nothing is said of it. */
void tr_placement_explain(const struct tr_certificate *c, uint32_t referral,
                          const struct tr_expected_wait *wait, enum tr_lang lang,
                          struct tr_buf *out);

/* The same without what a letter says itself: which referral, and whom to call. */
void tr_placement_explain_reasons(const struct tr_certificate *c, uint32_t referral,
                                  enum tr_lang lang, struct tr_buf *out);

/* The referral that the placement is about, when the certificate tells of the same outcome: TR_OK;
 * TR_E_NO_REFERRAL, TR_E_RESULT_DIFFERS. */
enum tr_code tr_placement_explain_find(const struct tr_certificate *c, const struct tr_placement *p,
                                       uint32_t *referral);

#endif
