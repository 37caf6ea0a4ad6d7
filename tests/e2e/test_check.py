# SPDX-License-Identifier: Apache-2.0
"""cropper check: one byte over fails and is explained; toolchains, exceptions, --update; every format read by a real parser."""
import datetime
import json
import re
import shutil
import xml.etree.ElementTree

import pytest
from crops import CROPPER, ROOT, crop_files, run

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
NET = ROOT / "models/zoo/digits/digits_net.onnx"
TODAY = datetime.datetime.now(datetime.timezone.utc).date()


@pytest.fixture(scope="module")
def crops(tmp_path_factory):
    top = tmp_path_factory.mktemp("check")
    crop_files([NET], "linux-x64-avx2", top / "net")
    crop_files([CNN, NET], "linux-x64-avx2", top / "both")
    return top


def check(*argv, expect=0):
    return json.loads(run(CROPPER, "check", *argv, "--format", "json", expect=expect).stdout)


def record(folder):
    return json.loads((folder / "size.json").read_text())


def values(folder):
    r = record(folder)
    return {"alloc": r["library"]["alloc"], "file": r["library"]["file"], "compressed": r["library"]["compressed"],
            "ram": sum(m["arena"] + m["private_weights"] for m in r["models"])}


METRICS = ["alloc", "file", "compressed", "ram"]
ALL = [a for m in METRICS for a in ("--metric", m)]


def test_the_same_crop_is_zero(crops, tmp_path):
    """A change of documents only: cropped again, nothing differs."""
    report = check(crops / "both", "--baseline", crops / "both/size.json", *ALL)
    assert report["ok"] and [l["change"] for l in report["limits"]] == [0] * 4 and report["causes"] == []
    text = run(CROPPER, "check", crops / "both", "--baseline", crops / "both/size.json").stdout
    assert "file: " in text and ", 0 B against baseline" in text and text.endswith("ok\n")


@pytest.mark.parametrize("metric", METRICS)
def test_one_byte_over_fails(crops, metric):
    now = values(crops / "both")[metric]
    assert check(crops / "both", "--budget", f"{metric}={now}")["ok"]
    report = check(crops / "both", "--budget", f"{metric}={now - 1}", expect=4)
    assert [(l["change"], l["status"]) for l in report["limits"]] == [(1, "over")]
    assert report["causes"][0]["metric"] == metric and report["causes"][0]["causes"]


def test_growth_is_explained(crops):
    """The second model is the cause: its nodes, the rows that they brought, the units, and bytes that add up."""
    report = check(crops / "both", "--baseline", crops / "net/size.json", *ALL, expect=4)
    now, before = values(crops / "both"), values(crops / "net")
    for line in report["limits"]:
        # The file alone may stay: it ends at a page.
        assert line["change"] == now[line["metric"]] - before[line["metric"]] >= 0
        assert line["status"] == ("over" if line["change"] > 0 else "ok")
    assert now["alloc"] > before["alloc"] and now["ram"] > before["ram"]
    causes = {c["metric"]: c["causes"] for c in report["causes"]}
    for metric in ("alloc", "file", "ram"):
        assert sum(c["change"] for c in causes[metric]) == now[metric] - before[metric]
        assert causes[metric] == sorted(causes[metric], key=lambda c: -c["change"])
    came = [c for c in causes["alloc"] if c["move"] == "came"]
    assert {"dwconv_f32__avx2_w3s2", "dwconv2d_f32__any"} <= {c["name"] for c in came}
    for cause in came:
        first = cause["asked_by"][0]
        assert first["model"] == "digits_cnn.adze" and first["node_name"] == "depthwise" and first["op"] == "conv2d" and first["new"]
        assert cause["units"] and all(u.startswith("src/kernels/") for u in cause["units"])
    assert [c["name"] for c in causes["ram"]] == ["digits_cnn.adze"]
    text = run(CROPPER, "check", crops / "both", "--baseline", crops / "net/size.json", "--metric", "alloc", expect=4).stdout
    assert re.search(r"\+[\d,]+ B  dwconv_f32__avx2_w3s2 came\n +now asked for by digits_cnn.adze, node 1 'depthwise' \(conv2d\) at avx2\n", text)


