#!/usr/bin/env bash
# Keys of institutions: each opens who lives there or is offered a place there, as it was passed on to it, and nothing else,
# in a file as on a server.
# shellcheck disable=SC2317 # functions are called by status
. "${0%/*}/tap.sh"
R=$(new_register institutions)
register-init --key="$T/all.key" "$R"
put() { register-put --key="$T/${by-put}.key" "$R" "$@" 2>"$T/err"; }
look() { register-get --with-identity --reason=x --key="$T/$1.key" "${@:2}" "$R" "${kind-referral}"; }
key() { register-key --key="$T/all.key" "$@"; }
pass() { register-key --key="$T/$1.key" pass-on "$R" 2>"$T/err"; }
names() { grep -o 'Gul Dal\|Lun Eng\|Rund Sti\|Brun Hei' | sort -u | xargs; }
opens() { look "$@" 2>/dev/null | names; }
number=10839421953

key --name=put --purpose=put make "$R" "$T/put.key"
put share/demo/institutions.csv
read -r one other <<<"$(register-get "$R" institution | sed -n '2,3s/,.*//p' | xargs)"
put - <<END
referral_id,received,bydel,person_id,name,contact_name,contact_phone,contact_email,comment,sector,consent
S-1,2026-02-01,Sagene,$number,Gul Dal,Kari Kontakt,40 00 12 34,kari@example.no,hemmelig,ukjent felt,ja
A-1,2026-02-01,Alna,,Lun Eng,,,,hemmelig,,ja
N-1,2026-02-01,Sagene,,Rund Sti,,,,hemmelig,,ja
N-2,2026-02-01,Alna,,Brun Hei,,,,hemmelig,,
END
stays() { { echo stay_id,referral_id,institution_id,from,to_expected,to,status; printf '%s\n' "$@"; } | put -; }
stays O-1,S-1,"$one",2026-02-05,,,moved_in O-2,A-1,"$other",2026-02-05,,,moved_in

# ---- a key ----

status 'an institution gets a key' 0 key --name=home --purpose=read --institution="$one" make "$R" "$T/home.key"
is 'the list says whose it is' "$(key list "$R" | sed -n 's/^home,\([^,]*\),.*/\1/p')" "read:@$one"
like 'the log, too' "$(register-log --key="$T/all.key" "$R")" "make home @$one"
is 'who lives there is passed on to it by that' "$(opens home)" 'Gul Dal'
like 'which the log has, with the institution' "$(register-log --key="$T/all.key" "$R")" ",pass-on,$one"
status 'one that the register does not have gets none' 65 key --name=x --purpose=read --institution=I-99 make "$R" "$T/x.key"
like 'as is said' "$(<"$T/err")" 'institution-unknown: .*I-99'
ok 'and no file is left' test ! -e "$T/x.key"
status '--institution goes with keys that read' 2 key --name=x --purpose=put --institution="$one" make "$R" "$T/x.key"
status 'and not with --office' 2 key --name=x --purpose=read --institution="$one" --office=Alna make "$R" "$T/x.key"

# ---- what is passed on ----

look home --id=S-1 >"$T/got" 2>"$T/err"
for what in "$number" 'Gul Dal' 'Kari Kontakt' '40 00 12 34' kari@example.no; do
	is "passed on: $what" "$(grep -c "$what" "$T/got")" 1
done
for what in hemmelig 'ukjent felt'; do is "not passed on: $what" "$(grep -c "$what" "$T/got")" 0; done
kind=passed_on look home >"$T/got" 2>"$T/err"
is 'as a record of its own' "$(sed -n 's/^\([^,]*,[^,]*\),.*Gul Dal.*/\1/p' "$T/got")" "S-1,$one"
is 'with what goes along, and no column for anything else' "$(head -n 1 "$T/got")" referral_id,institution_id,person_id,person_id_kind,name,contact_name,contact_phone,contact_email
is 'of which without a reason nothing is seen' "$(register-get --key="$T/home.key" "$R" passed_on | grep -c 'Gul Dal\|Kari\|@')" 0
status 'of others the referral is left out' 1 look home
like 'and counted' "$(<"$T/err")" 'left out as this key does not open them: 3$'
for what in S-1 A-1; do
	checklist-export --paper=minutes --template=$what --as-of=2026-02-03 --register="$R" | sed 's/"meeting": {/&\n"kind": "om Gul Dal",/; 0,/"kind": null,/s///' | tr -d '\n'
	echo
done >"$T/minutes.json"
put --kind=minutes "$T/minutes.json"
is 'papers are the district'\''s' "$(kind=minutes opens home)" ''
status 'nobody puts such records in' 2 put --kind=passed_on "$T/got"
status 'nor by the way' 65 put "$T/got"
status 'a key of an institution passes nothing on' 77 pass home
status 'hands out no keys' 77 register-key --key="$T/home.key" --name=x --purpose=read make "$R" "$T/x.key"
status 'and removes nothing' 77 register-purge --key="$T/home.key" --id=S-1 --reason=x "$R"

