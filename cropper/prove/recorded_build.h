// SPDX-License-Identifier: Apache-2.0
// The commands that built a crop, run again with other objects: no CMake, no shell, nothing compiled twice.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace adze::prove {

// The words of a command as a POSIX shell would split them; quotes and backslashes are undone, nothing is expanded.
std::vector<std::string> SplitCommand(const std::string& text);

struct LinkResult {
  bool ok = false;
  std::string message;  // of the linker where it failed: the first undefined symbol, or its last lines
};

enum class Product { kLibrary, kHarness };

class RecordedBuild {
 public:
  // `out` is a crop that Build() has built. Throws std::runtime_error if Ninja does not know how.
  explicit RecordedBuild(const std::string& out);

  // Compiles `source`, a unit that is not in the folder, as the unit `like` ("src/generated/table.cc") was; `includes` are searched behind the
  // crop's own folders. Throws std::runtime_error with the compiler's words.
  void Compile(const std::string& like, const std::string& source, const std::vector<std::string>& includes,
               const std::string& object) const;

  // Links a product from `objects` in place of the crop's own; `more` options come last.
  LinkResult Link(Product product, const std::vector<std::string>& objects, const std::string& output,
                  const std::vector<std::string>& more = {}) const;

 private:
  struct Recorded {
    std::string directory;
    std::vector<std::string> argv;
  };
  const Recorded& Of(const std::string& output) const;

  std::string out_;
  std::map<std::string, Recorded> by_output_;
};

}  // namespace adze::prove
