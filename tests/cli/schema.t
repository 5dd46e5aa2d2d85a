#!/usr/bin/env bash
# Certificates, placements and plans are as share/schema/ says, and nothing else passes.
. "${0%/*}/tap.sh"

schema=share/schema
cp share/demo/{institutions,stays,waiting}.csv "$T"
vacancy-list --institutions="$T/institutions.csv" --stays="$T/stays.csv" --as-of=2026-11-21 >"$T/vacancies.csv"
rop-group "$T/waiting.csv" >"$T/grouped.csv" 2>"$T/err"
head -n 1 "$T/vacancies.csv" >"$T/none.csv"
printf '%s\n' institution_id,referral_id,rank I-17,R-2026-0123,1 I-17,R-2026-0122,2 >"$T/priority.csv"

# shellcheck disable=SC2317 # ok and status call it
match() { # NAME OPTIONS...: the certificate is NAME.json, the placements are in NAME.jsonl
	placement-match --format=jsonl --certificate="$T/$1.json" --output="$T/$1.jsonl" "${@:2}" "$T/grouped.csv" 2>"$T/err"
}
demo=(--places="$T/vacancies.csv" --stays="$T/stays.csv")
for policy in placed-first wish-first own-priorities; do
	ok "$policy" match "$policy" "${demo[@]}" --policy="$policy"
	ok "$policy, what if" match "$policy-what-if" "${demo[@]}" --policy="$policy" --add=I-16:3 --close=I-09
done
ok 'with own orders' match own-orders "${demo[@]}" --policy=own-priorities --priority="$T/priority.csv"
ok 'without stays' match no-stays --places="$T/vacancies.csv"
status 'without places' 1 match no-places --places="$T/none.csv"

# Plans: empty, with what a register knows, filled in.
cp share/demo/plan.json "$T/full-plan.json"
cp share/demo/plans.jsonl "$T"
ok 'an empty plan' checklist-export --template C-1 --output="$T/empty-plan.json"
register-init "$T/reg.db"
for f in cases events; do
	register-put --as-of=2026-11-20 "$T/reg.db" share/demo/$f.csv 2>"$T/err"
done
ok 'one with what the register knows' \
	checklist-export --template C-2026-014 --register="$T/reg.db" --output="$T/known-plan.json"

# ---- hashes, as transition-formats(5) describes them ----

cat >"$T/hashes.py" <<'END'
import hashlib, json, re, sys

for path in sys.argv[1:]:
    text = open(path, "rb").read()
    certificate = json.loads(text)
    sha256 = lambda part: "sha256:" + hashlib.sha256(part).hexdigest()
    def value(name):  # the text of a member, as it stands
        return re.search(rb'^"%s":(.*?),\n"' % name.encode(), text, re.M | re.S)[1]
    for name, claimed in certificate["inputs"].items():
        part = value("order") + value("rules") if name == "rules" else value(name)
        if sha256(part) != claimed:
            print(path, "inputs." + name)
    if sha256(text[: text.rindex(b'"sha256:')]) != certificate["seal"]:
        print(path, "seal")
END
certificates=("$T"/{placed-first,wish-first,own-priorities}{,-what-if}.json "$T"/{own-orders,no-stays,no-places}.json)
results=("${certificates[@]/%.json/.jsonl}")
is 'there are certificates to look at' "${#certificates[@]}" 9
if command -v python3 >/dev/null; then
	is 'hashes and seals are those of the text' "$(python3 "$T/hashes.py" "${certificates[@]}" 2>&1)" ''
else
	lacks 'hashes and seals are those of the text' 'there is no python3'
fi

# ---- the schemas ----

python_with jsonschema

cat >"$T/schema.py" <<'END'
import copy, json, sys
from jsonschema import Draft202012Validator

def load(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)

def validator(path):
    schema = load(path)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)

def check(path, files):
    """Prints what is wrong with the documents, or with the lines of files in JSON Lines."""
    v = validator(path)
    for name in files:
        with open(name, encoding="utf-8") as f:
            documents = f if name.endswith(".jsonl") else [f.read()]
            for document in documents:
                for error in v.iter_errors(json.loads(document)):
                    print(name, list(error.absolute_path), error.message[:200])

def objects(value, path=()):
    """The objects inside, with their paths."""
    if isinstance(value, dict):
        yield path, value
        for key in value:
            yield from objects(value[key], path + (key,))
    elif isinstance(value, list):
        for i, element in enumerate(value):
            yield from objects(element, path + (i,))

def at(document, path):
    for step in path:
        document = document[step]
    return document

