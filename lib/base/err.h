/* The one error value, and the table of everything that can be said.
 *
 * A fallible call returns 0, or -1 after filling the caller's struct tr_err. The struct has a fixed
 * size, owns nothing and never allocates. Messages live in one table (err.c) as English msgids with
 * %1 %2 %3 for the arguments; cli/ translates and prints them. An argument names a column, a code,
 * a number, an institution or a referral's reference code - never what else a cell of a person
 * holds: that goes into value, which is shown only on
 * request. */
#ifndef TR_BASE_ERR_H
#define TR_BASE_ERR_H

#include <stdint.h>
#include "base/str.h"

#define N_(msgid) msgid /* marks a string for the catalogue; translated where it is printed */

enum tr_code {
    TR_OK,
    /* the system */
    TR_E_MEMORY,
    TR_E_INTERNAL,
    TR_E_LIBRARY,
    TR_E_OPEN,
    TR_E_OPEN_PATTERN, /* a shell’s pattern, left as it was */
    TR_E_READ,
    TR_E_WRITE,
    TR_E_CREATE,
    TR_E_OUTPUT_PLACE,
    TR_E_FILE_NAME,
    /* a whole file */
    TR_E_DIRECTORY,
    TR_E_FILE_EMPTY,
    TR_E_FILE_BINARY,
    TR_E_FILE_WORKBOOK,
    TR_E_FILE_SHRANK,
    TR_E_SHEET,
    TR_E_SHEET_SIZE,
    TR_E_SHEET_LOCKED,
    TR_E_SHEET_NONE,
    TR_E_BOOK_FULL,
    TR_E_CHART,
    TR_W_SHEETS,
    TR_W_SHEETS_ALIKE,
    TR_W_SHEET_MACROS,
    TR_W_SHEET_FORMULAS,
    TR_W_SHEET_GAP,
    TR_W_SHEET_HIDDEN,
    TR_E_FILE_SIZE,
    TR_E_FILE_NO_ROWS,
    TR_E_ENCODING,
    TR_E_COLUMN_MISSING,
    TR_E_COLUMN_ONE,
    TR_E_COLUMN_DOUBLE,
    TR_E_COLUMN_UNKNOWN,
    TR_E_HEADER_BAD,
    TR_E_KIND_MIXED,
    /* the form of a row */
    TR_E_QUOTE_STRAY,
    TR_E_QUOTE_OPEN,
    TR_E_QUOTE_ROWS,
    TR_E_CR_BARE,
    TR_E_NUL,
    TR_E_ROW_SHORT,
    TR_E_ROW_LONG,
    TR_E_CELL_UNNAMED,
    TR_E_REJECT_REST,
    TR_E_FIELD_SIZE,
    TR_E_LINE_SIZE,
    TR_E_ENCODING_MIXED,
    TR_E_JSON,
    TR_E_JSON_KEY,
    TR_E_JSON_NESTED,
    TR_E_DOCUMENT,
    /* the content of a cell */
    TR_E_VALUE_MISSING,
    TR_E_DATE,
    TR_E_TIME,
    TR_E_DATE_NUMBER,
    TR_E_DATE_ORDER,
    TR_E_DATE_LATER,
    TR_E_PROTECTION,
    TR_E_PROTECTION_HERE,
    TR_W_PROTECTION_TEXT,
    TR_E_CODE,
    TR_E_CODE_NEAR,
    TR_E_YEAR,
    TR_E_BORN,
    TR_E_NUMBER_ONE,
    TR_E_MUNICIPALITY,
    TR_E_COUNT,
    TR_E_ID_SIZE,
    TR_E_ID_PERSON,
    TR_E_ID_ROUNDED,
    TR_E_IDNUM_ZERO,
    TR_E_IDNUM_LENGTH,
    TR_E_IDNUM_DATE,
    TR_E_IDNUM_CHECK,
    TR_E_IDNUM_TYPED,
    TR_E_PSEUDONYM,
    TR_E_BIRTH_YEAR,
    TR_E_ID_TWICE,
    TR_E_ID_TWICE_NUMBER,
    TR_E_ID_DOUBLE,
    TR_E_ID_BAR,
    TR_E_NUMBER,
    TR_E_REVERSED,
    TR_W_ROW_TOTAL,
    TR_W_ROW_VACANT,
    TR_W_ROW_SUMS,
    TR_W_ROW_HEADER,
    TR_W_ROW_HEADING,
    TR_W_ROW_NOTE,
    TR_W_TITLE,
    TR_W_COLUMN,
    TR_W_COLUMN_LEFT,
    TR_W_SPELLING_BESIDE,
    TR_W_SPELLING_UNREAD,
    TR_W_COLUMN_NEAR,
    TR_W_COLUMN_WORDS,
    TR_W_COLUMN_BOTH,
    TR_W_NO_INDICATOR,
    TR_W_DATE_DAY,
    TR_W_DATE_MONTH,
    TR_W_DATE_GUESS,
    TR_W_DATE_NONE,
    TR_W_SHORT_YEAR,
    TR_W_YEAR,
    TR_W_BIRTH_YEAR,
    TR_W_ENCODING,
    TR_W_ENCODING_READ,
    TR_W_ENCODED_TWICE,
    TR_W_ENCODED_PARTLY,
    /* grouping */
    TR_W_HF,
    TR_W_JUDGED,
    TR_W_JUDGED_TYPE,
    TR_E_ANSWER_FIELD,
    TR_W_ANSWER_FOR,
    /* persons */
    TR_W_SAME_PERSON,
    TR_W_PERSON_NEAR,
    TR_W_PERSON_DIFFERS,
    TR_W_TWO_PLACES,
    TR_W_ACCEPTED_ELSEWHERE,
    TR_W_PLACE_FREED,
    TR_W_PLACE_NOWHERE,
    TR_W_STAY_LATER,
    TR_W_STAYS_NONE,
    TR_W_HOURS_TWICE,
    TR_E_LINK_JOINS,
    TR_E_LINK_PARTS,
    /* needs tables */
    TR_E_TOTAL,
    TR_E_ROW_TWICE,
    TR_E_HIDDEN,
    TR_E_NO_COUNTS,
    TR_E_SUM_UNKNOWN,
    TR_E_COUNT_DIFFERS,
    TR_E_GROUPS_MIXED,
    TR_E_NOTHING_FITS,
    TR_E_UNSAFE,
    TR_E_NO_ROUNDING,
    TR_E_CONTRADICTION,
    TR_W_UNPROTECTED,
    TR_E_UNPROTECTED,
    TR_E_PUBLISH_HASHES,
    TR_E_PUBLISH_PERSON,
    TR_E_PUBLISH_SMALL,
    TR_W_DELIVERY_MISSING,
    TR_W_DELIVERY_TWICE,
    TR_E_HASHES,
    TR_E_HASHES_KEY,
    TR_W_HASHES_MISSING,
    TR_W_DOUBLES,
    /* places */
    TR_E_PUBLIC_EMPTY,
    TR_E_INSTITUTION,
    TR_W_INSTITUTION_GONE,
    TR_W_WISH,
    TR_W_WISH_NEAR,
    TR_W_ID_NEAR,
    TR_E_STAY_OVERLAP,
    TR_E_AS_OF,
    TR_E_TIE,
    /* the log of a case */
    TR_W_EVENT_ORDER,
    TR_W_EVENT_WHICH,
    TR_E_EVENT_FUTURE,
    TR_E_EVENT_TWICE,
    TR_E_EVENT_ONCE,
    TR_E_EVENT_AFTER,
    TR_E_EVENT_DETAIL,
    TR_W_CASE_STATE,
    /* offers and their answers */
    TR_E_OFFER_UNKNOWN,
    TR_E_OFFER_PLACE,
    TR_E_OFFER_HELD,
    TR_E_OFFER_STATE,
    TR_E_OFFER_AGAIN,
    TR_E_OFFER_FULL,
    TR_E_OFFER_CERTIFICATE,
    TR_E_ANSWER_STAY,
    TR_E_ANSWER_NONE,
    TR_E_ANSWER_MANY,
    TR_E_ANSWER_STATUS,
    TR_E_ANSWER_LAPSED,
    TR_E_ANSWER_STATE,
    TR_E_ANSWER_LIVES,
    TR_E_ANSWER_PLACE,
    TR_E_ANSWER_UNTIL,
    TR_E_ANSWER_FULL,
    TR_E_ANSWER_SELF_FULL,
    /* certificates */
    TR_E_CERTIFICATE,
    TR_E_SEAL,
    TR_E_INPUT_DIFFERS,
    TR_E_RESULT_DIFFERS,
    TR_E_ORDER,
    TR_E_NOT_ELIGIBLE,
    TR_E_OVER_FULL,
    TR_E_NOT_FULL,
    TR_E_PLACE_EMPTY,
    TR_E_PASSED_OVER,
    TR_E_NOT_CLOSED,
    TR_E_WISH_MISSED,
    TR_E_PERSON_TWICE,
    TR_E_REFUSED,
    TR_E_REASON,
    TR_E_NO_REFERRAL,
    /* plans of homes */
    TR_E_SITE_NO_RULES,
    TR_E_SITE_RULES,
    TR_E_SITE_WRONG,
    TR_E_SITE_SIZE,
    TR_E_SITE_JOIN,
    TR_E_SITE_GROUP,
    TR_E_SITE_NEED,
    TR_E_SITE_BEATEN,
    TR_W_SITE_WAITING,
    TR_W_SITE_NOWHERE,
    TR_W_SITE_NEVER,
    TR_E_YEAR_SHORT,
    TR_E_SITE_POINT,
    TR_E_SITE_UNKNOWN,
    /* reports */
    TR_W_FEW,
    TR_W_STAYS_OPEN,
    TR_W_STAYS_ENDLESS,
    TR_E_STAY_BOTH,
    TR_W_ARRIVALS_FEW,
    TR_W_ARRIVALS_SHORT,
    TR_W_WAITS_UNKNOWN,
    TR_W_OVERLOAD,
    TR_E_SIMULATE,
    TR_W_EPISODE_ELSEWHERE,
    TR_W_EPISODE_TWICE,
    TR_W_RESIDENT_TWICE,
    TR_E_SITE_PRICES,
    /* move-out plans and letters */
    TR_E_PLAN_SCHEMA,
    TR_E_PLAN_KEY,
    TR_E_PLAN_KEY_NEAR,
    TR_E_PLAN_TYPE,
    TR_E_PLAN_MISSING,
    TR_E_PLAN_TWICE,
    TR_E_PAPER_FORM,
    TR_E_PAPER_LEFT,
    TR_E_INVITE_LACKS,
    TR_E_INVITE_ALONE,
    TR_E_INVITE_ADDRESS,
    TR_E_INVITE_OVER,
    TR_E_FILLED_KIND,
    TR_E_FILLED_FLAT,
    TR_E_FILLED_JOINED,
    TR_E_FILLED_SIZE,
    TR_E_FILLED_FORM,
    TR_E_FILLED_NONE,
    TR_E_FILLED_CASE,
    TR_E_FILLED_TWO,
    TR_E_FILLED_CHOICE,
    TR_W_FILLED_BESIDE,
    TR_W_FILLED_UNREAD,
    TR_W_FILLED_GONE,
    TR_W_PLAN_DAYS,
    TR_E_LETTER,
    TR_E_NO_LETTER,
    TR_E_LETTER_UNREAD,
    TR_E_LETTER_TWO,
    TR_E_LETTER_LIVES,
    TR_E_LETTER_PLACE,
    TR_E_CONSENT_REFUSED,
    TR_E_CONSENT_UNKNOWN,
    TR_E_FEW_SHARE,
    TR_E_CONSENT_ASK,
    TR_W_CASE_OVER,
    /* the register */
    TR_E_REGISTER,
    TR_E_NO_REGISTER,
    TR_E_REGISTER_NEWER,
    TR_E_REGISTER_OLDER,
    TR_E_REGISTER_DAMAGED,
    TR_E_REGISTER_CHANGED,
    TR_E_STRAY,
    TR_W_SHRINK,
    TR_W_EMPTIED,
    TR_W_LASTS,
    TR_W_OTHER_PERSON,
    TR_W_OTHER_CASE,
    TR_W_STAY_BACK,
    TR_W_UNJOINED,
    TR_W_UNSEALED,
    TR_W_SEAL_LACKS,
    TR_W_NO_CASE,
    TR_W_NO_PLACE,
    TR_E_LINK,
    TR_E_BUSY,
    TR_E_DENIED,
    TR_E_SERVER,
    TR_E_SERVER_OPEN,
    TR_E_SERVER_DENIED,
    TR_E_SERVER_UNKNOWN,
    TR_E_SERVER_NAME,
    TR_E_SERVER_PASSWORD,
    TR_E_SERVER_LACKS,
    TR_E_KEY,
    TR_E_KEY_NONE,
    TR_E_KEY_MODE,
    TR_E_KEY_PLACE,
    TR_E_KEY_PURPOSE,
    TR_E_KEY_READS,
    TR_E_KEY_RETIRED,
    TR_E_KEY_DERIVED,
    TR_E_KEY_NAME,
    TR_E_KEY_NAME_TAKEN,
    TR_E_KEY_LAST,
    TR_E_SEALED,
    TR_E_OTHER_OFFICE,
    TR_E_CUT_OFF,
    TR_E_NO_END,
    TR_E_KIND,
    TR_E_LOG_BROKEN,
    TR_E_LOG_ENDS,
    TR_E_WITNESS,
    TR_E_WITNESS_AHEAD,
    TR_E_WITNESS_SILENT,
    TR_E_WITNESS_DIFFERS,
    TR_E_WRONG_KEY,
    TR_E_NOT_IN_REGISTER,
    TR_E_WAS_PURGED,
    TR_E_REGISTER_PROFILE,
    /* documents */
    TR_E_DOCUMENT_FORMAT,
    /* profiles and rules */
    TR_E_PROFILE,
    TR_E_PROFILE_HERE,
    TR_E_TABLE_CELL,
    TR_E_CHECK_COLUMN,
    TR_E_CHECK_NO_COLUMN,
    TR_E_CHECK_NO_COLUMN_NEAR,
    TR_E_CHECK_EMPTY,
    TR_E_CHECK_KIND,
    TR_E_CHECK_CODE,
    TR_E_CHECK_CODE_NEAR,
    TR_E_CHECK_TWICE,
    TR_E_CHECK_PATTERN,
    TR_E_CHECK_LANGUAGE,
    TR_E_CHECK_LANGUAGE_ALONE,
    TR_E_CHECK_NEEDED,
    TR_E_CHECK_NEVER,
    TR_E_CHECK_LOOP,
    TR_E_CHECK_DEAD_END,
    TR_E_CHECK_FACT,
    TR_E_CHECK_FACT_MOVES,
    TR_E_CHECK_NO_SENTENCE,
    TR_E_CHECK_FIELD,
    TR_E_CHECK_LETTER,
    TR_E_CHECK_GUARD,
    TR_E_CHECK_UNREAD,
    TR_E_CHECK_UNREAD_NEAR,
    TR_E_RULE_GAP,
    TR_E_RULE_OVERLAP,
    TR_E_RULE_RESULT,
    TR_E_RULE_END,
    TR_E_RULE_COUNT,
    TR_N_CODES
};

