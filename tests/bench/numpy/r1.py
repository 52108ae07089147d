"""R1 in numpy as an expert would write it: whole columns of samples, month after month; in blocks on threads; and in numba.

Usage: python3 r1.py VARIANT SAMPLES ROUNDS [monthly]; VARIANT is numpy, threads, numba or check. Prints JSON: seconds a round, peak memory in kB.
"""

import json
import math
import os
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

MONTHS = 60
OUTPUTS = 4 * MONTHS + 1
BLOCK = 16_384


def churn_of(generator, n):
    return generator.beta(6, 194, n)


def usage_of(generator, n):
    return 120e3 * np.exp(0.5 * generator.standard_normal(n))


def seats_of(generator, n):
    seats = 8 + 1.5 * generator.standard_normal(n)
    while (low := seats < 1).any():
        seats[low] = 8 + 1.5 * generator.standard_normal(low.sum())
    return seats


def per_customer(seats, usage):
    revenue = 49 * seats + 0.02e-3 * np.clip(usage - 50e3, 0, 450e3) + 0.012e-3 * np.maximum(usage - 500e3, 0)
    return revenue, 0.88 * revenue - 0.004e-3 * usage


def block(generator, out, reached, monthly):
    """Fills out[output, sample] and the first month without a loss."""
    n = out.shape[1]
    ceiling = 2e6 * generator.triangular(0.02, 0.04, 0.08, n)
    p = 0.003 * np.exp(0.3 * generator.standard_normal(n))
    q = 0.12 * np.exp(0.2 * generator.standard_normal(n)) / ceiling
    seats = seats_of(generator, n)
    stays = 1 - churn_of(generator, n)
    revenue_each, profit_each = per_customer(seats, usage_of(generator, n))
    adopters, active, new, cost = np.zeros(n), np.zeros(n), np.empty(n), np.empty(n)
    cash, lowest = np.full(n, 5e6), np.full(n, np.inf)
    reached[:] = MONTHS
    for month in range(MONTHS):
        if monthly:
            stays = 1 - churn_of(generator, n)
            revenue_each, profit_each = per_customer(seats, usage_of(generator, n))
        np.multiply(q, adopters, out=new)
        new += p
        np.subtract(ceiling, adopters, out=cost)
        new *= cost
        adopters += new
        active *= stays
        active += new
        revenue, profit, ebitda, balance = out[4 * month : 4 * month + 4]
        np.multiply(active, revenue_each, out=revenue)
        np.multiply(active, profit_each, out=profit)
        np.multiply(new, 900, out=cost)
        cost += 250e3 * 1.015**month
        np.subtract(profit, cost, out=ebitda)
        cash += ebitda
        balance[:] = cash
        np.minimum(lowest, cash, out=lowest)
        reached[(reached == MONTHS) & (ebitda >= 0)] = month
    out[4 * MONTHS] = lowest


RANKS = np.array([0.05, 0.5, 0.95])


def summary(column):
    """Mean and exact order statistics."""
    ranks = np.maximum(np.ceil(RANKS * len(column)).astype(int), 1) - 1
    return np.concatenate(([column.mean()], np.partition(column, ranks)[ranks]))


def run_numpy(samples, monthly, seed):
    out = np.empty((OUTPUTS, samples))
    reached = np.empty(samples, np.int64)
    block(np.random.Generator(np.random.SFC64(seed)), out, reached, monthly)
    return np.array([summary(column) for column in out]), np.bincount(reached, minlength=MONTHS + 1)


def run_blocks(samples, monthly, seed, fill):
    """Blocks that stay in the cache, on all cores; numpy and numba let go of the lock while they work."""
    out = np.empty((OUTPUTS, samples))
    reached = np.empty(samples, np.int64)
    begins = range(0, samples, BLOCK)
    seeds = np.random.SeedSequence(seed).spawn(len(begins))

    def work(at):
        part = slice(begins[at], begins[at] + BLOCK)
        generator = np.random.Generator(np.random.SFC64(seeds[at]))
        held = np.empty((OUTPUTS, len(reached[part])))
        fill(generator, held, reached[part], monthly)
        out[:, part] = held

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(work, range(len(begins))))
        return np.array(list(pool.map(summary, out))), np.bincount(reached, minlength=MONTHS + 1)


def numba_block():
    import numba

    @numba.njit(nogil=True, fastmath=True)
    def fill(generator, out, reached, monthly):
        for at in range(out.shape[1]):
            ceiling = 2e6 * generator.triangular(0.02, 0.04, 0.08)
            p = 0.003 * math.exp(0.3 * generator.standard_normal())
            q = 0.12 * math.exp(0.2 * generator.standard_normal()) / ceiling
            seats = 0.0
            while seats < 1:
                seats = 8 + 1.5 * generator.standard_normal()
            adopters = active = revenue_each = profit_each = stays = 0.0
            cash, lowest, first = 5e6, np.inf, MONTHS
            fixed = 250e3
            for month in range(MONTHS):
                if monthly or month == 0:
                    usage = 120e3 * math.exp(0.5 * generator.standard_normal())
                    stays = 1 - generator.beta(6.0, 194.0)
                    revenue_each = 49 * seats + 0.02e-3 * min(max(usage - 50e3, 0.0), 450e3) + 0.012e-3 * max(usage - 500e3, 0.0)
                    profit_each = 0.88 * revenue_each - 0.004e-3 * usage
                new = (p + q * adopters) * (ceiling - adopters)
                adopters += new
                active = active * stays + new
                ebitda = active * profit_each - 900 * new - fixed
                cash += ebitda
                lowest = min(lowest, cash)
                if first == MONTHS and ebitda >= 0:
                    first = month
                fixed *= 1.015
                out[4 * month, at] = active * revenue_each
                out[4 * month + 1, at] = active * profit_each
                out[4 * month + 2, at] = ebitda
                out[4 * month + 3, at] = cash
            out[4 * MONTHS, at] = lowest
            reached[at] = first

    return fill


def main():
    variant, samples, rounds, monthly = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), "monthly" in sys.argv
    if variant == "numpy":
        run = lambda seed: run_numpy(samples, monthly, seed)
    else:
        fill = numba_block() if variant == "numba" else block
        run = lambda seed: run_blocks(samples, monthly, seed, fill)
        run_blocks(256, monthly, 0, fill)
    seconds = []
    used = time.process_time()
    for seed in range(rounds):
        begin = time.perf_counter()
        outputs, break_even = run(seed)
        seconds.append(time.perf_counter() - begin)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    used = (time.process_time() - used) / rounds
    print(json.dumps({"seconds": seconds, "processor": used, "peak_kb": peak, "outputs": outputs.tolist(), "break_even": break_even.tolist()}))


main()
