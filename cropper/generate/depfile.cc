// SPDX-License-Identifier: Apache-2.0
// Dependencies of a crop. New files of the SDK need no place here: they reach a crop only through the index and the program's catalog.
#include "cropper/generate/depfile.h"

#include <filesystem>
#include <set>

namespace adze::generate {
namespace {

namespace fs = std::filesystem;

// As make reads names.
std::string Escaped(const std::string& path) {
  std::string out;
  for (const char c : path) {
    if (c == ' ' || c == '#' || c == '\\' || c == ':') out += '\\';
    if (c == '$') out += '$';
    out += c;
  }
  return out;
}

void AddFolder(const fs::path& folder, std::set<std::string>* files) {
  for (const fs::directory_entry& e : fs::directory_iterator(folder)) {
    if (e.is_regular_file()) files->insert(e.path().string());
  }
}

}  // namespace

std::vector<std::string> InputsOf(const Sdk& sdk, const plan::Plan& plan) {
  std::set<std::string> files;
  for (const plan::PlannedUnit& unit : plan.units) files.insert(sdk.root + "/" + unit.path);
  for (const std::string& header : plan.headers) {
    const std::string in_root = sdk.root + "/" + header;
    files.insert(fs::exists(in_root) ? in_root : sdk.generated + "/" + header);
  }
  AddFolder(sdk.root + "/runtime/include/adze", &files);
  AddFolder(sdk.root + "/runtime/tools", &files);
  files.insert(sdk.root + "/cmake/unit_flags.json");
  files.insert(sdk.root + "/cmake/isolate.cmake");
  files.insert(sdk.root + "/cropper/index/data/" + plan.profile.arch + ".json");
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) files.insert(program.string());
  return {files.begin(), files.end()};
}

std::string DepfileText(const std::string& target, const std::vector<std::string>& inputs) {
  std::set<std::string> absolute;
  for (const std::string& path : inputs) absolute.insert(fs::absolute(path).lexically_normal().string());
  std::string text = Escaped(fs::absolute(target).lexically_normal().string()) + ":";
  for (const std::string& path : absolute) text += " \\\n  " + Escaped(path);
  return text + "\n";
}

}  // namespace adze::generate
