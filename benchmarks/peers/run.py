#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same models on the same inputs with our runtime and with the fastest CPU engines there are.

  benchmarks/peers/run.py [--models NAME,...] [--engines NAME,...] [--threads 1,2] [--out DIR]

On first use makes a virtual environment with the pinned engines and the models. Crops our runtime for each model; the libadze.so that is timed is
the one whose size is reported. Each engine runs in a process of its own. Outputs must agree first, with ONNX Runtime where there is an ONNX file, else with
LiteRT: an engine whose outputs differ by more than LIMIT of their range is left out and the result says why. Then all engines take turns in ROUNDS rounds.
A time covers what an application would wait for: from arrays in the model's own layout to outputs it can read.

Results of models not named are kept: --out/peers.json is brought up to date, --out/peers.svg redrawn. Real models are found through ADZE_MODELS.
"""
import argparse
import json
import os
import pathlib
import select
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import ours  # noqa: E402

ENGINES = ["adze", "onnxruntime", "litert", "openvino", "ncnn", "mnn"]
# Float32 by another order of sums stays below 1e-6 on these models; bfloat16 or float16 arithmetic is above 1e-3. Models that store float16 tensors round each.
LIMIT, LIMIT_FLOAT16 = 1e-4, 5e-3
# In the far tail of a sigmoid all values lie within 1e-4, and engines approximate it to about 1e-7.
ABSOLUTE = 1e-6
ROUNDS, SECONDS = 5, 0.2
QUICK_ROUNDS, QUICK_SECONDS = 3, 0.1
# Threads of the engine before keep looking for work for a while: 20 ms in ncnn's, less in the others.
PAUSE = 0.05
# A turn in which other processes took more than this share of the machine is repeated: engines that wait by spinning lose most by it.
QUIET, RETRIES = 0.05, 6


def enter_environment(out):
    """Goes on in the bench's own virtual environment, made and filled on first use or when its list has changed."""
    venv = out / "venv"
    lists = [HERE / "requirements.txt", HERE / "requirements-no-deps.txt"]
    wanted, stamp = "".join(f.read_text() for f in lists), venv / "installed"
    if not stamp.exists() or stamp.read_text() != wanted:
        print(f"installing the engines into {venv}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        pip = [venv / "bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", lists[0]], check=True)
        subprocess.run([*pip, "--no-deps", "-r", lists[1]], check=True)
        stamp.write_text(wanted)
    if pathlib.Path(sys.prefix).resolve() != venv.resolve():
        os.execv(venv / "bin/python", [str(venv / "bin/python"), *sys.argv])


class Worker:
    def __init__(self, engine, spec, folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "spec.json").write_text(json.dumps(spec, default=str))
        self.log = folder / "log"
        argv = [sys.executable, HERE / "worker.py", engine, folder / "spec.json"]
        # ONNX Runtime and others size pools by it where nobody says otherwise.
        env = {**os.environ, "OMP_NUM_THREADS": str(spec["threads"])}
        self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log.open("w"), text=True, env=env)

    def answer(self, limit=120):
        if not select.select([self.process.stdout], [], [], limit)[0]:
            return {"ready": False, "reason": f"no answer within {limit} s"}
        line = self.process.stdout.readline()
        if line:
            return json.loads(line)
        said = self.log.read_text(errors="replace").strip().splitlines()
        return {"ready": False, "reason": f"the process ended with {self.process.wait()}" + (": " + said[-1] if said else "")}

    def time(self, seconds):
        """Milliseconds of the runs of one turn, and the share of all cores that other processes took meanwhile."""
        before, started = self.others(), time.monotonic()
        self.process.stdin.write(f"time {seconds}\n")
        self.process.stdin.flush()
        answer = self.answer()
        if "ms" in answer:
            answer["outside"] = max(0.0, self.others() - before) / (time.monotonic() - started) / os.cpu_count()
        return answer

    def others(self):
        """Seconds of processor time that went to others than this worker, time the hypervisor gave away included."""
        per_state = [int(n) for n in pathlib.Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
        own = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        user, nice, system, _, _, irq, soft_irq, steal = per_state[:8]
        return (user + nice + system + irq + soft_irq + steal - int(own[11]) - int(own[12])) / os.sysconf("SC_CLK_TCK")

    def end(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def load_outputs(folder):
    import numpy as np

    files = sorted(folder.glob("*.npy"), key=lambda f: int(f.stem))
    return [np.load(f) for f in files]


def disagreement(got, want):
    """(largest error relative to the output's range, None) or (that, why it is too much)."""
    import numpy as np

    if len(got) != len(want):
        return None, f"{len(got)} outputs, {len(want)} are expected"
    worst, reason = 0.0, None
    for i, (g, w) in enumerate(zip(got, want)):
        limit = LIMIT_FLOAT16 if w.dtype == np.float16 else LIMIT
        g, w = g.astype(np.float64).ravel(), w.astype(np.float64).ravel()
        if g.size != w.size:
            return None, f"output {i} has {g.size} elements, {w.size} are expected"
        error, span = float(np.abs(g - w).max()), float(w.max() - w.min())
        relative = error / span if span > 0 else error
        worst = max(worst, relative)
        if not error <= limit * span + ABSOLUTE:
            reason = f"output {i} differs by {relative:.1e} of its range"
    return worst, reason


def spec_of(engine, files, inputs, threads, crop, level, out):
    """What the worker needs, or raises with the reason why this engine cannot run this model."""
    import convert
    import engines
    import model_list

    kind = next((k for k in engines.FORMATS[engine] if k in files), None)
    if kind is None:
        raise convert.Failed(f"reads {' or '.join(engines.FORMATS[engine])} only")
    ports, output_names = model_list.ports(files[kind])
    spec = {"model": files[kind], "threads": threads, "inputs": inputs[kind], "input_names": [p[0] for p in ports], "output_names": output_names}
    if engine == "adze":
        if isinstance(crop, ours.Unsupported):
            raise crop
        spec.update(model=ours.adze_file(crop), library=ours.library(crop), level=level)
    elif engine == "ncnn":
        spec["model"] = convert.to_ncnn(files[kind], ports, out)
    elif engine == "mnn":
        spec["model"] = convert.to_mnn(files[kind], out)
    elif kind == "onnx":
        spec["model"] = convert.fixed_weights(files[kind], out)
    return spec


def bench_threads(files, inputs, crop, threads, names, args):
    """engine -> its result at this number of threads."""
    import convert

    reference = "onnxruntime" if "onnx" in files else "litert"
    results, workers, want = {}, {}, None
    try:
        for engine in [reference] + [e for e in names if e != reference]:
            folder = args.out / "work" / f"{engine}-{threads}"
            try:
                spec = spec_of(engine, files, inputs, threads, crop, args.level, args.out)
            except (convert.Failed, ours.Unsupported) as e:
                results[engine] = {"excluded": str(e), "unsupported": isinstance(e, ours.Unsupported)}
                continue
            for old in (folder / "outputs").glob("*.npy"):
                old.unlink()
            workers[engine] = Worker(engine, {**spec, "outputs": folder / "outputs"}, folder)
            answer = workers[engine].answer()
            if not answer.pop("ready"):
                results[engine] = {"excluded": answer["reason"]}
            else:
                got = load_outputs(folder / "outputs")
                want = got if engine == reference else want
                if want is None:
                    raise SystemExit(f"{reference}, the reference, does not run {files}: {results[reference]}")
                error, reason = disagreement(got, want)
                results[engine] = {**answer, "max_error_of_range": error, **({"excluded": reason} if reason else {})}
            if "excluded" in results[engine] or engine not in names:
                workers.pop(engine).end()
        results = {e: results[e] for e in names}
        take_turns(results, workers, args.rounds, args.seconds)
    finally:
        for worker in workers.values():
            worker.end()
    return results


def take_turns(results, workers, rounds, seconds):
    import statistics

    order = list(workers)
    times, loads = {e: [] for e in order}, {e: [] for e in order}
    for r in range(rounds):
        for engine in order[r % len(order):] + order[:r % len(order)]:
            if "excluded" in results[engine]:
                continue
            answer = quiet_turn(workers[engine], seconds)
            if "ms" in answer:
                times[engine].append(answer["ms"])
                loads[engine].append(answer["outside"])
            else:
                results[engine]["excluded"] = answer["reason"]
    for engine in order:
        if "excluded" not in results[engine]:
            medians = [statistics.median(t) for t in times[engine]]
            results[engine].update(ms=statistics.median(medians), min_ms=min(map(min, times[engine])), spread=max(medians) / min(medians), rounds_ms=medians,
                                   outside_load=max(loads[engine]))


def quiet_turn(worker, seconds):
    """A turn while the machine did little else: the quietest of up to RETRIES."""
    best = None
    for _ in range(RETRIES):
        time.sleep(PAUSE)
        answer = worker.time(seconds)
        if "ms" not in answer:
            return answer
        if best is None or answer["outside"] < best["outside"]:
            best = answer
        if best["outside"] <= QUIET:
            break
    return best


def bench(name, files, profile, machine, names, args):
    import model_list

    inputs = model_list.feed(files, args.out / "work" / name)
    crop, macs = None, None
    source = files.get("onnx") or files["tflite"]
    try:
        crop = ours.crop(args.cropper, source, profile, args.out)
        macs = ours.macs(args.cropper, crop)
    except ours.Unsupported as e:
        crop = e
    entry = {"files": {k: f.name for k, f in files.items()}, "macs": macs or ours.made_macs(args.out, name), "engines": {}}
    if not isinstance(crop, ours.Unsupported):
        entry["library_bytes"] = ours.library(crop).stat().st_size
        entry["loaded_bytes"] = ours.loaded_bytes(args.cropper, crop)
    for threads in args.threads:
        for engine, result in bench_threads(files, inputs, crop, threads, names, args).items():
            entry["engines"].setdefault(engine, {})[str(threads)] = result
            if "ms" in result and entry["macs"]:
                top = ours.peak(machine, result["settings"].get("level", ""), threads)
                result["gmacs"] = entry["macs"] / result["ms"] / 1e6
                result["peak"] = result["gmacs"] / top
    return entry


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words = lambda text: text.split(",")
    parser.add_argument("--models", type=words, help="names, by commas; default: all")
    parser.add_argument("--engines", type=words, default=ENGINES, help=f"by commas, of {', '.join(ENGINES)}")
    parser.add_argument("--threads", type=lambda text: [int(n) for n in text.split(",")], default=[1, 2])
    parser.add_argument("--cropper", default=ours.ROOT / "build/bin/cropper", type=pathlib.Path)
    parser.add_argument("--profile", default="linux-x64", help="of our crops: a shipped profile or a file; threads are turned on")
    parser.add_argument("--optimize", default="speed", choices=["speed", "size"], help="of our crops: speed lets weights grow for time")
    parser.add_argument("--level", help="run ours at this level instead of the best that this CPU offers")
    parser.add_argument("--out", default=ours.ROOT / "build/bench", type=pathlib.Path)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=float, help="of each engine's turn in a round")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument("--here", action="store_true", help="use this Python and the packages it has; only real models")
    args = parser.parse_args()
    unknown = set(args.engines) - set(ENGINES)
    if unknown:
        parser.error(f"no such engine: {', '.join(sorted(unknown))}")
    args.rounds = args.rounds or (QUICK_ROUNDS if args.quick else ROUNDS)
    args.seconds = args.seconds or (QUICK_SECONDS if args.quick else SECONDS)
    args.out, args.cropper = args.out.resolve(), args.cropper.resolve()
    return args


def main():
    args = parse_arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    if not args.here:
        enter_environment(args.out)
    import model_list
    import report

    models = {**model_list.real_models(), **({} if args.here else model_list.made_models(args.out))}
    chosen = args.models or list(models)
    missing = [m for m in chosen if m not in models]
    if missing:
        hint = "" if os.environ.get("ADZE_MODELS") else "; ADZE_MODELS is not set"
        raise SystemExit(f"no such model: {', '.join(missing)}; there are {', '.join(models)}{hint}")
    machine = ours.measure_machine(args.out)
    profile = ours.threaded_profile(args.profile, args.out, args.optimize)
    result = report.open_result(args.out / "peers.json", machine, args)
    for name in chosen:
        result["models"][name] = bench(name, models[name], profile, machine, args.engines, args)
        report.finish(result)
        print(report.lines(name, result["models"][name]), flush=True)
        (args.out / "peers.json").write_text(json.dumps(result, indent=1) + "\n")
    print(report.closing(result))
    if not args.here:
        import plot

        plot.draw(result, args.out / "peers.svg")


if __name__ == "__main__":
    main()
