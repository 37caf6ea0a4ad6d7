# SPDX-License-Identifier: Apache-2.0
"""`cropper forecast`: what it says before a build is what the build weighs, over model sets, profiles, features and changes."""
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
    # and back again
    both = WORK / "forecast/linux-x64-avx2/both"
    whole = crop([CNN, NET], "linux-x64-avx2", both)
    less = forecast(both, "--what-if", "-model digits_net")
    assert less["before"]["alloc_bytes"] == pytest.approx(whole["library"]["alloc"], abs=64)
    close(less["forecast"]["alloc_bytes"], before["library"]["alloc"], "-model")
    assert any(c["kind"] == "went" for c in less["changes"])


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
    changed = forecast("--models", CNN, "--profile", "linux-x64-avx2", "--sdk", sdk)
    shipped = forecast("--models", CNN, "--profile", "linux-x64-avx2")
    assert changed["toolchain"] != shipped["toolchain"] and changed["compiled_units"] > 0
    assert changed["forecast"]["alloc_bytes"] != shipped["forecast"]["alloc_bytes"]


@pytest.mark.parametrize("argv, message", [
    ((), "give either the folder of a crop, or --models"),
    (("--models", CNN), "--models needs --profile"),
    (("--models", CNN, "--profile", "linux-x64-avx2", "--what-if", "model x"), "means nothing"),
    (("--models", CNN, "--profile", "linux-x64-avx2", "--what-if", "-model y"), "there is no such model; there are: digits_cnn.adze"),
    (("--models", CNN, "--profile", "linux-x64-avx2", "--what-if", "+level neon"), "x86_64 has the levels"),
    (("--models", CNN, "--profile", "linux-x64-avx2", "--what-if", "+level avx2"), "has it already"),
    (("--models", CNN, "--profile", "linux-x64-avx2", "--what-if", "-level avx2"), "is the only one"),
    (("/nowhere",), "holds no plan.json"),
])
def test_what_means_nothing_is_refused(argv, message):
    assert message in forecast(*argv, expect=3)
