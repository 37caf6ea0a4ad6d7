// SPDX-License-Identifier: Apache-2.0
// What the gate measures, and amounts as people write them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cropper/size/size_record.h"

namespace adze::check {

enum class Metric : uint8_t { kAlloc, kFile, kCompressed, kRam };

inline constexpr Metric kMetrics[] = {Metric::kAlloc, Metric::kFile, Metric::kCompressed, Metric::kRam};

// "alloc", "file", "compressed", "ram".
const char* MetricName(Metric metric);
// "sum of ALLOC sections"...
const char* MetricWords(Metric metric);
std::vector<std::string> MetricNames();
// False for another name.
bool MetricFromName(const std::string& name, Metric* metric);

uint64_t Value(const size::SizeRecord& record, Metric metric);

// "65536", "64KiB", "64kB", "1MiB": a whole number and B, kB (1000), KiB (1024), MB or MiB. Throws plan::InputError.
uint64_t ParseAmount(const std::string& text);

// "+1,204 B", "0 B": a change in words.
std::string SignedBytes(int64_t bytes);
// "1,204 B".
std::string Bytes(uint64_t bytes);

}  // namespace adze::check
