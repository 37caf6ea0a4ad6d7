# SPDX-License-Identifier: Apache-2.0
"""A crop's libadze.so, the very file whose size is reported, through its C API."""
import ctypes
import mmap

import numpy as np

DTYPES = {np.dtype(t): i for i, t in enumerate((np.float32, np.float16, np.int32, np.int64, np.int8, np.uint8, np.bool_))}
KINDS = {i: t for t, i in DTYPES.items()}
MAX_RANK = 6


class Error(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_size_t), ("text", ctypes.c_char_p), ("capacity", ctypes.c_size_t), ("needed", ctypes.c_size_t)]


class Options(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_size_t), ("threads", ctypes.c_int32), ("level", ctypes.c_char_p), ("allocate", ctypes.c_void_p),
                ("release", ctypes.c_void_p), ("context", ctypes.c_void_p)]


class TensorInfo(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("dtype", ctypes.c_int), ("rank", ctypes.c_int32), ("dims", ctypes.c_int32 * MAX_RANK),
                ("bytes", ctypes.c_size_t)]


class Buffer(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("bytes", ctypes.c_size_t), ("dtype", ctypes.c_int)]


class Session:
    def __init__(self, library, model, threads, level=None):
        self.lib = ctypes.CDLL(str(library))
        self.lib.adze_session_level.restype = ctypes.c_char_p
        self.lib.adze_session_level.argtypes = [ctypes.c_void_p]
        with open(model, "rb") as f:
            self.file = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_COPY)  # private pages: ctypes asks for a writable buffer
        text = ctypes.create_string_buffer(1 << 16)
        self.error = Error(ctypes.sizeof(Error), ctypes.cast(text, ctypes.c_char_p), len(text), 0)
        self.text = text
        options = Options(ctypes.sizeof(Options), threads, level.encode() if level else None, None, None, None)
        self.session = ctypes.c_void_p()
        data = ctypes.addressof(ctypes.c_char.from_buffer(self.file))
        self.check(self.lib.adze_session_create(ctypes.c_void_p(data), ctypes.c_size_t(len(self.file)), ctypes.byref(options),
                                                ctypes.byref(self.session), ctypes.byref(self.error)))
        self.level = self.lib.adze_session_level(self.session).decode()

    def check(self, status):
        if status != 0:
            raise RuntimeError(self.text.value.decode(errors="replace") or f"status {status}")

    def ports(self, kind):
        ports = []
        for i in range(getattr(self.lib, f"adze_{kind}_count")(self.session)):
            info = TensorInfo()
            self.check(getattr(self.lib, f"adze_{kind}_info")(self.session, ctypes.c_int32(i), ctypes.byref(info)))
            ports.append(np.empty(tuple(info.dims[: info.rank]), KINDS[info.dtype]))
        return ports

    def bind(self, inputs):
        """Fixes the arrays that run() reads and makes those it writes."""
        def buffers(arrays):
            return (Buffer * len(arrays))(*[Buffer(a.ctypes.data, a.nbytes, DTYPES[a.dtype]) for a in arrays])

        wanted = self.ports("input")
        if [(a.shape, a.dtype) for a in wanted] != [(a.shape, a.dtype) for a in inputs]:
            raise ValueError(f"the model reads {[(a.shape, str(a.dtype)) for a in wanted]}")
        self.inputs, self.outputs = inputs, self.ports("output")
        arrays = buffers(self.inputs), buffers(self.outputs)
        self.arguments = (self.session, arrays[0], ctypes.c_int32(len(inputs)), arrays[1], ctypes.c_int32(len(self.outputs)), ctypes.byref(self.error))

    def run(self):
        status = self.lib.adze_run(*self.arguments)
        if status != 0:
            self.check(status)