# ---- the day after ----

stays O-3,N-1,"$one",2026-02-06,,,moved_in
like 'a key that does not read says who waits' "$(<"$T/err")" "not yet passed on to their institutions: 1; ‘register-key pass-on’"
is 'until then nothing is passed on' "$(opens home)" 'Gul Dal'
key --name=sagene --purpose=read --office=Sagene make "$R" "$T/sagene.key"
status 'the office that may read passes on' 0 pass sagene
is 'and it opens' "$(opens home)" 'Gul Dal Rund Sti'
records() { register-get --key="$T/all.key" "$R" passed_on | wc -l; }
n=$(records)
status 'once' 0 pass sagene
is 'as nothing has changed' "$(records)" "$n"
# An offer tells the place of the person, which wants consent.
stays O-4,N-2,"$one",2026-02-07,,,offered
status 'an offer to somebody whose consent nobody wrote down' 0 pass all
like 'is told' "$(<"$T/err")" 'offers to people whose consent is not known, of whom nothing is passed on: 1'
is 'and not passed on' "$(opens home)" 'Gul Dal Rund Sti'
by=all stays O-4,N-2,"$one",2026-02-07,,,accepted
is 'once it is accepted it is' "$(opens home)" 'Brun Hei Gul Dal Rund Sti'
by=all put - <<<$'referral_id,received,bydel,name,consent\nN-1,2026-02-01,Sagene,Lun Eng,ja'
is 'what is corrected is passed on anew' "$(opens home --id=N-1)" 'Lun Eng'
is 'and stays in history as it was' "$(register-get --key="$T/all.key" "$R" passed_on --id="N-1|$one" | wc -l)" 2
put - <<<$'referral_id,received,bydel,name,consent\nN-1,2026-02-01,Alna,Rund Sti,ja'
like 'by a key that does not read it is told' "$(<"$T/err")" 'not yet passed on'
is 'and until then as it was' "$(opens home --id=N-1)" 'Lun Eng'
status 'an office does not open what went to another' 0 pass sagene
is 'so it leaves it' "$(opens home --id=N-1)" 'Lun Eng'
pass all
is 'whoever reads all passes it on' "$(opens home --id=N-1)" 'Rund Sti'

# ---- offers ----

printf '%s\n' referral_id,received,bydel,name,service_level,urgency,consent V-1,2026-02-01,Sagene,'Brun Hei',,1,ja | put -
printf '%s\n' referral_id,decision,institution_id,wish_rank,priority,reason,detail "V-1,placed,$other,1,1,wish," >"$T/placed.csv"
key --name=away --purpose=read --institution="$other" make "$R" "$T/away.key"
is 'another institution has its own' "$(opens away)" 'Lun Eng'
status 'a place is offered' 0 offer-make --key="$T/all.key" --register="$R" --as-of=2026-02-08 "$T/placed.csv"
is 'and with it goes who it is' "$(opens away)" 'Brun Hei Lun Eng'
is 'to nobody else' "$(opens home --id=V-1)" ''
status 'who moves' 0 offer-answer --key="$T/put.key" --register="$R" --referral=S-1 --to="$other" --as-of=2026-02-09 transfer
like 'waits for a key that reads' "$(<"$T/err")" 'not yet passed on to their institutions: 1;'
pass all
is 'and is passed on to where they move' "$(opens away)" 'Brun Hei Gul Dal Lun Eng'

# ---- lost, left, rotated ----

key --name=home retire "$R"
status 'a retired key opens nothing' 77 look home
by=all stays O-5,A-1,"$one",2026-02-20,,,accepted
key --name=home-2 --purpose=read --institution="$one" make "$R" "$T/home-2.key"
is 'a new one opens what is of the institution, also what came meanwhile' "$(opens home-2)" 'Brun Hei Gul Dal Lun Eng Rund Sti'
status 'all is sealed anew' 0 key reseal "$R"
is 'for it, too' "$(opens home-2)" 'Brun Hei Gul Dal Lun Eng Rund Sti'
register-key --key="$T/all.key" rotate "$R" "$T/new.key" 2>/dev/null
status 'when keys are rotated, those of institutions end' 65 look home-2
mv "$T/new.key" "$T/all.key"
key --name=home-3 --purpose=read --institution="$one" make "$R" "$T/home-3.key"
is 'and new ones are made' "$(opens home-3)" 'Brun Hei Gul Dal Lun Eng Rund Sti'
status 'the register is whole' 0 register-check --key="$T/all.key" "$R"

# ---- purged ----

register-get --with-identity --reason=x --key="$T/all.key" --id=S-1 --format=text --lang=nb "$R" person >"$T/person"
like 'whom it was passed on to, a person is told' "$(<"$T/person")" 'Gitt videre til institusjon'
register-purge --key="$T/all.key" --id=S-1 --reason=x "$R" 2>/dev/null
is 'what was passed on goes with the case' "$(register-get --key="$T/all.key" "$R" passed_on | grep -c '^S-1')" 0
status 'and the register is whole' 0 register-check --key="$T/all.key" "$R"

