#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long 50 crops take: all in one matrix, and one by one.

  ADZE_MODELS=DIR benchmarks/crops/run.py [--cropper build/bin/cropper] [--parts matrix,second,alone] [--sets face,...] [--jobs N] [--out FILE]

Ten sets of real models times five profiles. Written to benchmarks/results/crops.json, for each crop its models, profile, bytes and seconds:
  matrix   all crops in one graph, nothing compiled before, no compiler cache: seconds of all, and of each crop's own planning and checking
  alone    the crop made by itself, nothing compiled before, no compiler cache
  second   the crop made by itself in a new folder, all its units in ccache
Parts and sets that are not asked for stay as the file has them, if it speaks of the same machine and number of jobs (compilers at a time).
"""
import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROFILES = ["linux-x64", "linux-x64-avx2", "linux-x64-avx512", "linux-arm64", str(ROOT / "benchmarks/crops/linux-x64-threads.json")]
SETS = {
    "anomaly": ["tflite/anomaly_toycar_int8.tflite"],
    "digits": ["onnx/mnist_cntk.onnx"],
    "face": ["tflite/mediapipe_face_short_range.tflite"],
    "faces": ["tflite/yunet_120x160_float.tflite", "onnx/ultraface_rfb_320_raw.onnx", "tflite/mediapipe_face_short_range.tflite"],
    "mobilenet": ["tflite/mobilenet_v1_025_224_float.tflite"],
    "pictures": ["tflite/mobilenet_v1_025_224_float.tflite", "tflite/resnet8_cifar_float.tflite", "onnx/squeezenet_fp16.onnx"],
    "resnet": ["tflite/resnet8_cifar_float.tflite"],
    "squeezenet": ["onnx/squeezenet_fp16.onnx"],
    "ultraface": ["onnx/ultraface_rfb_320_raw.onnx"],
    "yunet": ["tflite/yunet_120x160_float.tflite"],
}
NO_CACHE = {"CMAKE_C_COMPILER_LAUNCHER": "", "CMAKE_CXX_COMPILER_LAUNCHER": ""}


def crop(cropper, env, *args):
    """One run, which must succeed: the JSON that the cropper prints, and the seconds it took."""
    start = time.monotonic()
    done = subprocess.run([*cropper, *map(str, args), "--format", "json"], capture_output=True, text=True, env={**os.environ, **env})
    if done.returncode != 0:
        sys.exit(f"cropper crop {' '.join(map(str, args))}: exit {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout), time.monotonic() - start


def machine():
    names = [line.split(":")[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return f"{names[0] if names else 'unknown'}, {os.cpu_count()} CPUs"


def read(path, jobs):
    known = json.loads(path.read_text()) if path.exists() else {}
    ours = {"machine": machine(), "jobs": jobs}
    return known if {k: known.get(k) for k in ours} == ours else {**ours, "crops": {}}


def matrix_file(models, folder):
    path = folder / "matrix.json"
    path.write_text(json.dumps({"sets": {n: {"models": [str(models / m) for m in files]} for n, files in SETS.items()}, "profiles": PROFILES}))
    return path


def run_matrix(cropper, models, folder, result):
    report, _ = crop(cropper, NO_CACHE, "--matrix", matrix_file(models, folder), "-o", folder / "all")
    again, seconds = crop(cropper, NO_CACHE, "--matrix", matrix_file(models, folder), "-o", folder / "all")
    if report["units_compiled"] != report["units"] or again["units_compiled"] != 0:
        sys.exit(f"{report['units_compiled']} of {report['units']} units compiled, then {again['units_compiled']}: not what was to be measured")
    result["matrix"] = {"seconds": round(report["seconds"], 1), "seconds_again": round(seconds, 1), "units": report["units"],
                        "unit_uses": report["unit_uses"]}
    for c in report["crops"]:
        name = f"{c['set']}/{pathlib.Path(c['output']).name}"
        own = {"models": [m["source"] for m in c["models"]], "profile": c["profile"], "units": c["units"], "alloc_bytes": c["alloc_bytes"],
               "file_bytes": c["file_bytes"], "matrix_own_seconds": round(c["seconds"], 2)}
        result["crops"].setdefault(name, {}).update(own)


def run_each(cropper, models, folder, sets, key, env, result):
    for name in sets:
        for profile in PROFILES:
            stem = pathlib.Path(profile).stem
            args = ["--models", *[models / m for m in SETS[name]], "--profile", profile, "-o"]
            if key == "second_seconds":
                crop(cropper, env, *args, folder / "before" / name / stem)
            report, seconds = crop(cropper, env, *args, folder / key / name / stem)
            record = result["crops"].setdefault(f"{name}/{stem}", {})
            if record.get("file_bytes", report["file_bytes"]) != report["file_bytes"]:
                sys.exit(f"{name}/{stem}: {report['file_bytes']} bytes, {record['file_bytes']} in the matrix: measure all anew")
            record[key] = round(seconds, 2)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cropper", default=str(ROOT / "build/bin/cropper"))
    parser.add_argument("--parts", default="matrix,second,alone")
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "benchmarks/results/crops.json")
    args = parser.parse_args()
    if "ADZE_MODELS" not in os.environ:
        sys.exit("set ADZE_MODELS to the folder of the real models (MANIFEST.json)")
    models, sets = pathlib.Path(os.environ["ADZE_MODELS"]), args.sets.split(",")
    cropper = [args.cropper, "crop", "--jobs", str(args.jobs)]
    result = read(args.out, args.jobs)
    with tempfile.TemporaryDirectory(prefix="adze-crops-") as temporary:
        folder = pathlib.Path(temporary)
        if "matrix" in args.parts:
            run_matrix(cropper, models, folder, result)
        if "second" in args.parts:
            run_each(cropper, models, folder, sets, "second_seconds", {}, result)
        if "alone" in args.parts:
            run_each(cropper, models, folder, sets, "alone_seconds", NO_CACHE, result)
    result["date"] = datetime.date.today().isoformat()
    for key in ("alone_seconds", "second_seconds"):
        values = [c[key] for c in result["crops"].values() if key in c]
        if values:
            result[key] = {"crops": len(values), "sum": round(sum(values), 1), "max": max(values)}
    result["crops"] = dict(sorted(result["crops"].items()))
    args.out.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps({k: v for k, v in result.items() if k != "crops"}, indent=1))


if __name__ == "__main__":
    main()
