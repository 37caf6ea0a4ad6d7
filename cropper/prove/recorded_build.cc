// SPDX-License-Identifier: Apache-2.0
// Reading Ninja's own list of commands.
#include "cropper/prove/recorded_build.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "cropper/generate/build.h"
#include "cropper/generate/process.h"

namespace adze::prove {
namespace {

namespace fs = std::filesystem;

constexpr char kObjects[] = "CMakeFiles/adze_objects.dir/";

bool EndsWith(const std::string& s, const std::string& tail) {
  return s.size() >= tail.size() && s.compare(s.size() - tail.size(), tail.size(), tail) == 0;
}

// CMake wraps links: ": && cc ... && :". The first command that is not ":".
std::vector<std::string> FirstCommand(const std::vector<std::string>& words) {
  std::vector<std::string> argv;
  for (const std::string& word : words) {
    if (word != "&&") {
      argv.push_back(word);
      continue;
    }
    if (!argv.empty() && argv != std::vector<std::string>{":"}) break;
    argv.clear();
  }
  return argv;
}

// The folder that the commands speak of is not always where it lies now: an odd path is built through a link.
void Replace(const std::string& from, const std::string& to, std::string* word) {
  for (size_t at = 0; (at = word->find(from, at)) != std::string::npos; at += to.size()) word->replace(at, from.size(), to);
}

// What went wrong in one line.
std::string FirstReason(const std::string& text) {
  constexpr char kUndefined[] = "undefined reference to ";
  const size_t at = text.find(kUndefined);
  if (at != std::string::npos)
    return "undefined " + text.substr(at + sizeof kUndefined - 1, text.find('\n', at) - at - sizeof kUndefined + 1);
  constexpr size_t kShown = 300;
  return text.size() > kShown ? text.substr(text.size() - kShown) : text;
}

}  // namespace

std::vector<std::string> SplitCommand(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  bool in_word = false;
  char quote = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool escapes =
        quote == 0 || (quote == '"' && i + 1 < text.size() && std::string("\"\\$`").find(text[i + 1]) != std::string::npos);
    if (c == '\\' && escapes && i + 1 < text.size()) {
      word += text[++i];
      in_word = true;
    } else if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        word += c;
      }
    } else if (c == '"' || c == '\'') {
      quote = c;
      in_word = true;
    } else if (c == ' ' || c == '\t' || c == '\n') {
      if (in_word) words.push_back(word);
      word.clear();
      in_word = false;
    } else {
      word += c;
      in_word = true;
    }
  }
  if (in_word) words.push_back(word);
  return words;
}

RecordedBuild::RecordedBuild(const std::string& out) : out_(fs::absolute(out).lexically_normal().string()) {
  if (out_.size() > 1 && out_.back() == '/') out_.pop_back();
  const generate::ProcessResult r = generate::RunProcess({"ninja", "-C", out_ + "/build", "-t", "compdb"});
  const size_t start = r.output.find('[');
  if (r.exit_code != 0 || start == std::string::npos) throw std::runtime_error("ninja does not know " + out_ + "/build: " + r.output);
  std::string recorded_root;
  const nlohmann::json commands = nlohmann::json::parse(r.output.substr(start), nullptr, false);
  if (!commands.is_array()) throw std::runtime_error("ninja lists no commands for " + out_ + "/build");
  for (const nlohmann::json& c : commands) {
    const auto output = c.value("output", std::string());
    by_output_[output] = {c.value("directory", std::string()), FirstCommand(SplitCommand(c.value("command", std::string())))};
    constexpr char kTail[] = "/src/generated/table.cc";
    const auto file = c.value("file", std::string());
    if (output == std::string(kObjects) + "src/generated/table.cc.o" && EndsWith(file, kTail)) {
      recorded_root = file.substr(0, file.size() - sizeof kTail + 1);
    }
  }
  if (recorded_root.empty())
    throw std::runtime_error(out_ + "/build does not build src/generated/table.cc; remove that folder and try again");
  for (auto& [output, recorded] : by_output_) {
    Replace(recorded_root, out_, &recorded.directory);
    for (std::string& word : recorded.argv) Replace(recorded_root, out_, &word);
  }
}

const RecordedBuild::Recorded& RecordedBuild::Of(const std::string& output) const {
  const auto at = by_output_.find(output);
  if (at == by_output_.end() || at->second.argv.empty()) {
    throw std::runtime_error(out_ + "/build does not build " + output + "; remove that folder and try again");
  }
  return at->second;
}

void RecordedBuild::Compile(const std::string& like, const std::string& source, const std::vector<std::string>& includes,
                            const std::string& object) const {
  const Recorded& recorded = Of(kObjects + like + ".o");
  std::vector<std::string> argv;
  for (size_t i = 0; i < recorded.argv.size(); ++i) {
    const std::string& word = recorded.argv[i];
    if (word == "-MT" || word == "-MF" || word == "-o" || word == "-c") {
      ++i;  // its argument
    } else if (word != "-MD" && word != "-MMD") {
      argv.push_back(word);
    }
  }
  for (const std::string& folder : includes) argv.push_back("-I" + folder);
  argv.insert(argv.end(), {"-o", object, "-c", source});
  const generate::ProcessResult r = generate::RunProcess(argv, {out_ + "/build", {}});
  if (r.exit_code != 0) throw std::runtime_error("compiling " + source + " failed: " + r.output);
}

LinkResult RecordedBuild::Link(Product product, const std::vector<std::string>& objects, const std::string& output,
                               const std::vector<std::string>& more) const {
  const Recorded& recorded = Of(product == Product::kLibrary ? fs::path(generate::LibraryPath(out_)).filename().string() : "adze-run");
  std::vector<std::string> argv;
  bool placed = false;
  for (size_t i = 0; i < recorded.argv.size(); ++i) {
    const std::string& word = recorded.argv[i];
    if (word == "-o") {
      ++i;
    } else if (word.compare(0, sizeof kObjects - 1, kObjects) == 0) {
      if (!placed) argv.insert(argv.end(), objects.begin(), objects.end());
      placed = true;
    } else if (word.compare(0, 9, "-Wl,-Map,") != 0) {
      argv.push_back(word);
    }
  }
  argv.insert(argv.end(), {"-o", output});
  argv.insert(argv.end(), more.begin(), more.end());
  const generate::ProcessResult r = generate::RunProcess(argv, {out_ + "/build", {}});
  return {r.exit_code == 0, r.exit_code == 0 ? "" : FirstReason(r.output)};
}

}  // namespace adze::prove
