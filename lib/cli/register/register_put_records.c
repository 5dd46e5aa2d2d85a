/* Putting in records of other kinds than referrals. */
#include "cli/register/put_own.h"
#include "domain/routine/paper.h"

/* A record that is made of a row: its texts live until the next. */
struct making {
    struct tr_putting *p;
    const struct tr_records *records;
    enum tr_record_kind which;
    const struct tr_kept_kind *kept;
    struct tr_str cells[TR_PUT_COLUMNS_MAX];
    struct tr_buf text, id;
    struct tr_districts districts;
};

static struct tr_str cell_named(const struct making *m, const char *name)
{
    const struct tr_kind *kind = m->kept->kind;

    for (uint32_t c = 0; name && c < kind->n_members; c++)
        if (strcmp(kind->member[c].name, name) == 0)
            return m->cells[c];
    return (struct tr_str){"", 0};
}

/* ---- what is sealed ---- */

/* Puts text under seal, behind where referrals have who they are about; name: of a cell, or NULL.
 */
static void seal(struct tr_putting *p, const char *name, struct tr_str text,
                 struct tr_store_record *record)
{
    p->open.len = 0;
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        if (tr_field_is_sealed(f))
            tr_buf_char(&p->open, '\x1F');
    if (name) {
        tr_buf_text(&p->open, name);
        tr_buf_char(&p->open, '=');
    }
    tr_put_add_plain(&p->open, text);
    record->open = tr_buf_slice(&p->open);
}

/* The same of a paper; leaves in its cell what is kept in clear. */
static void seal_paper(struct making *m, uint32_t i, struct tr_store_record *record)
{
    int document = tr_kind_member(m->kept->kind, TR_STR("document"));

    seal(m->p, NULL, m->cells[document], record);
    m->cells[document] = tr_paper(m->records, i)->bare;
}

/* And of the cell that the kind wants sealed, if it says anything. */
static void seal_cell(struct making *m, struct tr_store_record *record)
{
    int at = tr_kind_member(m->kept->kind, tr_str(m->kept->sealed));

    if (m->cells[at].len > 0)
        seal(m->p, m->kept->sealed, m->cells[at], record);
    m->cells[at] = (struct tr_str){"", 0};
}

/* ---- the record ---- */

/* What the register knows it by. */
static struct tr_str id_of(struct making *m, uint32_t i, const struct tr_store_record *record)
{
    char event[TR_EVENT_ID_LEN];

    m->id.len = 0;
    switch (m->which) {
    case TR_RECORD_EVENT:
    case TR_RECORD_EPISODE:
        tr_register_event_id(record->content, event);
        tr_buf_add(&m->id, event, sizeof event);
        break;
    case TR_RECORD_LINK:
        tr_register_link_id(tr_link(m->records, i), &m->id);
        break;
    case TR_RECORD_JUDGEMENT: /* one of a day */
        tr_buf_str(&m->id, cell_named(m, m->kept->about));
        tr_buf_char(&m->id, '/');
        tr_buf_str(&m->id, cell_named(m, m->kept->day));
        break;
    default:
        return m->cells[0];
    }
    return tr_buf_slice(&m->id);
}

/* Makes the record of row i, but for its layout. -1: said. */
static int make_record(struct making *m, uint32_t i, struct tr_store_record *record)
{
    struct tr_putting *p = m->p;
    const struct tr_kept_kind *k = m->kept;

    *record = (struct tr_store_record){.kind = tr_str(tr_record_kind_names[m->which])};
    if (tr_kind_cells(k->kind, &p->r->app->profile, m->records->record + i * k->kind->size,
                      m->cells, &m->text) < 0)
        return tr_app_no_memory(p->r->app);
    record->about = cell_named(m, k->about);
    record->bydel =
        k->sealed ? tr_district_of(&m->districts, record->about) : cell_named(m, "bydel");
    record->day =
        k->day ? cell_named(m, k->day) : tr_str(m->which == TR_RECORD_DECISION ? p->day : NULL);
    /* A record that is sealed for an office says for which: handed over, it is another. */
    tr_put_form_content(&p->form, &p->keys->secret[TR_SECRET_CONTENT], m->cells,
                        k->sealed ? record->bydel : (struct tr_str){"", 0}, record->content);
    if (tr_register_hide_free(p->r->app, &p->hiding, k, m->cells) < 0)
        return -1;
    if (tr_record_is_paper(m->which))
        seal_paper(m, i, record);
    if (k->sealed)
        seal_cell(m, record);
    record->body = tr_put_form_body(&p->form, m->cells);
    record->id = id_of(m, i, record);
    p->other = cell_named(m, k->other);
    return m->id.failed ? tr_app_no_memory(p->r->app) : 0;
}

