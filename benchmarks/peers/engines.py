# SPDX-License-Identifier: Apache-2.0
"""The peers behind one interface, each at true float32 and with its documented settings for speed on a CPU.

An engine is made with the model's file, the number of threads and the inputs, arrays in the order and layout of the file. run() does what an
application would: from the arrays to outputs that can be read, copies included, through the engine's leanest Python call. outputs() returns the last run's
outputs as arrays in the file's order. `settings` says what was asked of the engine.
"""
import os
import pathlib
import re
import sys

import numpy as np

import adze_library

# Formats an engine reads, the preferred one first. ncnn and MNN read what convert.py makes of these.
FORMATS = {
    "adze": ("onnx", "tflite"),
    "onnxruntime": ("onnx",),
    "litert": ("tflite",),
    "openvino": ("onnx", "tflite"),
    "ncnn": ("onnx",),
    "mnn": ("onnx", "tflite"),
}
# Distribution and the folders or files, in site-packages, of its code.
PACKAGES = {
    "onnxruntime": ("onnxruntime", ("onnxruntime/",)),
    "litert": ("ai-edge-litert", ("ai_edge_litert/",)),
    "openvino": ("openvino", ("openvino/",)),
    "ncnn": ("ncnn", ("ncnn/", "ncnn.libs/")),
    "mnn": ("MNN", ("_mnncengine", "mnn.libs/")),
}


class Adze:
    def __init__(self, model, threads, inputs, options):
        self.session = adze_library.Session(options["library"], model, threads, options.get("level"))
        self.session.bind(inputs)
        self.settings = {"level": self.session.level, "threads": threads}
        self.run = self.session.run

    def outputs(self):
        return self.session.outputs


class OnnxRuntime:
    def __init__(self, model, threads, inputs, _):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self.settings = {"intra_op_num_threads": threads, "graph_optimization_level": str(options.graph_optimization_level)}
        self.binding = self.session.io_binding()
        # Held here: a binding borrows the memory of its inputs.
        self.values = [onnxruntime.OrtValue.ortvalue_from_numpy(a) for a in inputs]
        for port, value in zip(self.session.get_inputs(), self.values):
            self.binding.bind_ortvalue_input(port.name, value)
        for port in self.session.get_outputs():
            self.binding.bind_output(port.name, "cpu")

    def run(self):
        self.session.run_with_iobinding(self.binding)

    def outputs(self):
        return self.binding.copy_outputs_to_cpu()


class LiteRt:
    """The interpreter attaches XNNPACK to float models by default."""

    def __init__(self, model, threads, inputs, _):
        from ai_edge_litert.interpreter import Interpreter

        self.interpreter = Interpreter(str(model), num_threads=threads)
        self.interpreter.allocate_tensors()
        self.inputs = [(d["index"], a) for d, a in zip(self.interpreter.get_input_details(), inputs)]
        self.results = [d["index"] for d in self.interpreter.get_output_details()]
        self.settings = {"num_threads": threads, "delegate": "XNNPACK, by default"}

    def run(self):
        for index, array in self.inputs:
            self.interpreter.set_tensor(index, array)
        self.interpreter.invoke()
        self.values = [self.interpreter.get_tensor(i) for i in self.results]

    def outputs(self):
        return self.values


class OpenVino:
    def __init__(self, model, threads, inputs, _):
        import openvino

        # f32: on a CPU that has bfloat16 the default is to use it.
        config = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": 1, "PERFORMANCE_HINT": "LATENCY"}
        compiled = openvino.Core().compile_model(str(model), "CPU", config)
        self.settings = {**config, "in effect": str(compiled.get_property("INFERENCE_PRECISION_HINT"))}
        self.request = compiled.create_infer_request()
        self.inputs = inputs  # borrowed by the tensors
        for i, array in enumerate(inputs):
            self.request.set_input_tensor(i, openvino.Tensor(array, shared_memory=True))
        self.count = len(compiled.outputs)

    def run(self):
        self.request.start_async()
        self.request.wait()

    def outputs(self):
        return [np.array(self.request.get_output_tensor(i).data) for i in range(self.count)]


