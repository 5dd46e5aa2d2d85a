#include "doc/content/catalogue.h"

#include "base/text.h"
#include "doc/text/show.h"

static void add_title(struct tr_document *d, int32_t group, int32_t need)
{
    const struct tr_list *groups = tr_profile_list(d->profile, "rop_group");
    const struct tr_list *needs = tr_profile_list(d->profile, "need");
    const struct tr_fill fills[] = {
        {"group", group < 0 ? TR_STR("") : groups->entry[group].code},
        {"need", need < 0 ? TR_STR("") : needs->entry[need].label[d->lang]},
        {NULL, {0}},
    };
    const char *key = group >= 0 && need >= 0 ? "service.title.both"
                      : group >= 0            ? "service.title"
                      : need >= 0             ? "service.title.need"
                                              : "service.title.all";
    struct tr_buf title = {0};

    tr_text_fill(tr_document_word(d, key), fills, &title);
    tr_document_say(d, TR_D_HEADING, 1, tr_buf_slice(&title));
    d->failed |= title.failed;
    tr_buf_clear(&title);
}

/* Whether more is known of the service than its name and what it is for. */
static bool has_details(const struct tr_service *s)
{
    return s->who.len + s->apply.len + s->place.len + s->phone.len + s->email.len + s->price.len + s->limit.len +
               s->hours.len >
           0;
}

static void add_brief(struct tr_document *d, const struct tr_service *s)
{
    tr_document_open(d, TR_D_ITEM, 0, TR_STR(""));
    tr_document_run(d, TR_D_TEXT, 0, s->name);
    if (s->scope.len > 0) {
        tr_document_run(d, TR_D_TEXT, 0, TR_STR(" – "));
        tr_document_run(d, TR_D_TEXT, 0, s->scope);
    }
    tr_document_close(d);
}

static void add_pair(struct tr_document *d, const char *key, struct tr_str text)
{
    if (text.len == 0)
        return;
    tr_document_open(d, TR_D_PAIR, 0, tr_document_word(d, key));
    tr_document_run(d, TR_D_TEXT, 0, text);
    tr_document_close(d);
}

static void add_hours(struct tr_document *d, struct tr_str hours)
{
    struct tr_buf said = {0};

    tr_hours_say(d->profile, d->lang, hours, &said);
    add_pair(d, "service.hours", tr_buf_slice(&said));
    d->failed |= said.failed;
    tr_buf_clear(&said);
}

/* For a service that is closed: who answers now, and when one is called back. */
static void add_after_hours(struct tr_document *d, const struct tr_records *all,
                            const struct tr_service *s)
{
    int other = s->after_hours.len > 0 ? tr_records_find(all, s->after_hours) : -1;
    struct tr_buf text = {0}, day = {0};

    if (s->open != 0 || other < 0 || tr_service(all, (uint32_t)other)->phone.len == 0)
        return;
    tr_show_day(s->call_back, d->lang, &day);
    const struct tr_fill fills[] = {
        {"name", tr_service(all, (uint32_t)other)->name},
        {"phone", tr_service(all, (uint32_t)other)->phone},
        {"day", tr_buf_slice(&day)},
        {NULL, {0}},
    };
    tr_text_fill(tr_document_word(d, day.len ? "service.after.call_back" : "service.after"), fills,
                 &text);
    add_pair(d, "service.closed", tr_buf_slice(&text));
    d->failed |= text.failed || day.failed;
    tr_buf_clear(&text);
    tr_buf_clear(&day);
}

static void add_whole(struct tr_document *d, const struct tr_records *all,
                      const struct tr_service *s)
{
    tr_document_say(d, TR_D_HEADING, 3, s->name);
    if (s->scope.len > 0)
        tr_document_say(d, TR_D_PARAGRAPH, 0, s->scope);
    tr_document_open(d, TR_D_PAIRS, 0, TR_STR(""));
    add_pair(d, "service.who", s->who);
    add_pair(d, "service.apply", s->apply);
    add_pair(d, "service.place", s->place);
    add_hours(d, s->hours);
    if (s->open == 1 || (s->open == 0 && s->after_hours.len == 0))
        add_pair(d, "service.now",
                 tr_document_word(d, s->open ? "service.open" : "service.closed"));
    add_after_hours(d, all, s);
    add_pair(d, "service.phone", s->phone);
    add_pair(d, "service.email", s->email);
    add_pair(d, "service.price", s->price);
    add_pair(d, "service.limit", s->limit);
    tr_document_close(d);
}

