#include "base/err.h"

#include <errno.h>
#include <stdio.h>

static const struct code {
    const char *name;
    const char *text;
    enum tr_class class;
} codes[TR_N_CODES] = {
    [TR_OK] = {"ok", "", TR_CLASS_WARN},
    [TR_E_MEMORY] = {"memory", N_("out of memory"), TR_CLASS_MEMORY},
    [TR_E_INTERNAL] = {"internal", N_("an error in this program: ‘%1’ does not hold in %2"),
                       TR_CLASS_MEMORY},
    [TR_E_OPEN] = {"open", N_("cannot be opened"), TR_CLASS_INPUT},
    [TR_E_OPEN_PATTERN] = {"open", N_("no file has such a name: the pattern matches none"),
                           TR_CLASS_INPUT},
    [TR_E_READ] = {"read", N_("cannot be read"), TR_CLASS_IO},
    [TR_E_WRITE] = {"write", N_("cannot be written"), TR_CLASS_IO},
    [TR_E_CREATE] = {"create", N_("cannot be created"), TR_CLASS_CREATE},
    [TR_E_OUTPUT_PLACE] = {"output-place",
                           N_("another user put this there, or can replace it: nothing is written"),
                           TR_CLASS_CREATE},
    [TR_E_FILE_NAME] = {"file-name", N_("‘%1’ cannot be the name of a file"), TR_CLASS_ROW},
    [TR_E_DIRECTORY] = {"directory", N_("is a directory, not a file"), TR_CLASS_INPUT},
    [TR_E_FILE_EMPTY] = {"file-empty", N_("the file is empty"), TR_CLASS_DATA},
    [TR_E_FILE_BINARY] = {"file-binary", N_("not a text file: it contains NUL bytes"),
                          TR_CLASS_DATA},
    [TR_E_FILE_WORKBOOK] =
        {"file-workbook",
         N_("this is a %1 file, not a table of text: save it as CSV and try again"), TR_CLASS_DATA},
    [TR_E_FILE_SHRANK] = {"file-shrank", N_("the file became shorter while it was read"),
                          TR_CLASS_IO},
    [TR_E_FILE_NO_ROWS] = {"no-rows", N_("the file has a header but no rows"), TR_CLASS_ROW},
    [TR_E_ENCODING] = {"encoding", N_("this system cannot read the encoding ‘%1’"), TR_CLASS_DATA},
    [TR_E_COLUMN_MISSING] = {"column-missing",
                             N_("the column is missing; the nearest header is ‘%1’"),
                             TR_CLASS_DATA},
    [TR_E_COLUMN_ONE] =
        {"column-missing",
         N_("the column is missing, and the line taken for the header has only one: "
            "name the separator with --delimiter, or the lines above the header "
            "with --skip"),
         TR_CLASS_DATA},
    [TR_E_COLUMN_DOUBLE] = {"column-double", N_("two columns are this field: ‘%1’ and ‘%2’"),
                            TR_CLASS_DATA},
    [TR_E_COLUMN_UNKNOWN] = {"column-unknown", N_("a table of needs has no such column"),
                             TR_CLASS_DATA},
    [TR_E_HEADER_BAD] = {"header-bad", N_("the header cannot be read: %1"), TR_CLASS_DATA},
    [TR_E_KIND_MIXED] = {"kind-mixed",
                         N_("this table counts by %1; it cannot be added to one by %2"),
                         TR_CLASS_DATA},
    [TR_E_QUOTE_STRAY] = {"quote-stray",
                          N_("a quotation mark inside a cell is not doubled, or text follows the "
                             "closing one"),
                          TR_CLASS_ROW},
    [TR_E_QUOTE_OPEN] = {"quote-open", N_("the quotation mark opened here is never closed"),
                         TR_CLASS_ROW},
    [TR_E_CR_BARE] = {"cr-bare", N_("a carriage return without a line feed"), TR_CLASS_ROW},
    [TR_E_NUL] = {"nul-byte", N_("a NUL byte"), TR_CLASS_ROW},
    [TR_E_ROW_SHORT] = {"row-short", N_("the row has %1 cells, the header %2"), TR_CLASS_ROW},
    [TR_E_ROW_LONG] = {"row-long", N_("the row has %1 cells, the header %2"), TR_CLASS_ROW},
    [TR_E_CELL_UNNAMED] = {"cell-unnamed", N_("the cell has no header above it"), TR_CLASS_ROW},
    [TR_E_REJECT_REST] = {"reject-rest",
                          N_("put what stands here into its columns, then empty the cell"),
                          TR_CLASS_ROW},
    [TR_E_FIELD_SIZE] = {"cell-size",
                         N_("the cell is longer than %1 bytes: is a quotation mark never closed?"),
                         TR_CLASS_ROW},
    [TR_E_LINE_SIZE] = {"line-size", N_("the line is longer than %1 bytes: this is not a table"),
                        TR_CLASS_DATA},
    [TR_E_ENCODING_MIXED] =
        {"encoding-mixed",
         N_("the row is not in the file’s encoding, %1; --encoding names another"), TR_CLASS_ROW},
    [TR_E_JSON] = {"json", N_("not valid JSON: %1"), TR_CLASS_ROW},
    [TR_E_JSON_KEY] = {"json-key", N_("the first record has no such key"), TR_CLASS_ROW},
    [TR_E_JSON_NESTED] = {"json-nested", N_("a record is flat: no object inside it"), TR_CLASS_ROW},
    [TR_E_DOCUMENT] = {"document", N_("not a JSON document: %1"), TR_CLASS_DATA},
    [TR_E_VALUE_MISSING] = {"value-missing", N_("the cell must not be empty"), TR_CLASS_ROW},
    [TR_E_DATE] = {"date", N_("not a date: write dd.mm.yyyy or yyyy-mm-dd"), TR_CLASS_ROW},
    [TR_E_DATE_ORDER] = {"date-either",
                         N_("day or month first? other dates of the column are the other way "
                            "round"),
                         TR_CLASS_ROW},
    [TR_E_CODE] = {"code", N_("not one of: %1"), TR_CLASS_ROW},
    [TR_E_CODE_NEAR] = {"code", N_("not one of the codes; did you mean ‘%1’?"), TR_CLASS_ROW},
    [TR_E_YEAR] = {"year", N_("not a year between 1850 and 2100"), TR_CLASS_ROW},
    [TR_E_MUNICIPALITY] = {"municipality",
                           N_("neither the four digits of a municipality nor the name of this one"),
                           TR_CLASS_ROW},
    [TR_E_COUNT] = {"count", N_("not a whole number of persons"), TR_CLASS_ROW},
    [TR_E_ID_SIZE] = {"id-size", N_("longer than %1 bytes"), TR_CLASS_ROW},
    [TR_E_ID_PERSON] = {"id-person",
                        N_("an identity number cannot be an id: ids are kept and sent as they are"),
                        TR_CLASS_ROW},
    [TR_E_IDNUM_ZERO] =
        {"idnum-zero",
         N_("ten digits instead of eleven: a spreadsheet may have dropped a leading zero"),
         TR_CLASS_ROW},
    [TR_E_IDNUM_LENGTH] = {"idnum-length", N_("an identity number has eleven digits, this has %1"),
                           TR_CLASS_ROW},
    [TR_E_IDNUM_DATE] = {"idnum-date", N_("the identity number does not begin with a valid date"),
                         TR_CLASS_ROW},
    [TR_E_IDNUM_CHECK] = {"idnum-check", N_("the check digits of the identity number are wrong"),
                          TR_CLASS_ROW},
    [TR_E_IDNUM_TYPED] = {"idnum-typed", N_("this looks like an identity number mistyped"),
                          TR_CLASS_ROW},
    [TR_E_PSEUDONYM] = {"pseudonym",
                        N_("neither an identity number nor a pseudonym (letters, digits, - and _)"),
                        TR_CLASS_ROW},
    [TR_E_BIRTH_YEAR] = {"birth-year", N_("the year differs from the one in the identity number"),
                         TR_CLASS_ROW},
    [TR_E_ID_TWICE] = {"id-twice", N_("the same id occurs with other contents in %1, line %2"),
                       TR_CLASS_ROW},
    [TR_E_ID_TWICE_NUMBER] = {"id-twice",
                              N_("the same id occurs with other contents in %1, line %2; if each "
                                 "file numbers its rows, --ids=by-delivery tells them apart"),
                              TR_CLASS_ROW},
    [TR_E_ID_DOUBLE] = {"id-double", N_("line %1 has the same id"), TR_CLASS_DATA},
    [TR_E_ID_BAR] = {"id-bar",
                     N_("an id must not contain ‘|’, which separates the items of a list"),
                     TR_CLASS_DATA},
    [TR_E_NUMBER] = {"number", N_("not a whole number from 0 to %1"), TR_CLASS_ROW},
    [TR_E_REVERSED] = {"reversed", N_("the end is before the beginning"), TR_CLASS_ROW},
    [TR_W_ROW_TOTAL] = {"row-total", N_("this row adds up others: it is no record"), TR_CLASS_WARN},
    [TR_W_TITLE] = {"title-lines", N_("the header is in line %1; the lines above it are left out"),
                    TR_CLASS_WARN},
    [TR_W_COLUMN] = {"column-unread", N_("‘%1’ belongs to no field"), TR_CLASS_WARN},
    [TR_W_COLUMN_NEAR] = {"column-unread", N_("‘%1’ belongs to no field; is it ‘%2’?"),
                          TR_CLASS_WARN},
    [TR_W_COLUMN_WORDS] = {"column-unread",
                           N_("‘%1’ belongs to no field; %3 of its cells are words of ‘%2’"),
                           TR_CLASS_WARN},
    [TR_W_COLUMN_BOTH] = {"column-unread",
                          N_("‘%1’ belongs to no field; is it ‘%2’? %3 of its cells are its words"),
                          TR_CLASS_WARN},
    [TR_W_NO_INDICATOR] = {"no-indicators", N_("no column is an indicator: is the header right?"),
                           TR_CLASS_WARN},
    [TR_W_DATE_DAY] = {"date-order",
                       N_("dates such as 3/4/2026 are read with the day first: line %1 leaves no "
                          "other way"),
                       TR_CLASS_WARN},
    [TR_W_DATE_MONTH] = {"date-order",
                         N_("dates such as 3/4/2026 are read with the month first: line %1 leaves "
                            "no other way"),
                         TR_CLASS_WARN},
    [TR_W_DATE_GUESS] = {"date-order",
                         N_("dates such as 3/4/2026 are read with the day first: nothing in the "
                            "column tells"),
                         TR_CLASS_WARN},
    [TR_W_SHORT_YEAR] = {"date-century", N_("years of two digits are read as 1970 to 2069"),
                         TR_CLASS_WARN},
    [TR_W_YEAR] = {"year-odd", N_("is the year right?"), TR_CLASS_WARN},
    [TR_W_BIRTH_YEAR] = {"year-odd",
                         N_("is the year right? the person would be unborn, or above 115"),
                         TR_CLASS_WARN},
    [TR_W_ENCODING] = {"encoding-doubt",
                       N_("read as windows-1252, its letters make no Norwegian text: if names look "
                          "wrong, try --encoding=%1"),
                       TR_CLASS_WARN},
    [TR_W_ENCODING_READ] =
        {"encoding-doubt",
         N_("read as %1, in which its letters make Norwegian text; if names look "
            "wrong, choose with --encoding"),
         TR_CLASS_WARN},
    [TR_W_ENCODED_TWICE] = {"encoding-doubt",
                            N_("its letters were encoded twice: that is undone. --encoding=utf-8 "
                               "reads them as they are"),
                            TR_CLASS_WARN},
    [TR_W_HF] =
        {"hf-contradicts",
         N_("the main pathway does not belong to the group that follows from the indicators"),
         TR_CLASS_WARN},
    [TR_W_JUDGED] = {"judged-differs",
                     N_("the judgement differs from what follows from the indicators"),
                     TR_CLASS_WARN},
    [TR_E_ANSWER_FIELD] = {"answer-field", N_("no question asks about this field"), TR_CLASS_DATA},
    [TR_W_ANSWER_FOR] = {"answer-for",
                         N_("the answer is for a referral that the input does not have"),
                         TR_CLASS_WARN},
    [TR_W_JUDGED_TYPE] =
        {"judged-type",
         N_("the judged housing type does not belong to the judged group, and is left out"),
         TR_CLASS_WARN},
    [TR_W_SAME_PERSON] = {"same-person",
                          N_("‘%1’ is about the same person as ‘%2’ at %3, which counts"),
                          TR_CLASS_WARN},
    [TR_W_PERSON_DIFFERS] =
        {"person-differs",
         N_("‘%1’ does not agree with ‘%2’ at %3, which is about the same person and counts"),
         TR_CLASS_WARN},
    [TR_E_LINK_JOINS] = {"link-contradicts",
                         N_("the two have different identity numbers: they are not joined"),
                         TR_CLASS_ROW},
    [TR_E_LINK_PARTS] = {"link-contradicts",
                         N_("the two have the same identity number: they are not parted"),
                         TR_CLASS_ROW},
    [TR_E_TOTAL] = {"total-wrong", N_("the total is %1, but its parts add up to %2"),
                    TR_CLASS_DATA},
    [TR_E_HIDDEN] = {"hidden",
                     N_("the number is hidden (:), so that nothing can be counted from this table"),
                     TR_CLASS_DATA},
    [TR_E_NO_COUNTS] = {"no-counts", N_("this is no table of numbers of persons"), TR_CLASS_DATA},
    [TR_E_COUNT_DIFFERS] = {"count-differs", N_("the same number is another one in %1, line %2"),
                            TR_CLASS_DATA},
    [TR_E_GROUPS_MIXED] = {"groups-mixed", N_("a code is part of two groups, or of itself"),
                           TR_CLASS_DATA},
    [TR_E_NOTHING_FITS] = {"nothing-fits",
                           N_("no hidden number fits what is published and what is to be"),
                           TR_CLASS_DATA},
    [TR_E_UNSAFE] = {"unsafe", N_("the number can be worked out, whatever else is hidden"),
                     TR_CLASS_DATA},
    [TR_E_NO_ROUNDING] = {"no-rounding", N_("no rounding fits all sums"), TR_CLASS_DATA},
    [TR_E_ROW_TWICE] = {"row-twice", N_("the table has this row twice"), TR_CLASS_DATA},
    [TR_W_DELIVERY_MISSING] = {"delivery-missing",
                               N_("nobody is counted for ‘%1’ (%2): has it delivered?"),
                               TR_CLASS_WARN},
    [TR_W_DELIVERY_TWICE] = {"delivery-twice",
                             N_("‘%1’ (%2) also delivered in %3: is it counted twice?"),
                             TR_CLASS_WARN},
    [TR_E_HASHES] = {"hashes", N_("the hashes do not belong to the numbers of this table"),
                     TR_CLASS_DATA},
    [TR_E_HASHES_KEY] = {"hashes-key",
                         N_("the hashes of this table were made with another key than those of ‘%1’"),
                         TR_CLASS_DATA},
    [TR_W_HASHES_MISSING] = {"hashes-missing",
                             N_("there are no hashes here: who is counted here and elsewhere is "
                                "not noticed"),
                             TR_CLASS_WARN},
    [TR_W_DOUBLES] = {"doubles",
                      N_("persons counted in more than one input: %1; the sums are too high by %2"),
                      TR_CLASS_WARN},
    [TR_E_PUBLIC_EMPTY] = {"public-empty",
                           N_("there is no place to publish, so nothing is published; with "
                              "--allow-empty, an empty list is"),
                           TR_CLASS_DATA},
    [TR_E_INSTITUTION] = {"institution-unknown", N_("there is no institution ‘%1’"), TR_CLASS_DATA},
    [TR_W_WISH] = {"wish-unknown", N_("there is no institution ‘%1’: the wish is left out"),
                   TR_CLASS_WARN},
    [TR_E_STAY_OVERLAP] = {"stay-overlap",
                           N_("the same referral has another stay at that time, at line %1"),
                           TR_CLASS_DATA},
    [TR_E_AS_OF] = {"as-of", N_("rows of different days: %1 and %2"), TR_CLASS_DATA},
    [TR_E_TIE] = {"priority-tie",
                  N_("two referrals are equal in the order of the queue: ‘%1’ and ‘%2’"),
                  TR_CLASS_DATA},
    [TR_W_EVENT_ORDER] = {"event-order", N_("an earlier line has a later event of this case"),
                          TR_CLASS_WARN},
    [TR_W_EVENT_WHICH] = {"event-which", N_("the detail is missing; one of: %1"), TR_CLASS_WARN},
    [TR_E_EVENT_FUTURE] = {"event-future", N_("the event is later than %1 and is left out"),
                           TR_CLASS_ROW},
    [TR_E_EVENT_TWICE] = {"event-twice", N_("line %1 has the same event; it counts once"),
                          TR_CLASS_ROW},
    [TR_E_EVENT_ONCE] = {"event-once",
                         N_("a case can have this event only once; it is also in line %1"),
                         TR_CLASS_ROW},
    [TR_E_EVENT_AFTER] = {"event-after", N_("one of these must come first: %1"), TR_CLASS_ROW},
    [TR_E_EVENT_DETAIL] = {"event-detail", N_("‘%1’ is not a detail of ‘%2’"), TR_CLASS_ROW},
    [TR_W_CASE_STATE] =
        {"case-state", N_("case ‘%1’: ‘%2’ is not possible in the state ‘%3’, and changes nothing"),
         TR_CLASS_WARN},
    [TR_E_OFFER_UNKNOWN] = {"offer-unknown",
                            N_("the register has no referral ‘%1’: no offer is made"),
                            TR_CLASS_ROW},
    [TR_E_OFFER_PLACE] = {"offer-place", N_("‘%1’: the register has no institution ‘%2’"),
                          TR_CLASS_ROW},
    [TR_E_OFFER_HELD] = {"offer-held", N_("‘%1’: the person has stay ‘%2’ at %3 already"),
                         TR_CLASS_ROW},
    [TR_E_OFFER_STATE] = {"offer-state", N_("‘%1’ is not in the queue: its state is ‘%2’"),
                          TR_CLASS_ROW},
    [TR_E_OFFER_AGAIN] = {"offer-again",
                          N_("‘%1’: %2 was offered before, in stay ‘%3’, and is not open again"),
                          TR_CLASS_ROW},
    [TR_E_OFFER_FULL] = {"offer-full", N_("‘%1’: no place is vacant at %2; stay ‘%3’ was first"),
                         TR_CLASS_ROW},
    [TR_E_OFFER_CERTIFICATE] = {"offer-certificate",
                                N_("‘%1’ is not placed at %2 in the certificate %3"),
                                TR_CLASS_DATA},
    [TR_E_ANSWER_STAY] = {"answer-stay", N_("the register has no stay ‘%1’"), TR_CLASS_ROW},
    [TR_E_ANSWER_NONE] = {"answer-none", N_("‘%1’ has no stay that can be answered with ‘%2’"),
                          TR_CLASS_ROW},
    [TR_E_ANSWER_MANY] = {"answer-many",
                          N_("‘%1’ has several such stays, ‘%2’ and ‘%3’: name one with --stay"),
                          TR_CLASS_ROW},
    [TR_E_ANSWER_STATUS] = {"answer-status",
                            N_("stay ‘%1’ has the status ‘%2’ and cannot be answered with ‘%3’"),
                            TR_CLASS_ROW},
    [TR_E_ANSWER_LAPSED] = {"answer-lapsed",
                            N_("stay ‘%1’ holds no place on that day: ‘%2’ is not possible"),
                            TR_CLASS_ROW},
    [TR_E_ANSWER_STATE] = {"answer-state",
                           N_("stay ‘%1’: the state of the case, ‘%2’, does not allow ‘%3’"),
                           TR_CLASS_ROW},
    [TR_E_ANSWER_LIVES] = {"answer-lives",
                           N_("stay ‘%1’: the person lives at %3 already, in stay ‘%2’"),
                           TR_CLASS_ROW},
    [TR_E_ANSWER_PLACE] = {"answer-place", N_("stay ‘%1’: no transfer to ‘%2’ is possible"),
                           TR_CLASS_ROW},
    [TR_E_ANSWER_FULL] = {"answer-full",
                          N_("stay ‘%1’: no place is vacant at %2; stay ‘%3’ was first"),
                          TR_CLASS_ROW},
    [TR_E_ANSWER_SELF_FULL] =
        {"answer-self-full",
         N_("stay ‘%1’: no self-referred place is vacant at %2; stay ‘%3’ was first"),
         TR_CLASS_ROW},
    [TR_E_CERTIFICATE] = {"certificate", N_("the certificate cannot be used: %1"), TR_CLASS_DATA},
    [TR_E_SEAL] = {"seal-broken", N_("the certificate was changed after it was made"),
                   TR_CLASS_ROW},
    [TR_E_INPUT_DIFFERS] = {"input-differs", N_("the certificate was made from different %1"),
                            TR_CLASS_ROW},
    [TR_E_RESULT_DIFFERS] = {"result-differs", N_("the result says otherwise about ‘%1’: %2"),
                             TR_CLASS_ROW},
    [TR_E_ORDER] = {"order-broken", N_("‘%1’ is before ‘%2’ in the queue, but should not be"),
                    TR_CLASS_ROW},
    [TR_E_NOT_ELIGIBLE] = {"not-eligible", N_("‘%1’ cannot have a place at ‘%2’: rule %3"),
                           TR_CLASS_ROW},
    [TR_E_OVER_FULL] = {"over-full", N_("‘%1’ is given %2 but has room for %3"), TR_CLASS_ROW},
    [TR_E_NOT_FULL] = {"not-full", N_("‘%1’ is in a closed set, and takes %2 where it has %3"),
                       TR_CLASS_ROW},
    [TR_E_PLACE_EMPTY] = {"place-empty",
                          N_("‘%1’ would rather have a place at ‘%2’, where one is vacant"),
                          TR_CLASS_ROW},
    [TR_E_PASSED_OVER] = {"passed-over",
                          N_("‘%1’ comes before ‘%2’, but ‘%2’ was given the place at ‘%3’"),
                          TR_CLASS_ROW},
    [TR_E_NOT_CLOSED] = {"not-closed",
                         N_("‘%1’ at ‘%2’ could move to ‘%3’, outside its closed set"),
                         TR_CLASS_ROW},
    [TR_E_WISH_MISSED] = {"wish-missed", N_("nothing prevents ‘%1’ from getting the wish ‘%2’"),
                          TR_CLASS_ROW},
    [TR_E_PERSON_TWICE] = {"person-twice",
                           N_("‘%1’ and ‘%2’ are about one person, and both have a place"),
                           TR_CLASS_ROW},
    [TR_E_REFUSED] = {"refused-wrongly", N_("‘%1’ is refused, but ‘%2’ might take them"),
                      TR_CLASS_ROW},
    [TR_E_REASON] = {"reason-untrue",
                     N_("‘%1’ is refused by the rule %2, which excludes them from no institution"),
                     TR_CLASS_ROW},
    [TR_E_NO_REFERRAL] = {"no-referral", N_("the certificate has no referral ‘%1’"), TR_CLASS_DATA},
    [TR_E_PLAN_SCHEMA] = {"plan-schema", N_("a plan of the kind ‘%1’, and not of ‘%2’"),
                          TR_CLASS_DATA},
    [TR_E_PLAN_KEY] = {"plan-key", N_("a plan has no ‘%1’"), TR_CLASS_DATA},
    [TR_E_PLAN_KEY_NEAR] = {"plan-key", N_("a plan has no ‘%1’; did you mean ‘%2’?"),
                            TR_CLASS_DATA},
    [TR_E_PLAN_TYPE] = {"plan-type", N_("should be null, or: %1"), TR_CLASS_DATA},
    [TR_E_PLAN_MISSING] = {"plan-missing", N_("%1 things are missing; --check lists them"),
                           TR_CLASS_ROW},
    [TR_E_PLAN_TWICE] = {"plan-twice",
                         N_("line %1 already has a plan for ‘%2’: this one is left out"),
                         TR_CLASS_ROW},
    [TR_E_NO_LETTER] = {"no-letter",
                        N_("no letter is made for ‘%1’: the state of the case is ‘%2’"),
                        TR_CLASS_ROW},
    [TR_E_CONSENT_REFUSED] = {"no-consent",
                              N_("‘%1’ is held back: the person has not consented"), TR_CLASS_ROW},
    [TR_E_CONSENT_UNKNOWN] = {"no-consent",
                              N_("‘%1’ is held back: ask whether the person consents"),
                              TR_CLASS_ROW},
    [TR_E_CONSENT_ASK] = {"consent-unknown",
                          N_("nobody has written down whether ‘%1’ consents: ask before the place "
                             "is told of the person"),
                          TR_CLASS_WARN},
    [TR_E_LETTER] = {"letter-field", N_("{%1} is not known: no letter was made"), TR_CLASS_ROW},
    [TR_E_REGISTER] = {"register", N_("the register cannot be used: %1"), TR_CLASS_DATA},
    [TR_E_NO_REGISTER] = {"no-register", N_("this is not a register"), TR_CLASS_DATA},
    [TR_E_REGISTER_NEWER] = {"register-newer",
                             N_("the register has version %1; these programs know %2"),
                             TR_CLASS_DATA},
    [TR_E_REGISTER_OLDER] = {"register-older",
                             N_("the register is of version %1: bring it up to date with "
                                "register-key migrate"),
                             TR_CLASS_DATA},
    [TR_E_REGISTER_DAMAGED] = {"register-damaged", N_("the register is damaged: %1"),
                               TR_CLASS_DATA},
    [TR_E_REGISTER_CHANGED] = {"register-changed",
                               N_("something other than these programs changed the register: %1"),
                               TR_CLASS_DATA},
    [TR_E_STRAY] = {"stray-journal", N_("a file %1 beside it does not belong to it: move it away"),
                    TR_CLASS_DATA},
    [TR_W_SHRINK] = {"not-shrunk",
                     N_("the records are gone, but there was no room to make the file smaller"),
                     TR_CLASS_WARN},
    [TR_E_LINK] = {"link", N_("is a symbolic link, which is not followed"), TR_CLASS_INPUT},
    [TR_E_BUSY] = {"busy", N_("other programs held the register too long: try again"),
                   TR_CLASS_BUSY},
    [TR_E_DENIED] = {"denied", N_("not permitted"), TR_CLASS_DENIED},
    [TR_E_KEY] = {"key", N_("does not hold a key"), TR_CLASS_DATA},
    [TR_E_KEY_NONE] = {"no-key", N_("no key is found: it should be ‘%1’; or name it with --key"),
                       TR_CLASS_INPUT},
    [TR_E_KEY_MODE] = {"key-mode", N_("others than its owner can read the key: use chmod 600"),
                       TR_CLASS_DENIED},
    [TR_E_KEY_PLACE] = {"key-place",
                        N_("a key must be a file of your own, without a second name, in a "
                           "folder where nobody else can replace it"),
                        TR_CLASS_DENIED},
    [TR_E_KEY_PURPOSE] = {"key-purpose", N_("the key is not for this: it lacks the secret ‘%1’"),
                          TR_CLASS_DENIED},
    [TR_E_KEY_RETIRED] = {"key-retired", N_("the key was retired"), TR_CLASS_DENIED},
    [TR_E_KEY_DERIVED] = {"key-derived",
                          N_("all secrets follow from this key of version 1: rotate it first"),
                          TR_CLASS_DENIED},
    [TR_E_KEY_NAME] = {"key-name", N_("no key in use is called ‘%1’"), TR_CLASS_DATA},
    [TR_E_KEY_NAME_TAKEN] = {"key-name", N_("a key is called ‘%1’ already"), TR_CLASS_DATA},
    [TR_E_KEY_LAST] = {"key-last", N_("‘%1’ is the last key that reads: make another first"),
                       TR_CLASS_DATA},
    [TR_E_SEALED] = {"sealed", N_("cannot be decrypted with this key, or was altered"),
                     TR_CLASS_DATA},
    [TR_E_CUT_OFF] = {"cut-off",
                      N_("the input is incomplete: it has %1 rows, its end marker says %2"),
                      TR_CLASS_DATA},
    [TR_E_NO_END] = {"no-end", N_("the input has no end marker: it may have been cut off"),
                     TR_CLASS_DATA},
    [TR_E_KIND] = {"kind", N_("the header does not show the kind of record: name it with --kind"),
                   TR_CLASS_DATA},
    [TR_E_LOG_BROKEN] =
        {"log-broken", N_("line %1 of the access log was changed, or lines before it are missing"),
         TR_CLASS_ROW},
    [TR_E_LOG_ENDS] = {"log-ends",
                       N_("line %1 of the access log is missing: no identities are given out"),
                       TR_CLASS_DATA},
    [TR_E_WITNESS] = {"witness", N_("the witness cannot be written: nothing more is given"),
                      TR_CLASS_IO},
    [TR_E_WITNESS_AHEAD] = {"witness-ahead",
                            N_("the register is older than its witness, which knows line %1 and "
                               "put %2"),
                            TR_CLASS_DATA},
    [TR_E_WITNESS_SILENT] = {"witness-silent",
                             N_("the witness knows nothing of this register: find out why; a new "
                                "one is chosen with register-key witness"),
                             TR_CLASS_DATA},
    [TR_E_WITNESS_DIFFERS] = {"witness-differs",
                              N_("line %1 of the access log is another than its witness knows"),
                              TR_CLASS_ROW},
    [TR_E_WRONG_KEY] = {"wrong-key", N_("this is not the key of the register"), TR_CLASS_DATA},
    [TR_E_NOT_IN_REGISTER] = {"not-in-register", N_("the register has no referral ‘%1’"),
                              TR_CLASS_DATA},
    [TR_E_WAS_PURGED] = {"was-purged",
                         N_("‘%1’ was purged, or the person was, and is left out; --bring-back "
                            "brings it back"),
                         TR_CLASS_ROW},
    [TR_E_REGISTER_PROFILE] =
        {"register-profile", N_("the register belongs to ‘%1’, not to ‘%2’: choose its --profile"),
         TR_CLASS_DATA},
    [TR_E_DOCUMENT_FORMAT] = {"document-format", N_("the document cannot be made as %1: %2"),
                              TR_CLASS_MEMORY},
    [TR_E_PROFILE] = {"profile", N_("there is no profile ‘%1’; choose from %2"), TR_CLASS_DATA},
    [TR_E_PROFILE_HERE] = {"profile",
                           N_("there is no profile ‘%1’; for the folder here, write ‘./%1’. Others "
                              "are %2"),
                           TR_CLASS_DATA},
    [TR_E_TABLE_CELL] = {"table-cell", N_("the profile’s table cannot be used: %1"), TR_CLASS_DATA},
    [TR_E_CHECK_COLUMN] = {"check-column", N_("the column ‘%1’ is missing: add it"), TR_CLASS_ROW},
    [TR_E_CHECK_NO_COLUMN] =
        {"check-no-column", N_("this table has no column ‘%1’: remove it, since nothing reads it"),
         TR_CLASS_ROW},
    [TR_E_CHECK_NO_COLUMN_NEAR] = {"check-no-column",
                                   N_("this table has no column ‘%1’; did you mean ‘%2’?"),
                                   TR_CLASS_ROW},
    [TR_E_CHECK_EMPTY] = {"check-empty", N_("the cell is empty: fill it in"), TR_CLASS_ROW},
    [TR_E_CHECK_KIND] = {"check-kind", N_("should be %1"), TR_CLASS_ROW},
    [TR_E_CHECK_CODE] = {"check-code", N_("‘%1’ is not in %2: add it there, or correct it"),
                         TR_CLASS_ROW},
    [TR_E_CHECK_CODE_NEAR] = {"check-code", N_("‘%1’ is not in %2; did you mean ‘%3’?"),
                              TR_CLASS_ROW},
    [TR_E_CHECK_TWICE] = {"check-twice", N_("‘%1’ is already in line %2: rename one of them"),
                          TR_CLASS_ROW},
    [TR_E_CHECK_PATTERN] = {"check-pattern", N_("not a valid regular expression: %1"),
                            TR_CLASS_ROW},
    [TR_E_CHECK_LANGUAGE] = {"check-language", N_("%1 is in %2 but not here"), TR_CLASS_ROW},
    [TR_E_CHECK_LANGUAGE_ALONE] = {"check-language", N_("%1 is here but not in %2"), TR_CLASS_ROW},
    [TR_E_CHECK_NEEDED] = {"check-needed",
                           N_("‘%1’ is missing in %2, and programs need it: add it"), TR_CLASS_ROW},
    [TR_E_CHECK_NEVER] = {"check-never",
                          N_("‘%1’ can never happen: no event that must come first can happen"),
                          TR_CLASS_ROW},
    [TR_E_CHECK_LOOP] = {"check-loop", N_("‘%1’ leads back to itself"), TR_CLASS_ROW},
    [TR_E_CHECK_DEAD_END] = {"check-dead-end",
                             N_("no events lead from the state ‘%1’ to one that waits"),
                             TR_CLASS_ROW},
    [TR_E_CHECK_FACT] = {"check-fact",
                         N_("no event is taken from ‘%1’: what stays tell of it moves no case"),
                         TR_CLASS_ROW},
    [TR_E_CHECK_FACT_MOVES] = {"check-fact",
                               N_("no state in case_states.csv takes ‘%1’: what stays tell of it "
                                  "moves no case"),
                               TR_CLASS_ROW},
    [TR_E_CHECK_NO_SENTENCE] = {"check-no-sentence", N_("the toolkit has no sentence ‘%1’"),
                                TR_CLASS_ROW},
    [TR_E_CHECK_FIELD] = {"check-field", N_("{%1} is not a name that letters know"), TR_CLASS_ROW},
    [TR_E_CHECK_LETTER] = {"check-letter", N_("there is no letter with a title for ‘%1’"),
                           TR_CLASS_ROW},
    [TR_E_CHECK_GUARD] =
        {"check-when",
         N_("{%1} may be unknown, and the letter would then fail: write ‘%1’ under ‘when’"),
         TR_CLASS_ROW},
    [TR_E_CHECK_UNREAD] = {"check-unread", N_("nothing reads ‘%1’: correct it or remove it"),
                           TR_CLASS_ROW},
    [TR_E_CHECK_UNREAD_NEAR] = {"check-unread", N_("nothing reads ‘%1’; did you mean ‘%2’?"),
                                TR_CLASS_ROW},
    [TR_E_RULE_GAP] = {"rule-gap", N_("no rule covers: %1"), TR_CLASS_DATA},
    [TR_E_RULE_RESULT] = {"rule-result",
                          N_("rule %1: ‘%2’ is not what the group has in the matrix"),
                          TR_CLASS_DATA},
    [TR_E_RULE_END] = {"rule-end", N_("no answer and no judgement leads on from: %1"),
                       TR_CLASS_DATA},
    [TR_E_RULE_OVERLAP] = {"rule-overlap", N_("rules %1 and %2 both cover: %3"), TR_CLASS_DATA},
    [TR_E_RULE_COUNT] = {"rule-count", N_("more than %1 rules"), TR_CLASS_DATA},
};

