// SPDX-License-Identifier: Apache-2.0
// Quoting and slugs.
#include "cropper/generate/names.h"

#include <cctype>

namespace adze::generate {

std::string CMakeQuote(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == '"' || c == '$' || c == ';') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string UniqueSlug(const std::string& path, std::set<std::string>* taken) {
  constexpr size_t kMaxSlug = 60;
  std::string name = path.substr(path.find_last_of('/') + 1);
  const size_t dot = name.find_last_of('.');
  if (dot != std::string::npos && dot > 0) name.resize(dot);
  std::string slug;
  for (const char c : name) {
    const unsigned char u = static_cast<unsigned char>(c);
    if (u < 128 && (std::isalnum(u) || c == '_' || c == '-')) {
      slug += static_cast<char>(std::tolower(u));
    } else if (!slug.empty() && slug.back() != '_') {
      slug += '_';
    }
  }
  while (!slug.empty() && (slug.back() == '_' || slug.back() == '-')) slug.pop_back();
  while (!slug.empty() && slug.front() == '-') slug.erase(0, 1);  // no file that looks like an option
  if (slug.empty()) slug = "model";
  if (slug.size() > kMaxSlug) slug.resize(kMaxSlug);
  std::string unique = slug;
  for (int n = 2; !taken->insert(unique).second; ++n) unique = slug + "_" + std::to_string(n);
  return unique;
}

bool BuildSafePath(const std::string& path) {
  for (const char c : path) {
    const unsigned char u = static_cast<unsigned char>(c);
    if (!(u < 128 && std::isalnum(u)) && std::string("/._-+ ,~@'").find(c) == std::string::npos) return false;
  }
  return true;
}

}  // namespace adze::generate
