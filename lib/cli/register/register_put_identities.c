/* Who a referral is about, when it comes later: put in with what the register has of it. */
#include "cli/register/put_own.h"
#include "domain/referral/identity.h"

/* The referral that is there, and what was sealed of it. */
struct joining {
    struct tr_putting *p;
    const struct tr_identity *who;
    const char *source; /* and line, where the identity stands */
    uint64_t line;
    bool found;
    int failed;
};

/* Adds the parts that are sealed, new ones in place of old ones where they are known. */
static void join_parts(struct tr_putting *p, const struct tr_identity *who, struct tr_str opened)
{
    struct tr_str rest = opened;

    p->open.len = 0;
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        struct tr_str part = {"", 0};
        struct tr_str known = f == TR_F_PERSON_ID_KIND ? who->kind : tr_identity_value(who, (enum tr_field)f);

        if (!tr_field_is_sealed(f))
            continue;
        if (rest.len > 0)
            tr_str_part(&rest, '\x1F', &part);
        tr_put_add_plain(&p->open, known.len ? known : part);
        tr_buf_char(&p->open, '\x1F');
    }
    tr_put_add_plain(&p->open, rest);
}

/* Notes whom the referral is about now. */
static int note_identity(const struct joining *j, const struct tr_store_record *record,
                         const struct tr_str cells[])
{
    struct tr_putting *p = j->p;
    struct tr_person_at at = {.id = record->id, .source = j->source, .line = j->line};
    struct tr_err err;

    if (tr_put_persons_add(&p->persons, record->id, record->person) < 0)
        return tr_app_no_memory(p->r->app);
    tr_register_person(p->r, cells, &at.person);
    return tr_persons_add(p->referrals.persons, &at, &err) < 0 ? tr_app_fail(p->r->app, &err) : 0;
}

/* The mark that an identity has, where the register has none as strict. */
static void protect(const struct tr_putting *p, int32_t mark, struct tr_str *cell)
{
    const struct tr_list *list = tr_profile_list(&p->r->app->profile, "protection");

    if (list && mark > tr_list_code(list, *cell))
        *cell = list->entry[mark].code;
}

static int join_found(void *cookie, const struct tr_store_found *found)
{
    struct joining *j = cookie;
    struct tr_putting *p = j->p;
    struct tr_str cells[TR_N_REFERRAL_FIELDS];
    struct tr_buf columns = {0}, old = {0}, opened = {0};
    char pseudonym[TR_PSEUDONYM_LEN];
    struct tr_store_record record = {.kind = tr_str(tr_record_kind_names[TR_RECORD_REFERRAL]),
                                     .id = found->id};
    struct tr_err err;

    j->found = true;
    j->failed = tr_store_unseal(p->r->store, found, &opened, &err) < 0 ||
                        tr_register_cells(p->r, found, &columns, &old, cells, &err) < 0
                    ? tr_app_fail(p->r->app, &err)
                    : 0;
    if (j->failed < 0)
        goto out;
    join_parts(p, j->who, tr_buf_slice(&opened));
    if (j->who->person_id.len > 0) {
        cells[TR_F_PERSON_ID] = j->who->person_id;
        if (!tr_str_is(j->who->kind, "pseudonym")) {
            tr_pseudonym(&p->keys->secret[TR_SECRET_PSEUDONYM], j->who->person_id, pseudonym);
            cells[TR_F_PERSON_ID] = (struct tr_str){pseudonym, sizeof pseudonym};
        }
        cells[TR_F_PERSON_ID_KIND] = TR_STR("pseudonym");
    }
    protect(p, j->who->protection, &cells[TR_F_PROTECTION]);
    if (j->who->birth_year.len > 0)
        cells[TR_F_BIRTH_YEAR] = j->who->birth_year;
    record.person = cells[TR_F_PERSON_ID];
    record.bydel = cells[TR_F_BYDEL];
    record.day = cells[TR_F_RECEIVED];
    record.open = tr_buf_slice(&p->open);
    tr_put_form_content(&p->making.form, &p->keys->secret[TR_SECRET_CONTENT], cells, record.open,
                        record.content);
    record.body = tr_put_form_body(&p->making.form, cells);
    j->failed = note_identity(j, &record, cells) < 0 ? -1 : tr_putting_store(p, &record);
out:
    tr_buf_clear(&columns);
    tr_buf_clear(&old);
    tr_buf_wipe(&opened);
    return -1; /* there is but one */
}

int tr_put_identities(struct tr_putting *p, struct tr_reader *reader)
{
    const struct tr_listener listener = tr_app_listener(p->r->app);
    struct tr_records records;
    struct tr_err err;
    char id[TR_ID_MAX + 1];
    uint32_t faults = 0;
    int rc = tr_records_read(&records, &tr_identity_kind, &p->r->app->profile, reader, &listener);

    if (rc == 0 && tr_identities_settle(&records, &listener, &faults) < 0)
        rc = tr_app_no_memory(p->r->app);
    if (faults > 0) {
        tr_app_raise(p->r->app, TR_EXIT_DATA);
        rc = -1;
    }
    if (rc == 0)
        rc = tr_put_referral_layout(p);
    if (rc == 0)
        rc = tr_put_persons_begin(p);
    for (uint32_t i = 0; rc == 0 && i < records.n; i++) {
        const struct tr_identity *who = (const struct tr_identity *)(void *)records.record + i;
        const struct tr_store_query query = {
            .kind = tr_str(tr_record_kind_names[TR_RECORD_REFERRAL]), .id = who->referral_id};
        struct joining j = {.p = p, .who = who, .source = records.source, .line = records.line[i]};

        if (tr_store_get(p->r->store, &query, join_found, &j, &err) < 0)
            rc = tr_app_fail(p->r->app, &err);
        else if (!j.found) {
            tr_err_copy(id, sizeof id, who->referral_id);
            tr_records_fault(&records, i, "referral_id", TR_E_NOT_IN_REGISTER, id, NULL, &err);
            rc = tr_app_fail(p->r->app, &err);
        } else {
            rc = j.failed;
        }
    }
    if (rc == 0)
        rc = tr_put_persons_end(p);
    p->referrals.inputs.ended[0] = records.ended;
    p->referrals.inputs.refused = records.refused;
    tr_records_clear(&records);
    return rc;
}
