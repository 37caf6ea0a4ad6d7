# SPDX-License-Identifier: Apache-2.0
"""The layers whose times the costs of rows are fitted to and judged by, and the table of those times."""
import collections
import csv
import itertools
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = ROOT / "benchmarks/results/kernel_costs.csv"

# As kernels/testing/timed_layer.h reads it. Convolutions are padded by half a kernel; fully_connected has `height` rows.
Layer = collections.namedtuple("Layer", "op height width c_in c_out kernel stride")

MOST_MACS = 4e7  # a millisecond; larger layers are more of the same tiles
MOST_FLOATS = 2 ** 21  # of the input: larger ones are read from memory, whose time is not the row's


def pixels(layer):
    if layer.op == "fully_connected":
        return layer.height
    return ((layer.height - 1) // layer.stride + 1) * ((layer.width - 1) // layer.stride + 1)


def depth(layer):
    return layer.kernel ** 2 * (1 if layer.op == "depthwise" else layer.c_in)


def macs(layer):
    return pixels(layer) * depth(layer) * layer.c_out


def every(pairs, step, first=0):
    return list(pairs)[first::step]


def sweep():
    """Rows of pixels around the heights of tiles, pictures from 7 x 7 to 56 x 56; columns around panels and pairs of panels; all depths."""
    columns = [1, 4, 8, 10, 16, 24, 32, 40, 48, 64, 100, 256, 1000]
    found = []
    # Coprime steps through the products: each value of a dim meets each of another.
    for m, n, k in every(itertools.product([1, 2, 3, 5, 6, 7, 8, 12, 14], columns, [64, 144, 576, 1024]), 7):
        found.append(Layer("fully_connected", m, 1, k, n, 1, 1))
    pictures = [(1, 1), (1, 3), (1, 5), (2, 4), (7, 7), (14, 14), (28, 28), (56, 56)]
    for (h, w), n, k in every(itertools.product(pictures, columns, [16, 64, 144, 576, 1024]), 7):
        found.append(Layer("conv2d", h, w, k, n, 1, 1))
    for size, n, c, s in every(itertools.product([3, 7, 14, 28, 56], columns, [1, 3, 16, 64], [1, 2]), 11):
        found.append(Layer("conv2d", size, size, c, n, 3, s))
    # 480, not 512: pictures whose pixels lie 2 KiB apart alias in the nearest cache, whatever the row.
    sizes, channels = [1, 2, 3, 4, 5, 7, 10, 14, 28, 56, 112], [4, 8, 10, 16, 24, 28, 32, 64, 96, 144, 480]
    for size, c, k, s in every(itertools.product(sizes, channels, [3, 5, 7], [1, 2]), 7):
        found.append(Layer("depthwise", size, size, c, c, k, s))
    # Layers of MobileNet and ResNet: what the kernels are for.
    for size, c, n in [(56, 24, 144), (56, 144, 24), (28, 256, 256), (14, 512, 512), (14, 1024, 256)]:
        found.append(Layer("conv2d", size, size, c, n, 1, 1))
    for size, c, n, k, s in [(112, 3, 32, 3, 2), (56, 3, 64, 7, 2), (28, 64, 64, 3, 1), (14, 128, 128, 3, 1), (7, 256, 256, 3, 1)]:
        found.append(Layer("conv2d", size, size, c, n, k, s))
    for size, c, k, s in [(112, 32, 3, 1), (112, 64, 3, 2), (112, 144, 3, 2), (56, 128, 3, 1),
                          (14, 512, 3, 1), (14, 512, 3, 2), (14, 240, 5, 1), (28, 96, 5, 2)]:
        found.append(Layer("depthwise", size, size, c, c, k, s))
    return [layer for layer in dict.fromkeys(found) if macs(layer) <= MOST_MACS and layer.height * layer.width * layer.c_in <= MOST_FLOATS]


def read_table(path=TABLE):
    """({what was measured on: text}, {layer: {row: nanoseconds}})."""
    about, times = {}, {}
    lines = path.read_text().splitlines()
    for line in lines:
        if line.startswith("# "):
            key, _, value = line[2:].partition(": ")
            about[key] = value
    for record in csv.DictReader(line for line in lines if not line.startswith("#")):
        layer = Layer(record["op"], *(int(record[f]) for f in Layer._fields[1:]))
        times.setdefault(layer, {})[record["row"]] = int(record["ns"])
    return about, times
