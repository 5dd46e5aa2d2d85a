/* Rows of the table in err.c, and part of it: what is said of documents that were filled in. */
#ifdef TR_ERR_ROWS
    [TR_E_FILLED_KIND] = {"filled-kind",
                          N_("this is no document that was filled in: save it as .docx, .odt, .html or "
                             "as a PDF with fields"),
                          TR_CLASS_DATA},
    [TR_E_FILLED_FLAT] = {"filled-flat",
                          N_("this PDF has no fields to read: fill in the one that ‘--form’ made and save "
                             "it, do not print it; or fill in the Word document"),
                          TR_CLASS_DATA},
    [TR_E_FILLED_JOINED] = {"filled-joined",
                            N_("several forms were joined into this PDF: read each from a file of its "
                               "own"),
                            TR_CLASS_DATA},
    [TR_E_FILLED_SIZE] = {"filled-size",
                          N_("the document unpacks to more than %1 MiB: take out pictures and tracked "
                             "changes, and save it anew"),
                          TR_CLASS_DATA},
    [TR_E_FILLED_FORM] = {"filled-form",
                          N_("the document was made as ‘%1’, and the form is now ‘%2’: read it with the "
                             "profile that it was made with"),
                          TR_CLASS_DATA},
    [TR_E_FILLED_NONE] = {"filled-none", N_("the document has nothing of this form"), TR_CLASS_DATA},
    [TR_E_FILLED_CASE] = {"filled-case", N_("the document is of case ‘%1’, not ‘%2’"),
                          TR_CLASS_DATA},
    [TR_E_FILLED_TWO] = {"filled-two", N_("there are two answers: leave one"), TR_CLASS_DATA},
    [TR_E_FILLED_CHOICE] = {"filled-choice", N_("not one of the choices: %1"), TR_CLASS_DATA},
    [TR_W_FILLED_BESIDE] = {"filled-beside",
                            N_("something stands where nothing was to be filled in; it is kept as a "
                               "remark"),
                            TR_CLASS_WARN},
    [TR_W_FILLED_UNREAD] = {"filled-unread",
                            N_("something stands where nothing was to be filled in; it is not read"),
                            TR_CLASS_WARN},
    [TR_W_FILLED_GONE] = {"filled-gone",
                          N_("is not in the document any more, and is left open"), TR_CLASS_WARN},
#endif
