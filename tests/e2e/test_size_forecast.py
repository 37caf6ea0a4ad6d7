# SPDX-License-Identifier: Apache-2.0
"""`cropper forecast`: what it says before a build is what the build weighs, over model sets, profiles, features and changes."""
import hashlib
import json
import shutil

import pytest
from crops import CROPPER, PROFILES, ROOT, WORK, run

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
NET = ROOT / "models/zoo/digits/digits_net.onnx"
CACHE = WORK / "forecast-cache"
SETS = {"cnn": [CNN], "net": [NET], "both": [CNN, NET]}


def forecast(*argv, expect=0, cache=CACHE):
    done = run(CROPPER, "forecast", *argv, "--format", "json", "--cache", cache, expect=expect)
    return json.loads(done.stdout) if expect == 0 else done.stderr


def crop(models, profile, out, *more):
    """The record of a crop, built."""
    run(CROPPER, "crop", "--models", *models, "--profile", profile, "--cache", CACHE, "-o", out, *more)
    return json.loads((out / "size.json").read_text())


def close(told, built, what):
    """Within 2 % or 1 KiB, which is promised."""
    print(f"FORECAST {what}: {told} B, built {built} B")
    assert abs(told - built) <= max(1024, built * 2 // 100)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", SETS)
def test_forecast_is_what_the_build_weighs(name, profile):
    before = forecast("--models", *SETS[name], "--profile", profile)
    record = crop(SETS[name], profile, WORK / "forecast" / profile / name)
    assert before["toolchain"] == record["toolchain"]["id"]
    close(before["forecast"]["alloc_bytes"], record["library"]["alloc"], f"ALLOC {name} {profile}")
    close(before["forecast"]["file_bytes"], record["library"]["file"], f"file {name} {profile}")
    assert before["forecast"]["ram_bytes"] == record["ram"]["bytes"]
    # Now all units are known.
    assert forecast("--models", *SETS[name], "--profile", profile)["compiled_units"] == 0


def test_sections_are_those_of_the_build():
    """Not only the sum: each of the linker's tables is foreseen, so an error cannot hide behind another one."""
    for profile in ("linux-x64", "linux-arm64"):
        record = crop([CNN, NET], profile, WORK / "forecast" / profile / "both")
        told = forecast("--models", CNN, NET, "--profile", profile, "--by", "unit")["report"]["entries"]
        by_unit = {e["name"]: e["bytes"] for e in told}
        alloc = {s["name"] for s in record["sections"] if s["alloc"]}
        for owner in record["units"] + record["parts"]:
            built = sum(n for section, n in owner["bytes"].items() if section in alloc)
            assert by_unit.get(owner.get("path", owner.get("name")), 0) == pytest.approx(built, abs=64), owner


@pytest.mark.parametrize("more", [("--prefix", "face"), ()])
def test_features_and_names(more, tmp_path):
    profile = json.loads((ROOT / "profiles/linux-x64-avx2.json").read_text())
    profile["features"] = {"threads": True, "error_text": False}
    (tmp_path / "p.json").write_text(json.dumps(profile))
    record = crop([CNN], tmp_path / "p.json", tmp_path / "out", *more)
    told = forecast("--models", CNN, "--profile", tmp_path / "p.json", *more)
    close(told["forecast"]["alloc_bytes"], record["library"]["alloc"], f"threads, no texts {more}")
    close(told["forecast"]["file_bytes"], record["library"]["file"], f"threads, no texts {more}")


def test_what_if_names_what_comes_and_who_asks(tmp_path):
    out = WORK / "forecast/linux-x64-avx2/cnn"
    before = crop([CNN], "linux-x64-avx2", out)
    told = forecast(out, "--what-if", f"+model {NET}", "--what-if", "+level avx512")
    assert told["before"]["alloc_bytes"] == pytest.approx(before["library"]["alloc"], abs=64)
    assert sum(c["alloc_bytes"] for c in told["changes"]) == told["forecast"]["alloc_bytes"] - told["before"]["alloc_bytes"]
    assert sum(c["file_bytes"] for c in told["changes"]) == told["forecast"]["file_bytes"] - told["before"]["file_bytes"]
    pool = next(c for c in told["changes"] if c["what"] == "src/op-registry/ops/pool2d.cc")
    assert pool["kind"] == "came" and pool["atoms"] == ["op:op_pool2d"]
    assert [(a["model"], a["op"]) for a in pool["askers"]] == [("digits_net.adze", "pool2d")]
    assert any("__avx512" in c["what"] and c["askers"] for c in told["changes"])
    profile = json.loads((ROOT / "profiles/linux-x64-avx2.json").read_text())
    profile["levels"] = ["avx512", "avx2"]
    (tmp_path / "p.json").write_text(json.dumps(profile))
    close(told["forecast"]["alloc_bytes"], crop([CNN, NET], tmp_path / "p.json", tmp_path / "out")["library"]["alloc"], "+model +level")
    text = run(CROPPER, "forecast", out, "--what-if", f"+model {NET}", "--cache", CACHE).stdout
    assert "what comes and goes" in text and "digits_net.adze, node" in text and "->" in text
    # The table's own change is told by the rows whose lines it holds.
    (table,) = [c for c in told["changes"] if c["what"] == "src/generated/table.cc"]
    assert "op:op_pool2d" in table["atoms"] and "op:op_conv2d" not in table["atoms"] and table["askers"]
    # and back again
    both = WORK / "forecast/linux-x64-avx2/both"
    whole = crop([CNN, NET], "linux-x64-avx2", both)
    less = forecast(both, "--what-if", "-model digits_net")
    assert less["before"]["alloc_bytes"] == pytest.approx(whole["library"]["alloc"], abs=64)
    close(less["forecast"]["alloc_bytes"], before["library"]["alloc"], "-model")
    assert any(c["kind"] == "went" for c in less["changes"])


def marginal(out, *more, expect=0):
    done = run(CROPPER, "size", out, "--marginal", "--cache", CACHE, "--format", "json", *more, expect=expect)
    return json.loads(done.stdout)["marginal"] if expect == 0 else done.stderr


@pytest.mark.parametrize("profile", PROFILES)
def test_marginal_is_what_smaller_crops_weigh(profile):
    """Dropping a model saves exactly what a build without it does not have."""
    built = {name: crop(models, profile, WORK / "forecast" / profile / name)["library"] for name, models in SETS.items()}
    told = marginal(WORK / "forecast" / profile / "both")
    assert told["notes"] == []
    savings = {s["model"]: (s["bytes"], s["file_bytes"]) for s in told["savings"]}
    assert savings == {f"digits_{gone}.adze": (built["both"]["alloc"] - built[left]["alloc"], built["both"]["file"] - built[left]["file"])
                       for gone, left in (("cnn", "net"), ("net", "cnn"))}
    assert min(b for b, _ in savings.values()) > 0
    # The only model: what is left is the runtime itself.
    (only,) = marginal(WORK / "forecast" / profile / "cnn")["savings"]
    assert only["bytes"] > 15000


def test_marginal_in_words():
    out = WORK / "forecast/linux-x64-avx2/both"
    record = crop([CNN, NET], "linux-x64-avx2", out)
    told = {s["model"]: s for s in marginal(out)["savings"]}
    text, md = (run(CROPPER, "size", out, "--marginal", "--cache", CACHE, "--format", f).stdout for f in ("text", "md"))
    for model in record["models"]:
        s = told[model["name"]]
        assert f"dropping {model['name']} saves {s['bytes']:,} B loaded, {s['file_bytes']:,} B in the library's file" in text
        assert f"| {model['name']} | {s['bytes']} | {s['file_bytes']} | {model['file']} | {model['arena']} |" in md


def test_marginal_needs_what_the_crop_was_made_of(tmp_path):
    out = tmp_path / "out"
    crop([CNN, NET], "linux-x64-avx2", out)
    assert "needs the crop's folder" in marginal(out / "size.json", expect=3)
    record = json.loads((out / "size.json").read_text())
    toolchain = record["toolchain"] = record["toolchain"] | {"linker": "GNU ld 2.20"}
    parts = {part.replace("c_", "C ").replace("_", " "): value for part, value in toolchain.items() if part != "id"}
    toolchain["id"] = hashlib.sha256("".join(f"{part}: {value}\n" for part, value in parts.items()).encode()).hexdigest()[:12]
    (tmp_path / "size.json").write_text(json.dumps(record))
    # A library of another build: the savings say so.
    (other,) = [n for n in marginal(out, "--size-json", tmp_path / "size.json")["notes"] if "another toolchain" in n]
    assert "linker: GNU ld 2.20 -> " in other
    (out / "models/digits_net.adze").write_bytes(b"")
    (out / "models/digits_cnn.adze").unlink()
    told = marginal(out, expect=3)
    assert "digits_cnn.adze (from digits_cnn.tflite) is not there any more" in told and "digits_net.adze was changed" in told and "crop again" in told
    run(CROPPER, "crop", "--empty", "--profile", "linux-x64-avx2", "--cache", CACHE, "-o", out)
    assert "is no crop of models, but empty" in marginal(out, expect=3)


@pytest.mark.parametrize("profile", ["linux-x64", "linux-arm64"])
def test_the_empty_runtime(profile, tmp_path):
    run(CROPPER, "crop", "--empty", "--profile", profile, "--cache", CACHE, "-o", tmp_path / "out")
    told, built = forecast("--empty", "--profile", profile), json.loads((tmp_path / "out/size.json").read_text())["library"]
    close(told["forecast"]["alloc_bytes"], built["alloc"], f"empty {profile}")
    close(told["forecast"]["file_bytes"], built["file"], f"empty {profile}")
    assert told["compiled_units"] == 0 and told["forecast"]["models"] == []


def test_flags_of_a_toolchain_file(tmp_path):
    """They are part of the toolchain: what it gives is compiled with them and kept apart, by forecast and crop alike."""
    file = tmp_path / "t.cmake"
    file.write_text('set(CMAKE_CXX_FLAGS_INIT "-fno-optimize-sibling-calls")\n')
    told = forecast("--empty", "--profile", "linux-x64-avx2", "--toolchain", file, cache=tmp_path / "cache")
    usual = forecast("--empty", "--profile", "linux-x64-avx2")
    assert told["compiled_units"] > 10 and told["forecast"]["alloc_bytes"] != usual["forecast"]["alloc_bytes"] and told["notes"] == []
    run(CROPPER, "crop", "--empty", "--profile", "linux-x64-avx2", "--toolchain", file, "--cache", CACHE, "-o", tmp_path / "out")
    record = json.loads((tmp_path / "out/size.json").read_text())
    assert told["toolchain"] == record["toolchain"]["id"] != usual["toolchain"]
    close(told["forecast"]["alloc_bytes"], record["library"]["alloc"], "toolchain file")
    file.write_text("set(CMAKE_CXX_COMPILER no-such-compiler)\n")
    assert "no-such-compiler" in forecast("--empty", "--profile", "linux-x64-avx2", "--toolchain", file, expect=3)


def test_a_folder_has_the_toolchain_of_its_build(tmp_path):
    file, out = tmp_path / "t.cmake", tmp_path / "out"
    file.write_text('set(CMAKE_SHARED_LINKER_FLAGS_INIT "-Wl,--hash-style=both")\n')  # the units' own link flags have the last word
    record = crop([CNN], "linux-x64-avx2", out, "--toolchain", file)
    told = forecast(out)
    assert told["toolchain"] == record["toolchain"]["id"] != forecast("--models", CNN, "--profile", "linux-x64-avx2")["toolchain"]
    assert told["compiled_units"] == 0 and marginal(out)["notes"] == []
    file.unlink()
    assert "which is gone; crop again" in forecast(out, expect=3)


def test_another_linker_is_told(tmp_path):
    """What lays out by other rules gives an estimate, and the answer says so in every format."""
    file = tmp_path / "t.cmake"
    file.write_text('set(CMAKE_SHARED_LINKER_FLAGS_INIT "-fuse-ld=gold")\n')
    argv = ["--empty", "--profile", "linux-x64-avx2", "--toolchain", file, "--cache", CACHE]
    for how in ("text", "json", "md"):
        told = run(CROPPER, "forecast", *argv, "--format", how).stdout
        assert "links with GNU gold" in told and "estimate" in told
    assert run(CROPPER, "forecast", *argv, "--quiet").stderr == ""


def test_budgets_of_forecasts():
    """Before anything is built: exit 4 on one byte over, with the causes."""
    argv = ("--models", CNN, "--profile", "linux-x64-avx2")
    told = forecast(*argv)["forecast"]
    for metric in ("alloc", "file", "ram"):
        now = told[f"{metric}_bytes"]
        assert forecast(*argv, "--budget", f"{metric}={now}")["check"]["ok"]
        done = run(CROPPER, "forecast", *argv, "--budget", f"{metric}={now - 1}", "--cache", CACHE, expect=4)
        assert f"over --budget ({now - 1:,} B) by 1 B" in done.stdout
    assert "digits_cnn.adze, node" in run(CROPPER, "forecast", *argv, "--budget", "1KiB", "--cache", CACHE, expect=4).stdout
    run(CROPPER, "forecast", *argv, "--budget", "compressed=1MiB", "--cache", CACHE, expect=2)


def test_an_unknown_toolchain_compiles_first(tmp_path):
    """Without anything known, and with files of the cache damaged: what is missing is compiled, nothing is guessed."""
    cache = tmp_path / "cache"
    first = forecast("--models", CNN, "--profile", "linux-arm64", cache=cache)
    assert first["compiled_units"] > 20
    files = sorted(cache.rglob("*.json"))
    assert len(files) == first["compiled_units"]
    assert forecast("--models", CNN, "--profile", "linux-arm64", cache=cache) == first | {"compiled_units": 0}
    for i, damage in enumerate(["", "{", "[]", '{"sections": [{"name": 1}], "symbols": []}', '{"sections": [], "symbols": [["a", 7, false, false]]}']):
        files[i].write_text(damage)
    assert forecast("--models", CNN, "--profile", "linux-arm64", cache=cache) == first | {"compiled_units": 5}


def test_flags_are_another_toolchain(tmp_path):
    """Sizes of one toolchain are never taken for those of another one."""
    sdk = tmp_path / "sdk"
    shutil.copytree(ROOT, sdk, ignore=shutil.ignore_patterns("build*", ".git", "tests", "benchmarks", "zoo"))
    flags = sdk / "cmake/unit_flags.json"
    flags.write_text(flags.read_text().replace('"kernel": ["-O2"]', '"kernel": ["-O3"]'))
    changed = forecast("--models", CNN, "--profile", "linux-x64-avx2", "--sdk", sdk, cache=tmp_path / "cache")
    shipped = forecast("--models", CNN, "--profile", "linux-x64-avx2")
    assert changed["toolchain"] != shipped["toolchain"] and changed["compiled_units"] > 0
    assert changed["forecast"]["alloc_bytes"] != shipped["forecast"]["alloc_bytes"]


@pytest.mark.parametrize("argv, message", [
    ((), "give either the folder of a crop, or --models"),
    (("--models", CNN), "need --profile NAME"),
    (("--full", "--profile", "linux-x64", "--what-if", "-level avx2"), "leave nothing to change"),
    (("--models", CNN, "--profile", "linux-x64-avx2", "--what-if", "model x"), "means nothing"),
    (("--models", CNN, "--profile", "linux-x64-avx2", "--what-if", "-model y"), "there is no such model; there are: digits_cnn.adze"),
    (("--models", CNN, "--profile", "linux-x64-avx2", "--what-if", "+level neon"), "x86_64 has the levels"),
    (("--models", CNN, "--profile", "linux-x64-avx2", "--what-if", "+level avx2"), "has it already"),
    (("--models", CNN, "--profile", "linux-x64-avx2", "--what-if", "-level avx2"), "is the only one"),
    (("/nowhere",), "holds no plan.json"),
])
def test_what_means_nothing_is_refused(argv, message):
    assert message in forecast(*argv, expect=3)