def test_what_left_is_named(crops):
    report = check(crops / "net", "--baseline", crops / "both/size.json")
    left = [c for c in report["causes"][0]["causes"] if c["move"] == "left"]
    assert left and all(c["change"] < 0 and c["asked_by"][0]["model"] == "digits_cnn.adze" for c in left)


def changed(folder, path, change):
    """A size.json with something changed, its sums kept."""
    r = record(folder)
    change(r)
    path.write_text(json.dumps(r))
    return path


def test_another_toolchain_is_no_regression(crops, tmp_path):
    """The same models, cropped with another optimization: named as the toolchain's, and told apart by measuring the baseline again."""
    sdk = tmp_path / "sdk"
    shutil.copytree(ROOT, sdk, ignore=shutil.ignore_patterns(".git", "build*", "zoo", "tests"))
    flags = sdk / "cmake/unit_flags.json"
    assert '"core": ["-Oz"]' in flags.read_text()
    flags.write_text(flags.read_text().replace('"core": ["-Oz"]', '"core": ["-Os"]'))
    run(CROPPER, "crop", "--models", NET, "--profile", "linux-x64-avx2", "--sdk", sdk, "-o", tmp_path / "net")
    assert values(tmp_path / "net")["alloc"] > values(crops / "net")["alloc"]
    report = check(tmp_path / "net", "--baseline", crops / "net/size.json", "--metric", "alloc", expect=4)
    assert [l["status"] for l in report["limits"]] == ["other toolchain"]
    assert len(report["toolchain_changes"]) == 1 and "flags" in report["toolchain_changes"][0]
    text = run(CROPPER, "check", tmp_path / "net", "--baseline", crops / "net/size.json", "--metric", "alloc", expect=4).stdout
    assert "toolchain changed" in text and "no proof of a regression" in text and "Too large" not in text
    # Measured again with the new toolchain, the baseline tells what the crop's own part is.
    run(CROPPER, "crop", "--models", CNN, NET, "--profile", "linux-x64-avx2", "--sdk", sdk, "-o", tmp_path / "both")
    report = check(tmp_path / "both", "--baseline", tmp_path / "net/size.json", "--metric", "alloc", expect=4)
    assert [l["status"] for l in report["limits"]] == ["over"] and report["toolchain_changes"] == []
    # A budget holds whatever built the crop.
    assert check(tmp_path / "net", "--baseline", crops / "net/size.json", "--metric", "alloc", "--budget", "alloc=1", expect=4)["limits"][1]["status"] == "over"


def signed(tmp_path, **fields):
    entry = {"metric": "alloc", "extra_bytes": 1, "reason": "the digits of the new form", "by": "kim", "expires": str(TODAY), **fields}
    (tmp_path / "signed.json").write_text(json.dumps({"version": 1, "exceptions": [entry]}))
    return tmp_path / "signed.json"


def test_exceptions(crops, tmp_path):
    against = [crops / "both", "--baseline", crops / "net/size.json", "--metric", "alloc", "--exceptions"]
    over = values(crops / "both")["alloc"] - values(crops / "net")["alloc"]
    report = check(*against, signed(tmp_path, extra_bytes=over))
    assert report["limits"][0]["status"] == "signed off" and report["limits"][0]["exceptions"][0]["by"] == "kim"
    assert "signed off" in run(CROPPER, "check", *against, tmp_path / "signed.json").stdout
    report = check(*against, signed(tmp_path, extra_bytes=over - 1), expect=4)
    assert report["limits"][0]["status"] == "over" and report["limits"][0]["signed_off"] == over - 1
    report = check(*against, signed(tmp_path, extra_bytes=over, expires=str(TODAY - datetime.timedelta(days=2))), expect=4)
    assert report["expired_exceptions"][0]["reason"] == "the digits of the new form"
    assert check(crops / "net", *against[1:], signed(tmp_path))["unused_exceptions"]
    for wrong in ({"expires": "next week"}, {"by": ""}, {"extra_bytes": -1}, {"extra": 1}):
        done = run(CROPPER, "check", *against, signed(tmp_path, **wrong), expect=3)
        assert "signed.json: exceptions[0]: " in done.stderr and next(iter(wrong)) in done.stderr
    run(CROPPER, "check", *against, tmp_path / "absent.json", expect=3)