/* Services with details come after a list of those without. */
static void add_provider(struct tr_document *d, const struct tr_records *all,
                         const uint32_t *chosen, uint32_t n, int32_t provider)
{
    bool any = false, list = false;

    for (uint32_t i = 0; i < n; i++)
        any |= tr_service(all, chosen[i])->provider == provider;
    if (!any)
        return;
    tr_document_say(d, TR_D_HEADING, 2,
                    tr_profile_list(d->profile, "provider")->entry[provider].label[d->lang]);
    for (uint32_t i = 0; i < n; i++) {
        const struct tr_service *s = tr_service(all, chosen[i]);

        if (s->provider != provider || has_details(s))
            continue;
        if (!list)
            tr_document_open(d, TR_D_LIST, 0, TR_STR(""));
        list = true;
        add_brief(d, s);
    }
    if (list)
        tr_document_close(d);
    for (uint32_t i = 0; i < n; i++)
        if (tr_service(all, chosen[i])->provider == provider &&
            has_details(tr_service(all, chosen[i])))
            add_whole(d, all, tr_service(all, chosen[i]));
}

/* A sentence of texts.csv as a paragraph. */
static void add_sentence(struct tr_document *d, const char *key, const struct tr_fill *fills)
{
    struct tr_buf text = {0};

    tr_text_fill(tr_document_word(d, key), fills, &text);
    tr_document_say(d, TR_D_PARAGRAPH, 0, tr_buf_slice(&text));
    d->failed |= text.failed;
    tr_buf_clear(&text);
}

/* What a row of rop_matrix.csv says, and what the source of the services does not. */
static void add_row(struct tr_document *d, const struct tr_table *t, uint32_t r)
{
    struct tr_str note = tr_table_cell(t, r, tr_lang_column(t, "services_note", d->lang));
    const struct tr_fill fills[] = {
        {"services", tr_table_cell(t, r, tr_lang_column(t, "services", d->lang))},
        {"need", tr_table_cell(t, r, tr_lang_column(t, "housing_need", d->lang))},
        {"specification", tr_table_cell(t, r, tr_lang_column(t, "specification", d->lang))},
        {"example", tr_table_cell(t, r, tr_table_column(t, "example"))},
        {NULL, {0}},
    };

    tr_document_say(d, TR_D_PARAGRAPH, 0,
                    tr_table_cell(t, r, tr_lang_column(t, "challenges", d->lang)));
    if (fills[1].text.len > 0 && fills[2].text.len > 0)
        add_sentence(d, "service.housing", fills);
    if (fills[3].text.len > 0)
        add_sentence(d, "service.example", fills);
    if (fills[0].text.len > 0)
        add_sentence(d, "service.matrix", fills);
    if (note.len > 0)
        tr_document_say(d, TR_D_PARAGRAPH, 0, note);
}

static void add_group(struct tr_document *d, struct tr_str code)
{
    const struct tr_table *t = &d->profile->table[TR_T_ROP_MATRIX];

    for (uint32_t r = 0; r < t->n_rows; r++)
        if (tr_str_eq(tr_table_cell(t, r, tr_table_column(t, "rop_group")), code))
            add_row(d, t, r);
}

void tr_catalogue_make(struct tr_document *d, const struct tr_records *all, const uint32_t *chosen,
                       uint32_t n, int32_t group, int32_t need)
{
    const struct tr_list *groups = tr_profile_list(d->profile, "rop_group");
    const struct tr_list *providers = tr_profile_list(d->profile, "provider");

    add_title(d, group, need);
    if (group >= 0)
        add_group(d, groups->entry[group].code);
    if (n == 0)
        tr_document_say(d, TR_D_PARAGRAPH, 0, tr_document_word(d, "service.none"));
    for (int32_t p = 0; p < providers->n; p++)
        add_provider(d, all, chosen, n, p);
}
