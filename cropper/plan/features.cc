// SPDX-License-Identifier: Apache-2.0
// The table of features.
#include "cropper/plan/features.h"

namespace adze::plan {

const std::vector<FeatureRow>& Features() {
  static const std::vector<FeatureRow> kFeatures = {
      {"error_text", "readable error texts; without it only status codes", &Profile::error_text, "runtime/session/error_text.cc",
       "runtime/session/no_error_text.cc"},
      {"threads", "a thread pool; without it kernels run on the caller's thread", &Profile::threads, "runtime/threads/thread_pool.cc",
       "runtime/threads/single_thread.cc"},
      {"resize", "adze_resize; on where a model is declared with several shapes, whatever the profile says", &Profile::resize,
       "runtime/session/resize.cc", ""},
  };
  return kFeatures;
}

std::set<std::string> AbsentUnits(const Profile& profile) {
  std::set<std::string> absent;
  for (const FeatureRow& feature : Features()) absent.insert(profile.*feature.setting ? feature.unit_off : feature.unit_on);
  return absent;
}

}  // namespace adze::plan
