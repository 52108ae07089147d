"""R3 in numpy: R1 at its means over 100 prices by 100 churns.

Usage: python3 r3.py VARIANT SAMPLES ROUNDS; the first two are not looked at. Prints JSON: seconds a round, peak memory in kB.
"""

import json
import math
import resource
import sys
import time

import numpy as np

SIDE, MONTHS = 100, 60
PRICE, CHURN = 25 + 0.5 * np.arange(SIDE), 0.01 + 0.0005 * np.arange(SIDE)


def run():
    z = -7 / 1.5
    seats = 8 + 1.5 * math.exp(-z * z / 2) / math.sqrt(2 * math.pi) / (0.5 * math.erfc(z / math.sqrt(2)))
    usage = 120e3 * math.exp(0.125)
    revenue_each = seats * PRICE + 0.02e-3 * (usage - 50e3)
    profit_each = (0.88 * revenue_each - 0.004e-3 * usage)[:, None]
    ceiling, p, q = 2e6 * 0.14 / 3, 0.003 * math.exp(0.045), 0.12 * math.exp(0.02)
    adopters, active, total = 0.0, np.zeros(SIDE), np.zeros(SIDE)
    cash, lowest = np.full((SIDE, SIDE), 5e6), np.full((SIDE, SIDE), np.inf)
    reached = np.full((SIDE, SIDE), float(MONTHS))
    ebitda, month_of = np.empty((SIDE, SIDE)), np.empty((SIDE, SIDE))
    for month in range(MONTHS):
        new = (p + q * adopters / ceiling) * (ceiling - adopters)
        adopters += new
        active = active * (1 - CHURN) + new
        total += active
        np.multiply(profit_each, active, out=ebitda)
        ebitda -= 900 * new + 250e3 * 1.015**month
        cash += ebitda
        np.minimum(lowest, cash, out=lowest)
        np.minimum(reached, np.where(ebitda >= 0, float(month), np.inf), out=reached)
    return np.multiply.outer(revenue_each, total), cash, lowest, reached


run()
seconds = []
used = time.process_time()
for _ in range(10 * int(sys.argv[3])):
    begin = time.perf_counter()
    answers = run()
    seconds.append(time.perf_counter() - begin)
means = [float(answer.mean()) for answer in answers]
used = (time.process_time() - used) / len(seconds)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"seconds": seconds, "processor": used, "peak_kb": peak, "outputs": [means]}))
