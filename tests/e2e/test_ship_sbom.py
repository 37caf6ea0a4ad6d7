# SPDX-License-Identifier: Apache-2.0
"""Licences, NOTICE and SBOM of every generated folder: valid SPDX by its own tools, and true of the files that lie there."""
import copy
import hashlib
import json
import os
import pathlib
import re

import pytest
from crops import CROPPER, ROOT, run

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
NET = ROOT / "models/zoo/digits/digits_net.onnx"
NOT_LISTED = {"crop.json", "size.json", "sbom.spdx.json"}  # what says how the folder was built, and the list itself


@pytest.fixture(scope="module", params=["plain", "prefixed", "empty"])
def folder(request, tmp_path_factory):
    out = tmp_path_factory.mktemp("sbom") / "out"
    what = {"plain": ["--models", CNN, NET, "--model-licence", "digits_cnn=Apache-2.0"], "prefixed": ["--models", CNN, "--prefix", "acme_face"],
            "empty": ["--empty"]}[request.param]
    run(CROPPER, "crop", "--no-build", *what, "--profile", "linux-x64", "-o", out)
    return out


def problems(path):
    from spdx_tools.spdx.parser.parse_anything import parse_file
    from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

    return [m.validation_message for m in validate_full_spdx_document(parse_file(str(path)))]


def untrue(out, sbom):
    """What the SBOM says of files that is not so."""
    wrong = []
    listed = {f["fileName"][2:]: f for f in sbom["files"]}
    there = {str(p.relative_to(out)) for p in out.rglob("*") if p.is_file()} - NOT_LISTED
    wrong += [f"{p} is listed but not there" for p in listed.keys() - there] + [f"{p} is not listed" for p in there - listed.keys()]
    for path in listed.keys() & there:
        data = (out / path).read_bytes()
        for c in listed[path]["checksums"]:
            if c["checksumValue"] != hashlib.new(c["algorithm"].lower(), data).hexdigest():
                wrong.append(f"{c['algorithm']} of {path}")
    contained = {(r["spdxElementId"], r["relatedSpdxElement"]) for r in sbom["relationships"] if r["relationshipType"] == "CONTAINS"}
    for package in sbom["packages"]:
        its = [f for f in sbom["files"] if (package["SPDXID"], f["SPDXID"]) in contained]
        code = hashlib.sha1("".join(sorted(f["checksums"][0]["checksumValue"] for f in its)).encode()).hexdigest()
        if code != package["packageVerificationCode"]["packageVerificationCodeValue"]:
            wrong.append(f"the verification code of {package['name']}")
    return wrong


def test_valid_and_true(folder):
    assert problems(folder / "sbom.spdx.json") == []
    sbom = json.loads((folder / "sbom.spdx.json").read_text())
    assert untrue(folder, sbom) == []
    assert sbom["packages"][0]["name"] == ("acme_face_runtime" if (folder / "include/acme_face").exists() else "adze_runtime")
    assert {c["algorithm"] for f in sbom["files"] for c in f["checksums"]} == {"SHA1", "SHA256"}


def test_defects_are_seen(folder, tmp_path):
    """The validator and the comparison above can fail."""
    good = json.loads((folder / "sbom.spdx.json").read_text())
    for change in (lambda s: s["files"][0].pop("checksums"), lambda s: s["packages"][0].update(licenseDeclared="Not A Licence"),
                   lambda s: s["relationships"][0].update(relatedSpdxElement="SPDXRef-None")):
        bad = copy.deepcopy(good)
        change(bad)
        (tmp_path / "bad.spdx.json").write_text(json.dumps(bad))
        try:
            assert problems(tmp_path / "bad.spdx.json")
        except Exception as e:  # the parser refuses it
            assert "SPDXParsing" in type(e).__name__
    bad = copy.deepcopy(good)
    bad["files"][0]["checksums"][1]["checksumValue"] = "0" * 64
    del bad["files"][1]
    assert len(untrue(folder, bad)) >= 3


def test_licences_of_models(folder):
    sbom = json.loads((folder / "sbom.spdx.json").read_text())
    said = {f["fileName"]: f["licenseConcluded"] for f in sbom["files"] if f["fileName"].endswith(".adze")}
    plain = {"./models/digits_cnn.adze": "Apache-2.0", "./models/digits_net.adze": "NOASSERTION"}
    assert said in (plain, {"./models/digits_cnn.adze": "NOASSERTION"}, {})
    notice = (folder / "NOTICE").read_text()
    assert all(("licence not stated" in line) == (said["./" + line.split(",")[0].strip()] == "NOASSERTION")
               for line in notice.splitlines() if "models/" in line)


def test_notice_is_what_the_headers_say(folder):
    """Holders stand in NOTICE as in the headers that are there; the licence is the one that the distribution states, too."""
    headers = list((folder / "third_party/flatbuffers/include").rglob("*.h"))
    holders = {line for h in headers for line in re.findall(r"Copyright \d{4}.*", h.read_text())}
    assert headers and set(re.findall(r"^  (Copyright.*)$", (folder / "NOTICE").read_text(), re.M)) == holders
    assert (folder / "third_party/flatbuffers/LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    debian = pathlib.Path("/usr/share/doc/libflatbuffers-dev/copyright")
    if debian.exists():
        paragraph = next(p for p in debian.read_text().split("\n\n") if "include/*" in p)
        assert "License: Apache-2.0" in paragraph and "Google Inc" in paragraph


def test_time_is_not_now(folder, tmp_path):
    args = [CROPPER, "crop", "--no-build", "--models", CNN, "--profile", "linux-x64", "-o"]
    run(*args, tmp_path / "a")
    run(*args, tmp_path / "b")
    assert (tmp_path / "a/sbom.spdx.json").read_bytes() == (tmp_path / "b/sbom.spdx.json").read_bytes()
    run(*args, tmp_path / "c", env={**os.environ, "SOURCE_DATE_EPOCH": "86400"})
    assert json.loads((tmp_path / "c/sbom.spdx.json").read_text())["creationInfo"]["created"] == "1970-01-02T00:00:00Z"
    run(*args, tmp_path / "d", env={**os.environ, "SOURCE_DATE_EPOCH": "now"}, expect=3)


@pytest.mark.parametrize("given", ["digits_cnn", "digits_cnn=", "digits_cnn=My Licence", "nothing=MIT"])
def test_bad_licences(given, tmp_path):
    done = run(CROPPER, "crop", "--no-build", "--models", CNN, "--profile", "linux-x64", "--model-licence", given, "-o", tmp_path / "out", expect=3)
    assert "--model-licence" in done.stderr and "digits_cnn" in done.stderr
