/* What is filled in on a page: fields, and the few lines of script that save the page as a file, with
 * what was typed in it. The page loads nothing, sends nothing and keeps nothing; its policy lets the
 * browser run this one script and no other. Without it, the page that the browser saves is the same. */
#include "doc/document/html_own.h"

#include "base/sha256.h"
#include "base/text.h"

/* Fields have a border of 3:1 at least, and what has the focus a ring. */
static const char style_sheet[] =
    "input,select,textarea,button{font:inherit;color:inherit;background:#fff;border:1px solid #555;"
    "border-radius:.2rem;padding:.25rem .4rem;min-height:1.9rem;box-sizing:border-box}\n"
    "input[type=text],input[type=date],select,textarea{width:100%;min-width:0}\n"
    "input[type=checkbox]{width:1.4rem;height:1.4rem;min-height:0;vertical-align:middle;margin:.1rem}\n"
    "textarea{display:block;resize:vertical}\n"
    "dd>input[type=date],dd>select{max-width:20rem}\n"
    ":focus-visible,input:focus-within{outline:3px solid #0b57d0;outline-offset:2px}\n"
    "button{padding:.4rem 1rem;font-weight:600;cursor:pointer;border-color:#12335c;color:#12335c}\n"
    ".save{background:#12335c;color:#fff}\n"
    "main,footer{max-width:70rem}\n"
    ".how{margin-bottom:1.5rem}\n"
    "td textarea,th textarea{margin-top:.25rem}\n"
    "main table{table-layout:fixed;min-width:64rem}\n"
    "td input,td select,td textarea{font-size:.9375em;padding:.2rem .25rem}\n"
    "@media print{button,.how{display:none}input,select,textarea{border-color:#999}"
    "main table{min-width:0}}\n";

/* What is typed goes into the page itself, so that whoever saves the page saves it. */
static const char script[] =
    "'use strict';\n"
    "const form = document.querySelector('form'), said = document.getElementById('said');\n"
    "let changed = false;\n"
    "function keep({target: t}) {\n"
    "  if (t.type === 'checkbox') t.toggleAttribute('checked', t.checked);\n"
    "  else if (t.tagName === 'SELECT')\n"
    "    for (const o of t.options) o.toggleAttribute('selected', o.selected);\n"
    "  else if (t.tagName === 'TEXTAREA') t.textContent = t.value;\n"
    "  else t.setAttribute('value', t.value);\n"
    "  changed = true;\n"
    "}\n"
    "function save() {\n"
    "  const link = document.createElement('a');\n"
    "  said.textContent = '';\n"
    "  link.download = form.dataset.file;\n"
    "  link.href = URL.createObjectURL(new Blob(['<!DOCTYPE html>\\n',\n"
    "    document.documentElement.outerHTML, '\\n'], {type: 'text/html'}));\n"
    "  link.click();\n"
    "  setTimeout(() => URL.revokeObjectURL(link.href), 60000);\n"
    "  said.textContent = said.dataset.saved;\n"
    "  changed = false;\n"
    "}\n"
    "function more(button) {\n"
    "  const rows = [...button.closest('div').querySelectorAll('tbody tr')];\n"
    "  const old = rows.findLast((r) => r.cells[0].querySelector('input[type=text]'));\n"
    "  const row = old.cloneNode(true);\n"
    "  for (const t of row.querySelectorAll('input, select, textarea')) {\n"
    "    t.id = t.name = t.name + 'x';\n"
    "    t.removeAttribute('value');\n"
    "    t.removeAttribute('checked');\n"
    "    if (t.tagName === 'TEXTAREA') t.textContent = t.value = '';\n"
    "    for (const o of t.options ?? []) o.toggleAttribute('selected', o.index === 0);\n"
    "    if (t.tagName === 'SELECT') t.selectedIndex = 0;\n"
    "    else t.value = '';\n"
    "    t.checked = false;\n"
    "  }\n"
    "  old.after(row);\n"
    "  row.querySelector('input').focus();\n"
    "}\n"
    "form.addEventListener('input', keep);\n"
    "form.addEventListener('submit', (e) => e.preventDefault());\n"
    "form.addEventListener('click', ({target: t}) => {\n"
    "  if (t.className === 'save') save();\n"
    "  if (t.className === 'more') more(t);\n"
    "});\n"
    "addEventListener('beforeunload', (e) => { if (changed) e.preventDefault(); });\n";

/* ---- fields ---- */

void tr_html_field_name(uint32_t run, struct tr_buf *out)
{
    tr_buf_char(out, 'f');
    tr_buf_num(out, run);
}

static void write_name(struct tr_page *page, uint32_t run)
{
    struct tr_buf name = {0};

    tr_html_field_name(run, &name);
    tr_page_element(page, " id=\"", tr_buf_slice(&name), "\"");
    tr_page_element(page, " name=\"", tr_buf_slice(&name), "\"");
    page->out->buf.failed |= name.failed;
    tr_buf_clear(&name);
}

