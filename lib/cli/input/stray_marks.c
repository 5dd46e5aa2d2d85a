#include "cli/input/stray_marks.h"

enum { NOTE = sizeof(uint64_t) + sizeof(uint32_t), AT_ONCE = 1024 };

void tr_stray_marks_start(struct tr_stray_marks *m, struct tr_scratch *scratch)
{
    *m = (struct tr_stray_marks){.notes = {.scratch = scratch}};
}

void tr_stray_marks_clear(struct tr_stray_marks *m)
{
    tr_spool_clear(&m->notes);
    tr_dict_clear(&m->ids);
    tr_buf_clear(&m->done);
}

static int find(const struct tr_stray_marks *m, uint64_t id)
{
    return tr_dict_find(&m->ids, (struct tr_str){(const char *)&id, sizeof id});
}

int tr_stray_marks_add(struct tr_stray_marks *m, uint64_t id)
{
    int number = (int)m->ids.n, known = tr_dict_add(&m->ids, (struct tr_str){(const char *)&id, sizeof id}, &number);

    if (known == 0)
        tr_buf_char(&m->done, 0);
    return known < 0 || m->done.failed ? -1 : 0;
}

bool tr_stray_marks_meet(struct tr_stray_marks *m, uint64_t id)
{
    int number = m->ids.n > 0 ? find(m, id) : -1;

    if (number < 0)
        return false;
    m->done.p[number] = 1;
    return true;
}

int tr_stray_marks_rest(const struct tr_stray_marks *m, void (*use)(void *cookie, uint32_t note), void *cookie,
                        struct tr_err *err)
{
    char text[NOTE * AT_ONCE];
    uint64_t id, size = m->ids.n > 0 ? tr_spool_size(&m->notes) : 0;
    uint32_t note;
    size_t got;

    for (uint64_t at = 0; at < size; at += got) {
        if (tr_spool_read(&m->notes, at, text, sizeof text, &got, err) < 0)
            return -1;
        for (size_t i = 0; i + NOTE <= got; i += NOTE) {
            int number;

            memcpy(&id, text + i, sizeof id);
            memcpy(&note, text + i + sizeof id, sizeof note);
            number = find(m, id);
            if (number >= 0 && !m->done.p[number])
                use(cookie, note);
        }
    }
    return 0;
}
