/* The shipped profile, for the targets that need one. */
#ifndef FUZZ_PROFILE_H
#define FUZZ_PROFILE_H

#include "fuzz.h"

#include "domain/profile/profile.h"

static struct tr_profile profile;

static void load_profile(void)
{
    struct tr_err err;
    const char *root = getenv("FUZZ_ROOT");
    char dir[1024], texts[1024];

    if (profile.paths)
        return;
    snprintf(dir, sizeof dir, "%s/share/profiles/oslo", root ? root : ".");
    snprintf(texts, sizeof texts, "%s/share/texts.csv", root ? root : ".");
    if (tr_profile_load(&profile, dir, texts, &err) < 0) {
        fprintf(stderr, "%s: the profile cannot be loaded (set FUZZ_ROOT)\n", dir);
        exit(2);
    }
}

#endif
