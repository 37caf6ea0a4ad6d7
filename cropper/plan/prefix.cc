// SPDX-License-Identifier: Apache-2.0
// Which names a crop may have.
#include "cropper/plan/prefix.h"

#include <algorithm>
#include <set>

namespace adze::plan {
namespace {

constexpr size_t kMinPrefix = 3, kMaxPrefix = 40;

// Words that no namespace may be called, of three letters and more, and names that belong to the language and to CMake.
bool Reserved(const std::string& word) {
  static const std::set<std::string> words = {"adze",
                                              "alignas",
                                              "alignof",
                                              "all",
                                              "and",
                                              "and_eq",
                                              "asm",
                                              "auto",
                                              "bitand",
                                              "bitor",
                                              "bool",
                                              "break",
                                              "case",
                                              "catch",
                                              "char",
                                              "char16_t",
                                              "char32_t",
                                              "char8_t",
                                              "class",
                                              "clean",
                                              "co_await",
                                              "co_return",
                                              "co_yield",
                                              "compl",
                                              "concept",
                                              "const",
                                              "const_cast",
                                              "consteval",
                                              "constexpr",
                                              "constinit",
                                              "continue",
                                              "decltype",
                                              "default",
                                              "delete",
                                              "double",
                                              "dynamic_cast",
                                              "else",
                                              "enum",
                                              "explicit",
                                              "export",
                                              "extern",
                                              "false",
                                              "float",
                                              "for",
                                              "friend",
                                              "goto",
                                              "help",
                                              "inline",
                                              "install",
                                              "int",
                                              "linux",
                                              "long",
                                              "mutable",
                                              "namespace",
                                              "new",
                                              "noexcept",
                                              "not",
                                              "not_eq",
                                              "nullptr",
                                              "operator",
                                              "or_eq",
                                              "posix",
                                              "private",
                                              "protected",
                                              "public",
                                              "register",
                                              "reinterpret_cast",
                                              "requires",
                                              "restrict",
                                              "return",
                                              "short",
                                              "signed",
                                              "sizeof",
                                              "static",
                                              "static_assert",
                                              "static_cast",
                                              "std",
                                              "struct",
                                              "switch",
                                              "template",
                                              "test",
                                              "this",
                                              "thread_local",
                                              "throw",
                                              "true",
                                              "try",
                                              "typedef",
                                              "typeid",
                                              "typename",
                                              "typeof",
                                              "union",
                                              "unix",
                                              "unsigned",
                                              "using",
                                              "virtual",
                                              "void",
                                              "volatile",
                                              "wchar_t",
                                              "while",
                                              "xor",
                                              "xor_eq"};
  return words.count(word) != 0;
}

}  // namespace

std::string PrefixProblem(const std::string& prefix) {
  const bool letters =
      std::all_of(prefix.begin(), prefix.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
  const bool starts = !prefix.empty() && prefix[0] >= 'a' && prefix[0] <= 'z';
  if (!letters || !starts || prefix.back() == '_' || prefix.find("__") != std::string::npos) {
    return "'" + prefix + "' is no prefix: give a word of a-z, 0-9 and single _ inside that starts with a letter, such as acme_face";
  }
  if (prefix.size() < kMinPrefix || prefix.size() > kMaxPrefix) {
    return "the prefix '" + prefix + "' has " + std::to_string(prefix.size()) + " characters; give " + std::to_string(kMinPrefix) + " to " +
           std::to_string(kMaxPrefix) + ", such as acme_face";
  }
  if (Reserved(prefix))
    return "'" + prefix + "' is a word of C++, the system or CMake and cannot be a prefix; give another, such as my_" + prefix;
  return "";
}

}  // namespace adze::plan
