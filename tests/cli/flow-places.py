#!/usr/bin/python3
# usage: flow-places.py REFERRALS PLACES STAYS DAY ADD RUNS    what more places would do, by somebody else's
# programs: SimPy runs the days, R's survival has the lengths of stay, and the rules are written down here once
# more. REFERRALS as rop-group writes them. Prints the mean wait, and persons placed a year, as it is and with the
# places added, and the errors of both.
import csv
import math
import random
import subprocess
import sys
from datetime import date

from SimPy.Simulation import Process, Simulation, hold

DAYS, WARM_UP, EVERY, RATE, LEVEL = 730, 365, 7, 12 / 7, 'mestring'


def table(path):
    with open(path, encoding='utf-8') as f:
        return list(csv.DictReader(f))


def day(text):
    if '.' in text:
        text = '-'.join(reversed(text.split('.')))
    return date.fromisoformat(text) if text else None


referrals, places = table(sys.argv[1]), table(sys.argv[2])
as_of, runs = day(sys.argv[4]), int(sys.argv[6])


def fits(person, place):
    def among(cell, field):
        return not place[cell] or person[field] in place[cell].split('|') and person[field]

    age = as_of.year - int(person['birth_year'] or 0)
    groups = set(person['rop_possible'].split('|'))
    return (person['service_level'] == place['service_level'] and among('stay_types', 'stay_type')
            and among('sexes', 'sex')
            and (place['substance_policy'] == 'rus_og_rusfritt'
                 or person['substance_policy'] in (place['substance_policy'], 'rus_og_rusfritt'))
            and (not place['min_age'] or person['birth_year'] and age >= int(place['min_age']))
            and (not place['max_age'] or person['birth_year'] and age <= int(place['max_age']))
            and (person['wheelchair'] != 'ja' or place['wheelchair'] == 'ja')
            and (not person['somatic'] or not place['somatic_max'] or person['somatic'] <= place['somatic_max'])
            and (not place['rop_groups'] or groups <= set(place['rop_groups'].split('|')))
            and (not place['municipality'] or (person['municipality'] or person['bydel'][:4]) == place['municipality']))


# Days on which somebody left, and the part that stays longer.
def survival(days, left):
    r = '''library(survival); s <- survfit(Surv(days, left) ~ 1, data = read.csv(file("stdin")))
        write.table(cbind(s$time, s$surv)[s$n.event > 0, , drop = FALSE], row.names = FALSE, col.names = FALSE)'''
    rows = 'days,left\n' + ''.join(f'{d},{int(g)}\n' for d, g in zip(days, left))
    said = subprocess.run(['Rscript', '-e', r], input=rows, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [tuple(map(float, line.split())) for line in said.splitlines()]


# How long people stay: the days by which parts of them have left, by Kaplan and Meier. Beyond the last who
# left, people leave at the rate at which they did.
class Lengths:
    def __init__(self, stays):
        began = [(day(s['Fra']), day(s['Til'])) for s in stays]
        left = [end is not None and end <= as_of for _, end in began]
        days = [((end if gone else as_of) - begin).days for (begin, end), gone in zip(began, left)]
        self.n, self.rate = sum(left), sum(left) / sum(days)
        self.points = survival(days, left)

    def draw(self, u):  # u: the part that stays longer
        for days, part in self.points:
            if part <= u:
                return max(days, 0.5)
        return self.points[-1][0] + math.log(self.points[-1][1] / u) / self.rate


def lengths_of(stays):
    at = {h['institution_id']: h['service_level'] for h in places}
    lived = [s for s in stays if s['Status'] in ('moved_in', 'moved_out') and day(s['Fra']) <= as_of]
    all_of = {level: [s for s in lived if at[s['Institusjons-ID']] == level] for level in set(at.values())}
    every = Lengths(lived)
    made = {level: Lengths(of) for level, of in all_of.items() if of}
    return {level: made[level] if level in made and made[level].n >= 10 else every for level in all_of}


class Model(Simulation):
    def go(self, seed, beds):
        self.initialize()
        self.chance, self.free, self.queue, self.count, self.waits = random.Random(seed), list(beds), [], 0, []
        arrivals, rounds = Arrivals(sim=self), Rounds(sim=self)
        self.activate(arrivals, arrivals.come())
        self.activate(rounds, rounds.give())
        self.simulate(until=WARM_UP + DAYS)
        return sum(self.waits) / len(self.waits), len(self.waits) / DAYS * 365.25


class Arrivals(Process):
    def come(self):
        while True:
            yield hold, self, self.sim.chance.expovariate(RATE)
            p, options = self.sim.chance.choice(people)
            stay = lengths[p['service_level']].draw(self.sim.chance.random())
            self.sim.count += 1
            self.sim.queue.append([int(p['urgency'] or 99), self.sim.now(), self.sim.count, p, set(options), stay])


class Rounds(Process):
    def give(self):
        sim = self.sim
        while True:
            yield hold, self, EVERY
            at = [[] for _ in places]  # whom each house takes now

            def place(w, seen):  # nobody who has a place loses it
                for h in sorted(w[4] - seen):
                    if len(at[h]) < sim.free[h]:
                        at[h].append(w)
                        return True
                for h in sorted(w[4] - seen):
                    seen.add(h)
                    for other in at[h]:
                        if place(other, seen):
                            at[h].remove(other)
                            at[h].append(w)
                            return True
                return False

            sim.queue.sort(key=lambda w: w[:3])
            for w in sim.queue:
                place(w, set())
            for h, taken in enumerate(at):
                for w in taken:
                    if sim.chance.random() < declined:
                        w[4].discard(h)
                        continue
                    sim.queue.remove(w)
                    sim.free[h] -= 1
                    if sim.now() >= WARM_UP and w[3]['service_level'] == LEVEL:
                        sim.waits.append(sim.now() - w[1])
                    stay = Stay(sim=sim)
                    sim.activate(stay, stay.live(h, w[5]))


class Stay(Process):
    def live(self, house, days):
        yield hold, self, days
        self.sim.free[house] += 1


people = [(p, [k for k, h in enumerate(places) if fits(p, h)]) for p in referrals]
people = [(p, options) for p, options in people if options]
with open(sys.argv[3], encoding='utf-8') as f:
    stays = list(csv.DictReader(f, delimiter=';'))
lengths = lengths_of(stays)
refused = sum(s['Status'] in ('declined', 'expired') for s in stays)
declined = refused / (refused + sum(s['Status'] in ('accepted', 'moved_in', 'moved_out') for s in stays))
beds = [int(h['capacity']) for h in places]
added = [b + (int(sys.argv[5].split(':')[1]) if h['institution_id'] == sys.argv[5].split(':')[0] else 0) for b, h in zip(beds, places)]
seen = [Model().go(seed, b) for b in (beds, added) for seed in range(runs)]
for name, these in ('as_is', seen[:runs]), ('changed', seen[runs:]):
    for k, measure in enumerate(('wait_mean', 'placed_a_year')):
        x = [t[k] for t in these]
        mean = sum(x) / runs
        error = math.sqrt(sum((y - mean) ** 2 for y in x) / (runs - 1) / runs)
        print(f'{name},{measure},{mean:.2f},{error:.2f}')