uint32_t tr_html_first_field(const struct tr_page *page, uint32_t block)
{
    const struct tr_node *node = page->d->node;

    for (uint32_t i = block + 1; i < node[block].end; i++)
        if (tr_node_is_field(&node[i]))
            return i;
    return 0;
}

/* Says what the field is for, unless a label does: what stands before it, above it, and its own
 * words. */
static void write_label(struct tr_page *page, uint32_t run)
{
    const struct tr_node *field = &page->d->node[run];
    const struct tr_str parts[] = {page->row, page->column,
                                   field->kind == TR_D_BLANK ? field->text : TR_STR("")};
    struct tr_buf all = {0};

    if (page->labelled == run || page->bare)
        return;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].len == 0 || (i > 0 && tr_str_eq(parts[i], parts[i - 1])) ||
            tr_str_eq(parts[i], tr_buf_slice(&all)))
            continue;
        tr_buf_text(&all, all.len > 0 ? ": " : "");
        tr_buf_str(&all, parts[i]);
    }
    tr_page_element(page, " aria-label=\"", all.len > 0 ? tr_buf_slice(&all) : page->blank, "\"");
    page->out->buf.failed |= all.failed;
    tr_buf_clear(&all);
}

/* What the field says. In a PDF that is in its own field alone, so that who empties that leaves none. */
static struct tr_str value_of(const struct tr_page *page, const struct tr_node *field)
{
    return tr_node_is_words(field->kind) && !page->bare ? field->text : TR_STR("");
}

static void open_select(struct tr_page *page, uint32_t run, bool chosen)
{
    tr_out_text(page->out, "<select");
    write_name(page, run);
    write_label(page, run);
    tr_page_element(page, chosen ? "><option value=\"\">" : "><option value=\"\" selected>",
                    page->blank, "</option>");
}

static void write_option(struct tr_page *page, struct tr_str label, bool chosen)
{
    tr_page_element(page, chosen ? "<option selected>" : "<option>", label, "</option>");
}

static void write_choice(struct tr_page *page, uint32_t run)
{
    const struct tr_node *field = &page->d->node[run];
    const struct tr_list *list = field->choices;
    struct tr_str is = value_of(page, field);

    open_select(page, run, is.len > 0);
    for (int i = 0; i < list->n; i++)
        write_option(page, list->entry[i].label[page->d->lang],
                     tr_str_eq(is, list->entry[i].label[page->d->lang]));
    tr_out_text(page->out, "</select>");
}

/* The words behind a box, up to the next one. */
static uint32_t words_of(struct tr_page *page, uint32_t box, uint32_t end, struct tr_buf *words)
{
    const struct tr_node *node = page->d->node;
    uint32_t i = box + 1;

    words->len = 0;
    for (; i < end && node[i].kind != TR_D_BOX && node[i].kind != TR_D_BREAK; i++)
        tr_buf_str(words, node[i].text);
    while (i < end && node[i].kind == TR_D_BREAK)
        i++;
    return i;
}

/* One of several boxes is ticked: a choice. */
static uint32_t write_boxes(struct tr_page *page, uint32_t run, uint32_t end)
{
    const struct tr_node *node = page->d->node;
    struct tr_buf words = {0};
    bool chosen = false;

    for (uint32_t i = run; i < end; i++)
        chosen |= node[i].kind == TR_D_BOX && node[i].level > 0;
    open_select(page, run, chosen);
    for (uint32_t i = run, next; i < end; i = next) {
        next = words_of(page, i, end, &words);
        write_option(page, tr_text_trim(tr_buf_slice(&words)), node[i].level > 0);
    }
    tr_out_text(page->out, "</select>");
    page->out->buf.failed |= words.failed;
    tr_buf_clear(&words);
    return end;
}

static uint32_t write_box(struct tr_page *page, uint32_t run, uint32_t end)
{
    struct tr_buf words = {0};
    uint32_t next = words_of(page, run, end, &words);
    struct tr_str label = tr_text_trim(tr_buf_slice(&words));

    tr_out_text(page->out, label.len > 0 ? "<label><input type=\"checkbox\""
                                         : "<input type=\"checkbox\"");
    write_name(page, run);
    if (label.len == 0)
        write_label(page, run);
    tr_out_text(page->out, page->d->node[run].level > 0 && !page->bare ? " checked>" : ">");
    if (label.len > 0)
        tr_page_element(page, " ", label, "</label>");
    if (next < end)
        tr_out_text(page->out, "<br>");
    page->out->buf.failed |= words.failed;
    tr_buf_clear(&words);
    return next;
}

