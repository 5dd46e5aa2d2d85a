#include "domain/referral/part.h"

void tr_part_columns(struct tr_part_columns *out)
{
    out->n_stays = 0;
    out->stays[out->n_stays++] = (struct tr_column){.name = TR_STR("referral_id")};
    out->stays[out->n_stays++] = (struct tr_column){.name = TR_STR("own_id")};
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        out->travels[f] = tr_field_column((enum tr_field)f);
        if (tr_field_is_kept(f))
            out->stays[out->n_stays++] = out->travels[f];
    }
}

/* Whether the field is left out of the part that travels. The comment travels with its masks, and
 * so does all other free text. */
static bool is_left_out(int field, bool year, bool protected)
{
    switch (tr_fields[field].tells) {
    case TR_TELLS_WHO:
    case TR_TELLS_KIND:
    case TR_TELLS_TEXT:
        return true;
    case TR_TELLS_PART:
        return !year;
    case TR_TELLS_WHERE:
        return protected;
    default:
        return false;
    }
}

/* The text as it may travel: sentences without anybody's name, wishes without this referral's. */
static int mask(struct tr_masks *masks, int field, const struct tr_str *names, struct tr_str *text,
                struct tr_buf *out)
{
    const enum tr_names_of of = field == TR_F_COMMENT ? TR_NAMES_ALL : TR_NAMES_OWN;

    if (tr_fields[field].kind != TR_KIND_TEXT || text->len == 0)
        return 0;
    out->len = 0;
    if (tr_masks_hide(masks, of, *text, names, 2, out) < 0)
        return -1;
    *text = tr_buf_slice(out);
    return 0;
}

int tr_part_split(struct tr_part_cells *out, struct tr_masks *masks, const struct tr_key *key,
                  bool year, const struct tr_value v[])
{
    const struct tr_str names[] = {v[TR_F_NAME].text, v[TR_F_CONTACT_NAME].text};
    const struct tr_str code = {out->code, sizeof out->code};
    struct tr_str *stays = out->stays;

    tr_reference(key, v[TR_F_REFERRAL_ID].text, out->code);
    *stays++ = code;
    *stays++ = v[TR_F_REFERRAL_ID].text;
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        const bool left_out = f != TR_F_COMMENT && is_left_out(f, year, tr_is_protected(v));

        out->travels[f] = left_out ? (struct tr_str){"", 0} : v[f].text;
        if (mask(masks, f, names, &out->travels[f], &out->masked[f]) < 0)
            return -1;
        if (tr_field_is_kept(f))
            *stays++ = v[f].text;
    }
    out->travels[TR_F_REFERRAL_ID] = code;
    return 0;
}

void tr_part_clear(struct tr_part_cells *cells)
{
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        tr_buf_wipe(&cells->masked[f]);
}
