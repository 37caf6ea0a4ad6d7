# SPDX-License-Identifier: Apache-2.0
"""size.json and `cropper size`: every byte of the library once, checked against readelf and the file itself; what is not sound is refused."""
import json
import re
import shutil
import subprocess
import zlib

import pytest
from crops import CROPPER, PROFILES, ROOT, WORK, crop_files, run

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
NET = ROOT / "models/zoo/digits/digits_net.onnx"
KEYS = ["row", "op", "dtype", "level", "unit", "section", "model"]


@pytest.fixture(scope="module", params=PROFILES)
def crop(request):
    out = WORK / "size" / request.param
    crop_files([CNN, NET], request.param, out)
    return out


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    """A crop of its own, to be damaged."""
    out = tmp_path_factory.mktemp("size") / "out"
    crop_files([CNN], "linux-x64-avx2", out)
    return out


def size(*argv, expect=0):
    return run(CROPPER, "size", *argv, expect=expect)


def alloc_of(library):
    """The sum of ALLOC sections, by readelf."""
    total = 0
    for line in run("readelf", "-SW", library).stdout.splitlines():
        fields = line.replace("[ ", "[").split()
        if len(fields) > 8 and fields[0].startswith("[") and "A" in fields[7]:
            total += int(fields[5], 16)
    return total


@pytest.mark.parametrize("by", KEYS)
def test_sums_are_exact(crop, by):
    report = json.loads(size(crop, "--by", by, "--format", "json").stdout)
    library = crop / "build/libadze.so"
    assert report["alloc_bytes"] == alloc_of(library) == sum(e["bytes"] for e in report["entries"])
    assert report["file_bytes"] == library.stat().st_size == sum(e["file_bytes"] for e in report["entries"])
    assert report["by"] == by and len(report["entries"]) > 5
    names = [e["name"] for e in report["entries"]]
    assert len(set(names)) == len(names)
    assert "(unknown)" not in names


def test_sections_are_those_of_readelf(crop):
    library = crop / "build/libadze.so"
    told = {s["name"]: s["bytes"] for s in json.loads((crop / "size.json").read_text())["sections"] if not s["name"].startswith("(")}
    seen = {}
    for line in run("readelf", "-SW", library).stdout.splitlines():
        fields = re.sub(r"^\s*\[\s*\d+\]\s*", "", line).split()
        if len(fields) >= 5 and fields[0].startswith(".") and int(fields[4], 16) > 0:
            seen[fields[0]] = int(fields[4], 16)
    assert told == seen


def test_record_of_library_and_models(crop):
    record = json.loads((crop / "size.json").read_text())
    data = (crop / "build/libadze.so").read_bytes()
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    assert record["library"]["compressed"] == len(deflate.compress(data) + deflate.flush())
    assert record["library"]["file"] == len(data)
    assert record["crop_id"] == json.loads((crop / "crop.json").read_text())["crop_id"]
    for model in record["models"]:
        assert model["file"] == (crop / "models" / model["name"]).stat().st_size
    assert record["ram"]["bytes"] == sum(m["arena"] + m["private_weights"] for m in record["models"]) > 0
    assert str(ROOT) not in (crop / "size.json").read_text()


def test_memory_is_what_sessions_say(crop):
    """Arena and bookkeeping as the built library's own session counts them, on this machine or emulated."""
    profile = json.loads((crop / "size.json").read_text())["profile"]
    emulator = ["qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"] if profile == "linux-arm64" else []
    for model in json.loads((crop / "size.json").read_text())["models"]:
        done = subprocess.run([*emulator, crop / "build/adze-run", crop / "models" / model["name"], "--list"], capture_output=True, text=True)
        if done.returncode == 4:
            pytest.skip("this CPU has none of the profile's levels")
        arena, bookkeeping = map(int, re.search(r"arena (\d+) bytes, bookkeeping (\d+) bytes", done.stdout).groups())
        assert (model["arena"], model["bookkeeping"]) == (arena, bookkeeping)


def test_by_model_has_own_and_shared(crop):
    entries = json.loads(size(crop, "--by", "model", "--format", "json").stdout)["entries"]
    groups = {tuple(e["models"]): e for e in entries if e["models"]}
    assert set(groups) == {("digits_cnn.adze",), ("digits_net.adze",), ("digits_cnn.adze", "digits_net.adze")}
    assert all(e["bytes"] > 0 for e in groups.values())
    assert groups[("digits_cnn.adze", "digits_net.adze")]["name"] == "(shared by digits_cnn.adze, digits_net.adze)"


def test_formats(crop):
    text, md = size(crop).stdout, size(crop, "--format", "md").stdout
    total = alloc_of(crop / "build/libadze.so")
    assert f"{total}" in text.splitlines()[-1] and "sum of ALLOC sections" in text
    assert f"**{total}**" in md and md.startswith("| row | loaded | in file |")


def test_a_library_moved_away_is_explained(one, tmp_path):
    library = shutil.copy(one / "build/libadze.so", tmp_path / "libface.so")
    assert ".text" in size(library).stdout  # by section, from the file alone
    told = size(library, "--by", "row", expect=3).stderr
    assert "has no size.json beside it" in told and "--size-json" in told
    expected = size(one, "--by", "row", "--format", "json").stdout
    named = size(library, "--by", "row", "--format", "json", "--size-json", one / "size.json").stdout
    shutil.copy(one / "size.json", tmp_path)
    beside = size(library, "--format", "json").stdout
    assert json.loads(beside)["entries"] == json.loads(named)["entries"] == json.loads(expected)["entries"]


