// SPDX-License-Identifier: Apache-2.0
// A verdict for people: text, and Markdown for a pull request; and as JSON.
#include <algorithm>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cropper/check/check.h"
#include "cropper/check/words.h"

namespace adze::check {
namespace {

using nlohmann::json;

constexpr size_t kShownCauses = 20, kShownAskers = 4;

std::string CausesHead(const MetricCauses& m) {
  std::string head = std::string(MetricName(m.metric)) + ": ";
  if (!m.compared) return head + "the largest parts";
  int64_t sum = 0;
  for (const Cause& c : m.causes) sum += c.Change();
  head += SignedBytes(sum);
  return head + (m.metric == Metric::kCompressed ? " in the file before compression" : "") + " against the baseline";
}

// "came", "left"; of what was there before, with another size, nothing need be said.
std::string MoveText(const MetricCauses& m, const Cause& c) { return m.compared && c.move != Move::kChanged ? MoveName(c.move) : ""; }

std::string Amount(const MetricCauses& m, const Cause& c) { return m.compared ? SignedBytes(c.Change()) : Bytes(c.after); }

std::string AskedText(const AskedBy& a, const Cause& c) {
  std::string text = AskerText(a.asker);
  if (a.row != c.name) text += ", row " + a.row;
  return text;
}

std::string UnitsText(const Cause& c) {
  std::string text;
  constexpr size_t kShown = 3;
  for (size_t i = 0; i < std::min(kShown, c.units.size()); ++i) text += (i > 0 ? ", " : "") + c.units[i];
  if (c.units.size() > kShown) text += " and " + std::to_string(c.units.size() - kShown) + " more";
  return text;
}

// Why a cause without nodes is there.
std::string PlainReason(const Cause& c) {
  if (c.name == "(runtime)") return "the runtime's own code changed, or a feature of the profile";
  if (c.name[0] == '(') return "the linker's and the format's own: follows from the rest";
  return "";
}

void TextOfCauses(const MetricCauses& m, std::ostream& s) {
  s << CausesHead(m) << "\n";
  for (size_t i = 0; i < std::min(kShownCauses, m.causes.size()); ++i) {
    const Cause& c = m.causes[i];
    const std::string move = MoveText(m, c);
    constexpr int kWidth = 12;
    s << std::setw(kWidth) << Amount(m, c) << "  " << c.name << (move.empty() ? "" : " " + move) << "\n";
    const std::string indent(kWidth + 4, ' ');
    for (size_t k = 0; k < std::min(kShownAskers, c.asked_by.size()); ++k) {
      s << indent << (c.asked_by[k].is_new && m.compared && c.move != Move::kLeft ? "now asked for by " : "asked for by ")
        << AskedText(c.asked_by[k], c) << "\n";
    }
    if (c.asked_by.size() > kShownAskers) s << indent << "and " << c.asked_by.size() - kShownAskers << " more\n";
    if (!c.units.empty()) s << indent << UnitsText(c) << "\n";
    if (c.asked_by.empty() && !PlainReason(c).empty()) s << indent << PlainReason(c) << "\n";
  }
  if (m.causes.size() > kShownCauses) s << "  and " << m.causes.size() - kShownCauses << " more; --format json has all\n";
}

// Inside a code span nothing but a backtick has a meaning, and in a table the bar.
std::string Code(const std::string& text) {
  std::string out = "`";
  for (const char c : text)
    out += c == '`' ? std::string("'") : c == '|' ? std::string("\\|") : c == '\n' || c == '\r' ? std::string(" ") : std::string(1, c);
  return out + "`";
}

// Plain words in Markdown.
std::string Plain(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      out += ' ';
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      if (std::string("\\`*_[]|#~>@").find(c) != std::string::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

void MarkdownOfCauses(const MetricCauses& m, std::ostream& s) {
  s << "\n<details open><summary>" << Plain(CausesHead(m)) << "</summary>\n\n| bytes | | row | asked for by |\n|---:|---|---|---|\n";
  for (size_t i = 0; i < std::min(kShownCauses, m.causes.size()); ++i) {
    const Cause& c = m.causes[i];
    std::string who;
    for (size_t k = 0; k < std::min(kShownAskers, c.asked_by.size()); ++k) who += (k > 0 ? "<br>" : "") + Code(AskedText(c.asked_by[k], c));
    if (c.asked_by.size() > kShownAskers) who += "<br>and " + std::to_string(c.asked_by.size() - kShownAskers) + " more";
    if (c.asked_by.empty()) who = PlainReason(c);
    s << "| " << Amount(m, c) << " | " << MoveText(m, c) << " | " << Code(c.name) << " | " << who << " |\n";
  }
  if (m.causes.size() > kShownCauses) s << "\nand " << m.causes.size() - kShownCauses << " more\n";
  s << "\n</details>\n";
}

json CauseJson(const Cause& c) {
  json asked = json::array();
  for (const AskedBy& a : c.asked_by) {
    asked.push_back({{"row", a.row},
                     {"model", a.asker.model},
                     {"node", a.asker.node},
                     {"node_name", a.asker.node_name},
                     {"op", a.asker.op},
                     {"nodes", a.asker.nodes},
                     {"levels", a.asker.levels},
                     {"new", a.is_new}});
  }
  return {{"name", c.name},       {"move", MoveName(c.move)}, {"before", c.before}, {"after", c.after},
          {"change", c.Change()}, {"units", c.units},         {"asked_by", asked}};
}

json ExceptionsJson(const std::vector<Exception>& exceptions) {
  json list = json::array();
  for (const Exception& e : exceptions) {
    list.push_back(
        {{"metric", MetricName(e.metric)}, {"extra_bytes", e.extra_bytes}, {"reason", e.reason}, {"by", e.by}, {"expires", e.expires}});
  }
  return list;
}

}  // namespace

std::string VerdictText(const Verdict& v) {
  std::ostringstream s;
  s << v.subject << " (" << v.profile << ", crop " << v.crop_id << ")\n";
  for (const Line& l : v.lines) s << "  " << LineText(l) << "\n";
  for (const std::string& note : Notes(v)) s << note << "\n";
  for (const MetricCauses& m : v.causes) TextOfCauses(m, s);
  s << Conclusion(v) << "\n";
  return s.str();
}

std::string VerdictMarkdown(const Verdict& v) {
  std::ostringstream s;
  s << "### " << (v.Ok() ? "Size: ok" : "Size: check failed") << "\n\n"
    << Code(v.subject) << ", profile " << Code(v.profile) << "\n\n"
    << "| metric | now | limit | change | |\n|---|---:|---:|---:|---|\n";
  for (const Line& l : v.lines) {
    s << "| " << MetricWords(l.limit.metric) << " | " << Bytes(l.measured) << " | " << Bytes(l.limit.bytes) << " (" << Plain(l.limit.origin)
      << ") | " << SignedBytes(l.Over()) << " | " << (l.Fails() ? "**" : "") << StatusName(l.status) << (l.Fails() ? "**" : "") << " |\n";
  }
  for (const std::string& note : Notes(v)) s << "\n- " << Plain(note);
  s << "\n";
  for (const MetricCauses& m : v.causes) MarkdownOfCauses(m, s);
  s << "\n" << Plain(Conclusion(v)) << "\n";
  return s.str();
}

json VerdictJson(const Verdict& v) {
  json lines = json::array(), causes = json::array();
  for (const Line& l : v.lines) {
    lines.push_back({{"metric", MetricName(l.limit.metric)},
                     {"measured", l.measured},
                     {"limit", l.limit.bytes},
                     {"is_baseline", l.limit.is_baseline},
                     {"origin", l.limit.origin},
                     {"change", l.Over()},
                     {"signed_off", l.signed_off},
                     {"status", StatusName(l.status)},
                     {"exceptions", ExceptionsJson(l.exceptions)}});
  }
  for (const MetricCauses& m : v.causes) {
    json list = json::array();
    for (const Cause& c : m.causes) list.push_back(CauseJson(c));
    causes.push_back({{"metric", MetricName(m.metric)}, {"compared", m.compared}, {"causes", list}});
  }
  return {{"ok", v.Ok()},
          {"subject", v.subject},
          {"baseline", v.baseline},
          {"profile", v.profile},
          {"arch", v.arch},
          {"crop_id", v.crop_id},
          {"toolchain_changes", v.toolchain},
          {"limits", lines},
          {"causes", causes},
          {"expired_exceptions", ExceptionsJson(v.expired)},
          {"unused_exceptions", ExceptionsJson(v.unused)},
          {"update", v.updated}};
}

}  // namespace adze::check