int tr_put_each(struct tr_putting *p, enum tr_record_kind which, const struct tr_records *records)
{
    const struct tr_kept_kind *k = &tr_kept[which];
    struct making m = {.p = p, .records = records, .which = which, .kept = k};
    struct tr_store_record record;
    int rc;

    tr_kind_columns(k->kind, p->form.column);
    rc = tr_putting_layout(p, which, tr_put_form_start(&p->form, k->kind->n_members));
    if (rc == 0 && k->sealed)
        rc = tr_register_districts(p->r, records, tr_kind_member(k->kind, tr_str(k->about)),
                                   &m.districts);
    for (uint32_t i = 0; rc == 0 && i < records->n; i++) {
        rc = make_record(&m, i, &record);
        if (rc == 0)
            rc = tr_putting_store(p, &record);
    }
    tr_buf_clear(&m.text);
    tr_buf_clear(&m.id);
    tr_districts_clear(&m.districts);
    return rc;
}

int tr_putting_notice(struct tr_putting *p, enum tr_record_kind which,
                      const struct tr_records *records)
{
    const struct tr_put_noticed put = {which, &p->emptied, p->bare, &p->referrals, records};

    return tr_register_notice(p->r, &put);
}

/* Tells days on which something happened that are far ahead: a year that was mistyped, or had two digits. */
static void tell_far(const struct tr_putting *p, enum tr_record_kind which,
                     const struct tr_records *records)
{
    const struct tr_kept_kind *k = &tr_kept[which];
    const int day = k->day ? tr_kind_member(k->kind, tr_str(k->day)) : -1;
    char iso[TR_DATE_LEN];
    struct tr_err err;

    for (uint32_t i = 0; day >= 0 && i < records->n; i++) {
        const int32_t on = tr_record_number(records, i, day);

        if (on == TR_NO_DAY)
            continue;
        tr_date_iso(tr_date_of(on), iso);
        if (!tr_put_is_far(p, (struct tr_str){iso, sizeof iso}))
            continue;
        tr_records_fault(records, i, k->day, TR_W_YEAR, NULL, NULL, &err);
        tr_app_say(p->r->app, &err);
    }
}

int tr_put_records(struct tr_putting *p, enum tr_record_kind which, struct tr_reader *reader)
{
    const struct tr_listener listener = tr_app_listener(p->r->app);
    struct tr_records records;
    struct tr_err err;
    int rc = tr_records_read(&records, tr_kept[which].kind, &p->r->app->profile, reader, &listener);

    if (rc == 0 && records.n == 0) {
        tr_err_set(&err, TR_E_FILE_NO_ROWS, NULL, NULL, NULL);
        err.source = records.source;
        tr_app_say(p->r->app, &err);
    }
    if (rc == 0)
        tell_far(p, which, &records);
    if (rc == 0 && which == TR_RECORD_LINK)
        rc = tr_register_check_links(p->r, &records);
    if (rc == 0)
        rc = tr_put_each(p, which, &records);
    if (rc == 0)
        rc = tr_putting_notice(p, which, &records);
    p->referrals.inputs.ended[0] = records.ended;
    p->referrals.inputs.refused = records.refused;
    tr_records_clear(&records);
    return rc;
}
