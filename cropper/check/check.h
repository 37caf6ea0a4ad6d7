// SPDX-License-Identifier: Apache-2.0
// The gate: one crop's sizes against a baseline and budgets, with what somebody signed for.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cropper/check/cause.h"
#include "cropper/check/exceptions.h"

namespace adze::check {

// One number that must not be exceeded.
struct Limit {
  Metric metric = Metric::kFile;
  uint64_t bytes = 0;
  bool is_baseline = false;
  std::string origin;  // "baseline main.json", "--budget", "profile linux-x64"
  std::string file;    // that holds it; empty for the command line
};

enum class Status : uint8_t {
  kOk,         // within the limit
  kSigned,     // over it, within what exceptions allow
  kAccepted,   // over the old baseline, which --update replaced
  kOver,       // a regression, or over budget
  kToolchain,  // over the baseline, which another toolchain built: no regression can be told from this
};

// "ok", "signed off", "accepted", "over", "other toolchain".
const char* StatusName(Status status);

struct Line {
  Limit limit;
  uint64_t measured = 0;
  uint64_t signed_off = 0;  // sum of the exceptions that count
  Status status = Status::kOk;
  std::vector<Exception> exceptions;  // that count
  int64_t Over() const { return static_cast<int64_t>(measured) - static_cast<int64_t>(limit.bytes); }
  bool Fails() const { return status == Status::kOver || status == Status::kToolchain; }
};

struct MetricCauses {
  Metric metric = Metric::kFile;
  bool compared = false;  // with the baseline; else the largest of the crop
  std::vector<Cause> causes;
};

struct Verdict {
  std::string subject, baseline;  // paths as given
  std::string profile, arch, crop_id;
  std::vector<std::string> toolchain;  // what differs from the baseline's; empty: nothing
  std::vector<Line> lines;
  std::vector<MetricCauses> causes;        // of each metric that changed or is over a limit
  std::vector<Exception> expired, unused;  // of this profile and these metrics
  std::string exceptions_file;
  std::string updated;  // what --update did; empty: it was not asked for
  bool Ok() const;
};

struct Request {
  std::string subject;
  size::SizeRecord record;
  std::string baseline_path;
  std::optional<size::SizeRecord> baseline;
  std::vector<Metric> metrics;  // compared with the baseline
  std::vector<Limit> budgets;
  std::vector<Exception> exceptions;
  std::string exceptions_file, today;
  bool update = false;  // growth against the baseline is accepted
};

// What the profile's own user allows.
std::vector<Limit> ProfileBudgets(const plan::Profile& profile);

// Throws plan::InputError where the baseline is of another architecture or profile.
Verdict Check(const Request& request);

std::string VerdictText(const Verdict& verdict);
std::string VerdictMarkdown(const Verdict& verdict);
nlohmann::json VerdictJson(const Verdict& verdict);
// One test case for each limit.
std::string VerdictJUnit(const Verdict& verdict);
// Workflow commands: ::error file=...::text.
std::string VerdictAnnotations(const Verdict& verdict);

}  // namespace adze::check
