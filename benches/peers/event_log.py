#!/usr/bin/env python3
"""Draws a log of customer events as a CSV file, the same one for the same arguments.

    event_log.py --events 10000000 --out log.csv [--touchpoints 48] [--seed 11]

Columns: customer, timestamp_ms, touchpoint, channel, emotion (1 to 5), promise (kept, broken or nothing). Journeys
have about twelve events and interleave; the file is in the order of time. Needs numpy.
"""
import argparse

import numpy as np

CHANNELS = np.array(["web", "app", "store", "phone", "email"])
STAGES = ["hear", "compare", "order", "receive", "use", "ask", "renew", "tell"]
STEPS = ["advert", "search", "product", "reviews", "visit", "chat", "offer", "call", "login", "invoice", "parcel", "survey"]
BATCH = 200_000


def names(count):
    stages = [STAGES[number * len(STAGES) // count] for number in range(count)]
    return np.array([f"{stage}.{STEPS[number % len(STEPS)]}{number // len(STEPS) or ''}"
                     for number, stage in enumerate(stages)])


def ways(count, random):
    """Cumulated chances of the next touchpoint, mostly one of the next few; what is left ends the journey."""
    distance = np.arange(count)[None, :] - np.arange(count)[:, None]
    weight = random.gamma(0.5, size=(count, count)) * np.exp(-np.abs(distance - 2.0) / 4.0)
    weight[np.arange(count), np.arange(count)] += 0.05 * weight.sum(1)
    going_on = np.full(count, 0.93)
    going_on[-count // 8:] = 0.75
    return (weight / weight.sum(1, keepdims=True) * going_on[:, None]).cumsum(1)


def draw(events, count, seed):
    random = np.random.default_rng(seed)
    chances = ways(count, random)
    customers, times, places = [], [], []
    drawn = begun = 0
    while drawn < events:
        customer = np.arange(begun, begun + BATCH)
        begun += BATCH
        place = (count * random.random(BATCH) ** 3).astype(np.int64)
        time = random.integers(1_672_531_200_000, 1_704_067_200_000, BATCH)
        while len(customer):
            customers.append(customer), times.append(time), places.append(place)
            drawn += len(customer)
            chance = random.random(len(customer))
            place = np.array([np.searchsorted(chances[at], x) for at, x in zip(place, chance)]) if len(place) < 64 \
                else (chances[place] < chance[:, None]).sum(1)
            on = place < count
            customer, place = customer[on], place[on]
            # The logarithm of a wait is normal; its median is three hours.
            time = time[on] + 1 + np.exp(random.normal(16.2, 2.0, len(place))).astype(np.int64)
    customers, times, places = map(np.concatenate, (customers, times, places))
    # Whole journeys up to the number of events, the last one cut.
    order = np.lexsort((times, customers))[:events]
    order = order[np.lexsort((customers[order], times[order]))]
    return customers[order], times[order], places[order], random


def write(path, events, count, seed):
    customers, times, places, random = draw(events, count, seed)
    called = names(count)
    liked = random.dirichlet(np.full(len(CHANNELS), 0.6), count).cumsum(1)
    felt = random.dirichlet(np.full(5, 1.0), count).cumsum(1)
    kept, broken = random.uniform(0.05, 0.45, count), random.uniform(0.01, 0.2, count)
    with open(path, "w", encoding="utf-8", newline="\n") as log:
        log.write("customer,timestamp_ms,touchpoint,channel,emotion,promise\n")
        for begin in range(0, len(places), BATCH):
            part = slice(begin, begin + BATCH)
            place = places[part]
            chance = random.random((3, len(place)))
            channel = CHANNELS[(liked[place] < chance[0][:, None]).sum(1).clip(0, len(CHANNELS) - 1)]
            emotion = (felt[place] < chance[1][:, None]).sum(1).clip(0, 4) + 1
            promise = np.select([chance[2] < kept[place], chance[2] < kept[place] + broken[place]], ["kept", "broken"], "")
            # Odd times the golden ratio: names without an order, and none twice.
            who = [f"{number * 0x9E3779B1 % (1 << 40):010x}" for number in customers[part].tolist()]
            rows = zip(who, times[part].tolist(), called[place].tolist(), channel.tolist(), emotion.tolist(), promise.tolist())
            log.writelines("%s,%d,%s,%s,%d,%s\n" % row for row in rows)
    return len(places), len(np.unique(customers))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--touchpoints", type=int, default=48)
    parser.add_argument("--seed", type=int, default=11)
    given = parser.parse_args()
    print("%d events of %d journeys" % write(given.out, given.events, given.touchpoints, given.seed))
