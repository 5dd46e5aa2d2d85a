#include "doc/content/letter_check.h"

#include "doc/content/letter_own.h"
#include "domain/places/stay.h"
#include "domain/routine/decision.h"

/* A row being checked. */
struct checking {
    const struct tr_profile *p;
    const struct tr_table *t;
    uint32_t row;
    const struct tr_listener *listener;
    int faults;
};

static struct tr_str cell_of(const struct checking *k, const char *column)
{
    return tr_table_cell(k->t, k->row, tr_table_column(k->t, column));
}

static void fault(struct checking *k, int column, enum tr_code code, struct tr_str a,
                  struct tr_str b)
{
    struct tr_err err;

    tr_table_fault(k->t, k->row, column, code, NULL, &err);
    tr_err_copy(err.arg[0], sizeof err.arg[0], a);
    tr_err_copy(err.arg[1], sizeof err.arg[1], b);
    k->listener->say(k->listener->cookie, &err);
    k->faults++;
}

/* What may have become of an offer by the day of its letter. */
static bool tells_of_offer(struct tr_str code)
{
    return tr_str_is(code, tr_stay_status_name(TR_STAY_EXPIRED)) ||
           tr_str_is(code, tr_stay_status_name(TR_STAY_DECLINED));
}

/* Whether decisions.csv says this of every kind that has steps, of which a log can tell. */
static bool has_all_logged(const struct checking *k, const struct tr_letter_fact *fact,
                           const char *column)
{
    for (uint32_t i = 0; i < k->p->table[TR_T_DECISIONS].n_rows; i++)
        if (tr_decision_cell(k->p, (int)i, "steps", -1).len > 0 &&
            tr_decision_cell(k->p, (int)i, column, fact->cell ? TR_NB : -1).len == 0)
            return false;
    return true;
}

/* Whether decisions.csv has a kind for every service level, and says this of each, wherever the row
 * can stand. */
static bool has_all_kinds(const struct checking *k, const struct tr_letter_fact *fact)
{
    const struct tr_list *levels = tr_profile_list(k->p, "service_level");
    const char *column = fact->cell ? fact->cell : "complaint_within";
    struct tr_str codes = cell_of(k, "decision"), code;
    bool of_places = false;

    while (codes.len > 0 && tr_str_part(&codes, '|', &code))
        of_places |= tells_of_offer(code) || tr_list_code(tr_profile_list(k->p, "decision"), code) >= 0;
    if (!has_all_logged(k, fact, column))
        return false;
    if (!of_places)
        return true;
    for (int i = 0; levels && i < levels->n; i++)
        if (tr_decision_cell(k->p, tr_decision_kind(k->p, UINT64_C(1) << i), column,
                             fact->cell ? TR_NB : -1)
                .len == 0)
            return false;
    return levels != NULL;
}

/* Whether the row stands only in letters about a place. */
static bool is_of_place(const struct checking *k)
{
    struct tr_str codes = cell_of(k, "decision"), code;

    while (codes.len > 0 && tr_str_part(&codes, '|', &code))
        if (!tr_str_is(code, "placed") && !tells_of_offer(code))
            return false;
    return true;
}

/* Whether the fact is known wherever the row applies, by the row's decision alone. */
static bool is_sure(const struct checking *k, const struct tr_letter_fact *fact)
{
    switch (fact->known) {
    case TR_KNOWN_ALWAYS:
        return true;
    case TR_KNOWN_WITH_PLACE:
        return is_of_place(k);
    case TR_KNOWN_WITH_KIND:
        return has_all_kinds(k, fact);
    default:
        return false;
    }
}

/* Whether a condition of the row says that the fact is known, or the row needs it. */
static bool is_guarded(const struct checking *k, const struct tr_letter_fact *fact)
{
    struct tr_str when = cell_of(k, "when"), value, needs = cell_of(k, "needs"), name;
    struct tr_letter_condition c;

    while (needs.len > 0 && tr_str_part(&needs, '|', &name))
        if (tr_str_is(name, fact->name))
            return true;

    while (tr_letter_next_condition(&when, &c))
        if (!c.not &&(tr_letter_find(k->p, c.name, &value) == fact ||
                      (fact->also_name && tr_str_is(c.name, fact->also_name) &&
                       tr_str_is(c.code, fact->also_code))))
            return true;
    return false;
}

