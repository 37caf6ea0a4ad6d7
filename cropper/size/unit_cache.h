// SPDX-License-Identifier: Apache-2.0
// What is known of compiled units, per toolchain: filled by every crop that is built, asked by forecasts. A folder of small files.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "cropper/generate/sdk.h"
#include "cropper/plan/plan.h"
#include "cropper/size/object_shape.h"
#include "cropper/size/toolchain.h"

namespace adze::size {

class UnitCache {
 public:
  // `folder`: "" for $XDG_CACHE_HOME/adze, else ~/.cache/adze. Throws plan::InputError if there is no such place.
  UnitCache(const generate::Sdk& sdk, const std::string& arch, const Toolchain& toolchain, const std::string& folder);

  // Nothing, if this very source with these headers and flags was never compiled by this toolchain, or its file is damaged.
  std::optional<ObjectShape> Find(const plan::PlannedUnit& unit, const plan::Plan& plan);
  // Throws plan::InputError if the folder cannot be written.
  void Keep(const plan::PlannedUnit& unit, const plan::Plan& plan, const ObjectShape& shape);
  // Keeps what is not known yet of the units of a built folder.
  void KeepBuild(const plan::Plan& plan, const std::string& out);

  const std::string& folder() const { return folder_; }

 private:
  // Where the unit's file lies: its name is the hash of everything that decides the object.
  std::string PathOf(const plan::PlannedUnit& unit, const plan::Plan& plan);
  const std::string& HashOf(const std::string& path);

  const generate::Sdk& sdk_;
  generate::UnitFlags flags_;
  index::Index index_;
  std::string folder_;
  std::map<std::string, std::string> hashes_;
};

}  // namespace adze::size
