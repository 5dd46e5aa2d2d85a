/* Runs a fuzz target without libFuzzer: driver [-n INPUTS] [-t SECONDS] [-r REPRODUCER] SEED...
 * Seconds are of a processor: a busy machine tries as much as an idle one. The inputs are the seeds and mutations of them, the same on every run and machine. The input in
 * hand is kept in REPRODUCER when the target aborts. */
#include "fuzz.h"

#include <signal.h>
#include <time.h>

enum { INPUT_MAX = 1 << 13, SEEDS_MAX = 512 };

static struct {
    uint8_t *p;
    size_t n;
} seed[SEEDS_MAX];
static size_t n_seeds;

static uint8_t input[INPUT_MAX];
static size_t input_len;
static const char *reproducer = "crash";

/* Of the sanitizers, which end the program themselves. */
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static void keep(void)
{
    FILE *f = fopen(reproducer, "wb");

    if (f) {
        fwrite(input, 1, input_len, f);
        fclose(f);
    }
    fprintf(stderr, "driver: the input is in %s\n", reproducer);
}

static void on_signal(int signal)
{
    (void)signal;
    keep();
    _exit(1);
}

static uint64_t state = 88172645463325252ULL;

static size_t below(size_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return n ? (size_t)(state >> 11) % n : 0;
}

static void load(const char *path)
{
    FILE *f = fopen(path, "rb");

    if (!f || n_seeds == SEEDS_MAX)
        return;
    seed[n_seeds].p = malloc(INPUT_MAX);
    seed[n_seeds].n = fread(seed[n_seeds].p, 1, INPUT_MAX, f);
    n_seeds++;
    fclose(f);
}

static void insert(size_t at, const void *p, size_t n)
{
    if (input_len + n > INPUT_MAX)
        return;
    memmove(input + at + n, input + at, input_len - at);
    memcpy(input + at, p, n);
    input_len += n;
}

static void mutate(void)
{
    static const char *const words[] = {"\"",   "\"\"", "\n", "\r",       "\r\n",     ";",        ",",    "\t",
                                        "\xC3", "a\xCC\x8A",  "\xEF\xBB\xBF", "\xFF\xFE", "sep=;", "{",
                                        "}",    "[",    "|",  "99",       "1-5S",     "ja",       " ",    "\\u0000"};
    size_t at = below(input_len + 1), n, w, s;

    switch (below(7)) {
    case 0:
        if (at < input_len)
            input[at] ^= (uint8_t)(1 << below(8));
        break;
    case 1:
        if (at < input_len)
            input[at] = (uint8_t)below(256);
        break;
    case 2:
        n = below(input_len - at < 16 ? input_len - at + 1 : 16);
        memmove(input + at, input + at + n, input_len - at - n);
        input_len -= n;
        break;
    case 3:
        insert(at, &(uint8_t){0}, 1);
        break;
    case 4:
        n = below(input_len - at + 1);
        if (n <= 512) {
            uint8_t again[512];

            memcpy(again, input + at, n);
            insert(below(input_len + 1), again, n);
        }
        break;
    case 5:
        s = below(n_seeds);
        w = below(seed[s].n + 1);
        n = below(seed[s].n - w < 256 ? seed[s].n - w + 1 : 256);
        insert(at, seed[s].p + w, n);
        break;
    default:
        w = below(sizeof words / sizeof *words);
        insert(at, words[w], strlen(words[w]));
    }
}

int main(int argc, char **argv)
{
    unsigned long long inputs = 2000, done = 0;
    clock_t seconds = 0;
    int c;

    while ((c = getopt(argc, argv, "n:t:r:")) != -1) {
        if (c == 'n')
            inputs = strtoull(optarg, NULL, 10);
        else if (c == 't')
            seconds = atoi(optarg);
        else if (c == 'r')
            reproducer = optarg;
        else
            return 2;
    }
    for (; optind < argc; optind++)
        load(argv[optind]);
    if (n_seeds == 0)
        return 2;
    signal(SIGABRT, on_signal);
    signal(SIGSEGV, on_signal);
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(keep);
    for (; done < inputs && (seconds == 0 || clock() < seconds * CLOCKS_PER_SEC); done++) {
        size_t s = done < n_seeds ? done : below(n_seeds);

        input_len = seed[s].n;
        memcpy(input, seed[s].p, input_len);
        for (size_t k = done < n_seeds ? 0 : 1 + below(6); k > 0; k--)
            mutate();
        LLVMFuzzerTestOneInput(input, input_len);
    }
    printf("%llu inputs, no fault\n", done);
    for (size_t i = 0; i < n_seeds; i++)
        free(seed[i].p);
    return 0;
}
