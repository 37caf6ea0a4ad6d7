# SPDX-License-Identifier: Apache-2.0
"""The size page in a real browser: its sums are the report's, it asks the network for nothing, it works by keyboard, in both colour schemes."""
import json
import re

import browser
import pytest
from crops import CROPPER, ROOT, crop_files, run

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
NET = ROOT / "models/zoo/digits/digits_net.onnx"
KEYS = ["model", "row", "op", "dtype", "level", "unit", "section"]
HOSTILE = "</script ><script >fail()</script ><img src=x onerror=fail()>\"'&\u2028\u2029<!--@DATA@"


def page_of(out, path, *more):
    run(CROPPER, "size", out, "--format", "html", "-o", path, *more)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with crops and their pages: `both` models, `net` alone, and both compared with net."""
    top = tmp_path_factory.mktemp("page")
    crop_files([NET], "linux-x64", top / "net")
    crop_files([CNN, NET], "linux-x64", top / "both")
    page_of(top / "both", top / "both.html")
    page_of(top / "both", top / "compared.html", "--compare", top / "net/size.json")
    page_of(top / "both", top / "marginal.html", "--marginal")
    return top


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    assert browser.PROGRAM, "chromium is missing: `scripts/install-packages test` installs it"
    started = browser.Browser(tmp_path_factory.mktemp("profile"))
    yield started
    started.close()


def table(chromium, of="table"):
    """Rows of a table as lists of its cells' texts; the last is the sum."""
    return chromium.js(f"[...document.querySelectorAll('#{of} tbody tr, #{of} tfoot tr')].map(r => [...r.cells].map(c => c.textContent))")


def number(text):
    return int(re.sub(r"[^0-9-]", "", text.replace("\u2212", "-")))


@pytest.mark.parametrize("key", KEYS)
def test_tables_are_the_report(made, chromium, key):
    report = json.loads(run(CROPPER, "size", made / "both", "--by", key, "--format", "json").stdout)
    chromium.open(made / "both.html", fragment=f"#by={key}")
    *rows, total = table(chromium)
    assert {r[0]: (number(r[1]), number(r[2])) for r in rows} == {e["name"]: (e["bytes"], e["file_bytes"]) for e in report["entries"]}
    assert (number(total[1]), number(total[2])) == (report["alloc_bytes"], report["file_bytes"])
    # The map shows the same: its parts, within the pixels, cover the picture.
    shown = chromium.js("[...document.querySelectorAll('.part')].map(p => p.dataset.name)")
    assert shown and set(shown) <= {e["name"] for e in report["entries"] if e["bytes"] > 0}
    areas = chromium.js("[...document.querySelectorAll('.part')].map(p => [p.dataset.name, p.offsetWidth * p.offsetHeight])")
    largest = max(areas, key=lambda a: a[1])[0]
    assert largest == report["entries"][0]["name"]
    size = chromium.js("[map.clientWidth * map.clientHeight]")[0]
    assert sum(a for _, a in areas) > 0.9 * size
    assert not chromium.troubles() and not chromium.requests()


def test_totals_and_models(made, chromium):
    record = json.loads((made / "both/size.json").read_text())
    chromium.open(made / "both.html")
    totals = chromium.js("[...document.querySelectorAll('#totals dd')].map(d => d.firstChild.textContent)")
    ram = sum(m["arena"] + m["private_weights"] for m in record["models"])
    assert [number(t) for t in totals] == [record["library"]["alloc"], record["library"]["file"], record["library"]["compressed"], ram]
    *rows, total = table(chromium, "models")
    assert {r[0].split()[0]: number(r[1]) for r in rows} == {m["name"]: m["file"] for m in record["models"]}
    assert number(total[4]) == sum(m["arena"] for m in record["models"])


def test_marginal(made, chromium):
    """What dropping each model saves, beside the model; without --marginal no column asks."""
    told = json.loads(run(CROPPER, "size", made / "both", "--marginal", "--format", "json").stdout)["marginal"]["savings"]
    chromium.open(made / "marginal.html")
    *rows, total = table(chromium, "models")
    assert {r[0].split()[0]: (number(r[7]), number(r[8])) for r in rows} == {s["model"]: (s["bytes"], s["file_bytes"]) for s in told}
    assert total[7:] == ["", ""]  # they do not add up
    assert "planned anew" in chromium.js("document.getElementById('models-note').innerText")
    assert not chromium.troubles() and not chromium.requests()
    chromium.open(made / "both.html")
    assert all(len(r) == 7 for r in table(chromium, "models")) and chromium.js("document.getElementById('models-note').hidden")


