#!/usr/bin/env bash
# Six of eight letters in Bokmål are taken for Nynorsk, as all in Nynorsk are, where the form to answer in is chosen; a thank-you is Hungarian.
#
# Where:   franc 6.2.0 and franc-all 7.2.0 (npm), which tell the language of a text and know both forms of Norwegian, asked among all
#          languages and for these two alone; beside them lande 1.0.10 and tinyld 1.3.4 (npm).
# Guess:   "jeg", "ikke" and "hva" in the one, "eg", "ikkje" and "kva" in the other tell two or three sentences apart, at least when nothing
#          else is asked; a short thank-you may be Danish, or undecided.
# Seen:    franc goes by groups of three letters, for which Bokmål is nearer to its Nynorsk: of eight letters of some twenty to thirty
#          words six are Nynorsk and one is Danish, of the two forms six are Nynorsk. All in Nynorsk are right. "Takk for brevet. Eg tek
#          imot plassen." is Hungarian. lande has Bokmål alone and finds Danish among both, tinyld Norwegian without its forms, and
#          Icelandic and Swedish among those in Nynorsk. None says how sure it is unless asked.
# For us:  the form of a letter is chosen by whoever writes it (--lang); no program guesses it from what was written to it.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get franc@6.2.0 franc-all@7.2.0 lande@1.0.10 tinyld@1.3.4
cat >letters.mjs <<'JS'
import { franc } from 'franc'
import { franc as francAll } from 'franc-all'
import lande from 'lande'
import { detect } from 'tinyld'
const letters = {
  nob: [
    'Jeg har søkt om bolig, men jeg har ikke fått svar. Kan dere si meg når jeg får vite noe? Jeg bor hos moren min nå.',
    'Hei. Jeg ønsker å klage på vedtaket. Jeg kan ikke bo alene, og jeg trenger hjelp om natten. Hva må jeg gjøre videre? Hilsen Kari',
    'Boken jeg fikk fra kommunen sier at man skal få svar innen tre uker. Nå har det gått fem uker, og jeg har ennå ikke hørt noe fra dere.',
    'Jeg leser i brevet at jeg kan flytte inn i mars. Hvem gir meg nøkkelen, og hvor mye må jeg betale hver måned? Jeg har ikke penger ennå.',
    'Hvorfor får jeg ikke bo her lenger? Ingen har sagt noe til meg. Jeg vet ikke hvor jeg skal gjøre av meg hvis dere ikke hjelper.',
    'Naboen min bråker hver natt, og jeg får ikke sove. Kan noen komme og se på det? Jeg har snakket med ham selv, men det hjalp ikke.',
    'Takk for hjelpen dere har gitt meg. Jeg har det bra nå, og jeg trenger ikke noen å snakke med lenger. Hilsen Ola',
    'Jeg kommer ikke på møtet i morgen, for jeg er syk. Kan vi heller møtes neste uke? Si ifra til meg hvis det ikke går.'
  ],
  nno: [
    'Eg har søkt om bustad, men eg har ikkje fått svar. Kan de seie meg når eg får vite noko? Eg bur hos mor mi no.',
    'Hei. Eg ynskjer å klage på vedtaket. Eg kan ikkje bu åleine, og eg treng hjelp om natta. Kva må eg gjere vidare? Helsing Kari',
    'Boka eg fekk frå kommunen seier at ein skal få svar innan tre veker. No har det gått fem veker, og eg har enno ikkje høyrt noko frå dykk.',
    'Eg les i brevet at eg kan flytte inn i mars. Kven gir meg nøkkelen, og kor mykje må eg betale kvar månad? Eg har ikkje pengar enno.',
    'Kvifor får eg ikkje bu her lenger? Ingen har sagt noko til meg. Eg veit ikkje kvar eg skal gjere av meg om de ikkje hjelper.',
    'Naboen min bråkar kvar natt, og eg får ikkje sove. Kan nokon kome og sjå på det? Eg har snakka med han sjølv, men det hjelpte ikkje.',
    'Takk for hjelpa de har gitt meg. Eg har det bra no, og eg treng ikkje nokon å snakke med lenger. Helsing Ola',
    'Eg kjem ikkje på møtet i morgon, for eg er sjuk. Kan vi heller møtast neste veke? Sei ifrå til meg om det ikkje går.'
  ],
  short: ['Takk for brevet. Eg tek imot plassen.', 'Takk for brevet. Jeg tar imot plassen.']
}
const by = {
  franc: (text) => franc(text), 'franc, of two': (text) => franc(text, { only: ['nob', 'nno'] }),
  'franc-all': (text) => [francAll(text)].flat()[0], 'franc-all, of two': (text) => [francAll(text, { only: ['nob', 'nno'] })].flat()[0],
  lande: (text) => lande(text)[0][0], tinyld: (text) => detect(text)
}
const counts = {}
for (const text of letters[process.argv[3]]) counts[by[process.argv[2]](text)] = (counts[by[process.argv[2]](text)] ?? 0) + 1
console.log(Object.entries(counts).sort().map(([language, count]) => `${count} ${language}`).join(', '))
JS
of() { # WHO, BOKMÅL, NYNORSK AND THANKS AS SEEN
	seen "$1: eight letters in Bokmål" "$2" "$(node letters.mjs "$1" nob)"
	seen '  eight in Nynorsk' "$3" "$(node letters.mjs "$1" nno)"
	seen '  thanks in one and in the other' "$4" "$(node letters.mjs "$1" short)"
}
of franc '1 dan, 6 nno, 1 nob' '8 nno' '1 hun, 1 nob'
of 'franc, of two' '6 nno, 2 nob' '8 nno' '1 nno, 1 nob'
of franc-all '1 dan, 6 nno, 1 nob' '8 nno' '1 hun, 1 mah'
of 'franc-all, of two' '6 nno, 2 nob' '8 nno' '1 nno, 1 nob'
of lande '2 dan, 6 nob' '1 dan, 7 nob' '2 nob'
of tinyld '8 no' '1 is, 6 no, 1 sv' '2 no'
finish
