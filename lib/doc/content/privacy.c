#include "doc/content/privacy.h"

#include "base/text.h"
#include "domain/routine/decision.h"

enum { CELLS_MAX = 8, N_FILLS = 4 };

struct making {
    struct tr_document *d;
    const struct tr_privacy *p;
    struct tr_fill fill[N_FILLS + 1]; /* and one without a name */
    struct tr_str of, text; /* of the row in hand; blanks of the text are filled */
    uint32_t row;
    enum tr_node_kind open; /* what goes on from row to row: pairs, a list, a table; else none */
    int columns;            /* of the table */
    uint64_t said;          /* bit: a sort of fields, or a kind, that the template has named */
    struct tr_err *err;
};

static struct tr_str cell(const struct making *m, const char *column)
{
    return tr_table_cell(m->p->template, m->row, tr_table_column(m->p->template, column));
}

static int unfit(const struct making *m, const char *column, const char *should)
{
    return tr_table_fault(m->p->template, m->row, tr_table_column(m->p->template, column),
                          TR_E_CHECK_KIND, should, m->err);
}

/* Blanks of texts are values of profile.csv. */
static void set_fills(struct making *m)
{
    static const char *const keys[N_FILLS] = {"name", "municipality", "agency", "retention_days"};

    for (int i = 0; i < N_FILLS; i++)
        m->fill[i] = (struct tr_fill){keys[i], tr_profile_value(m->d->profile, keys[i])};
}

/* Goes on with what is open, or closes it and opens another. */
static void go_on(struct making *m, enum tr_node_kind kind)
{
    if (m->open == kind)
        return;
    if (m->open != TR_N_NODE_KINDS)
        tr_document_close(m->d);
    if (kind != TR_N_NODE_KINDS)
        tr_document_open(m->d, kind, 0, TR_STR(""));
    m->open = kind;
}

static void add_pair(struct making *m, struct tr_str label, struct tr_str value)
{
    go_on(m, TR_D_PAIRS);
    tr_document_open(m->d, TR_D_PAIR, 0, label);
    if (value.len > 0)
        tr_document_run(m->d, TR_D_TEXT, 0, value);
    else
        tr_document_run(m->d, TR_D_BLANK, 0, label);
    tr_document_close(m->d);
}

/* ---- blocks ---- */

static int put_words(struct making *m, enum tr_node_kind kind, int level)
{
    go_on(m, kind == TR_D_ITEM ? TR_D_LIST : TR_N_NODE_KINDS);
    tr_document_say(m->d, kind, level, m->text);
    return 0;
}

static int put_title(struct making *m)
{
    return put_words(m, TR_D_HEADING, 1);
}

static int put_heading(struct making *m)
{
    return put_words(m, TR_D_HEADING, 2);
}

static int put_subheading(struct making *m)
{
    return put_words(m, TR_D_HEADING, 3);
}

static int put_text(struct making *m)
{
    return put_words(m, TR_D_PARAGRAPH, 0);
}

static int put_item(struct making *m)
{
    return put_words(m, TR_D_ITEM, 0);
}

static int put_box(struct making *m)
{
    go_on(m, TR_N_NODE_KINDS);
    tr_document_open(m->d, TR_D_PARAGRAPH, 0, TR_STR(""));
    tr_document_run(m->d, TR_D_BOX, 0, TR_STR(""));
    tr_document_run(m->d, TR_D_TEXT, 0, m->text);
    tr_document_close(m->d);
    return 0;
}

/* A value of the profile; one that it has not is to be written in. */
static int put_pair(struct making *m)
{
    struct tr_buf key = {0};

    tr_buf_str(&key, m->of);
    add_pair(m, m->text, tr_profile_value(m->d->profile, tr_buf_z(&key)));
    m->d->failed |= key.failed;
    tr_buf_clear(&key);
    return 0;
}

static int put_blank(struct making *m)
{
    int lines = m->of.len == 1 ? m->of.p[0] - '0' : 0;

    if (lines < 1 || lines > 9)
        return unfit(m, "of", N_("a number of lines from 1 to 9"));
    go_on(m, TR_D_PAIRS);
    tr_document_open(m->d, TR_D_PAIR, 0, m->text);
    tr_document_run(m->d, TR_D_BLANK, lines, m->text);
    tr_document_close(m->d);
    return 0;
}

