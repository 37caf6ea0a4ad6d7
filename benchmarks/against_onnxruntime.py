#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Single-thread time of crops against ONNX Runtime, in interleaved rounds on the same inputs.

  benchmarks/against_onnxruntime.py --cropper build/bin/cropper --out DIR [--profile P] MODEL.onnx...

Outputs must agree first. Prints the median of each round's median, the spread of the rounds, the ratio onnxruntime / ours, and the bytes of our
stripped library; writes the same to DIR/against_onnxruntime.json.
"""
import argparse
import json
import pathlib
import platform
import re
import statistics
import subprocess
import tempfile
import time

import numpy as np
import onnxruntime

ROUNDS, RUNS, WARM_UP = 5, 15, 3


def session_of(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def inputs_of(session):
    rng = np.random.default_rng(1)
    kinds = {"tensor(float)": np.float32, "tensor(float16)": np.float16}
    return {i.name: rng.uniform(-1, 1, i.shape).astype(kinds[i.type]) for i in session.get_inputs()}


def time_peer(session, feed):
    times = []
    for i in range(RUNS + WARM_UP):
        started = time.perf_counter()
        session.run(None, feed)
        times.append(time.perf_counter() - started)
    return statistics.median(times[WARM_UP:]) * 1e3


def run_ours(crop, adze, files, out):
    argv = [str(crop / "build/adze-run"), str(adze), "--output-dir", str(out), "--repeat", str(RUNS)]
    for f in files:
        argv += ["--input", str(f)]
    text = subprocess.run(argv, check=True, capture_output=True, text=True).stdout
    return float(re.search(r"median\D*([0-9.]+) ms", text).group(1))


def compare(model, cropper, profile, out):
    crop = out / model.stem
    subprocess.run([cropper, "crop", "--models", str(model), "--profile", profile, "-o", str(crop)], check=True, capture_output=True)
    adze = next((crop / "models").glob("*.adze"))
    session = session_of(model)
    feed = inputs_of(session)
    with tempfile.TemporaryDirectory() as tmp:
        tmp = pathlib.Path(tmp)
        files = []
        for i, value in enumerate(feed.values()):
            np.save(tmp / f"in{i}.npy", value)
            files.append(tmp / f"in{i}.npy")
        ours, peer = [], []
        for _ in range(ROUNDS):
            ours.append(run_ours(crop, adze, files, tmp / "out"))
            peer.append(time_peer(session, feed))
        got = [np.load(p) for p in sorted((tmp / "out").glob("*.npy"), key=lambda p: int(re.sub(r"\D", "", p.stem) or 0))]
    for g, w in zip(got, session.run(None, feed)):
        span = float(w.max()) - float(w.min())
        worst = float(np.abs(g.astype(np.float64).ravel() - w.astype(np.float64).ravel()).max())
        limit = 5e-3 if w.dtype == np.float16 else 1e-4
        # 1e-6: in the far tail of a sigmoid all values lie within 1e-4, and runtimes approximate it to about 1e-7.
        if worst > limit * span + 1e-6:
            raise SystemExit(f"{model.name}: outputs differ by {worst / span:.1e} of the range; times would mean nothing")
    return {"model": model.stem, "ours_ms": statistics.median(ours), "ours_spread": max(ours) / min(ours),
            "onnxruntime_ms": statistics.median(peer), "onnxruntime_spread": max(peer) / min(peer),
            "ratio": statistics.median(peer) / statistics.median(ours), "library_bytes": (crop / "build/libadze.so").stat().st_size}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", type=pathlib.Path)
    parser.add_argument("--cropper", required=True)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--profile", default="linux-x64")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    rows = [compare(m.resolve(), args.cropper, args.profile, args.out) for m in args.models]
    cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), platform.machine())
    for r in rows:
        print(f"TIME {r['model']}: ours {r['ours_ms']:.2f} ms (spread {r['ours_spread']:.2f}), onnxruntime {r['onnxruntime_ms']:.2f} ms "
              f"(spread {r['onnxruntime_spread']:.2f}), ratio {r['ratio']:.2f}, library {r['library_bytes']} B")
    result = {"cpu": cpu, "onnxruntime": onnxruntime.__version__, "profile": args.profile, "threads": 1, "rows": rows}
    (args.out / "against_onnxruntime.json").write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
