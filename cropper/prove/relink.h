// SPDX-License-Identifier: Apache-2.0
// Other plans linked from the objects of a crop.
#pragma once

#include <string>
#include <vector>

#include "cropper/generate/sdk.h"
#include "cropper/plan/plan.h"
#include "cropper/prove/recorded_build.h"

namespace adze::prove {

// A linked pair of products in a scratch folder.
struct Linked {
  std::string folder;
  LinkResult library, harness;  // the harness is linked only where the library was
  std::string library_path() const { return folder + "/libadze.so"; }
  std::string harness_path() const { return folder + "/adze-run"; }
  std::string library_map() const { return folder + "/libadze.map"; }
  std::string harness_map() const { return folder + "/adze-run.map"; }
};

enum class Style {
  kShipped,
  kMapped,  // with maps; the harness holds no function that nobody refers to, and is loaded where it was linked
};

class Relinker {
 public:
  Relinker(const generate::Sdk& sdk, const std::string& out);

  const std::string& out() const { return out_; }  // absolute
  // An empty folder below <out>/.verify/prove.
  std::string Scratch(const std::string& name) const;

  // The crop's own object of a source ("src/..."), as the recorded links name it: the same order and words give the same bytes.
  static std::string ObjectOf(const std::string& source) { return "CMakeFiles/adze_objects.dir/" + source + ".o"; }

  Linked LinkObjects(const std::vector<std::string>& objects, const std::string& folder, Style style = Style::kShipped) const;
  // Units that the crop has are its own objects; the table, and the other unit of a feature, are compiled.
  Linked LinkPlan(const plan::Plan& plan, const std::string& folder, Style style = Style::kShipped) const;

 private:
  const generate::Sdk& sdk_;
  std::string out_;
  RecordedBuild build_;
};

}  // namespace adze::prove