def test_update(crops, tmp_path):
    baseline = tmp_path / "size.json"
    assert "--update makes it" in run(CROPPER, "check", crops / "net", "--baseline", baseline, expect=3).stderr
    assert not baseline.exists()
    assert "made: " in check(crops / "net", "--baseline", baseline, "--update")["update"]
    assert baseline.read_bytes() == (crops / "net/size.json").read_bytes()
    before = baseline.stat().st_mtime_ns
    assert "up to date" in check(crops / "net", "--baseline", baseline, "--update")["update"]
    assert baseline.stat().st_mtime_ns == before
    # Not asked, it stays.
    check(crops / "both", "--baseline", baseline, "--metric", "alloc", expect=4)
    assert baseline.read_bytes() == (crops / "net/size.json").read_bytes()
    report = check(crops / "both", "--baseline", baseline, "--metric", "alloc", "--update")
    assert report["limits"][0]["status"] == "accepted" and f"{values(crops / 'both')['alloc']:,} B" in report["update"]
    assert check(crops / "both", "--baseline", baseline)["limits"][0]["change"] == 0
    assert "--baseline" in run(CROPPER, "check", crops / "both", "--update", expect=2).stderr


def test_profile_budgets_count(crops, tmp_path):
    profile = json.loads((ROOT / "profiles/linux-x64-avx2.json").read_text())
    profile["budget"] = {"alloc": 1 << 20}
    (tmp_path / "p.json").write_text(json.dumps(profile))
    crop_files([NET], tmp_path / "p.json", tmp_path / "out")
    report = check(tmp_path / "out")
    assert [(l["metric"], l["limit"], l["origin"]) for l in report["limits"]] == [("alloc", 1 << 20, "the budget of profile linux-x64-avx2")]
    now = values(tmp_path / "out")
    # The budgets are part of the profile, thus of the crop's id, which compresses to a few bytes more or less.
    profile["budget"] = {m: now[m] - (64 if m == "compressed" else 1) for m in METRICS}
    (tmp_path / "p.json").write_text(json.dumps(profile))
    done = run(CROPPER, "crop", "--models", NET, "--profile", tmp_path / "p.json", "-o", tmp_path / "out", expect=4)
    for metric in METRICS:
        value = r"[\d,]+" if metric == "compressed" else f"{now[metric]:,}"
        assert re.search(f"cropper: {metric}: {value} B, over the budget of profile linux-x64-avx2", done.stderr)
    assert [l["status"] for l in check(tmp_path / "out", expect=4)["limits"]] == ["over"] * 4
    profile["budget"] = {**now, "compressed": now["compressed"] + 64}
    (tmp_path / "p.json").write_text(json.dumps(profile))
    crop_files([NET], tmp_path / "p.json", tmp_path / "out")


HOSTILE = "a]]>&<b>%\n::error::x\r\u2028\"'`|"


@pytest.fixture()
def hostile(crops, tmp_path):
    """A record of `both` in which the new model's names are hostile; its path too."""
    def change(r):
        for a in r["atoms"]:
            for asker in a.get("askers", []):
                if asker["model"] == "digits_cnn.adze":
                    asker["name"] = HOSTILE
    (tmp_path / "a,b:%").mkdir()
    return changed(crops / "both", tmp_path / "a,b:%/size.json", change)


