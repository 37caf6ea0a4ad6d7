// SPDX-License-Identifier: Apache-2.0
// The index: which unit (one source file compiled with the flags that ship) needs which others, per architecture. Made by the indexer from
// the relocations of real objects, committed, and asked before anything is compiled.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace adze::index {

inline constexpr int kIndexVersion = 1;

// One unit. All lists are sorted and free of duplicates.
struct Unit {
  std::string path;                    // of the source, relative to the repository root
  std::string isa;                     // a key of "arch.<arch>.isa" in cmake/unit_flags.json
  std::string unit_class;              // a key of "class" there: core or kernel
  std::vector<std::string> defines;    // strong global symbols, mangled
  std::vector<std::string> exports;    // those of `defines` that a shared library shows: the C API
  std::vector<std::string> uses;       // paths of the units that define what this one refers to; for a symbol that two feature units define
                                       // (cropper/plan/features.h) both of them
  std::vector<std::string> generated;  // referenced symbols that the generated table unit defines, mangled
  std::vector<std::string> system;     // referenced symbols of the C library and the compiler's support library
  std::vector<std::string> headers;    // project headers, direct and indirect, relative to the repository root; generated ones
                                       // ("models/schema/adze_generated.h") relative to <build>/generated
  std::vector<std::string> external;   // third-party headers as they are included: "flatbuffers/base.h"
};

class Index {
 public:
  Index() = default;
  // `units` in any order. Throws std::runtime_error if two units have one path or an edge leads nowhere.
  Index(std::string arch, std::string compiler, std::vector<Unit> units);

  const std::string& arch() const { return arch_; }
  const std::string& compiler() const { return compiler_; }  // "gcc 12": the one whose objects were read
  const std::vector<Unit>& units() const { return units_; }  // ascending by path

  // Null if there is none.
  const Unit* Find(const std::string& path) const;
  // The unit that defines `symbol` and is not in `absent`; null if there is none.
  const Unit* Defining(const std::string& symbol, const std::set<std::string>& absent = {}) const;

  // All units that a link of `roots` (paths) needs, roots included, ascending, each with the units of the closure that refer to it. Units
  // in `absent` (the feature units of the other choice) are stepped over. Throws std::runtime_error for a root that is not in the index.
  std::map<std::string, std::vector<std::string>> Closure(const std::set<std::string>& roots, const std::set<std::string>& absent) const;

  // The file's text: sorted, readable, the same for the same units.
  std::string ToJson() const;
  // `source` names the file in messages. Throws std::runtime_error.
  static Index FromJson(const std::string& text, const std::string& source);

 private:
  std::string arch_, compiler_;
  std::vector<Unit> units_;
  std::map<std::string, std::vector<int>> definers_;
};

// Reads <sdk>/cropper/index/data/<arch>.json. Throws std::runtime_error naming the file and the remedy.
Index LoadIndex(const std::string& sdk, const std::string& arch);

}  // namespace adze::index
