// SPDX-License-Identifier: Apache-2.0
// Metrics by name, amounts by unit.
#include "cropper/check/metric.h"

#include <cstdlib>

namespace adze::check {

const char* MetricName(Metric metric) {
  constexpr const char* kNames[] = {"alloc", "file", "compressed", "ram"};
  return kNames[static_cast<int>(metric)];
}

const char* MetricWords(Metric metric) {
  constexpr const char* kWords[] = {"sum of ALLOC sections", "stripped file", "compressed download", "memory of all models"};
  return kWords[static_cast<int>(metric)];
}

std::vector<std::string> MetricNames() {
  std::vector<std::string> names;
  for (const Metric m : kMetrics) names.emplace_back(MetricName(m));
  return names;
}

bool MetricFromName(const std::string& name, Metric* metric) {
  for (const Metric m : kMetrics) {
    if (name != MetricName(m)) continue;
    *metric = m;
    return true;
  }
  return false;
}

uint64_t Value(const size::SizeRecord& record, Metric metric) {
  switch (metric) {
    case Metric::kAlloc: return record.library.alloc;
    case Metric::kFile: return record.library.file;
    case Metric::kCompressed: return record.library.compressed;
    case Metric::kRam: return record.Ram();
  }
  return 0;
}

uint64_t ParseAmount(const std::string& text) {
  struct Unit {
    const char* name;
    uint64_t bytes;
  };
  constexpr Unit kUnits[] = {{"", 1}, {"B", 1}, {"kB", 1000}, {"KiB", 1024}, {"MB", 1000000}, {"MiB", 1048576}};
  const size_t digits = text.find_first_not_of("0123456789");
  const std::string number = text.substr(0, digits), unit = digits == std::string::npos ? "" : text.substr(digits);
  constexpr size_t kMostDigits = 12;
  for (const Unit& u : kUnits) {
    if (unit == u.name && !number.empty() && number.size() <= kMostDigits) return std::stoull(number) * u.bytes;
  }
  throw plan::InputError("'" + text + "' is no amount of bytes; write 65536, 64KiB (of 1024), 64kB (of 1000), 1MiB or 1MB");
}

std::string Bytes(uint64_t bytes) {
  std::string digits = std::to_string(bytes);
  constexpr size_t kGroup = 3;
  for (size_t at = digits.size(); at > kGroup;) {
    at -= kGroup;
    digits.insert(at, ",");
  }
  return digits + " B";
}

std::string SignedBytes(int64_t bytes) {
  if (bytes == 0) return "0 B";
  return (bytes > 0 ? "+" : "-") + Bytes(static_cast<uint64_t>(std::llabs(bytes)));
}

}  // namespace adze::check
