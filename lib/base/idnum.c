#include "base/idnum.h"

#include "base/date.h"

/* Which century the individual digits tell, for numbers given out before 2032. */
static int classic_year(int yy, int individual)
{
    static const struct {
        int from, to, yy_from, yy_to, century;
    } series[] = {
        {0, 499, 0, 99, 1900},
        {500, 749, 54, 99, 1800},
        {500, 999, 0, 39, 2000},
        {900, 999, 40, 99, 1900},
    };

    for (size_t i = 0; i < sizeof series / sizeof *series; i++)
        if (individual >= series[i].from && individual <= series[i].to && yy >= series[i].yy_from &&
            yy <= series[i].yy_to)
            return series[i].century + yy;
    return 0;
}

enum tr_code tr_idnum_parse(struct tr_str s, struct tr_idnum *out)
{
    static const int w1[11] = {3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0};
    static const int w2[11] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
    int d[11], n = 0, sum1 = 0, sum2 = 0, day, month, yy, individual;
    bool date_fits;

    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == ' ')
            continue;
        if (n == 11)
            return TR_E_IDNUM_LENGTH;
        d[n] = s.p[i] - '0';
        sum1 += w1[n] * d[n];
        sum2 += w2[n] * d[n];
        n++;
    }
    if (n < 11)
        return n == 10 ? TR_E_IDNUM_ZERO : TR_E_IDNUM_LENGTH;
    day = d[0] * 10 + d[1];
    month = d[2] * 10 + d[3];
    yy = d[4] * 10 + d[5];
    individual = d[6] * 100 + d[7] * 10 + d[8];

    *out = (struct tr_idnum){.d_number = day > 40, .synthetic = month > 12};
    out->reform = sum1 % 11 != 0;
    day -= out->d_number ? 40 : 0;
    month -= month > 80 ? 80 : month > 65 ? 65 : month > 40 ? 40 : 0;
    out->month = month;
    out->day = day;
    out->birth_year = out->reform ? 0 : classic_year(yy, individual);
    date_fits = out->birth_year ? tr_date_valid((struct tr_date){out->birth_year, month, day})
                                : tr_date_valid((struct tr_date){1900 + yy, month, day}) ||
                                      tr_date_valid((struct tr_date){2000 + yy, month, day});
    if (!date_fits)
        return TR_E_IDNUM_DATE;
    return sum1 % 11 <= 3 && sum2 % 11 == 0 ? TR_OK : TR_E_IDNUM_CHECK;
}
