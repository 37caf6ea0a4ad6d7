# SPDX-License-Identifier: Apache-2.0
"""Our side of the benches: the machine's limits, crops for timing, and where the bytes of a crop are."""
import json
import pathlib
import platform
import re
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


class Unsupported(Exception):
    """The cropper's own words on why a model cannot be had."""


def cpu_name():
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return platform.machine()


def measure_machine(out):
    """Builds and runs machine.cc: {"gmacs": {level: {threads: ...}}, "gbytes": {threads: {bytes: ...}}}."""
    out.mkdir(parents=True, exist_ok=True)
    program = out / "machine"
    subprocess.run(["g++", "-O3", "-march=native", "-std=c++17", "-pthread", HERE / "machine.cc", "-o", program], check=True)
    return json.loads(subprocess.run([program], check=True, capture_output=True, text=True).stdout)


def peak(machine, level, threads):
    """Multiply-adds a second, in 1e9, of a level; of the best one where the level has no such loop (scalar)."""
    per_level = machine["gmacs"]
    return per_level.get(level, max(per_level.values(), key=lambda v: v["1"])).get(str(threads))


def bandwidth(machine, n_bytes, threads):
    """Bytes a second, in 1e9, of the smallest measured working set that holds `n_bytes`."""
    rates = sorted((int(size), rate) for size, rate in machine["gbytes"][str(threads)].items())
    return next((rate for size, rate in rates if size >= n_bytes), rates[-1][1])


def threaded_profile(base, out, optimize=None):
    """A copy of a shipped profile with threads, for one library that is timed with any number of them; `optimize` as in a profile."""
    path = pathlib.Path(base)
    profile = json.loads((path if path.suffix == ".json" else ROOT / f"profiles/{base}.json").read_text())
    profile["name"] += "-threads"
    profile["features"]["threads"] = True
    if optimize:
        profile["optimize"] = optimize
        profile["name"] += f"-{optimize}"
    out.mkdir(parents=True, exist_ok=True)
    made = out / f"{profile['name']}.json"
    made.write_text(json.dumps(profile))
    return made


def crop(cropper, model, profile, out):
    """The folder of the crop, made or brought up to date."""
    folder = out / "crops" / pathlib.Path(profile).stem / model.stem
    done = subprocess.run([cropper, "crop", "--models", model, "--profile", profile, "-o", folder], capture_output=True, text=True)
    if done.returncode == 3:
        raise Unsupported(done.stderr.strip().replace(f"{model.parent}/", ""))
    if done.returncode != 0:
        raise RuntimeError(f"cropper crop {model}: exit {done.returncode}\n{done.stderr}")
    return folder


def adze_file(folder):
    return next((folder / "models").glob("*.adze"))


def library(folder):
    return folder / "build/libadze.so"


def code_bytes(cropper, folder):
    """Row name -> bytes of the crop's library that are there because of it."""
    done = subprocess.run([cropper, "size", folder, "--by", "row", "--format", "json"], check=True, capture_output=True, text=True)
    return {re.sub(r"^\w+ ", "", e["name"]): e["bytes"] for e in json.loads(done.stdout)["entries"]}


def macs(cropper, folder):
    """Multiply-adds of the stored model."""
    done = subprocess.run([cropper, "inspect", adze_file(folder), "--format", "json"], check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    return (told[0] if isinstance(told, list) else told)["macs"]


def made_macs(out, name):
    """Of a model of models/zoo/bench, by its own count; None for others."""
    counts = out / "models/macs.json"
    return json.loads(counts.read_text()).get(name) if counts.exists() else None


def loaded_bytes(cropper, folder):
    """Bytes of the library's ALLOC sections."""
    done = subprocess.run([cropper, "size", folder, "--by", "row", "--format", "json"], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)["alloc_bytes"]
