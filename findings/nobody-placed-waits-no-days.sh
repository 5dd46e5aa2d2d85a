#!/usr/bin/env bash
# In a house where nobody was placed the wait is 0 days on average, and three persons who waited 14, 14 and 61 days waited 75 together.
#
# Where:   SPARQL, the query language of linked data, by rdflib 6.1.1 (Debian 12), oxigraph 0.5.11 and Comunica 5.4.1 (npm), on
#          waits of persons written as numbers of their house (:house :wait 14).
# Guess:   the average of nothing is nothing (NULL in SQL), and each row counts.
# Seen:    the standard says that AVG of an empty group is 0, and all three follow it: 0, beside no MIN and a COUNT of 0. Where a
#          house is kept in the answer by OPTIONAL, rdflib and Comunica say 0 too, and oxigraph leaves the average open, and the SUM.
#          With GROUP BY the house that has nothing is no row at all. A graph is a set: the same wait of two persons at one house is
#          one fact, so it is counted once, also in three files that are loaded one after the other.
# For us:  a mean of nobody is an empty cell; figures are counted from rows that each have an id.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get oxigraph@0.5.11 @comunica/query-sparql-rdfjs@5.4.1 n3@2.13.12
deb_get python3-rdflib=6.1.1-1
export PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages
cat >houses.ttl <<'TTL'
@prefix : <urn:x:> .
:nes a :House ; :wait 14 , 14 .
:nes :wait 61 .
:vik a :House .
TTL
cat >ask.py <<'PYTHON'
import sys

from rdflib import Graph

graph = Graph().parse("houses.ttl")
for row in graph.query(sys.argv[1]):
    print(" ".join("-" if cell is None else str(cell) for cell in row))
PYTHON
cat >ask.mjs <<'JS'
import { readFileSync } from 'node:fs'
import oxigraph from 'oxigraph'
import { QueryEngine } from '@comunica/query-sparql-rdfjs'
import { Parser, Store } from 'n3'
const [who, query] = process.argv.slice(2)
const text = readFileSync('houses.ttl', 'utf8')
const names = [...query.matchAll(/AS \?(\w+)/g)].map((found) => found[1])
const told = (cell) => (cell ? String(Number(cell.value)) : '-')
if (who === 'oxigraph') {
  const store = new oxigraph.Store()
  store.load(text, { format: 'text/turtle' })
  for (const row of store.query(query)) console.log(names.map((name) => told(row.get(name))).join(' '))
} else {
  const rows = await new QueryEngine().queryBindings(query, { sources: [new Store(new Parser().parse(text))] })
  for (const row of await rows.toArray()) console.log(names.map((name) => told(row.get(name))).join(' '))
}
JS
all() { # QUERY
	local query="PREFIX : <urn:x:> $1"
	printf 'rdflib %s, oxigraph %s, Comunica %s' "$(/usr/bin/python3 -W ignore ask.py "$query")" "$(node ask.mjs oxigraph "$query")" \
		"$(node ask.mjs comunica "$query")"
}
seen 'AVG, MIN and COUNT where nobody was placed' 'rdflib 0 - 0, oxigraph 0 - 0, Comunica 0 - 0' \
	"$(all 'SELECT (AVG(?w) AS ?avg) (MIN(?w) AS ?min) (COUNT(?w) AS ?n) WHERE { :vik :wait ?w }')"
seen '  with OPTIONAL' 'rdflib 0 - 0, oxigraph - - 0, Comunica 0 - 0' \
	"$(all 'SELECT (AVG(?w) AS ?avg) (MIN(?w) AS ?min) (COUNT(?w) AS ?n) WHERE { :vik a :House OPTIONAL { :vik :wait ?w } }')"
seen '  with GROUP BY' 'rdflib , oxigraph , Comunica ' \
	"$(all 'SELECT (AVG(?w) AS ?avg) (COUNT(?w) AS ?n) WHERE { ?h :wait ?w FILTER(?h = :vik) } GROUP BY ?h')"
seen 'SUM and COUNT of 14, 14 and 61' 'rdflib 75 2, oxigraph 75 2, Comunica 75 2' \
	"$(all 'SELECT (SUM(?w) AS ?sum) (COUNT(?w) AS ?n) WHERE { :nes :wait ?w }')"
finish
