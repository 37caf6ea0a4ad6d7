// SPDX-License-Identifier: Apache-2.0
// What a verdict says in words.
#include "cropper/check/words.h"

#include <algorithm>

namespace adze::check {
namespace {

std::string ExceptionText(const Exception& e) {
  return Bytes(e.extra_bytes) + " of " + MetricName(e.metric) + " by " + e.by + " until " + e.expires + ": " + e.reason;
}

}  // namespace

std::string LineText(const Line& l) {
  std::string text = std::string(MetricName(l.limit.metric)) + ": " + Bytes(l.measured) + ", ";
  const std::string limit = l.limit.origin + " (" + Bytes(l.limit.bytes) + ")";
  if (l.Over() <= 0)
    return text + (l.limit.is_baseline ? SignedBytes(l.Over()) + " against " : Bytes(static_cast<uint64_t>(-l.Over())) + " left of ") +
           limit;
  text += "over " + limit + " by " + Bytes(static_cast<uint64_t>(l.Over()));
  if (l.status == Status::kSigned) text += ", signed off";
  if (l.status == Status::kAccepted) text += ", accepted";
  if (l.Fails() && l.signed_off > 0) text += ", of which only " + Bytes(l.signed_off) + " are signed off";
  if (l.status == Status::kToolchain) text += "; the toolchain changed, so this is no proof of a regression";
  return text;
}

std::vector<std::string> Notes(const Verdict& v) {
  std::vector<std::string> notes;
  for (const std::string& t : v.toolchain) notes.push_back("toolchain changed: " + t);
  std::vector<std::string> counted;
  for (const Line& l : v.lines) {
    for (const Exception& e : l.exceptions) {
      const std::string text = "signed off: " + ExceptionText(e);
      if (std::find(counted.begin(), counted.end(), text) == counted.end()) counted.push_back(text);
    }
  }
  notes.insert(notes.end(), counted.begin(), counted.end());
  for (const Exception& e : v.expired) notes.push_back("expired, does not count: " + ExceptionText(e));
  for (const Exception& e : v.unused) notes.push_back("not needed any more: " + ExceptionText(e));
  if (!v.updated.empty()) notes.push_back(v.updated);
  return notes;
}

std::string Conclusion(const Verdict& v) {
  if (v.Ok()) return "ok";
  bool regression = false, toolchain = false, baseline = false;
  for (const Line& l : v.lines) {
    regression = regression || l.status == Status::kOver;
    baseline = baseline || (l.status == Status::kOver && l.limit.is_baseline);
    toolchain = toolchain || l.status == Status::kToolchain;
  }
  std::string text;
  if (toolchain) {
    text =
        "The baseline was built with another toolchain. To tell its part from the crop's, crop the baseline's models with this toolchain "
        "and "
        "compare with that size.json; or accept the new sizes with --update.";
  }
  if (regression) {
    if (!text.empty()) text += " ";
    text += "Too large: take out what the causes name, or sign it off in a file for --exceptions";
    text += baseline ? ", or accept it with --update." : ", or raise the budget.";
  }
  return text;
}

std::vector<std::string> ShortCauses(const Verdict& v, const Line& line, size_t n) {
  std::vector<std::string> texts;
  for (const MetricCauses& m : v.causes) {
    if (m.metric != line.limit.metric) continue;
    for (const Cause& c : m.causes) {
      if (texts.size() == n || (m.compared && c.Change() <= 0)) break;
      std::string text = (m.compared ? SignedBytes(c.Change()) : Bytes(c.after)) + " " + c.name;
      if (!c.asked_by.empty()) text += ", asked for by " + AskerText(c.asked_by[0].asker);
      texts.push_back(text);
    }
  }
  return texts;
}

}  // namespace adze::check