/* ---- what the fields and kinds are ---- */

static const struct {
    const char *name;
    uint32_t tells; /* bit: enum tr_identity_mark */
} sorts[] = {
    {"sealed", 1u << TR_TELLS_WHO | 1u << TR_TELLS_KIND},
    {"text", 1u << TR_TELLS_TEXT},
    {"where", 1u << TR_TELLS_WHERE},
    {"mark", 1u << TR_TELLS_MARK},
    {"part", 1u << TR_TELLS_PART},
    {"other", 1u << TR_TELLS_NOBODY},
};
enum { N_SORTS = sizeof sorts / sizeof *sorts };
#define SORTS N_("sealed, text, where, mark, part or other")

static void add_label(const struct making *m, struct tr_str field, struct tr_buf *out)
{
    struct tr_str label = tr_profile_label(m->d->profile, field, m->d->lang);

    tr_buf_text(out, out->len > 0 ? ", " : "");
    tr_buf_str(out, label.len > 0 ? label : field);
}

static int add_labels(struct making *m, struct tr_buf *labels)
{
    add_pair(m, m->text, tr_buf_slice(labels));
    m->d->failed |= labels->failed;
    tr_buf_clear(labels);
    return 0;
}

static int put_fields(struct making *m)
{
    struct tr_buf labels = {0};
    int s = 0;

    while (s < N_SORTS && !tr_str_is(m->of, sorts[s].name))
        s++;
    if (s == N_SORTS)
        return unfit(m, "of", SORTS);
    m->said |= UINT64_C(1) << s;
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        if (sorts[s].tells >> tr_fields[f].tells & 1)
            add_label(m, tr_str(tr_fields[f].name), &labels);
    return add_labels(m, &labels);
}

static int put_kind(struct making *m)
{
    const struct tr_privacy_kind *k = m->p->kinds;
    struct tr_buf labels = {0};
    int at = N_SORTS;

    for (; k->name && !tr_str_is(m->of, k->name); k++)
        at++;
    if (!k->name)
        return unfit(m, "of", N_("a kind of records that the register keeps"));
    m->said |= UINT64_C(1) << at;
    for (uint32_t i = 0; i < k->kind->n_members; i++)
        add_label(m, tr_str(k->kind->member[i].name), &labels);
    return add_labels(m, &labels);
}

/* ---- tables ---- */

/* Opens a cell and, after the last one, leaves the row open. */
static void add_cell(struct making *m, struct tr_str text)
{
    tr_document_open(m->d, TR_D_CELL, 0, TR_STR(""));
    if (text.len > 0)
        tr_document_run(m->d, TR_D_TEXT, 0, text);
    else
        tr_document_run(m->d, TR_D_BLANK, 0, TR_STR(""));
    tr_document_close(m->d);
}

/* Adds the parts of the text as cells; gives how many. */
static int add_cells(struct making *m, struct tr_str text)
{
    int n = 0;

    for (const char *end; n < CELLS_MAX; text.len -= (size_t)(end - text.p) + 1, text.p = end + 1) {
        end = memchr(text.p, '|', text.len);
        add_cell(m, end ? (struct tr_str){text.p, (size_t)(end - text.p)} : text);
        n++;
        if (!end)
            break;
    }
    return n;
}

static int put_head(struct making *m)
{
    go_on(m, TR_N_NODE_KINDS);
    tr_document_open(m->d, TR_D_TABLE, 0, m->of);
    m->open = TR_D_TABLE;
    tr_document_open(m->d, TR_D_ROW, 1, TR_STR(""));
    m->columns = add_cells(m, m->text);
    tr_document_close(m->d);
    return 0;
}

/* Where a requirement is met: program, manual and test, one below the other. */
static void add_where(struct making *m)
{
    static const char *const columns[] = {"program", "manual", "test"};
    bool any = false;

    tr_document_open(m->d, TR_D_CELL, 0, TR_STR(""));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        struct tr_str at = cell(m, columns[i]);

        if (at.len == 0)
            continue;
        if (any)
            tr_document_run(m->d, TR_D_BREAK, 0, TR_STR(""));
        tr_document_run(m->d, TR_D_TEXT, 0, at);
        any = true;
    }
    tr_document_close(m->d);
}

