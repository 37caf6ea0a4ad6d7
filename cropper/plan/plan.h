// SPDX-License-Identifier: Apache-2.0
// The plan: which atoms (rows, levels, features) and units a crop keeps, and why. Made by the runtime's own selection over the models'
// stored nodes, for every level of the profile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cropper/index/index.h"
#include "cropper/plan/profile.h"

namespace adze::plan {

inline constexpr int kPlanVersion = 1;

enum class AtomKind : uint8_t { kOp, kKernel, kUkernel, kLevel, kFeature };

// "op", "kernel", "ukernel", "level", "feature".
const char* AtomKindName(AtomKind kind);

// A node that asks for an atom.
struct Reason {
  std::string model;  // PlanModel::name
  int32_t node = 0;   // index in the .adze
  std::string node_name;
  std::string op;
  std::string level;  // at which it was selected; empty where the level does not matter (op rows)
};

struct Atom {
  AtomKind kind = AtomKind::kOp;
  std::string id;       // row name, level name, or "<feature>=on|off"
  std::string because;  // for atoms that no node asks for: "listed in the profile", "everything is kept"
  std::vector<Reason> reasons;
};

struct PlannedUnit {
  std::string path;
  std::string isa;  // as in the index
  std::string unit_class;
  std::vector<std::string> atoms;    // atoms whose symbol it defines: "kernel:conv2d_f32__any"; and "runtime" for the C API's own units
  std::vector<std::string> used_by;  // units of the plan that refer to it
};

struct PlanModel {
  std::string name;    // "<stem>.adze", unique in the plan
  std::string source;  // as the user wrote it
};

struct Plan {
  std::string kind;  // "crop", "full" or "empty"
  Profile profile;
  std::vector<Level>
      levels;  // of the build, in order of preference; the profile's, and for "full" all others of the architecture behind them
  std::vector<PlanModel> models;      // ascending by name
  std::vector<Atom> atoms;            // levels in order of preference, then features, ops, kernels, ukernels by id
  std::vector<PlannedUnit> units;     // ascending by path
  std::vector<std::string> headers;   // of all units, relative to the repository root (or to <build>/generated)
  std::vector<std::string> external;  // third-party headers: "flatbuffers/base.h"
  std::vector<std::string> system;    // symbols that the library takes from the C library

  bool Has(AtomKind kind, const std::string& id) const;
};

// A converted model; `bytes` need no alignment.
struct ModelBytes {
  std::string name;
  std::string source;
  const uint8_t* data = nullptr;
  size_t size = 0;
};

// Throws InputError listing every damaged file and every missing row of every node; std::runtime_error if index and catalog disagree. The
// same models in any order give the same plan.
Plan MakePlan(const Profile& profile, const index::Index& index, const std::vector<ModelBytes>& models);
// Everything of the architecture, the reference kernels included.
Plan FullPlan(const Profile& profile, const index::Index& index);
// No model and no feature: the runtime alone, what every crop pays.
Plan EmptyPlan(const Profile& profile, const index::Index& index);

// `plan` with the units, headers and system symbols that its features and atoms need: for plans whose atoms were changed.
Plan WithUnits(Plan plan, const index::Index& index);

// "<stem>.adze" for each source; a number is appended where two would be equal.
std::vector<std::string> ModelNames(const std::vector<std::string>& sources);

// What one stored model needs that `levels` cannot give, in words, one line per node and level; empty: nothing. For `convert` and
// `can-run`.
std::vector<std::string> MissingRows(const ModelBytes& model, const std::vector<Level>& levels);

// Readable, diffable, the same text for the same plan.
std::string PlanToJson(const Plan& plan);
// Throws InputError.
Plan PlanFromJson(const std::string& text, const std::string& source);

}  // namespace adze::plan
