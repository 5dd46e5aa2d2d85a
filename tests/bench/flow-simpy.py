#!/usr/bin/python3
# usage: flow-simpy.py RUNS    the model of flow-simulate in SimPy, on a system of its own size: 40 houses, 100
# people a week, rounds every seven days. Its match is simpler: everybody takes the first free house that fits.
import random
import sys

from SimPy.Simulation import Process, Simulation, hold

DAYS, WARM_UP, EVERY, RATE, STAY, HOUSES, BEDS = 3652, 365, 7, 100 / 7, 60, 40, 26


class Model(Simulation):
    def go(self, seed):
        self.initialize()
        self.chance = random.Random(seed)
        self.free = [BEDS] * HOUSES
        self.queue = []
        self.waits = []
        arrivals, rounds = Arrivals(sim=self), Rounds(sim=self)
        self.activate(arrivals, arrivals.come())
        self.activate(rounds, rounds.give())
        self.simulate(until=WARM_UP + DAYS)
        return sum(self.waits) / len(self.waits)


class Arrivals(Process):
    def come(self):
        while True:
            yield hold, self, self.sim.chance.expovariate(RATE)
            level = self.sim.chance.randrange(5)
            self.sim.queue.append((self.sim.now(), range(8 * level, 8 * level + 8)))


class Rounds(Process):
    def give(self):
        sim = self.sim
        while True:
            yield hold, self, EVERY
            left = []
            for since, options in sim.queue:
                house = next((h for h in options if sim.free[h]), None)
                if house is None:
                    left.append((since, options))
                    continue
                sim.free[house] -= 1
                if sim.now() > WARM_UP:
                    sim.waits.append(sim.now() - since)
                stay = Stay(sim=sim)
                sim.activate(stay, stay.live(house))
            sim.queue = left


class Stay(Process):
    def live(self, house):
        yield hold, self, self.sim.chance.expovariate(1 / STAY)
        self.sim.free[house] += 1


print(sum(Model().go(seed) for seed in range(int(sys.argv[1]))) / int(sys.argv[1]))
