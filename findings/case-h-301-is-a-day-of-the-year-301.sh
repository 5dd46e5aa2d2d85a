#!/usr/bin/env bash
# Checked and turned into its type, case H-301 is a day of the year 301, Storgata 2 one of 2001, no age is 0, and consent "false" is true.
#
# Where:   zod 4.6.7 (z.coerce), joi 18.3.2, yup 1.7.1 and ajv 8.20.0 (coerceTypes), npm, which check what a form or a file brings and turn text into
#          dates, numbers and yes or no, in the time of Oslo.
# Guess:   what checks a value refuses what is not of its type: a day is one of the calendar in ISO form, at least where iso is asked for; what is empty
#          is missing; "false" is false, and "nei" neither.
# Seen:    zod, joi and yup take for a day what JavaScript takes for one, most text that ends in a number: Storgata 2 is 1 February 2001,
#          01.03.2026 is 3 January; 13.03.2026, the next row, is refused. 2026-02-31 is 3 March, in joi with iso(), too. zod makes
#          1 January 1970 of a day that is null, 0 of an empty age, and true of each text, also "false" and "nei". ajv makes 0 and false of
#          null: who was not asked has refused. yup makes 1000 of "1 000", joi refuses it.
# For us:  a value is of its type as the profile writes it or is refused by its field's name, and an empty cell stays empty.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get zod@4.6.7 joi@18.3.2 yup@1.7.1 ajv@8.20.0
cat >check.cjs <<'JS'
const { z } = require('zod')
const Joi = require('joi')
const yup = require('yup')
const Ajv = require('ajv')
const joi = (schema) => (value) => {
    const { error, value: result } = schema.validate(value)
    if (error) throw error
    return result
}
const ajv = (type) => (value) => {
    const row = { value }
    if (!new Ajv({ coerceTypes: true }).validate({ type: 'object', properties: { value: { type } } }, row)) throw new Error()
    return row.value
}
const checks = {
    'zod date': (value) => z.coerce.date().parse(value), 'zod number': (value) => z.coerce.number().parse(value), 'zod boolean': (value) => z.coerce.boolean().parse(value),
    'joi date': joi(Joi.date()), 'joi date iso': joi(Joi.date().iso()), 'joi number': joi(Joi.number()), 'joi boolean': joi(Joi.boolean()),
    'yup date': (value) => yup.date().validateSync(value), 'yup number': (value) => yup.number().validateSync(value), 'yup boolean': (value) => yup.boolean().validateSync(value),
    'ajv number': ajv('number'), 'ajv boolean': ajv('boolean'),
}
const two = (n) => String(n).padStart(2, '0')
const shown = (value) => (value instanceof Date ? `${value.getFullYear()}-${two(value.getMonth() + 1)}-${two(value.getDate())}` : String(value))
const [check, ...values] = process.argv.slice(2)
console.log(values.map((text) => {
    try {
        return shown(checks[check](text === 'null' ? null : text))
    } catch {
        return 'refused'
    }
}).join(' '))
JS
check() { TZ=Europe/Oslo node check.cjs "$@"; }
for name in zod joi yup; do
	seen "$name, date: Storgata 2" 2001-02-01 "$(check "$name date" 'Storgata 2')"
	seen "$name, date: 01.03.2026 13.03.2026" '2026-01-03 refused' "$(check "$name date" 01.03.2026 13.03.2026)"
	seen "$name, date: 2026-02-31" 2026-03-03 "$(check "$name date" 2026-02-31)"
	seen "$name, date: H-301, its year" 301 "$(check "$name date" H-301 | cut -d - -f 1)"
done
seen 'joi, date with iso(): 2026-02-31' 2026-03-03 "$(check 'joi date iso' 2026-02-31)"
seen 'zod, joi, yup, date: null' '1970-01-01 refused refused' "$(check 'zod date' null) $(check 'joi date' null) $(check 'yup date' null)"
seen 'zod, boolean: false nei null' 'true true false' "$(check 'zod boolean' false nei null)"
seen 'joi, boolean: false nei null' 'false refused refused' "$(check 'joi boolean' false nei null)"
seen 'ajv, boolean: false nei null' 'false refused false' "$(check 'ajv boolean' false nei null)"
seen 'zod, joi, yup, ajv, number: empty' '0 refused refused refused' "$(for name in zod joi yup ajv; do check "$name number" ''; done | paste -sd ' ')"
seen 'zod, joi, yup, ajv, number: null' '0 refused refused 0' "$(for name in zod joi yup ajv; do check "$name number" null; done | paste -sd ' ')"
seen 'zod, joi, yup, ajv, number: 1 000' 'refused refused 1000 refused' "$(for name in zod joi yup ajv; do check "$name number" '1 000'; done | paste -sd ' ')"
finish
