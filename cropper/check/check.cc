// SPDX-License-Identifier: Apache-2.0
// Judging each limit.
#include "cropper/check/check.h"

#include <algorithm>
#include <set>

namespace adze::check {
namespace {

void RefuseOtherCrops(const Request& r) {
  if (!r.baseline) return;
  if (r.baseline->library.arch != r.record.library.arch) {
    throw plan::InputError(r.baseline_path + " is of a library for " + r.baseline->library.arch + ", " + r.subject + " is for " +
                           r.record.library.arch + "; give the baseline of the same target");
  }
  if (r.baseline->profile != r.record.profile) {
    throw plan::InputError(r.baseline_path + " is of the profile " + r.baseline->profile + ", " + r.subject + " of " + r.record.profile +
                           "; give the baseline of the same profile, or make one with --update");
  }
}

std::vector<Limit> AllLimits(const Request& r) {
  std::vector<Limit> limits;
  if (r.baseline) {
    for (const Metric m : r.metrics) limits.push_back({m, Value(*r.baseline, m), true, "baseline " + r.baseline_path, r.baseline_path});
  }
  limits.insert(limits.end(), r.budgets.begin(), r.budgets.end());
  return limits;
}

}  // namespace

const char* StatusName(Status status) {
  constexpr const char* kNames[] = {"ok", "signed off", "accepted", "over", "other toolchain"};
  return kNames[static_cast<int>(status)];
}

std::vector<Limit> ProfileBudgets(const plan::Profile& profile) {
  std::vector<Limit> limits;
  const auto add = [&](Metric metric, int64_t bytes) {
    if (bytes > 0) limits.push_back({metric, static_cast<uint64_t>(bytes), false, "the budget of profile " + profile.name, ""});
  };
  add(Metric::kAlloc, profile.budget.alloc);
  add(Metric::kFile, profile.budget.file);
  add(Metric::kCompressed, profile.budget.compressed);
  add(Metric::kRam, profile.budget.ram);
  return limits;
}

bool Verdict::Ok() const {
  return std::none_of(lines.begin(), lines.end(), [](const Line& l) { return l.Fails(); });
}

Verdict Check(const Request& r) {
  RefuseOtherCrops(r);
  Verdict v;
  v.subject = r.subject;
  v.baseline = r.baseline_path;
  v.profile = r.record.profile;
  v.arch = r.record.library.arch;
  v.crop_id = r.record.crop_id;
  v.exceptions_file = r.exceptions_file;
  if (r.baseline) v.toolchain = size::Differences(r.baseline->toolchain, r.record.toolchain);

  std::vector<bool> needed(r.exceptions.size());
  std::set<Metric> looked_at, over;
  for (const Limit& limit : AllLimits(r)) {
    Line line;
    line.limit = limit;
    line.measured = Value(r.record, limit.metric);
    looked_at.insert(limit.metric);
    for (size_t i = 0; i < r.exceptions.size(); ++i) {
      const Exception& e = r.exceptions[i];
      const bool applies = e.metric == limit.metric && (e.profile.empty() || e.profile == v.profile) && !Expired(e, r.today);
      if (!applies || line.Over() <= 0) continue;
      needed[i] = true;
      line.signed_off += e.extra_bytes;
      line.exceptions.push_back(e);
    }
    if (line.Over() > 0) {
      over.insert(limit.metric);
      const bool within = line.Over() <= static_cast<int64_t>(line.signed_off);
      const bool other_toolchain = limit.is_baseline && !v.toolchain.empty();
      const bool accepted = limit.is_baseline && r.update;
      line.status = within ? Status::kSigned : accepted ? Status::kAccepted : other_toolchain ? Status::kToolchain : Status::kOver;
    }
    v.lines.push_back(line);
  }
  for (size_t i = 0; i < r.exceptions.size(); ++i) {
    const Exception& e = r.exceptions[i];
    if (looked_at.count(e.metric) == 0 || (!e.profile.empty() && e.profile != v.profile)) continue;
    if (Expired(e, r.today)) {
      v.expired.push_back(e);
    } else if (!needed[i]) {
      v.unused.push_back(e);
    }
  }
  for (const Metric m : looked_at) {
    constexpr size_t kLargest = 10;
    if (r.baseline) {
      const std::vector<Cause> causes = Causes(*r.baseline, r.record, m);
      if (!causes.empty()) v.causes.push_back({m, true, causes});
    } else if (over.count(m) != 0) {
      v.causes.push_back({m, false, Largest(r.record, m, kLargest)});
    }
  }
  return v;
}

}  // namespace adze::check