def test_comparison(made, chromium):
    now, old = ({e["name"]: e["bytes"] for e in json.loads(run(CROPPER, "size", made / n, "--by", "row", "--format", "json").stdout)["entries"]}
                for n in ("both", "net"))
    chromium.open(made / "compared.html", fragment="#by=row")
    *rows, total = table(chromium)
    assert {r[0]: (number(r[4]), number(r[5])) for r in rows} == {n: (old.get(n, 0), now.get(n, 0) - old.get(n, 0)) for n in now | old}
    assert number(total[5]) == sum(now.values()) - sum(old.values()) > 0
    assert any(r[5].startswith("new ") for r in rows)
    grounds = chromium.js("[...document.querySelectorAll('.part')].map(p => p.style.backgroundColor)")
    assert {"var(--fresh)", "var(--neutral)"} <= set(grounds)
    assert not chromium.troubles()


def test_sorting_filter_and_measure(made, chromium):
    chromium.open(made / "both.html", fragment="#by=unit")
    names = [r[0] for r in table(chromium)[:-1]]
    bytes_down = [number(r[1]) for r in table(chromium)[:-1]]
    assert bytes_down == sorted(bytes_down, reverse=True)
    chromium.js("document.querySelector('#table thead button').click()")
    assert [r[0] for r in table(chromium)[:-1]] == sorted(names)
    assert chromium.js("document.querySelector('#table thead th').ariaSort") == "ascending"
    assert chromium.js("document.activeElement === document.body || document.querySelector('#table').contains(document.activeElement)")
    chromium.js("filter.value = 'GEMM'; filter.dispatchEvent(new Event('input'))")
    *rows, total = table(chromium)
    assert rows and all("gemm" in r[0] for r in rows) and total[0] == f"sum of {len(rows)} of {len(names)}"
    assert number(total[1]) == sum(number(r[1]) for r in rows)
    chromium.js("document.querySelector('[name=measure][value=file]').click()")
    assert "in the file" in chromium.js("path.textContent") and "count=file" in chromium.js("location.hash")


def focused(chromium):
    return chromium.js("(e => e.ariaLabel || e.dataset.name || e.value || e.textContent)(document.activeElement)")


def test_keyboard(made, chromium):
    """Tab reaches every control in order; arrows, Enter and Escape work in the map; focus can be seen."""
    chromium.open(made / "both.html")
    seen = []
    for _ in range(40):
        chromium.key("Tab")
        seen.append(chromium.js("(e => e.id || e.name || e.className || e.tagName)(document.activeElement)"))
        if chromium.js("document.activeElement.closest('footer') !== null"):
            break
    order = [s for s in seen if s in ("skip", "scheme", "key", "measure", "part", "filter", "SUMMARY")]
    assert order == ["skip", "scheme", "key", "measure", "part", "filter", "SUMMARY"], seen
    assert chromium.js("getComputedStyle(document.activeElement).outlineStyle") == "solid"

    # By radio: the right arrow chooses the next key.
    chromium.open(made / "both.html")
    chromium.js("document.querySelector('[name=key]:checked').focus()")
    chromium.key("ArrowRight")
    assert "by=row" in chromium.js("location.hash") and chromium.js("path.textContent").startswith("by row")

    chromium.js("document.querySelector('#map [tabindex=\"0\"]').focus()")
    first = focused(chromium)
    assert chromium.js("detail.textContent") == first and "bytes loaded" in first
    chromium.key("ArrowRight")
    inner = focused(chromium)
    assert "; part of " in inner and chromium.js("document.activeElement.ariaLevel") == "2"
    chromium.key("ArrowLeft")
    assert focused(chromium) == first
    chromium.key("End")
    assert focused(chromium) != first
    chromium.key("Home")
    chromium.key("Enter")
    assert chromium.js("document.querySelectorAll('.part').length") == 0 and chromium.js("path.textContent").startswith("all")
    assert chromium.js("document.activeElement.className") == "leaf"
    chromium.key("Escape")
    assert focused(chromium) == first
    assert not chromium.troubles()


def luminance(colour):
    channels = [int(v) / 255 for v in re.findall(r"\d+", colour)[:3]]
    r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