static void write_lines(struct tr_page *page, uint32_t run)
{
    const struct tr_node *field = &page->d->node[run];

    tr_out_text(page->out, "<textarea rows=\"");
    tr_out_char(page->out, (char)('0' + (field->level > 0 && field->level < 9 ? field->level : 3)));
    tr_out_char(page->out, '"');
    write_name(page, run);
    write_label(page, run);
    tr_page_element(page, ">\n", value_of(page, field), "</textarea>");
}

static void write_input(struct tr_page *page, uint32_t run)
{
    const struct tr_node *field = &page->d->node[run];
    struct tr_str value = value_of(page, field);
    char iso[TR_DATE_LEN];

    tr_out_text(page->out, field->control == TR_C_DATE ? "<input type=\"date\""
                                                       : "<input type=\"text\" maxlength=\"4000\"");
    write_name(page, run);
    write_label(page, run);
    if (field->control == TR_C_DATE && field->day != TR_NO_DAY && !page->bare) {
        tr_date_iso(tr_date_of(field->day), iso);
        value = (struct tr_str){iso, sizeof iso};
    }
    tr_page_element(page, " value=\"", value, "\">");
}

uint32_t tr_html_field(struct tr_page *page, uint32_t run, uint32_t end)
{
    const struct tr_node *node = page->d->node;
    int boxes = 0;

    for (uint32_t i = run; node[run].kind == TR_D_BOX && i < end; i++)
        boxes += node[i].kind == TR_D_BOX;
    if (boxes > 1 && !page->bare)
        return write_boxes(page, run, end);
    if (boxes > 0)
        return write_box(page, run, end);
    if (node[run].control == TR_C_CHOICE && node[run].choices)
        write_choice(page, run);
    else if (node[run].control == TR_C_LINES)
        write_lines(page, run);
    else
        write_input(page, run);
    return run + 1;
}

void tr_html_more_rows(struct tr_page *page, uint32_t table)
{
    const struct tr_node *node = page->d->node;

    for (uint32_t r = table + 1; r < node[table].end; r = node[r].end)
        if (node[r].end > r + 2 && node[r + 2].control == TR_C_TEXT && !page->bare) {
            tr_page_element(page, "<p><button type=\"button\" class=\"more\">",
                            tr_document_word(page->d, "document.form.more"), "</button></p>\n");
            return;
        }
}

/* ---- the page ---- */

/* The policy names the script by its sum, in base 64. */
static void write_sum(struct tr_page *page)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char hex[TR_SHA256_LEN];
    unsigned bits = 0, n = 0;

    tr_sha256(tr_str(script), hex);
    for (size_t i = 0; i < sizeof hex; i++) {
        bits = bits << 4 | (unsigned)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
        n += 4;
        if (n >= 6) {
            n -= 6;
            tr_out_char(page->out, digits[bits >> n & 63]);
        }
    }
    tr_out_char(page->out, digits[bits << (6 - n) & 63]); /* 256 bits are 42 digits and 4 bits */
    tr_out_char(page->out, '=');
}

void tr_html_form_head(struct tr_page *page)
{
    tr_out_text(page->out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                           "'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
                           "script-src 'sha256-");
    write_sum(page);
    tr_out_text(page->out, "'\">\n");
    if (page->d->form.len > 0)
        tr_page_element(page, "<meta name=\"transition-form\" content=\"", page->d->form, "\">\n");
    tr_out_text(page->out, "<style>\n");
    tr_out_text(page->out, style_sheet);
    tr_out_text(page->out, "</style>\n");
}

/* A name that is a file's on every system. */
static void write_file_name(struct tr_page *page)
{
    struct tr_str name = page->d->hides ? TR_STR("") : page->d->filed;

    tr_out_text(page->out, " data-file=\"");
    for (size_t i = 0; i < name.len; i++) {
        char c = name.p[i];
        bool plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
                     c == '-' || (unsigned char)c >= 0x80;

        tr_out_char(page->out, plain ? c : '_');
    }
    tr_out_text(page->out, name.len > 0 ? ".html\"" : "form.html\"");
}

void tr_html_form_start(struct tr_page *page)
{
    tr_out_text(page->out, "<form autocomplete=\"off\" novalidate");
    write_file_name(page);
    tr_page_element(page, ">\n<div class=\"how\" role=\"note\"><p>",
                    tr_document_word(page->d, "document.form.how"), "</p></div>\n");
}

void tr_html_form_end(struct tr_page *page)
{
    tr_page_element(page, "<p><button type=\"button\" class=\"save\">",
                    tr_document_word(page->d, "document.form.save"), "</button></p>\n");
    tr_page_element(page, "<p id=\"said\" role=\"status\" data-saved=\"",
                    tr_document_word(page->d, "document.form.saved"), "\"></p>\n</form>\n<script>");
    tr_out_text(page->out, script);
    tr_out_text(page->out, "</script>\n");
}
