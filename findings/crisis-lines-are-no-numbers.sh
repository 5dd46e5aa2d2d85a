#!/usr/bin/env bash
# The lines for people in crisis are no telephone numbers to four libraries, and one refuses every office.
#
# Where:   google-libphonenumber 3.2.47, libphonenumber-js 1.13.16 (all its metadata), awesome-phonenumber 7.8.0
#          and phone 3.1.72 (npm), asked for Norway.
# Guess:   116 123 (somebody to talk to in a mental crisis) and 116 117 (the doctor on duty), the same numbers in
#          many European countries, are valid Norwegian numbers; a municipality's five digits may be refused.
# Seen:    the other way round. Five digits are valid, 116 123 and 116 117 are neither valid nor possible in
#          three libraries; only a separate part of Google's (short numbers) knows them. libphonenumber-js still
#          makes a link of one, tel:+47116123, with the country code before a number that is dialled without.
#          phone takes only mobile numbers unless told otherwise: every desk of an office is refused.
# For us:  telephone numbers of crisis help and of offices are text from a table, printed as the source has them;
#          no check of their form keeps one out of a letter or a page, and none becomes a link.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get google-libphonenumber@3.2.47 libphonenumber-js@1.13.16 awesome-phonenumber@7.8.0 phone@3.1.72
cat >asks.cjs <<'JS'
const { PhoneNumberUtil, ShortNumberInfo } = require('google-libphonenumber')
const js = require('libphonenumber-js/max')
const { parsePhoneNumber } = require('awesome-phonenumber')
const { phone } = require('phone')
const [, , who, number] = process.argv
const google = PhoneNumberUtil.getInstance()
const parsed = () => google.parse(number, 'NO')
const valid = {
  google: () => google.isValidNumber(parsed()),
  possible: () => google.isPossibleNumber(parsed()),
  short: () => ShortNumberInfo.getInstance().isValidShortNumberForRegion(parsed(), 'NO'),
  js: () => js.parsePhoneNumber(number, 'NO').isValid(),
  link: () => js.parsePhoneNumber(number, 'NO').getURI(),
  awesome: () => parsePhoneNumber(number, { regionCode: 'NO' }).valid,
  phone: () => phone(number, { country: 'NOR' }).isValid,
}
console.log(String(valid[who]()))
JS
for number in 116123 116117; do
	for who in google possible js awesome phone; do
		seen "$who: $number" false "$(node asks.cjs $who $number)"
	done
	seen "google's short numbers: $number" true "$(node asks.cjs short $number)"
done
seen 'google: 02180' true "$(node asks.cjs google 02180)"
seen 'js: link for 116123' tel:+47116123 "$(node asks.cjs link 116123)"
seen 'google: 21 23 45 67' true "$(node asks.cjs google '21 23 45 67')"
seen 'phone: 21 23 45 67' false "$(node asks.cjs phone '21 23 45 67')"
finish