/* What a code means for the exit status; cli/ maps these to numbers. */
enum tr_class {
    TR_CLASS_ROW,
    TR_CLASS_WARN,
    TR_CLASS_DATA,
    TR_CLASS_INPUT,
    TR_CLASS_IO,
    TR_CLASS_CREATE,
    TR_CLASS_MEMORY,
    TR_CLASS_BUSY,
    TR_CLASS_DENIED
};

enum { TR_COL_SHEET = 1 << 30 };

struct tr_err {
    enum tr_code code;
    int sys;            /* errno, or 0 */
    const char *source; /* name of the input; borrowed, outlives the error */
    uint64_t line;      /* physical line, from 1; 0 when there is none */
    uint32_t col;       /* character in that line, from 1; 0 when there is none. With TR_COL_SHEET the
                           column of a sheet, from 1, of which line is a row */
    uint32_t column;    /* of a table, from 1, as spreadsheets letter them; 0 when there is none */
    char field[64];
    char header[64]; /* what the input calls the field, when that is another name */
    char arg[3][160];
    char value[160]; /* what stood there, as it was; may be a person's data */
};

/* The stable name of a code, as printed; its English text; its class. */
const char *tr_code_name(enum tr_code code);
const char *tr_code_text(enum tr_code code);
enum tr_class tr_code_class(enum tr_code code);

