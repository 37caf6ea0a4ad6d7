# SPDX-License-Identifier: Apache-2.0
"""The result as JSON and in lines."""
import importlib.metadata
import json
import math
import pathlib

import engines
import ours


# Above this share of the machine taken by other processes in the worst turn, a line says so.
NOISY = 0.1


def versions(names):
    return {e: importlib.metadata.version(engines.PACKAGES[e][0]) for e in names if e in engines.PACKAGES}


def open_result(path, machine, args):
    """The result so far if it is of the same CPU, versions and way of measuring, else an empty one."""
    # Of the same kind is also a machine whose peak was measured a little lower this time.
    conditions = {"cpu": ours.cpu_name(), "versions": versions(args.engines), "profile": pathlib.Path(args.profile).stem, "optimize": args.optimize,
                  "level": args.level or "best", "engines": args.engines, "threads": args.threads, "rounds": args.rounds, "seconds": args.seconds}
    models = {}
    if path.exists():
        before = json.loads(path.read_text())
        if all(before.get(k) == v for k, v in conditions.items()):
            models = before["models"]
    return {**conditions, "machine": machine, "models": models}


def best_peer(entry, threads):
    """(name, ms) of the fastest peer that agrees, or None."""
    peers = {e: r[threads]["ms"] for e, r in entry["engines"].items() if e != "adze" and "ms" in r.get(threads, {})}
    return min(peers.items(), key=lambda p: p[1]) if peers else None


def finish(result):
    """Per model and threads the best peer's time / ours, and their geometric means over the models that both run."""
    for threads in map(str, result["threads"]):
        ratios = {}
        for name, entry in result["models"].items():
            own, best = entry["engines"].get("adze", {}).get(threads, {}), best_peer(entry, threads)
            if "ms" in own and best:
                ratios[name] = best[1] / own["ms"]
                entry.setdefault("best_peer", {})[threads] = {"engine": best[0], "ms": best[1], "ratio": ratios[name]}
        if ratios:
            result[f"geomean_{threads}t"] = math.exp(sum(map(math.log, ratios.values())) / len(ratios))
            result[f"geomean_{threads}t_models"] = len(ratios)
    result["unsupported"] = {name: entry["engines"]["adze"][str(result["threads"][0])]["excluded"] for name, entry in result["models"].items()
                             if any(r.get("unsupported") for r in entry["engines"].get("adze", {}).values())}


def lines(name, entry):
    text = []
    macs = f"{entry['macs'] / 1e6:.1f} MMAC" if entry["macs"] else "no MACs known"
    threads = sorted({t for r in entry["engines"].values() for t in r}, key=int)
    for t in threads:
        cells = []
        own = entry["engines"].get("adze", {}).get(t, {})
        for engine, per_threads in entry["engines"].items():
            r = per_threads[t]
            if "ms" not in r:
                continue
            noisy = f", OTHERS TOOK {r['outside_load']:.0%} OF THE MACHINE" if r.get("outside_load", 0) > NOISY else ""
            peak = f", {r['peak']:.0%} of peak" if "peak" in r else ""
            ratio = f", x{r['ms'] / own['ms']:.2f}" if engine != "adze" and "ms" in own else ""
            cells.append(f"{engine} {r['ms']:.3f} ms (spread {r['spread']:.2f}{peak}{ratio}{noisy})")
        best = entry.get("best_peer", {}).get(t)
        size = f"; library {entry['library_bytes']} B" if "library_bytes" in entry else ""
        text.append(f"TIME {name} ({macs}), {t} threads: " + "; ".join(cells) + (f"; best peer/ours {best['ratio']:.2f}" if best else "") + size)
    for engine, per_threads in entry["engines"].items():
        for t, r in per_threads.items():
            if "excluded" in r:
                text.append(f"  without {engine}, {t} threads: {r['excluded'].splitlines()[0]}")
    return "\n".join(text).replace(", 1 threads", ", 1 thread")


def closing(result):
    text = []
    for threads in map(str, result["threads"]):
        if f"geomean_{threads}t" in result:
            worst = min((e["best_peer"][threads]["ratio"], n) for n, e in result["models"].items() if threads in e.get("best_peer", {}))
            text.append(f"TIME geometric mean of best peer's time / ours, {threads} threads: {result[f'geomean_{threads}t']:.3f} over "
                        f"{result[f'geomean_{threads}t_models']} models; least {worst[0]:.2f} ({worst[1]})")
    for level, rates in result["machine"]["gmacs"].items():
        text.append(f"peak of {level}: " + ", ".join(f"{rate:.1f} GMAC/s with {t} threads" for t, rate in rates.items()))
    text += [f"not supported by us: {name}: {reason.splitlines()[0]}" for name, reason in result["unsupported"].items()]
    return "\n".join(text).replace(" 1 threads", " 1 thread")
