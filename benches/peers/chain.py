#!/usr/bin/env python3
"""Draw a random journey and write it twice: OUT.json, a `customer-journey/1` document, and
OUT.npz, the same absorbing chain as a sparse matrix. Equal arguments give equal files.

With --promises every touchpoint tests a promise that three visits in ten find broken, and one in
three of these leaves for it; then OUT.npz also holds the rows as they are where the promise is kept.

usage: chain.py --touchpoints 1000 [--kind forward|component] [--seed 11] [--promises] OUT
"""
import argparse
import json

import numpy as np

CHANNELS = ["web", "app", "email", "phone", "store"]
PHASES = ["before", "during", "after"]
KEPT, BROKEN = 7, 3
LEAVES = 0.5  # weight of leaving in churn after a broken promise, beside 1 for all else together
VALENCES = [-0.8, -0.4, 0.0, 0.4, 0.8]
OUTCOMES = ["advocacy", "churn"]


def draw(n, kind, rng):
    """The moves between n touchpoints (row, column, probability) and each one's two endings."""
    # About four ways out of each touchpoint, of which one goes to the next in line, so that
    # every touchpoint can be reached from the first and has an end ahead of it.
    fan = np.clip(1 + rng.poisson(3, n), 1, 12)
    row = np.repeat(np.arange(n), fan)
    moves = len(row)
    near, far = rng.integers(1, 6, moves), rng.integers(1, max(4, n // 40) + 1, moves)
    column = row + np.where(rng.random(moves) < 0.6, near, far)
    # One move in ten stays or goes up to five steps back: loops, but local ones.
    column = np.where(rng.random(moves) < 0.1, row - rng.integers(0, 6, moves), column)
    if kind == "component":
        # One move in a hundred goes back to anywhere: nearly everything becomes one component.
        anywhere = (row * rng.random(moves)).astype(np.int64)
        column = np.where(rng.random(moves) < 0.01, anywhere, column)
    row = np.concatenate([row, np.arange(n - 1)])
    column = np.concatenate([np.maximum(column, 0), np.arange(1, n)])

    leave = rng.beta(1, 24, n)
    leave[-1] = 1.0
    weight = 0.02 + rng.gamma(0.7, 1.0, len(row))
    share = weight * ((1 - leave) / np.bincount(row, weight, n))[row]
    # A move past the last touchpoint ends the journey as well.
    past = column >= n
    leave += np.bincount(row[past], share[past], n)
    liked = rng.random(n) * np.linspace(0.1, 0.9, n)

    # Several moves between the same two touchpoints become one.
    inside = ~past & (share > 0)
    pairs, place = np.unique(row[inside] * n + column[inside], return_inverse=True)
    share = np.bincount(place, share[inside])
    ends = np.stack([leave * liked, leave * (1 - liked)], axis=1)
    return pairs // n, pairs % n, share, ends


def tested(share, ends):
    """The moves and endings over all visits, where these are the ones of the visits that find the promise kept."""
    kept = KEPT / (KEPT + BROKEN)
    broken = (1 - kept) / (1 + LEAVES)
    over_all = (kept + broken) * ends
    over_all[:, 1] += broken * LEAVES
    return (kept + broken) * share, over_all


def document(name, rng, row, column, share, ends, promises=False):
    n = len(ends)
    channel = rng.integers(len(CHANNELS), size=n).tolist()
    valence = rng.integers(len(VALENCES), size=n).tolist()
    touchpoints = [
        {
            "id": f"t{i}",
            "phase": PHASES[3 * i // n],
            "channel": CHANNELS[channel[i]],
            "emotion": VALENCES[valence[i]],
            "ends": [{"outcome": o, "weight": w} for o, w in zip(OUTCOMES, both) if w > 0],
        }
        for i, both in enumerate(ends.tolist())
    ]
    touchpoints[0]["starts"] = 1
    if promises:
        for touchpoint in touchpoints:
            touchpoint["promise"] = {"name": "as told", "kept": KEPT, "broken": BROKEN}
            touchpoint["ends"].append({"outcome": "churn", "weight": LEAVES, "when": "broken"})
    transitions = [
        {"from": f"t{i}", "to": f"t{j}", "weight": w}
        for i, j, w in zip(row.tolist(), column.tolist(), share.tolist())
    ]
    return {
        "format": "customer-journey/1",
        "name": name,
        "touchpoints": touchpoints,
        "transitions": transitions,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--touchpoints", type=int, required=True)
    parser.add_argument("--kind", choices=["forward", "component"], default="forward")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--promises", action="store_true")
    parser.add_argument("out")
    given = parser.parse_args()
    n = given.touchpoints
    rng = np.random.default_rng([given.seed, n])

    row, column, share, ends = draw(n, given.kind, rng)
    first = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=n))])
    chain = {"indptr": first, "indices": column, "data": share, "ends": ends}
    if given.promises:
        data, over_all = tested(share, ends)
        chain |= {"data": data, "ends": over_all, "kept_data": share, "kept_ends": ends}
    np.savez(given.out + ".npz", **chain)
    name = f"{given.kind}, {n} touchpoints, seed {given.seed}"
    with open(given.out + ".json", "w", encoding="utf-8") as file:
        json.dump(document(name, rng, row, column, share, ends, given.promises), file)


if __name__ == "__main__":
    main()
