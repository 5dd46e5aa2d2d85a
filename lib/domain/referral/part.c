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

/* What the part that travels has of a field, in its finest form; free text still without masks. */
static struct tr_str finest(struct tr_part_cells *out, const struct tr_travels *t,
                            const struct tr_key *key, const struct tr_value v[], int field)
{
    const struct tr_str text = v[field].text, none = {"", 0};

    if (tr_fields[field].tells == TR_TELLS_WHERE && tr_is_protected(v))
        return none;
    switch (field == TR_F_RECEIVED ? TR_TRAVELS_WHOLE : tr_travels_form(t, field, 0)) {
    case TR_TRAVELS_NOT:
        return none;
    case TR_TRAVELS_CODE:
        if (text.len == 0)
            return none;
        tr_pseudonym(key, text, out->person);
        return (struct tr_str){out->person, sizeof out->person};
    case TR_TRAVELS_BAND:
        return tr_born_between(&t->limits, tr_ages_of(v, t->as_of), t->as_of, out->born);
    default:
        return text;
    }
}

/* The text as it may travel: without anybody's name. */
static int mask(struct tr_masks *masks, int field, const struct tr_str *names, struct tr_str *text,
                struct tr_buf *out)
{
    if (tr_fields[field].kind != TR_KIND_TEXT || text->len == 0)
        return 0;
    out->len = 0;
    if (tr_masks_hide(masks, TR_NAMES_ALL, *text, names, 2, out) < 0)
        return -1;
    *text = tr_buf_slice(out);
    return 0;
}

int tr_part_split(struct tr_part_cells *out, struct tr_masks *masks, const struct tr_key *key,
                  const struct tr_travels *t, const struct tr_value v[])
{
    const struct tr_str names[] = {v[TR_F_NAME].text, v[TR_F_CONTACT_NAME].text};
    const struct tr_str code = {out->code, sizeof out->code};
    struct tr_str *stays = out->stays;

    tr_reference(key, v[TR_F_REFERRAL_ID].text, out->code);
    *stays++ = code;
    *stays++ = v[TR_F_REFERRAL_ID].text;
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        out->travels[f] = f == TR_F_REFERRAL_ID ? code : finest(out, t, key, v, f);
        if (mask(masks, f, names, &out->travels[f], &out->masked[f]) < 0)
            return -1;
        if (tr_field_is_kept(f))
            *stays++ = v[f].text;
    }
    return 0;
}

void tr_part_clear(struct tr_part_cells *cells)
{
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        tr_buf_wipe(&cells->masked[f]);
}