def shortened(value):
    """The same with the first and the last element of each array, which is quicker."""
    if isinstance(value, dict):
        return {key: shortened(value[key]) for key in value}
    if isinstance(value, list):
        return [shortened(x) for x in (value if len(value) < 3 else (value[0], value[-1]))]
    return value

def breakages(document):
    """Every member left out, every member of a wrong type, every object with a member too many."""
    for path, found in objects(document):
        for key in found:
            for how in "left out", "of another type":
                broken = copy.deepcopy(document)
                if how == "left out":
                    del at(broken, path)[key]
                else:
                    at(broken, path)[key] = {"surprise": 1}
                yield path + (key, how), broken
        broken = copy.deepcopy(document)
        at(broken, path)["surprise"] = None
        yield path + ("a member too many",), broken

def refuse(path, name):
    """Prints the breakages that are accepted, and how many there were."""
    v = validator(path)
    n = 0
    with open(name, encoding="utf-8") as f:
        documents = f.readlines()[:40] if name.endswith(".jsonl") else [f.read()]
    for document in documents:
        whole = shortened(json.loads(document))
        assert v.is_valid(whole)
        for what, broken in breakages(whole):
            n += 1
            if v.is_valid(broken):
                print("accepted:", *what)
    print("none" if n == 0 else "some", "tried")

def edit(path, name, edits):
    """Each edit, in Python, is refused: prints a line each."""
    v = validator(path)
    for code in edits:
        d = shortened(load(name))
        exec(code, {"d": d})
        print("accepted" if v.is_valid(d) else "refused", code, sep="\t")

def same(certificate, placement):
    """The placement of the one is that of the other."""
    c, p = load(certificate), load(placement)
    definitions = p.pop("$defs")
    del p["$schema"], p["$id"]
    assert c["$defs"]["placement"] == p
    assert all(c["$defs"][name] == definitions[name] for name in definitions)

command, path, *rest = sys.argv[1:]
if command == "check":
    check(path, rest)
elif command == "refuse":
    refuse(path, *rest)
elif command == "same":
    same(path, *rest)
else:
    edit(path, rest[0], rest[1:])
END
schema() { "$python" "$T/schema.py" "$@" 2>&1; }

ok 'a placement is the same in both schemas' schema same $schema/certificate.schema.json $schema/placement.schema.json
is 'every certificate is valid' "$(schema check $schema/certificate.schema.json "${certificates[@]}")" ''
is 'every placement is' "$(schema check $schema/placement.schema.json "${results[@]}")" ''
for name in placed-first-what-if own-orders; do
	is "$name: no member may be missing, of another type or too many" \
		"$(schema refuse $schema/certificate.schema.json "$T/$name.json")" 'some tried'
done
is 'nor in a placement' "$(schema refuse $schema/placement.schema.json "$T/placed-first.jsonl")" 'some tried'

# Edits of a certificate of placed-first, shortened: the first referral fits nowhere, the last holds a place.
edits=(
	'd["version"] = 1'
	'd["version"] = "2"'
	'd["format"] = "certificate"'
	'd["policy"] = "best-first"'
	'd["policy"] = "wish-first"' # but it has closed sets
	'd["as_of"] = "21.11.2026"'
	'd["as_of"] = "2026-13-21"'
	'd["as_of"] = ""' # but it has places
	'd["seal"] = d["seal"][:-1]'
	'd["seal"] = d["seal"].upper()'
	'd["seal"] = d["seal"][len("sha256:"):]'
	'd["inputs"]["stays"] = "sha512" + d["inputs"]["stays"][6:]'
	'd["inputs"]["places"] = "sha256:" + 64 * "g"'
	'd["order"] = []'
	'd["order"] = ["urgency", "name"]'
	'd["rules"][0]["rule"] = "income"'
	'd["rules"] += d["rules"]'
	'd["places"][0]["vacant"] = -1'
	'd["places"][0]["rop_groups"] = []'
	'd["referrals"][0]["urgency"] = 1'
	'd["referrals"][0]["name"] = "Ola"'
	'd["referrals"][0]["received"] = "2026-2-1"'
	'd["stays"][0].update(declined=None, held=None, ended=None)'
	'd["priority"] = [{"institution_id": "I-17", "referral_id": "R-1", "rank": 1}]' # of another policy
	'd["what_if"] = [{"institution_id": "I-17", "add": 3, "close": True}]'
	'd["what_if"] = [{"institution_id": "I-17", "add": 0, "close": None}]'
	'd["placements"][0]["decision"] = "maybe"'
	'd["placements"][0].update(decision="ineligible", reason="sex", wish_rank=None)' # but it has a place
	'd["placements"][0].update(decision="ask", reason="facts", wish_rank=None, detail="ask=sex")'
	'd["placements"][0].update(decision="ask", reason="facts", institution_id=None, wish_rank=None)' # what?
	'd["placements"][0].update(decision="ask", reason="sex", institution_id=None, wish_rank=None, detail="ask=sex")'
	'd["placements"][0]["detail"] = "possible=0"'
	'd["placements"][0]["reason"] = "full"'
	'd["placements"][1]["institution_id"] = None'
	'd["placements"][1]["reason"] = "wish"' # but it is not in the queue
	'd["placements"][1]["wish_rank"] = 1'
	'd["placements"][0]["priority"] = 0'
	'd["closed_sets"] = []'
	'd["closed_sets"].pop()' # the open one
	'd["closed_sets"] += d["closed_sets"][-1:]'
	'd["closed_sets"][0]["found"] = "searching"'
	'd["closed_sets"][0]["since"] = None'
	'd["closed_sets"][-1]["since"] = d["placements"][0]["referral_id"]'
)
schema edit $schema/certificate.schema.json "$T/placed-first.json" "${edits[@]}" >"$T/verdicts"
while IFS=$'\t' read -r verdict edit; do
	is "$edit" "$verdict" refused
