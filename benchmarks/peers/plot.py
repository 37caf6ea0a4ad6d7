# SPDX-License-Identifier: Apache-2.0
"""Size against time, a panel a model: bytes of the libraries a process loads for the engine, milliseconds a run."""
import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402: after the backend is chosen

COLOURS = {"adze": "#d62728", "onnxruntime": "#1f77b4", "litert": "#ff7f0e", "openvino": "#9467bd", "ncnn": "#2ca02c", "mnn": "#8c564b"}


def points(entry, threads):
    """engine -> (bytes, ms)"""
    found = {}
    for engine, per_threads in entry["engines"].items():
        r = per_threads.get(threads, {})
        size = entry.get("library_bytes") if engine == "adze" else r.get("loaded_bytes")
        if "ms" in r and size:
            found[engine] = (size, r["ms"])
    return found


def draw(result, path):
    # Text stays text, and the same result gives the same file.
    plt.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "peers", "font.size": 8})
    names, columns = list(result["models"]), 4
    rows = -(-len(names) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(3.3 * columns, 2.5 * rows + 0.6), squeeze=False)
    markers = {str(t): m for t, m in zip(result["threads"], "os^D")}
    for axis, name in zip(axes.flat, names):
        for threads, marker in markers.items():
            for engine, (size, ms) in points(result["models"][name], threads).items():
                axis.plot(size / 1024, ms, marker, color=COLOURS[engine], markersize=6, fillstyle="full" if threads == "1" else "none")
        axis.set(xscale="log", yscale="log", title=name, xlim=(20, 300000))
        for ticks in (axis.yaxis.set_major_formatter, axis.yaxis.set_minor_formatter):
            ticks("{x:g}")
        axis.grid(True, which="major", linewidth=0.3)
    for axis in axes.flat[len(names):]:
        axis.set_visible(False)
    for axis in axes[:, 0]:
        axis.set_ylabel("ms")
    for axis in axes[-1]:
        axis.set_xlabel("KiB of code loaded")
    handles = [plt.Line2D([], [], color=c, marker="o", linestyle="", label=e) for e, c in COLOURS.items() if e in result["engines"]]
    for threads, marker in markers.items():
        style = "full" if threads == "1" else "none"
        handles.append(plt.Line2D([], [], color="black", marker=marker, linestyle="", fillstyle=style, label=f"{threads} thread" + "s" * (threads != "1")))
    figure.legend(handles=handles, loc="upper center", ncol=len(handles), frameon=False)
    figure.suptitle(f"Size against time, {result['cpu']}, float32", y=0.965, fontsize=9)
    figure.tight_layout(rect=(0, 0, 1, 0.95))
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
