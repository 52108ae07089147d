"""R2 in numpy: 1,000 products side by side, month after month where a level loops, whole tables elsewhere.

Usage: python3 r2.py VARIANT SAMPLES ROUNDS; the first two are not looked at. Prints JSON: seconds a round, peak memory in kB.
"""

import json
import resource
import sys
import time

import numpy as np

PRODUCTS, MONTHS = 1_000, 120
at = np.arange(PRODUCTS)
FIRST, LOST, BEGINS = 40 + at % 100 / 100, (2 + (100 + at % 200) / 1000) / 100, at % 12
SHAPE = (MONTHS, PRODUCTS)
BUFFERS = [np.empty(SHAPE) for _ in range(11)]


def run():
    price, seats, leaving, usage, revenue, spent, margin, ratio, sold, saved, spare = BUFFERS
    months = np.arange(MONTHS)
    joining = 100 * 1.2 ** (months / 12)
    lifetime = 1 / LOST
    np.multiply.outer(1.03 ** (months / 12), FIRST, out=price)
    level = np.full(PRODUCTS, 10.0)
    for month in range(MONTHS):
        np.multiply(LOST, level, out=leaving[month])
        np.subtract(joining[month], leaving[month], out=seats[month])
        seats[month] += level
        level = seats[month]
    np.multiply(seats, 90, out=usage)
    np.multiply(seats, price, out=revenue)
    np.clip(usage, 10e3, 100e3, out=spare)
    spare -= 10e3
    spare *= 0.02
    revenue += spare
    np.maximum(usage, 100e3, out=spare)
    spare -= 100e3
    spare *= 0.012
    revenue += spare
    np.multiply(usage, 0.004, out=spent)
    np.subtract(revenue, spent, out=margin)
    np.divide(margin, revenue, out=ratio)
    np.multiply(revenue, months[:, None] >= BEGINS, out=sold)
    np.cumsum(margin, axis=0, out=saved)
    return revenue[-1].sum(), lifetime


run()
seconds = []
used = time.process_time()
for _ in range(10 * int(sys.argv[3])):
    begin = time.perf_counter()
    check = run()[0]
    seconds.append(time.perf_counter() - begin)
used = (time.process_time() - used) / len(seconds)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"seconds": seconds, "processor": used, "peak_kb": peak, "outputs": [[check] * 4]}))