def test_junit(crops, hostile):
    text = run(CROPPER, "check", hostile, "--baseline", crops / "net/size.json", "--budget", "1MiB", "--metric", "alloc", "--format", "junit", expect=4).stdout
    suites = xml.etree.ElementTree.fromstring(text)
    suite = suites.find("testsuite")
    assert (suites.tag, suite.get("tests"), suite.get("failures"), suite.get("name")) == ("testsuites", "2", "1", str(hostile))
    cases = suite.findall("testcase")
    assert len(cases) == 2 and [len(c.findall("failure")) for c in cases] == [1, 0]
    failure = cases[0].find("failure")
    assert "over baseline" in failure.get("message") and HOSTILE in failure.text and "dwconv_f32__avx2_w3s2" in failure.text
    good = run(CROPPER, "check", crops / "net", "--baseline", crops / "net/size.json", "--format", "junit").stdout
    assert xml.etree.ElementTree.fromstring(good).get("failures") == "0"


def read_command(line):
    """A workflow command as its runner reads it."""
    level, properties, text = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line).groups()
    undo = lambda s: s.replace("%0A", "\n").replace("%0D", "\r").replace("%3A", ":").replace("%2C", ",").replace("%25", "%")  # noqa: E731
    return level, {k: undo(v) for k, v in (p.split("=", 1) for p in properties.split(","))}, undo(text)


def test_annotations(crops, hostile):
    shutil.copy(crops / "net/size.json", hostile.parent / "main.json")
    baseline = hostile.parent / "main.json"
    text = run(CROPPER, "check", hostile, "--baseline", baseline, "--budget", "1MiB", "--metric", "alloc", "--format", "annotations", expect=4).stdout
    commands = [read_command(line) for line in text.removesuffix("\n").split("\n")]
    assert [c[0] for c in commands] == ["error", "notice"]
    assert commands[0][1]["file"] == str(baseline) and str(hostile) in commands[0][1]["title"]
    assert HOSTILE in commands[0][2] and "over baseline" in commands[0][2]
    expired = signed(hostile.parent, expires="2020-01-01")
    text = run(CROPPER, "check", crops / "net", "--baseline", baseline, "--metric", "alloc", "--exceptions", expired, "--format", "annotations").stdout
    commands = [read_command(line) for line in text.removesuffix("\n").split("\n")]
    assert [c[0] for c in commands] == ["notice", "warning"] and commands[1][1]["file"] == str(expired)


def test_markdown(crops, hostile):
    text = run(CROPPER, "check", hostile, "--baseline", crops / "net/size.json", "--metric", "alloc", "--format", "md", expect=4).stdout
    assert text.startswith("### Size: check failed\n")
    tables = [line for line in text.split("\n") if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in tables} == {5, 6}
    assert any("`dwconv_f32__avx2_w3s2`" in line and "came" in line for line in tables)
    good = run(CROPPER, "check", crops / "net", "--baseline", crops / "net/size.json", "--format", "md").stdout
    assert good.startswith("### Size: ok\n") and "**" not in good


def test_refusals(crops, tmp_path):
    net = crops / "net"
    done = run(CROPPER, "check", net, expect=3)
    assert "nothing to check against" in done.stderr
    (tmp_path / "broken.json").write_text("{")
    assert "broken.json" in run(CROPPER, "check", net, "--baseline", tmp_path / "broken.json", expect=3).stderr
    crop_files([NET], "linux-x64-avx512", tmp_path / "other")
    assert "of the profile" in run(CROPPER, "check", net, "--baseline", tmp_path / "other/size.json", expect=3).stderr
    for budget in ("64KX", "size=64KiB", "alloc=", ""):
        run(CROPPER, "check", net, "--budget", budget, expect=2)
    done = run(CROPPER, "check", net, "--metric", "alloc", "--metric", "file", "--budget", "64KiB", expect=2)
    assert "alloc=64KiB" in done.stderr
    # A library that is not the measured one.
    shutil.copytree(net, tmp_path / "stale")
    library = tmp_path / "stale/build/libadze.so"
    library.write_bytes(library.read_bytes() + b"\0")
    run(CROPPER, "check", tmp_path / "stale", "--budget", "1MiB", expect=3)