done <"$T/verdicts"
is 'all edits were tried' "$(wc -l <"$T/verdicts")" ${#edits[@]}

# ---- plans ----

is 'every plan is valid' \
	"$(schema check $schema/plan.schema.json "$T"/{empty,known,full}-plan.json "$T/plans.jsonl")" ''
for paper in assessment stay_plan support_report agreement minutes inventory contacts invitation; do
	checklist-export --template=R-1 --paper=$paper --as-of=2027-03-23 >"$T/$paper-paper.json"
done
is 'every paper is valid' "$(schema check $schema/paper.schema.json "$T"/*-paper.json)" ''
is 'no member of a paper may be of another type, and none too many' \
	"$(schema refuse $schema/paper.schema.json "$T/stay_plan-paper.json" |
		grep -v -e ' left out$' -e '^accepted: points \([a-z_]* \)\?a member too many$')" 'some tried'
# What is left out is empty, and which points and items there are, the profile says.
is 'no member may be of another type; none of a plan or of a task too many' \
	"$(schema refuse $schema/plan.schema.json "$T/full-plan.json" |
		grep -v -e ' left out$' -e '^accepted: points \([a-z_]* \)\?a member too many$')" 'some tried'

edits=(
	'del d["schema"]'
	'del d["case_id"]'
	'd["schema"] = "urn:transition:schema:plan:2"'
	'd["case_id"] = None'
	'd["case_id"] = " "'
	'd["case_id"] = 65 * "C"'
	'd["name"] = 1'
	'd["bydel"] = "Sagene"' # programs read it, and write the code
	'd["home"] = ["Vei 1"]'
	'd["home_from"] = "1.12.2026"'
	'd["home_from"] = ""'
	'd["meeting"] = "2026-13-01"'
	'd["follow_up"] = None'
	'd["points"] = []'
	'd["points"]["Isolation"] = {}'
	'd["points"]["isolation"] = "alone"'
	'd["points"]["isolation"]["Network"] = None'
	'd["points"]["isolation"]["network"] = ["a", "b"]'
	'd["points"]["isolation"]["need"] = 1'
	'd["points"]["isolation"]["measures"] = [None]'
	'd["points"]["isolation"]["measures"] = [["task", "x"]]'
	'd["points"]["isolation"]["measures"] = [{"what": "x"}]'
	'd["points"]["housing_costs"]["direct_debit"]["status"] = "finished"'
	'd["points"]["housing_costs"]["direct_debit"]["status"] = ""'
	'd["points"]["housing_costs"]["direct_debit"]["follow_up"] = True'
	'd["points"]["housing_costs"]["direct_debit"]["responsible"] = ["bydel", "person"]'
	'd["points"]["housing_costs"]["direct_debit"]["due"] = "P7D"'
	'd["points"]["housing_costs"]["direct_debit"]["note"] = {"text": "x"}'
	'd["points"]["housing_costs"]["direct_debit"]["who"] = "bydel"'
)
schema edit $schema/plan.schema.json "$T/full-plan.json" "${edits[@]}" >"$T/verdicts"
while IFS=$'\t' read -r verdict edit; do
	is "plan: $edit" "$verdict" refused
done <"$T/verdicts"
is 'all edits of a plan were tried' "$(wc -l <"$T/verdicts")" ${#edits[@]}

finish
