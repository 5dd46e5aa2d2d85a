/* libzip as archive.c calls it. It draws in libcrypto, which takes longer to load than most programs to run, so
 * that programs are linked without it and open it when an archive is. Where it is linked in, as in the shared
 * library, it is called directly. For archive.c alone. */
#ifndef TR_BASE_ARCHIVE_OWN_H
#define TR_BASE_ARCHIVE_OWN_H

#include <zip.h>

#define ZIP_CALLS(CALL) \
    CALL(close) CALL(discard) CALL(error_code_system) CALL(error_code_zip) CALL(error_fini) \
    CALL(error_init) CALL(error_set) CALL(error_strerror) CALL(error_to_data) CALL(fclose) \
    CALL(file_add) CALL(file_get_error) CALL(file_set_dostime) CALL(fopen_index) CALL(fread) \
    CALL(get_error) CALL(name_locate) CALL(open_from_source) CALL(set_file_compression) \
    CALL(source_buffer) CALL(source_buffer_create) CALL(source_close) CALL(source_filep_create) \
    CALL(source_free) CALL(source_function) CALL(source_keep) CALL(source_make_command_bitmap) \
    CALL(source_open) CALL(source_read) CALL(stat_index) CALL(stat_init)

struct zip_calls {
#define CALL(name) __typeof__(&zip_##name) name;
    ZIP_CALLS(CALL)
#undef CALL
};

#define TELL(words) _Pragma(#words)
#define CALL(name) TELL(weak zip_##name)
ZIP_CALLS(CALL)
#undef CALL
#undef TELL

#endif
