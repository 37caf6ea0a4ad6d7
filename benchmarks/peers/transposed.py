# SPDX-License-Identifier: Apache-2.0
"""Transposed convolutions of a segmentation model's size, one thread: Adze's full runtime, onnxruntime and LiteRT with XNNPACK. Prints a Markdown table.

    python benchmarks/peers/transposed.py --build build      # venv of tests/requirements.txt
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))
import single_ops  # noqa: E402

# channels in and out, input size, kernel, stride, padding at each end
LAYERS = [(64, 64, 64, 2, 2, 0), (64, 64, 64, 4, 2, 1), (64, 64, 64, 3, 2, 1), (16, 1, 128, 2, 2, 0)]
SECONDS = 1.0


def median(run):
    for _ in range(3):
        run()
    times, end = [], time.perf_counter() + SECONDS
    while len(times) < 5 or time.perf_counter() < end:
        started = time.perf_counter()
        run()
        times.append((time.perf_counter() - started) * 1e3)
    return float(np.median(times))


def adze(model, build, tmp):
    (tmp / "m.onnx").write_bytes(model.SerializeToString())
    subprocess.run([build / "bin/cropper", "convert", tmp / "m.onnx", "-o", tmp / "m.adze", "--quiet"], check=True)
    done = subprocess.run([build / "bin/adze-run", tmp / "m.adze", "--repeat", "100"], check=True, capture_output=True, text=True)
    return float(re.search(r"([\d.]+) ms", done.stdout + done.stderr).group(1))


def onnxruntime(model, x):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = 1, 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return median(lambda: session.run(None, {"in0": x}))


def litert(content, x):
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_content=content, num_threads=1)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], x)
    return median(interpreter.invoke)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build", help="folder with bin/cropper and bin/adze-run")
    build = parser.parse_args().build.resolve()
    print("| channels | input | kernel | G multiply-adds | Adze ms | onnxruntime ms | LiteRT ms | Adze G/s |\n|---|---|---|---|---|---|---|---|")
    for c_in, c_out, size, kernel, stride, pad in LAYERS:
        x = single_ops.random((1, c_in, size, size))
        w, b = single_ops.random((c_in, c_out, kernel, kernel), 1), single_ops.random((c_out,), 2)
        attributes = dict(strides=[stride] * 2, pads=[pad] * 4, output_padding=[size * stride - ((size - 1) * stride + kernel - 2 * pad)] * 2)
        model = single_ops.onnx_model("ConvTranspose", [x, (w,), (b,)], attributes)
        shape = (1, size * stride, size * stride, c_out)
        inputs = [(np.array(shape, np.int32),), (w.transpose(1, 2, 3, 0),), np.ascontiguousarray(x.transpose(0, 2, 3, 1)), (b,)]
        content = single_ops.tflite_model(67, "TransposeConvOptions", inputs, shape, padding=0, strideH=stride, strideW=stride)
        with tempfile.TemporaryDirectory() as tmp:
            times = [adze(model, build, pathlib.Path(tmp)), onnxruntime(model, x), litert(content, inputs[2])]
        work = size * size * c_in * c_out * kernel * kernel / 1e9
        print(f"| {c_in} to {c_out} | {size} x {size} | {kernel} x {kernel}, step {stride} | {work:.3f} | " + " | ".join(f"{t:.3f}" for t in times)
              + f" | {work / times[0] * 1e3:.1f} |")


if __name__ == "__main__":
    main()