class Ncnn:
    def __init__(self, model, threads, inputs, _):
        import ncnn

        self.net = ncnn.Net()
        o = self.net.opt
        o.use_vulkan_compute = False
        for key in ("use_fp16_packed", "use_fp16_storage", "use_fp16_arithmetic", "use_bf16_packed", "use_bf16_storage"):
            setattr(o, key, False)
        o.num_threads = threads
        self.settings = {"num_threads": threads, "fp16 and bf16": "off", "openmp_blocktime": o.openmp_blocktime}
        prefix = str(model)
        if self.net.load_param(prefix + ".param") != 0 or self.net.load_model(prefix + ".bin") != 0:
            raise RuntimeError("ncnn does not load what pnnx made")
        self.inputs = [without_batch(a.astype(np.float32)) for a in inputs]  # borrowed by the Mats
        self.mats = [ncnn.Mat(a) for a in self.inputs]
        self.count = len(set(re.findall(r"\bout\d+\b", pathlib.Path(prefix + ".param").read_text())))

    def run(self):
        extractor = self.net.create_extractor()
        for i, mat in enumerate(self.mats):
            extractor.input(f"in{i}", mat)
        self.results = []
        for i in range(self.count):
            code, mat = extractor.extract(f"out{i}")
            if code != 0:
                raise RuntimeError(f"ncnn returns {code} for output {i}")
            self.results.append(mat)

    def outputs(self):
        return [np.array(m) for m in self.results]


def without_batch(array):
    """ncnn has no batch: the first dim of 1 goes."""
    one = array.shape.index(1) if 1 in array.shape else None
    return np.ascontiguousarray(array if one is None else array.squeeze(one))


class Mnn:
    def __init__(self, model, threads, inputs, options):
        import MNN

        self.interpreter = MNN.Interpreter(str(model))
        config = {"backend": "CPU", "numThread": threads, "precision": "high"}
        self.session = self.interpreter.createSession(config)
        self.settings = config
        named = self.interpreter.getSessionInputAll(self.session)
        self.inputs = []
        for name, array in zip(options["input_names"], inputs):
            array = np.ascontiguousarray(array.astype(np.float32))
            tensor = named[name] if len(named) > 1 else next(iter(named.values()))
            # The host side in the layout of the file: NCHW or NHWC.
            self.inputs.append((tensor, MNN.Tensor(array.shape, MNN.Halide_Type_Float, array, tensor.getDimensionType()), array))
        results = self.interpreter.getSessionOutputAll(self.session)
        self.results = []
        for name in options["output_names"] if len(results) > 1 else results:
            shape = results[name].getShape()
            memory = np.zeros(shape, np.float32)
            self.results.append((results[name], MNN.Tensor(shape, MNN.Halide_Type_Float, memory, results[name].getDimensionType())))

    def run(self):
        for tensor, host, _ in self.inputs:
            tensor.copyFrom(host)
        self.interpreter.runSession(self.session)
        for tensor, host in self.results:
            tensor.copyToHostTensor(host)

    def outputs(self):
        return [np.array(host.getNumpyData()) for _, host in self.results]


CLASSES = {"adze": Adze, "onnxruntime": OnnxRuntime, "litert": LiteRt, "openvino": OpenVino, "ncnn": Ncnn, "mnn": Mnn}


def loaded_bytes(engine):
    """Bytes of the files of the engine's package that this process has mapped as code; asked after a run, so that plugins are counted."""
    if engine not in PACKAGES:
        return None
    places = [os.path.join(p, part) for p in sys.path if p.endswith("site-packages") for part in PACKAGES[engine][1]]
    files = set(re.findall(r"r-xp .* (/\S+)$", pathlib.Path("/proc/self/maps").read_text(), re.M))
    return sum(os.path.getsize(f) for f in files if any(f.startswith(p) for p in places))