# The text's colour and what lies under it: the grounds of all ancestors, blended.
GROUNDS = """(() => {
  const parse = (c) => { const v = c.match(/[\\d.]+/g).map(Number); return v.length === 3 ? [...v, 1] : v; };
  const under = (e) => {
    const stack = [];
    for (; e; e = e.parentElement) stack.push(parse(getComputedStyle(e).backgroundColor));
    return stack.reverse().reduce((base, top) => base.map((b, i) => Math.round(top[i] * top[3] + b * (1 - top[3]))), [255, 255, 255]);
  };
  const texts = [...document.querySelectorAll('h1, h2, p, dt, dd, small, label > span, .choice > span, th, td, button, .map span, summary, select')];
  return texts.filter(e => e.textContent.trim() && e.offsetParent !== null)
    .map(e => [e.textContent.slice(0, 30), getComputedStyle(e).color, 'rgb(' + under(e).join(',') + ')']);
})()"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
def test_schemes(made, chromium, dark, phone, tmp_path):
    chromium.open(made / "compared.html", width=390 if phone else 1200, height=844, dark=dark, phone=phone)
    assert chromium.js("document.documentElement.dataset.scheme") == ("dark" if dark else "light")
    ground = chromium.js("getComputedStyle(document.body).backgroundColor")
    assert (luminance(ground) < 0.1) == dark
    for colour in ("change", "name"):
        chromium.js(f"document.querySelector('[name=colour][value={colour}]').click()")
        weak = [t for t in chromium.js(GROUNDS) if contrast(t[1], t[2]) < 4.5]
        assert not weak
    assert chromium.js("document.documentElement.scrollWidth") <= (390 if phone else 1200), "the page scrolls sideways"
    chromium.screenshot(tmp_path / "page.png")
    assert (tmp_path / "page.png").stat().st_size > 20000
    # The switch wins over the system.
    chromium.js(f"scheme.value = '{'light' if dark else 'dark'}'; scheme.dispatchEvent(new Event('change'))")
    assert (luminance(chromium.js("getComputedStyle(document.body).backgroundColor")) < 0.1) != dark
    chromium.js("scheme.value = 'auto'; scheme.dispatchEvent(new Event('change'))")


def test_what_a_screen_reader_gets(made, chromium):
    chromium.open(made / "both.html")
    nodes = chromium.call("Accessibility.getFullAXTree")["nodes"]
    roles = {}
    for n in nodes:
        if not n["ignored"]:
            roles.setdefault(n["role"]["value"], []).append(n.get("name", {}).get("value", ""))
    assert roles["tree"] == ["Map"] and len(roles["treeitem"]) > 10 and all("bytes" in name for name in roles["treeitem"])
    assert {"Bytes by", "Count"} <= set(roles["radiogroup"])
    assert len(roles["radio"]) == len(KEYS) + 2 and all(roles["radio"])
    for role in ("button", "searchbox", "combobox", "columnheader", "rowheader"):
        assert roles[role] and all(roles[role]), (role, roles.get(role))


def test_hostile_names(made, chromium, tmp_path):
    record = json.loads((made / "both/size.json").read_text())
    record["models"][0]["source"] = HOSTILE
    record["profile"] = HOSTILE
    for unit in record["units"]:
        if "gemm_f32__avx2_6x16" in unit["path"]:
            unit["path"] = "src/" + HOSTILE + ".cc"
    (tmp_path / "size.json").write_text(json.dumps(record))
    page_of(tmp_path / "size.json", tmp_path / "page.html")
    chromium.open(tmp_path / "page.html", fragment="#by=unit")
    assert f"src/{HOSTILE}.cc" in [r[0] for r in table(chromium)]
    assert HOSTILE in table(chromium, "models")[0][0] + table(chromium, "models")[1][0]
    assert chromium.js("document.querySelectorAll('script').length") == 3 and chromium.js("document.images.length") == 0
    assert not chromium.troubles() and not chromium.requests()


def test_small_and_self_contained(made, tmp_path):
    text = (made / "compared.html").read_text()
    assert len(text.encode()) < 300_000
    assert not re.search(r"(src|href)\s*=\s*[\"']?(https?:|//)", text)
    assert "Mike Bostock" in text and "default-src 'none'" in text
    assert run(CROPPER, "size", made / "both", "--format", "html").stdout == (made / "both.html").read_text()
    full = tmp_path / "full"
    run(CROPPER, "crop", "--full", "--profile", "linux-x64-avx2", "-o", full)
    assert page_of(full, tmp_path / "full.html").stat().st_size < 300_000
    # All of its units are known now: the forecast of everything is laid out from them.
    told = json.loads(run(CROPPER, "forecast", "--full", "--profile", "linux-x64-avx2", "--format", "json").stdout)
    built = json.loads((full / "size.json").read_text())["library"]["alloc"]
    assert told["compiled_units"] == 0 and abs(told["forecast"]["alloc_bytes"] - built) <= max(1024, built * 2 // 100)


def test_compare_is_for_the_page(made):
    done = run(CROPPER, "size", made / "both", "--compare", made / "net/size.json", expect=2)
    assert "--format html" in done.stderr
