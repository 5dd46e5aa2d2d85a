/* SHA-256 against coreutils' sha256sum, around the ends of blocks. */
#include "unit.h"

#include "base/sha256.h"

static const struct {
    size_t n; /* so many times the letter a */
    const char *hash;
} known[] = {
    {0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
    {56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
    {63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"},
    {64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
    {65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"},
    {119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"},
    {120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"},
    {1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
};
enum { N_KNOWN = sizeof known / sizeof *known };

static char text[1000000];

static void is_hash(const char hash[TR_SHA256_LEN], int i)
{
    ck_assert_mem_eq(hash, known[i].hash, TR_SHA256_LEN);
}

START_TEST(is_as_known)
{
    char hash[TR_SHA256_LEN];

    memset(text, 'a', sizeof text);
    for (int i = 0; i < N_KNOWN; i++) {
        tr_sha256((struct tr_str){text, known[i].n}, hash);
        is_hash(hash, i);
    }
}
END_TEST

START_TEST(both_are_those_of_each)
{
    char first[TR_SHA256_LEN], all[TR_SHA256_LEN];

    memset(text, 'a', sizeof text);
    for (int i = 0; i < N_KNOWN; i++)
        for (int k = 0; k <= i; k++) {
            tr_sha256_both((struct tr_str){text, known[i].n}, known[k].n, first, all);
            is_hash(first, k);
            is_hash(all, i);
        }
}
END_TEST

MAIN("sha256", {is_as_known}, {both_are_those_of_each})
