// SPDX-License-Identifier: Apache-2.0
// Reading exceptions: a file that lets bytes pass must be right in every field.
#include "cropper/check/exceptions.h"

#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>
#include <set>

namespace adze::check {
namespace {

using nlohmann::json;

bool IsDate(const std::string& text) {
  int year = 0, month = 0, day = 0, used = 0;
  constexpr size_t kLength = 10;
  if (text.size() != kLength || std::sscanf(text.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3)
    return false;  // NOLINT(cert-err34-c)
  if (static_cast<size_t>(used) != kLength || text.find_first_not_of("0123456789-") != std::string::npos) return false;
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day >= 1 && day <= kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

class Reader {
 public:
  Reader(std::string source, std::string* problems) : source_(std::move(source)), problems_(problems) {}

  void Problem(const std::string& where, const std::string& what) { *problems_ += source_ + ": " + where + ": " + what + "\n"; }

  Exception Read(const json& entry, const std::string& where) {
    Exception e;
    if (!entry.is_object()) {
      Problem(where, "must be an object");
      return e;
    }
    static const std::set<std::string> kKnown = {"metric", "extra_bytes", "reason", "by", "expires", "profile"};
    for (const auto& [key, value] : entry.items()) {
      if (kKnown.count(key) == 0)
        Problem(where, "unknown key '" + key + "'; known keys: metric, extra_bytes, reason, by, expires, profile");
    }
    const std::string metric = Text(entry, "metric", where);
    if (!metric.empty() && !MetricFromName(metric, &e.metric))
      Problem(where, "'metric' must be alloc, file, compressed or ram, not '" + metric + "'");
    e.reason = Text(entry, "reason", where);
    e.by = Text(entry, "by", where);
    e.expires = Text(entry, "expires", where);
    if (!e.expires.empty() && !IsDate(e.expires)) Problem(where, "'expires' must be a day such as 2027-01-31, not '" + e.expires + "'");
    if (entry.contains("profile")) e.profile = Text(entry, "profile", where);
    constexpr uint64_t kMost = uint64_t{1} << 40;
    if (!entry.contains("extra_bytes") || !entry["extra_bytes"].is_number_unsigned() || entry["extra_bytes"].get<uint64_t>() == 0 ||
        entry["extra_bytes"].get<uint64_t>() > kMost) {
      Problem(where, "'extra_bytes' must be a number of bytes, 1 or more");
    } else {
      e.extra_bytes = entry["extra_bytes"].get<uint64_t>();
    }
    return e;
  }

 private:
  std::string Text(const json& entry, const char* key, const std::string& where) {
    if (entry.contains(key) && entry[key].is_string()) {
      std::string text = entry[key].get<std::string>();
      if (text.find_first_not_of(" \t\n") != std::string::npos) return text;
    }
    Problem(where, std::string("'") + key + "' must be a string that says something");
    return "";
  }

  std::string source_;
  std::string* problems_;
};

}  // namespace

std::vector<Exception> ParseExceptions(const std::string& text, const std::string& source) {
  const json file = json::parse(text, nullptr, false);
  if (file.is_discarded()) throw plan::InputError(source + ": is not JSON; docs/ci.md has an example");
  if (!file.is_object() || !file.contains("version") || file["version"] != 1 || !file.contains("exceptions") ||
      !file["exceptions"].is_array()) {
    throw plan::InputError(source + ": must be an object with \"version\": 1 and a list \"exceptions\"");
  }
  std::string problems;
  Reader reader(source, &problems);
  std::vector<Exception> exceptions;
  for (size_t i = 0; i < file["exceptions"].size(); ++i) {
    exceptions.push_back(reader.Read(file["exceptions"][i], "exceptions[" + std::to_string(i) + "]"));
  }
  if (!problems.empty()) throw plan::InputError(problems.substr(0, problems.size() - 1));
  return exceptions;
}

std::string Today() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", &utc);
  return text;
}

}  // namespace adze::check