static int put_row(struct making *m)
{
    int n;

    if (m->open != TR_D_TABLE)
        return unfit(m, "block", N_("below a head or a row"));
    tr_document_open(m->d, TR_D_ROW, 0, TR_STR(""));
    n = add_cells(m, m->text);
    if (n == m->columns - 1) {
        add_where(m);
        n++;
    }
    tr_document_close(m->d);
    return n == m->columns ? 0 : unfit(m, "text_nb", N_("as many cells as the head has"));
}

/* The kinds of decisions with their laws, and when a lawyer read them. */
static int put_laws(struct making *m)
{
    const struct tr_list *kinds = tr_profile_list(m->d->profile, "decision_kind");

    put_head(m);
    for (int i = 0; kinds && i < kinds->n; i++) {
        tr_document_open(m->d, TR_D_ROW, 0, TR_STR(""));
        add_cell(m, kinds->entry[i].label[m->d->lang]);
        add_cell(m, tr_decision_cell(m->d->profile, i, "law", (int)m->d->lang));
        add_cell(m, tr_decision_cell(m->d->profile, i, "reviewed", -1));
        tr_document_close(m->d);
    }
    return m->columns == 3 ? 0 : unfit(m, "text_nb", N_("three cells"));
}

/* ---- all ---- */

static const struct {
    const char *name;
    int (*put)(struct making *m);
} blocks[] = {
    {"title", put_title},   {"heading", put_heading}, {"subheading", put_subheading},
    {"text", put_text},     {"item", put_item},       {"box", put_box},
    {"pair", put_pair},     {"blank", put_blank},     {"fields", put_fields},
    {"kind", put_kind},     {"laws", put_laws},       {"head", put_head},
    {"row", put_row},
};
enum { N_BLOCKS = sizeof blocks / sizeof *blocks };
#define BLOCKS                                                                                     \
    N_("title, heading, subheading, text, item, box, pair, blank, fields, kind, laws, head or row")

static int put_block(struct making *m)
{
    const int text = tr_lang_column(m->p->template, "text", m->d->lang);
    struct tr_buf filled = {0};
    int b = 0, rc;

    while (b < N_BLOCKS && !tr_str_is(cell(m, "block"), blocks[b].name))
        b++;
    if (b == N_BLOCKS)
        return unfit(m, "block", BLOCKS);
    if (tr_table_cell(m->p->template, m->row, text).len == 0)
        return tr_table_fault(m->p->template, m->row, text, TR_E_CHECK_EMPTY, NULL, m->err);
    tr_text_fill(tr_table_cell(m->p->template, m->row, text), m->fill, &filled);
    m->of = cell(m, "of");
    m->text = tr_buf_slice(&filled);
    rc = blocks[b].put(m);
    m->d->failed |= filled.failed;
    tr_buf_clear(&filled);
    return rc;
}

/* Whether a template that names fields and kinds names all of them. */
static int check_said(struct making *m)
{
    uint64_t all = (UINT64_C(1) << N_SORTS) - 1;
    int at = N_SORTS;

    for (const struct tr_privacy_kind *k = m->p->kinds; k->name; k++)
        all |= UINT64_C(1) << at++;
    m->row = 0;
    return m->said == 0 || m->said == all
               ? 0
               : unfit(m, "of", N_("every sort of fields and every kind of records, or none"));
}

int tr_privacy_make(struct tr_document *d, const struct tr_privacy *p, struct tr_err *err)
{
    struct making m = {.d = d, .p = p, .open = TR_N_NODE_KINDS, .err = err};
    static const char *const needed[] = {"block", "of"};
    int rc = 0;

    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (tr_table_column(p->template, needed[i]) < 0)
            return tr_table_fault(p->template, 0, -1, TR_E_CHECK_COLUMN, needed[i], err);
    if (tr_lang_column(p->template, "text", d->lang) < 0)
        return tr_table_fault(p->template, 0, -1, TR_E_CHECK_COLUMN,
                              d->lang == TR_NN ? "text_nn" : "text_nb", err);
    set_fills(&m);
    for (; rc == 0 && m.row < p->template->n_rows; m.row++)
        rc = put_block(&m);
    go_on(&m, TR_N_NODE_KINDS);
    return rc < 0 ? -1 : check_said(&m);
}