def test_a_changed_library_is_refused(one, tmp_path):
    data = bytearray((one / "build/libadze.so").read_bytes())
    data[-1] ^= 1
    (tmp_path / "libadze.so").write_bytes(data)
    told = size(tmp_path / "libadze.so", "--size-json", one / "size.json", expect=3).stderr
    assert "is stale" in told and "crop again" in told


def test_unsound_records_are_refused(one, tmp_path):
    library = shutil.copy(one / "build/libadze.so", tmp_path)
    record = json.loads((one / "size.json").read_text())
    record["units"][0]["bytes"][".note.adze"] += 1
    for text in ["", "{", "[]", json.dumps(record), json.dumps(record | {"version": 7}), "\0" * 100]:
        (tmp_path / "size.json").write_text(text)
        assert "is no sound size.json" in size(library, expect=3).stderr


def test_two_folders_give_the_same_record(one, tmp_path):
    crop_files([CNN], "linux-x64-avx2", tmp_path / "b/c")
    assert (tmp_path / "b/c/size.json").read_bytes() == (one / "size.json").read_bytes()


def compiled(tmp, name, *flags, compiler="gcc"):
    source = tmp / f"{name}.c"
    source.write_text(f"int zeros_{name}[64]; const char text_{name}[] = \"abc\"; int f_{name}(int i) {{ return zeros_{name}[i] + text_{name}[i & 1]; }}\n")
    run(compiler, "-c", "-O1", *flags, source, "-o", tmp / f"{name}.o")
    return tmp / f"{name}.o"


def exact(path, *more):
    """A report whose entries add up to the file and to its ALLOC sections."""
    report = json.loads(size(path, *more, "--format", "json").stdout)
    assert report["file_bytes"] == path.stat().st_size == sum(e["file_bytes"] for e in report["entries"])
    assert report["alloc_bytes"] == sum(e["bytes"] for e in report["entries"])
    assert "(unknown)" not in {e["name"] for e in report["entries"]}
    return report


@pytest.mark.parametrize("compiler, flags, arch", [
    ("gcc", [], "x86_64"), ("gcc", ["-m32"], "x86"), ("aarch64-linux-gnu-gcc", [], "aarch64"), ("aarch64-linux-gnu-gcc", ["-mbig-endian"], "aarch64")],
    ids=["x86_64", "32 bits", "aarch64", "big endian"])
def test_objects_and_archives(compiler, flags, arch, tmp_path):
    one, two = (compiled(tmp_path, n, *flags, compiler=compiler) for n in ("one", "a_member_with_a_long_name"))
    report = exact(one)
    assert report["arch"] == arch and report["alloc_bytes"] == alloc_of(one)
    assert {".text", ".bss", ".symtab"} <= {e["name"] for e in report["entries"]}
    (tmp_path / "note.txt").write_text("odd")  # no object, of odd length
    (tmp_path / "again").mkdir()
    again = shutil.copy(one, tmp_path / "again")
    archive = tmp_path / "lib.a"
    run("ar", "qc", archive, one, two, tmp_path / "note.txt", again)
    members = exact(archive)
    loaded = {e["name"]: (e["bytes"], e["file_bytes"]) for e in members["entries"]}
    assert members["arch"] == arch and members["by"] == "member"
    assert loaded["one.o"] == loaded["one.o (2)"] == (alloc_of(one), one.stat().st_size)
    assert loaded[two.name] == (alloc_of(two), two.stat().st_size) and loaded["note.txt"] == (0, 3)
    assert loaded["(archive headers)"] == (0, 8 + 60 * (4 + len({"/", "//"})))
    sections = {e["name"]: e["bytes"] for e in exact(archive, "--by", "section")["entries"]}
    assert sum(sections.values()) == members["alloc_bytes"] and sections[".bss"] == 3 * 256
    for f in ("text", "md"):
        assert "one.o (2)" in size(archive, "--format", f).stdout


def test_the_static_library_of_a_crop(one):
    """Beside a size.json that is of the shared one."""
    run("ninja", "-C", one / "build", "adze_static")
    members = exact(one / "build/libadze_static.a")
    assert any(e["name"] == "session_run.cc.o" and e["bytes"] > 0 for e in members["entries"])
    assert "by member or" in size(one / "build/libadze_static.a", "--by", "row", expect=3).stderr
    object_ = next((one / "build").rglob("session_run.cc.o"))
    assert exact(object_)["by"] == "section"
    assert "is an object" in size(object_, "--by", "op", expect=3).stderr
    assert "only those have members" in size(one, "--by", "member", expect=3).stderr


def test_damaged_archives_are_refused(tmp_path):
    one = compiled(tmp_path, "one")
    run("ar", "qcT", tmp_path / "thin.a", one)
    assert "is a thin archive" in size(tmp_path / "thin.a", expect=3).stderr
    run("ar", "qc", tmp_path / "lib.a", one)
    data = (tmp_path / "lib.a").read_bytes()
    (tmp_path / "empty.a").write_bytes(b"!<arch>\n")
    assert exact(tmp_path / "empty.a")["alloc_bytes"] == 0
    told = set()
    for end in [*range(9, 200, 13), len(data) // 2, len(data) - 1]:
        (tmp_path / "cut.a").write_bytes(data[:end])
        told.add(size(tmp_path / "cut.a", expect=3).stderr.split("cut.a")[1].split(":")[0])
    assert any("damaged" in t for t in told), told
