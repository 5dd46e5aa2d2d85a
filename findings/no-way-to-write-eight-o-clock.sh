#!/usr/bin/env bash
# No way of writing eight o'clock is valid for all who check opening times; 30 February is a date for three of six.
#
# Where:   ajv 8.20.0 with ajv-formats 3.0.1, @cfworker/json-schema 4.1.6, jsonschema 1.5.0, is-my-json-valid 2.20.6 and
#          z-schema 6.0.2 (npm), python3-jsonschema 4.10.3 (Debian 12) with its format checker; JSON Schema's formats
#          "time" and "date", by which schemas of service directories check opening times and days.
# Guess:   08:00:00 is a time for all, with or without a zone, and perhaps 08:00 for some; 30 February is a date for none.
# Seen:    08:00:00 is valid for three and not for the others, which want a zone; 08:00:00Z and 08:00:00+01:00 are valid for
#          just the others. (JSON Schema asks for the zone: an opening time, which is the same in summer, has none.)
#          z-schema does not know "time" and so finds every time wrong. 2026-02-30 is valid for three.
# For us:  a schema has a pattern beside each format, and what a day is, the program that reads it decides.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get ajv@8.20.0 ajv-formats@3.0.1 @cfworker/json-schema@4.1.6 jsonschema@1.5.0 is-my-json-valid@2.20.6 z-schema@6.0.2
deb_get python3-jsonschema=4.10.3-1
cat >valid.cjs <<'JS'
const [format, text] = process.argv.slice(2), schema = { type: 'string', format }
const ajv = new (require('ajv').default)()
require('ajv-formats').default(ajv)
const ZSchema = require('z-schema')
const { Validator: Worker } = require('@cfworker/json-schema'), { Validator } = require('jsonschema')
const by = {
  ajv: ajv.validate(schema, text),
  cfworker: new Worker(schema, '2020-12').validate(text).valid,
  jsonschema: new Validator().validate(text, schema).valid,
  'is-my-json-valid': require('is-my-json-valid')(schema)(text),
  'z-schema': new (ZSchema.default || ZSchema)({}).validate(text, schema),
}
console.log(Object.keys(by).filter((one) => by[one]).join(' '))
JS
valid() { # FORMAT TEXT: who finds it valid
	local found python
	found=$(node valid.cjs "$@")
	python=$(PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c '
import sys
from jsonschema import Draft202012Validator as Validator, FormatChecker
print("python" if Validator({"type": "string", "format": sys.argv[1]}, format_checker=FormatChecker()).is_valid(sys.argv[2]) else "")' "$@")
	[[ -z $python ]] || found="$found${found:+ }$python"
	echo "${found:-nobody}"
}
seen 'time 08:00' nobody "$(valid time 08:00)"
seen 'time 08:00:00' 'jsonschema is-my-json-valid python' "$(valid time 08:00:00)"
seen 'time 08:00:00Z' 'ajv cfworker' "$(valid time 08:00:00Z)"
seen 'time 08:00:00+01:00' 'ajv cfworker' "$(valid time 08:00:00+01:00)"
seen 'date 2026-02-28' 'ajv cfworker jsonschema is-my-json-valid z-schema python' "$(valid date 2026-02-28)"
seen 'date 2026-02-30' 'jsonschema is-my-json-valid z-schema' "$(valid date 2026-02-30)"
finish
