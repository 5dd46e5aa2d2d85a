/* A referral on its way into the register: which of its cells are sealed, which stay readable, and
 * the marks of both. It needs nothing but the row, so the reading thread does it ahead. */
#include "cli/register/register_own.h"

void tr_put_add_plain(struct tr_buf *b, struct tr_str s)
{
    if (tr_buf_room(b, s.len) < 0)
        return;
    for (size_t i = 0; i < s.len; i++)
        b->p[b->len++] = (char)(s.p[i] == '\x1F' ? ' ' : s.p[i]);
}

/* ---- which cell goes where ---- */

struct tr_str tr_put_referral_start(struct tr_put_referral *m, struct tr_app *app,
                                    const struct tr_keys *keys, struct tr_hiding *hiding)
{
    m->app = app;
    m->keys = keys;
    m->hiding = hiding;
    m->n_sealed = m->n_shown = m->n_free = 0;
    for (uint8_t f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        m->form.column[f] = tr_field_column((enum tr_field)f);
        if (tr_field_is_sealed(f)) {
            m->sealed[m->n_sealed++] = f;
        } else if (tr_fields[f].tells != TR_TELLS_TEXT) {
            m->shown[m->n_shown++] = f;
            if (tr_fields[f].kind == TR_KIND_TEXT)
                m->free[m->n_free++] = f;
        }
    }
    return tr_put_form_start(&m->form, TR_N_REFERRAL_FIELDS);
}

void tr_put_referral_clear(struct tr_put_referral *m)
{
    tr_put_form_clear(&m->form);
    tr_buf_clear(&m->extra);
    tr_buf_wipe(&m->open);
}

bool tr_put_referral_failed(const struct tr_put_referral *m)
{
    return m->form.body.buf.failed || m->form.said.failed || m->extra.failed || m->open.failed;
}

/* Finds the columns that are sealed by their names. */
static void find_extra(struct tr_put_referral *m, const struct tr_binding *b)
{
    m->of = b;
    m->extra.len = 0;
    for (uint32_t c = 0; c < b->n_columns; c++)
        if (b->field[c] == TR_COLUMN_EXTRA ||
            (b->field[c] >= 0 && tr_fields[b->field[c]].tells == TR_TELLS_TEXT))
            tr_buf_add(&m->extra, &c, sizeof c);
}

/* ---- what is sealed ---- */

/* Adds these columns; whether any says something. */
static bool add_extra(struct tr_put_referral *m, const struct tr_binding *b,
                      const struct tr_row *row)
{
    bool any = false;

    for (size_t i = 0; i < m->extra.len / sizeof(uint32_t); i++) {
        uint32_t c;
        struct tr_str cell;

        memcpy(&c, m->extra.p + i * sizeof c, sizeof c);
        cell = tr_row_cell(row, c);
        if (cell.len == 0)
            continue;
        tr_buf_text(&m->open, any ? "|" : "");
        tr_put_add_plain(&m->open, b->header[c]);
        tr_buf_char(&m->open, '=');
        tr_put_add_plain(&m->open, cell);
        any = true;
    }
    return any;
}

/* What is to be sealed: the fields that tell who somebody is, then the columns that no field
 * claims, as name=content; nothing when all of them are empty. */
static struct tr_str make_open(struct tr_put_referral *m, const struct tr_binding *b,
                               const struct tr_row *row, const struct tr_value v[])
{
    size_t room = 0;
    bool any;

    m->open.len = 0;
    for (int i = 0; i < m->n_sealed; i++)
        room += v[m->sealed[i]].text.len + 1;
    if (tr_buf_room(&m->open, room) < 0)
        return (struct tr_str){NULL, 0};
    for (int i = 0; i < m->n_sealed; i++) {
        if (v[m->sealed[i]].text.len > 0)
            tr_put_add_plain(&m->open, v[m->sealed[i]].text);
        m->open.p[m->open.len++] = '\x1F';
    }
    any = add_extra(m, b, row) || room > (size_t)m->n_sealed;
    return any ? tr_buf_slice(&m->open) : (struct tr_str){NULL, 0};
}

/* ---- what is not ---- */

/* By which the register knows the person; empty: nobody does. */
static struct tr_str make_person(struct tr_put_referral *m, const struct tr_value v[])
{
    struct tr_str number = v[TR_F_PERSON_ID].text;