# ---- a copy, and what it opens ----

all_of "$R" >"$T/copy"
for what in 'Brun Hei' 'Lun Eng' 'Rund Sti' hemmelig; do is "nowhere in it: $what" "$(grep -caF "$what" "$T/copy")" 0; done
if [[ $R != postgresql:* ]]; then
	# Whatever way somebody goes who has a copy and the key of an institution: not by these programs.
	secret=$(sed -n 's/^read //p' "$T/home-3.key")
	python3 - "$R" "$secret" >"$T/opened" <<-'END'
		import ctypes, ctypes.util, hashlib, sqlite3, struct, sys
		sodium = ctypes.CDLL(ctypes.util.find_library('sodium') or 'libsodium.so.23')
		db = sqlite3.connect(sys.argv[1])
		public, secret = ctypes.create_string_buffer(32), ctypes.create_string_buffer(32)
		sodium.crypto_box_seed_keypair(public, secret, bytes.fromhex(sys.argv[2]))
		keys = {}
		for put, sealed in db.execute('SELECT put, sealed FROM put_key'):
		    out = ctypes.create_string_buffer(32)
		    if sodium.crypto_box_seal_open(out, sealed, ctypes.c_ulonglong(80), public, secret) == 0:
		        keys.setdefault(put, []).append(out.raw)
		def part(p):
		    p = struct.pack('<q', p) if isinstance(p, int) else (p or '').encode()
		    return struct.pack('<I', len(p)) + p
		register, = db.execute("SELECT value FROM setting WHERE name = 'register'").fetchone()
		codes = {row[0] for row in db.execute('SELECT bydel FROM record WHERE bydel IS NOT NULL')}
		for put, kind, id, sealed in db.execute('SELECT put, kind, id, sealed FROM record JOIN seal USING (record) WHERE sealed IS NOT NULL'):
		    about = b''.join(map(part, (register, put, kind, id)))
		    for key in keys.get(put, []):
		        # as it is, and as the key of a run from which others are made
		        for k in [key] + [hashlib.blake2b(b'transition office\0' + part(c), digest_size=32, key=key).digest() for c in codes]:
		            out, n = ctypes.create_string_buffer(len(sealed)), ctypes.c_ulonglong()
		            if sodium.crypto_aead_chacha20poly1305_ietf_decrypt(out, ctypes.byref(n), None, sealed[8:], ctypes.c_ulonglong(len(sealed) - 8),
		                    about, ctypes.c_ulonglong(len(about)), sealed[:8] + bytes(4), k) == 0:
		                print(kind, id)
	END
	is 'a stolen copy and the key of an institution: what was passed on to it' "$(sort -u "$T/opened")" \
		"$(printf 'passed_on %s\n' "A-1|$one" "N-1|$one" "N-2|$one")"
	# On a server nobody changes a record so.
	cp "$R" "$T/bent.db"
	sqlite3 "$T/bent.db" "UPDATE record SET bydel = '@$one' WHERE kind = 'passed_on' AND id = 'V-1|$other'"
	status 'what was passed on to another is not the institution'\''s by saying so' 65 register-get --with-identity --reason=x --key="$T/home-3.key" "$T/bent.db" passed_on
	cp "$R" "$T/bent.db"
	sqlite3 "$T/bent.db" "UPDATE record SET body = replace(body, '$other', '$one') WHERE kind = 'stay' AND id = 'V-1-1'"
	status 'nor is passed on to whom somebody wrote into a stay' 65 register-key --key="$T/all.key" pass-on "$T/bent.db"
	like 'as is said' "$(<"$T/err")" 'register-changed: .*record'
fi

# ---- another municipality ----

export TRANSITION_PROFILE=sandnes
R=$(new_register institutions_sandnes)
rm "$T/all.key"
register-init --key="$T/all.key" "$R"
by=all put share/demo/sandnes/institutions.csv
by=all put - <<<$'referral_id,received,bydel,person_id,name,contact_phone,comment\nS-1,2026-02-01,boligtjenesten,'$number$',Gul Dal,40 00 12 34,hemmelig\nS-2,2026-02-01,fagteam_rus,,Lun Eng,,'
by=all stays O-1,S-1,B-1,2026-02-05,,,moved_in O-2,S-2,A-1,2026-02-05,,,moved_in
key --name=home --purpose=read --institution=B-1 make "$R" "$T/b1.key"
is 'in Sandnes, too, who lives there' "$(opens b1)" 'Gul Dal'
is 'without comments' "$(look b1 --id=S-1 | grep -c '40 00 12 34') $(look b1 --id=S-1 | grep -c hemmelig)" '1 0'
status 'and the register is whole' 0 register-check --key="$T/all.key" "$R"
finish
