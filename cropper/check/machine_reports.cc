// SPDX-License-Identifier: Apache-2.0
// A verdict for CI systems: JUnit's XML and workflow commands. Names come from models and users: each syntax has its own escapes.
#include <nlohmann/json.hpp>
#include <sstream>

#include "cropper/check/check.h"
#include "cropper/check/words.h"

namespace adze::check {
namespace {

constexpr size_t kShownCauses = 10;

// UTF-8, whatever the bytes were.
std::string ValidUtf8(const std::string& text) {
  return nlohmann::json::parse(nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)).get<std::string>();
}

// XML 1.0 has no way to write most control characters, nor U+FFFE and U+FFFF: they become question marks.
std::string Xml(const std::string& text) {
  std::string out;
  const std::string valid = ValidUtf8(text);
  for (size_t i = 0; i < valid.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(valid[i]);
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\n' || c == '\t' || c == '\r') {
      out += "&#" + std::to_string(c) + ";";
    } else if (c < ' ') {
      out += '?';
    } else if (valid.compare(i, 2, "\xEF\xBF") == 0 && i + 2 < valid.size() && static_cast<unsigned char>(valid[i + 2]) >= 0xBE) {
      out += '?';
      i += 2;
    } else {
      out += valid[i];
    }
  }
  return out;
}

// The text between a workflow command's colons, and a property's value.
std::string CommandText(const std::string& text, bool property) {
  std::string out;
  for (const char c : ValidUtf8(text)) {
    if (c == '%') {
      out += "%25";
    } else if (c == '\r') {
      out += "%0D";
    } else if (c == '\n') {
      out += "%0A";
    } else if (property && c == ':') {
      out += "%3A";
    } else if (property && c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

std::string Command(const char* level, const std::string& file, const std::string& title, const std::string& text) {
  std::string properties = file.empty() ? "" : "file=" + CommandText(file, true) + ",";
  return std::string("::") + level + " " + properties + "title=" + CommandText(title, true) + "::" + CommandText(text, false) + "\n";
}

std::string Details(const Verdict& v, const Line& l) {
  std::string text = LineText(l);
  for (const std::string& cause : ShortCauses(v, l, kShownCauses)) text += "\n" + cause;
  return text + "\n" + Conclusion(v);
}

}  // namespace

std::string VerdictJUnit(const Verdict& v) {
  size_t failures = 0;
  for (const Line& l : v.lines) failures += l.Fails() ? 1 : 0;
  const std::string counts =
      "tests=\"" + std::to_string(v.lines.size()) + "\" failures=\"" + std::to_string(failures) + "\" errors=\"0\" skipped=\"0\"";
  std::ostringstream s;
  s << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"cropper check\" " << counts << ">\n"
    << "  <testsuite name=\"" << Xml(v.subject) << "\" " << counts << " time=\"0\">\n";
  for (const Line& l : v.lines) {
    s << "    <testcase classname=\"size." << Xml(v.profile) << "\" name=\"" << MetricName(l.limit.metric) << ": " << Xml(l.limit.origin)
      << "\" time=\"0\"";
    if (l.Fails()) {
      s << ">\n      <failure type=\"" << StatusName(l.status) << "\" message=\"" << Xml(LineText(l)) << "\">" << Xml(Details(v, l))
        << "</failure>\n    </testcase>\n";
    } else {
      s << "/>\n";
    }
  }
  std::string notes;
  for (const std::string& note : Notes(v)) notes += note + "\n";
  if (!notes.empty()) s << "    <system-out>" << Xml(notes) << "</system-out>\n";
  s << "  </testsuite>\n</testsuites>\n";
  return s.str();
}

std::string VerdictAnnotations(const Verdict& v) {
  std::string out;
  for (const Line& l : v.lines) {
    const std::string title = std::string("Size of ") + v.subject + ": " + MetricWords(l.limit.metric);
    if (l.Fails()) {
      out += Command("error", l.limit.file, title, Details(v, l));
    } else {
      out += Command("notice", l.limit.file, title, LineText(l));
    }
  }
  for (const std::string& t : v.toolchain) out += Command("warning", v.baseline, "Toolchain changed", t);
  for (const Exception& e : v.expired) {
    out += Command("warning", v.exceptions_file, "Exception expired",
                   e.by + " signed for " + Bytes(e.extra_bytes) + " until " + e.expires + ": " + e.reason);
  }
  return out;
}

}  // namespace adze::check