    if (number.len == 0 || tr_str_is(v[TR_F_PERSON_ID_KIND].text, "pseudonym"))
        return number;
    tr_pseudonym(&m->keys->secret[TR_SECRET_PSEUDONYM], number, m->pseudonym);
    return (struct tr_str){m->pseudonym, sizeof m->pseudonym};
}

static void find_cells(const struct tr_put_referral *m, const struct tr_value v[],
                       struct tr_str person, struct tr_str cells[TR_N_REFERRAL_FIELDS])
{
    memset(cells, 0, TR_N_REFERRAL_FIELDS * sizeof *cells);
    for (int i = 0; i < m->n_shown; i++)
        cells[m->shown[i]] = v[m->shown[i]].text;
    if (person.len == 0)
        return;
    cells[TR_F_PERSON_ID] = person;
    cells[TR_F_PERSON_ID_KIND] = TR_STR("pseudonym");
}

/* The names that may not stay in cells that people can write anything in. */
enum { NAMES = 2 };

/* Whether nothing in such cells can have to be hidden. */
static bool all_kept(const struct tr_put_referral *m, const struct tr_value v[])
{
    for (int i = 0; i < m->n_free; i++)
        if (v[m->free[i]].text.len > 0 && !tr_register_keeps(v[m->free[i]].text, NAMES))
            return false;
    return true;
}

static int hide(struct tr_put_referral *m, const struct tr_value v[], struct tr_str cells[])
{
    const struct tr_str names[NAMES] = {v[TR_F_NAME].text, v[TR_F_CONTACT_NAME].text};

    m->hiding->used = 0;
    for (int i = 0; i < m->n_free; i++)
        if (cells[m->free[i]].len > 0 &&
            tr_register_hide(m->app, m->hiding, TR_NAMES_ALL, &cells[m->free[i]], names, NAMES) < 0)
            return -1;
    return 0;
}

int tr_put_referral_make(struct tr_put_referral *m, const struct tr_binding *b,
                         const struct tr_row *row, struct tr_value v[],
                         struct tr_store_record *out)
{
    struct tr_str cells[TR_N_REFERRAL_FIELDS], person;

    if (!m->hiding && !all_kept(m, v))
        return 0;
    person = make_person(m, v);
    if (m->of != b)
        find_extra(m, b);
    *out = (struct tr_store_record){.kind = tr_str(tr_record_kind_names[TR_RECORD_REFERRAL]),
                                    .id = v[TR_F_REFERRAL_ID].text,
                                    .bydel = v[TR_F_BYDEL].text,
                                    .day = v[TR_F_RECEIVED].text,
                                    .person = person,
                                    .open = make_open(m, b, row, v)};
    find_cells(m, v, person, cells);
    if (m->lasting)
        tr_lasting_put(m->lasting, out->id, cells, m->n_kept);
    tr_put_form_content(&m->form, &m->keys->secret[TR_SECRET_CONTENT], cells, out->open,
                        out->content);
    if (m->hiding && hide(m, v, cells) < 0)
        return -1;
    out->body = tr_put_form_body(&m->form, cells);
    v[TR_F_PERSON_ID].text = person;
    return 1;
}

/* ---- from thread to thread ---- */

bool tr_put_pack(const struct tr_store_record *r, struct tr_put_packed *out)
{
    const struct tr_str text[] = {r->id, r->bydel, r->day, r->person, r->body, r->open};
    size_t used = 0;

    memcpy(out->content, r->content, sizeof out->content);
    for (int i = 0; i < 6; i++) {
        if (text[i].len > sizeof out->text - used)
            return false;
        if (text[i].len > 0)
            memcpy(out->text + used, text[i].p, text[i].len);
        out->len[i] = (uint16_t)text[i].len;
        used += text[i].len;
    }
    return true;
}

struct tr_store_record tr_put_unpack(const struct tr_put_packed *packed)
{
    struct tr_store_record r = {.kind = tr_str(tr_record_kind_names[TR_RECORD_REFERRAL])};
    struct tr_str *const text[] = {&r.id, &r.bydel, &r.day, &r.person, &r.body, &r.open};
    const char *at = packed->text;

    memcpy(r.content, packed->content, sizeof r.content);
    for (int i = 0; i < 6; at += packed->len[i++])
        *text[i] = (struct tr_str){at, packed->len[i]};
    return r;
}
