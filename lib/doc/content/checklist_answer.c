#include "base/text.h"
#include "doc/content/checklist_own.h"
#include "doc/content/form_mark_own.h"
#include "doc/text/show.h"

/* ---- telling ---- */

void tr_reading_say(struct tr_reading *in, struct tr_err *err, struct tr_str point, struct tr_str item,
                const char *member)
{
    struct tr_buf field = {0};

    tr_buf_str(&field, point);
    tr_buf_text(&field, point.len > 0 && item.len > 0 ? "." : "");
    tr_buf_str(&field, item);
    tr_buf_text(&field, field.len > 0 && member[0] ? "." : "");
    tr_buf_text(&field, member);
    err->source = in->source;
    err->line = in->page;
    tr_err_field(err, tr_buf_slice(&field));
    in->faults += tr_code_class(err->code) != TR_CLASS_WARN;
    in->listener->say(in->listener->cookie, err);
    tr_buf_clear(&field);
}

void tr_reading_say_item(struct tr_reading *in, struct tr_err *err, uint32_t item, const char *member)
{
    tr_reading_say(in, err, in->form->item[item].point, in->form->item[item].item, member);
}

void tr_reading_remark(struct tr_reading *in, struct tr_str label, struct tr_str text)
{
    struct tr_err err;
    struct tr_str point = {0};

    if (text.len == 0)
        return;
    if (in->point >= 0)
        point = in->form->item[in->point].point;
    tr_err_set(&err, TR_W_FILLED_BESIDE, NULL, NULL, NULL);
    tr_err_value(&err, text);
    tr_reading_say(in, &err, point, TR_STR(""), "");
    tr_buf_text(&in->remarks, in->remarks.len > 0 ? "\n" : "");
    tr_buf_str(&in->remarks, label);
    tr_buf_text(&in->remarks, label.len > 0 ? ": " : "");
    tr_buf_str(&in->remarks, text);
}

/* ---- text ---- */

struct tr_str tr_reading_word(const struct tr_reading *in, const char *key)
{
    return tr_profile_text(in->form->profile, key, in->lang);
}

bool tr_reading_same(struct tr_reading *in, struct tr_str a, struct tr_str b)
{
    return tr_form_same(a, b, &in->one, &in->other);
}

/* Words that say what to fill in, and are no answer. */
static bool is_prompt(struct tr_reading *in, struct tr_str line, struct tr_str prompt,
                      struct tr_str help)
{
    return tr_reading_same(in, line, prompt) || tr_reading_same(in, line, help) || tr_reading_same(in, line, tr_reading_word(in, "document.blank"));
}

struct tr_str tr_reading_answer(struct tr_reading *in, struct tr_str cell, struct tr_str prompt,
                            struct tr_str help)
{
    struct tr_buf all = {0}, scratch = {0};
    struct tr_str line, kept;

    while (tr_str_part(&cell, '\n', &line)) {
        scratch.len = 0;
        line = tr_filled_tidy(line, &scratch);
        if (help.len > 0 && line.len > help.len && memcmp(line.p, help.p, help.len) == 0)
            line = tr_text_trim(tr_str_from(line, help.len)); /* typed right behind it */
        if (line.len == 0 || is_prompt(in, line, prompt, help))
            continue;
        tr_buf_text(&all, all.len > 0 ? "\n" : "");
        tr_buf_str(&all, line);
    }
    kept = tr_arena_copy(&in->p->text, tr_buf_slice(&all));
    in->p->text.failed |= all.failed | scratch.failed;
    tr_buf_clear(&all);
    tr_buf_clear(&scratch);
    return kept;
}

/* ---- values ---- */

static int number_of(struct tr_str digits)
{
    int n = 0;

    for (size_t i = 0; i < digits.len; i++)
        n = 10 * n + digits.p[i] - '0';
    return n;
}

