// SPDX-License-Identifier: Apache-2.0
// Reading what files say of their licence.
#include "cropper/generate/licences.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <sstream>
#include <stdexcept>

namespace adze::generate {
namespace {

constexpr char kThirdParty[] = "third_party/";
constexpr char kFlatBuffers[] = "third_party/flatbuffers/";

bool StartsWith(const std::string& s, const std::string& prefix) { return s.compare(0, prefix.size(), prefix) == 0; }

// The line without comment marks and blanks around it.
std::string Bare(const std::string& line) {
  const size_t begin = line.find_first_not_of(" \t*/#");
  if (begin == std::string::npos) return "";
  return line.substr(begin, line.find_last_not_of(" \t\r*/") - begin + 1);
}

// The value of `#define <name> <number>`; throws where a version's part is missing.
std::string Defined(const std::string& text, const std::string& name) {
  const std::string start = "#define " + name + " ";
  const size_t at = text.find(start);
  if (at == std::string::npos) throw std::runtime_error("FlatBuffers' base.h does not define " + name + ": its version cannot be told");
  const size_t begin = at + start.size();
  return text.substr(begin, text.find_first_not_of("0123456789", begin) - begin);
}

}  // namespace

std::vector<std::string> CopyrightLines(const std::string& text) {
  std::vector<std::string> found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::string bare = Bare(line);
    const bool states = StartsWith(bare, "Copyright ") && bare.find_first_of("0123456789") != std::string::npos;
    if (states) found.push_back(bare);
  }
  return found;
}

std::string StatedLicence(const std::string& text) {
  constexpr size_t kHead = 1500;  // a licence stands at the head of a file
  const std::string head = text.substr(0, kHead);
  constexpr char kSpdx[] = "SPDX-License-Identifier: ";
  const size_t spdx = head.find(kSpdx);
  if (spdx != std::string::npos) {
    const size_t begin = spdx + sizeof kSpdx - 1;
    return Bare(head.substr(begin, head.find('\n', begin) - begin));
  }
  return head.find("Licensed under the Apache License, Version 2.0") != std::string::npos ? "Apache-2.0" : "";
}

bool IsLicenceExpression(const std::string& licence) {
  std::istringstream words(licence);
  std::string word;
  bool name_next = true;
  int open = 0;
  while (words >> word) {
    for (; name_next && word[0] == '('; word.erase(0, 1)) ++open;
    for (; !word.empty() && word.back() == ')'; word.pop_back()) --open;
    if (open < 0 || word.empty()) return false;
    const bool joins = word == "AND" || word == "OR" || word == "WITH";
    if (joins == name_next) return false;
    const bool plain = std::all_of(word.begin(), word.end(), [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == '+';
    });
    if (!plain) return false;
    name_next = joins;
  }
  return !name_next && open == 0;
}

std::vector<ThirdParty> FindThirdParty(const std::map<std::string, std::string>& files) {
  ThirdParty flatbuffers;
  std::set<std::string> copyrights;
  for (auto file = files.lower_bound(kThirdParty); file != files.end() && StartsWith(file->first, kThirdParty); ++file) {
    const auto& [path, text] = *file;
    if (!StartsWith(path, kFlatBuffers)) throw std::runtime_error(path + ": no licence is known for this third-party file");
    flatbuffers.name = "FlatBuffers";
    if (path == std::string(kFlatBuffers) + "LICENSE") continue;  // its own text names no holder
    const std::string licence = StatedLicence(text);
    if (!licence.empty() && licence != "Apache-2.0") throw std::runtime_error(path + " states the licence " + licence + ", not Apache-2.0");
    for (const std::string& line : CopyrightLines(text)) copyrights.insert(line);
    if (path.find("/base.h") != std::string::npos) {
      flatbuffers.version = Defined(text, "FLATBUFFERS_VERSION_MAJOR") + "." + Defined(text, "FLATBUFFERS_VERSION_MINOR") + "." +
                            Defined(text, "FLATBUFFERS_VERSION_REVISION");
    }
  }
  if (flatbuffers.name.empty()) return {};
  flatbuffers.licence = "Apache-2.0";
  flatbuffers.folder = kFlatBuffers;
  flatbuffers.copyrights.assign(copyrights.begin(), copyrights.end());
  return {flatbuffers};
}

std::string NoticeText(const std::string& crop_name, const std::vector<ThirdParty>& third_party, const std::vector<ModelLicence>& models) {
  std::ostringstream s;
  s << "Adze runtime, cropped as " << crop_name << "\nLicence: Apache-2.0; its text is in LICENSE.\n";
  for (const ThirdParty& t : third_party) {
    s << "\n" << t.name << " " << t.version << ", headers in " << t.folder << "include/, copied unmodified\n";
    for (const std::string& line : t.copyrights) s << "  " << line << "\n";
    s << "  Licence: " << t.licence << "; its text is in " << t.folder << "LICENSE.\n";
  }
  if (!models.empty()) s << "\nModels, converted for this runtime; each stands under the licence of its source\n";
  for (const ModelLicence& m : models)
    s << "  " << m.file << ", from " << m.source << ": " << (m.licence.empty() ? "licence not stated" : m.licence) << "\n";
  return s.str();
}

}  // namespace adze::generate
