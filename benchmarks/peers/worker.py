# SPDX-License-Identifier: Apache-2.0
"""One engine with one model in a process of its own, so that no engine's threads, allocator or settings meet another's.

  worker.py ENGINE SPEC.json

SPEC: model, threads, inputs (.npy files), outputs (folder), and the engine's options. Answers on standard output in lines of JSON: once when ready, with
settings and sizes, its outputs written; then to each line "time SECONDS" with the milliseconds of each run. What engines print goes to standard error.
"""
import json
import os
import pathlib
import sys
import time

import numpy as np

MIN_RUNS, MAX_RUNS, WARM_UP = 5, 1000, 2


def time_runs(run, seconds):
    for _ in range(WARM_UP):
        run()
    times, clock = [], time.perf_counter
    end = clock() + seconds
    while len(times) < MIN_RUNS or (clock() < end and len(times) < MAX_RUNS):
        started = clock()
        run()
        times.append((clock() - started) * 1e3)
    return times


def main():
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)

    def answer(value):
        answers.write(json.dumps(value) + "\n")

    name, spec = sys.argv[1], json.loads(pathlib.Path(sys.argv[2]).read_text())
    try:
        import engines

        started = time.perf_counter()
        engine = engines.CLASSES[name](spec["model"], spec["threads"], [np.load(f) for f in spec["inputs"]], spec)
        ready = time.perf_counter()
        engine.run()
        folder = pathlib.Path(spec["outputs"])
        folder.mkdir(parents=True, exist_ok=True)
        outputs = engine.outputs()
        for i, value in enumerate(outputs):
            np.save(folder / f"{i}.npy", value)
        answer({"ready": True, "settings": engine.settings, "load_ms": (ready - started) * 1e3, "loaded_bytes": engines.loaded_bytes(name)})
    except Exception as e:  # any failure of a peer becomes the reason why it is left out
        answer({"ready": False, "reason": f"{type(e).__name__}: {e}"})
        return
    for line in sys.stdin:
        answer({"ms": time_runs(engine.run, float(line.split()[1]))})


if __name__ == "__main__":
    main()