/* A day as documents show it, in English with the month in words. */
static bool read_day(struct tr_reading *in, struct tr_str s, struct tr_date *date)
{
    struct tr_str rest = s, day, month, year;
    char iso[TR_DATE_LEN];
    bool found = false;

    if (tr_date_parse(s, date))
        return true;
    if (in->lang != TR_EN || !tr_str_part(&rest, ' ', &day) || !tr_str_part(&rest, ' ', &month) ||
        !tr_str_part(&rest, ' ', &year) || rest.p || tr_str_digits(day) != day.len || day.len > 2 ||
        tr_str_digits(year) != 4 || year.len != 4)
        return false;
    for (int m = 1; m <= 12 && !found; m++) {
        struct tr_buf shown = {0};

        *date = (struct tr_date){number_of(year), m, number_of(day)};
        if (tr_date_valid(*date)) {
            tr_date_iso(*date, iso);
            tr_show_date((struct tr_str){iso, sizeof iso}, in->lang, &shown);
            found = tr_reading_same(in, s, tr_buf_slice(&shown));
        }
        tr_buf_clear(&shown);
    }
    return found;
}

bool tr_reading_day(struct tr_reading *in, struct tr_str text, int32_t *day, struct tr_err *err)
{
    struct tr_date date;

    *day = TR_NO_DAY;
    if (text.len == 0 || tr_str_is(text, "–"))
        return true;
    if (read_day(in, text, &date)) {
        *day = tr_date_number(date);
        return true;
    }
    tr_err_set(err, TR_E_DATE, NULL, NULL, NULL);
    tr_err_value(err, text);
    return false;
}

bool tr_reading_time(struct tr_str text, int32_t *minutes, struct tr_err *err)
{
    *minutes = -1;
    if (text.len == 0 || tr_str_is(text, "–") || tr_time_parse(text, minutes))
        return true;
    tr_err_set(err, TR_E_TIME, NULL, NULL, NULL);
    tr_err_value(err, text);
    return false;
}

bool tr_reading_code(const struct tr_list *list, struct tr_str text, int32_t *code, struct tr_err *err,
                    enum tr_lang lang)
{
    struct tr_buf all = {0};

    *code = -1;
    if (text.len == 0 || tr_str_is(text, "–"))
        return true;
    *code = tr_list_find(list, text);
    if (*code >= 0)
        return true;
    for (int i = 0; i < list->n; i++) {
        tr_buf_text(&all, i > 0 ? ", " : "");
        tr_buf_str(&all, list->entry[i].label[lang]);
    }
    tr_err_set(err, TR_E_FILLED_CHOICE, tr_buf_z(&all), NULL, NULL);
    tr_err_value(err, text);
    tr_buf_clear(&all);
    return false;
}

bool tr_reading_boxes(struct tr_reading *in, struct tr_str label, struct tr_str cell,
                     const struct tr_str *labels, int n, int32_t *choice)
{
    size_t i = 0, from = 0;
    bool ticked = false, at_box = false, boxes = false, next;
    int answers = 0;

    *choice = -1;
    in->cell.len = 0;
    cell = tr_filled_tidy(cell, &in->cell);
    for (; i <= cell.len; i++) {
        struct tr_str part;
        int k = 0;

        if (i < cell.len && !tr_filled_box(tr_str_from(cell, i), &next) && cell.p[i] != '\n')
            continue;
        part = tr_text_trim((struct tr_str){cell.p + from, i - from});
        while (k < n && !tr_reading_same(in, part, labels[k]))
            k++;
        boxes |= at_box;
        if (k < n && (ticked || (!at_box && !boxes))) {
            *choice = k;
            answers++;
        } else if (k == n && part.len > 0) {
            struct tr_str kept = tr_arena_copy(&in->p->text, part);

            for (k = 0; k < n && ticked; k++) /* ☒ Ja, men … */
                if (kept.len > labels[k].len && memcmp(kept.p, labels[k].p, labels[k].len) == 0) {
                    *choice = k;
                    answers++;
                    break;
                }
            tr_reading_remark(in, label, kept);
        }
        at_box = i < cell.len && tr_filled_box(tr_str_from(cell, i), &next);
        ticked = at_box && next;
        i += at_box ? TR_FILLED_BOX_LEN - 1 : 0;
        from = i + 1;
    }
    return answers <= 1;
}