const char *tr_code_name(enum tr_code code)
{
    return codes[code].name;
}

const char *tr_code_text(enum tr_code code)
{
    return codes[code].text;
}

enum tr_class tr_code_class(enum tr_code code)
{
    return codes[code].class;
}

void tr_err_copy(char *to, size_t size, struct tr_str from)
{
    size_t n = from.len < size ? from.len : size - 1;

    if (n < from.len)
        while (n > 0 && ((unsigned char)from.p[n] & 0xC0) == 0x80)
            n--;
    if (n > 0)
        memcpy(to, from.p, n);
    to[n] = '\0';
}

int tr_err_set(struct tr_err *err, enum tr_code code, const char *a, const char *b, const char *c)
{
    const char *arg[3] = {a, b, c};

    err->code = code;
    err->sys = 0;
    err->source = NULL;
    err->line = 0;
    err->col = 0;
    err->column = 0;
    err->field[0] = err->header[0] = err->value[0] = '\0';
    for (int i = 0; i < 3; i++)
        tr_err_copy(err->arg[i], sizeof err->arg[i], tr_str(arg[i]));
    return -1;
}

int tr_err_num(struct tr_err *err, enum tr_code code, unsigned long long a)
{
    char text[24];

    snprintf(text, sizeof text, "%llu", a);
    return tr_err_set(err, code, text, NULL, NULL);
}

int tr_err_sys(struct tr_err *err, enum tr_code code, const char *source)
{
    int sys = errno;

    tr_err_set(err, code, NULL, NULL, NULL);
    err->sys = sys;
    err->source = source;
    return -1;
}

bool tr_err_is_system(const struct tr_err *err)
{
    enum tr_class class = tr_code_class(err->code);

    return class == TR_CLASS_MEMORY || class == TR_CLASS_IO ||
           (class == TR_CLASS_INPUT && err->sys != 0 && err->sys != ENOENT);
}

int tr_err_memory(struct tr_err *err)
{
    return tr_err_set(err, TR_E_MEMORY, NULL, NULL, NULL);
}

void tr_err_field(struct tr_err *err, struct tr_str field)
{
    tr_err_copy(err->field, sizeof err->field, field);
}

void tr_err_column(struct tr_err *err, uint32_t column, struct tr_str header)
{
    err->column = column + 1;
    if (!tr_str_is(header, err->field))
        tr_err_copy(err->header, sizeof err->header, header);
}

void tr_err_value(struct tr_err *err, struct tr_str value)
{
    tr_err_copy(err->value, sizeof err->value, value);
}