/* Start *err afresh with a code and up to three arguments (NULL where there are none). Always
 * returns -1, so that a failing call can end with it. */
int tr_err_set(struct tr_err *err, enum tr_code code, const char *a, const char *b, const char *c);

/* The same with a number as the first argument, or with errno as it is now. */
int tr_err_num(struct tr_err *err, enum tr_code code, unsigned long long a);
int tr_err_sys(struct tr_err *err, enum tr_code code, const char *source);

/* Whether it tells of the system, not of the data: the same again may well succeed. A file that is not
 * there is told of by the data. */
bool tr_err_is_system(const struct tr_err *err);

/* Memory is out. */
int tr_err_memory(struct tr_err *err);

/* For what must hold between modules, and would make wrong output if it did not: 0, or -1 with err,
 * TR_E_INTERNAL. Always on, so the condition must be cheap. It is shown as it is written: it may
 * not hold a value. */
#define tr_must(condition, err)                                                                    \
    ((condition) ? 0 : tr_err_set((err), TR_E_INTERNAL, #condition, __FILE__, NULL))

void tr_err_field(struct tr_err *err, struct tr_str field);
void tr_err_value(struct tr_err *err, struct tr_str value);

/* Tells the column, from 0, and the header above it, which is kept when it is not the field. */
void tr_err_column(struct tr_err *err, uint32_t column, struct tr_str header);

/* Copy a slice into a fixed, NUL-terminated array, cut at a character boundary. */
void tr_err_copy(char *to, size_t size, struct tr_str from);

#endif