static void check_names(struct checking *k, int column)
{
    struct tr_str text = tr_table_cell(k->t, k->row, column), name, value;

    while (text.len > 0) {
        const struct tr_letter_fact *fact;

        tr_letter_next_part(&text, &name);
        if (!name.p)
            continue;
        fact = tr_letter_find(k->p, name, &value);
        if (!fact)
            fault(k, column, TR_E_CHECK_FIELD, name, (struct tr_str){0});
        else if (!is_sure(k, fact) && !is_guarded(k, fact))
            fault(k, column, TR_E_CHECK_GUARD, name, (struct tr_str){0});
    }
}

/* Names must be those of facts, and codes of the fact's list. */
static void check_conditions(struct checking *k)
{
    struct tr_str when = cell_of(k, "when"), value;
    int column = tr_table_column(k->t, "when");
    struct tr_letter_condition c;

    while (tr_letter_next_condition(&when, &c)) {
        const struct tr_letter_fact *fact = tr_letter_find(k->p, c.name, &value);

        if (!fact)
            fault(k, column, TR_E_CHECK_FIELD, c.name, (struct tr_str){0});
        else if (c.code.p && fact->list &&
                 tr_list_code(tr_profile_list(k->p, fact->list), c.code) < 0)
            fault(k, column, TR_E_CHECK_CODE, c.code, tr_str(fact->list));
    }
}

/* What a row needs are facts. */
static void check_needs(struct checking *k)
{
    struct tr_str needs = cell_of(k, "needs"), name, value;

    while (needs.len > 0 && tr_str_part(&needs, '|', &name))
        if (!tr_letter_find(k->p, name, &value))
            fault(k, tr_table_column(k->t, "needs"), TR_E_CHECK_FIELD, name, (struct tr_str){0});
}

static void check_row(struct checking *k)
{
    const struct tr_letter_block *block = tr_letter_find_block(cell_of(k, "block"));

    check_conditions(k);
    check_needs(k);
    if (!block)
        fault(k, tr_table_column(k->t, "block"), TR_E_CHECK_KIND,
              TR_STR(N_("title, heading, paragraph, item, frame, explain, reasons or questions")), (struct tr_str){0});
    for (int l = 0; l < TR_N_LANGS; l++) {
        int column = tr_lang_column(k->t, "text", l);

        check_names(k, column);
        if (!(block && block->empty) && tr_table_cell(k->t, k->row, column).len == 0)
            fault(k, column, TR_E_CHECK_EMPTY, (struct tr_str){0}, (struct tr_str){0});
    }
}

/* Whether the decision has a title that always applies: no document is without a name. */
static bool has_title(struct checking *k, struct tr_str decision)
{
    for (k->row = 0; k->row < k->t->n_rows; k->row++)
        if (tr_list_place(cell_of(k, "decision"), decision) > 0 &&
            tr_str_is(cell_of(k, "block"), "title") && cell_of(k, "when").len == 0)
            return true;
    return false;
}

int tr_letter_check_profile(const struct tr_profile *p, const struct tr_listener *listener)
{
    struct checking k = {.p = p, .t = &p->table[TR_T_LETTERS], .listener = listener};
    const struct tr_list *decisions = tr_profile_list(p, "decision");

    for (; k.row < k.t->n_rows; k.row++)
        check_row(&k);
    for (int i = 0; decisions && i < decisions->n; i++)
        if (!tr_str_is(decisions->entry[i].code, "out") && /* who is out of the queue gets none */
            !has_title(&k, decisions->entry[i].code))      /* k.row is past the last row */
            fault(&k, -1, TR_E_CHECK_LETTER, decisions->entry[i].code, (struct tr_str){0});
    for (int status = TR_STAY_DECLINED; status <= TR_STAY_EXPIRED; status++)
        if (!has_title(&k, tr_str(tr_stay_status_name(status))))
            fault(&k, -1, TR_E_CHECK_LETTER, tr_str(tr_stay_status_name(status)), (struct tr_str){0});
    return k.faults;
}

int tr_letter_check_text(const struct tr_profile *p, struct tr_str text, struct tr_err *err)
{
    struct tr_str name, value;

    while (text.len > 0) {
        tr_letter_next_part(&text, &name);
        if (name.p && !tr_letter_find(p, name, &value))
            return tr_letter_unknown(name, err);
    }
    return 0;
}

int tr_letter_check_when(const struct tr_profile *p, struct tr_str when, struct tr_err *err)
{
    struct tr_letter_condition c;
    struct tr_str value;

    while (tr_letter_next_condition(&when, &c))
        if (!tr_letter_find(p, c.name, &value))
            return tr_letter_unknown(c.name, err);
    return 0;
}
