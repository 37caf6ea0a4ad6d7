// SPDX-License-Identifier: Apache-2.0
// Asking compilers what they are.
#include "cropper/size/toolchain.h"

#include <cstdlib>
#include <sstream>
#include <utility>

#include "cropper/generate/process.h"
#include "cropper/generate/sha256.h"

namespace adze::size {
namespace {

constexpr size_t kHashDigits = 12;

std::string Ask(const std::vector<std::string>& argv) {
  generate::ProcessResult r;
  try {
    r = generate::RunProcess(argv);
  } catch (const std::exception& e) {
    throw plan::InputError(e.what());
  }
  if (r.exit_code != 0) {
    throw plan::InputError("'" + generate::ArgvText(argv) + "' failed (exit " + std::to_string(r.exit_code) + "): " + r.output);
  }
  return r.output;
}

// The first line of --version. GCC starts it with the name it was called by, which says nothing.
std::string CompilerOf(const std::string& version) {
  const std::string line = version.substr(0, version.find('\n'));
  const std::string name = line.substr(0, line.find(' '));
  const auto ends = [&](const std::string& end) {
    return name.size() >= end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0;
  };
  return ends("g++") || ends("c++") || ends("gcc") || ends("cc") ? "gcc" + line.substr(name.size()) : line;
}

// What a linker says of itself; compilers add lines of their own.
std::string LinkerOf(const std::string& text) {
  for (const char* name : {"GNU ld", "GNU gold", "LLD ", "mold "}) {
    const size_t at = text.find(name);
    if (at != std::string::npos) return text.substr(at, text.find('\n', at) - at);
  }
  return text.substr(0, text.find('\n'));
}

// Words that choose a linker, among flags of links in words.
std::vector<std::string> LinkerChoice(const std::string& flags) {
  std::istringstream words(flags);
  std::vector<std::string> chosen;
  for (std::string word; words >> word;) {
    if (word.rfind("-fuse-ld=", 0) == 0 || word.rfind("--ld-path=", 0) == 0 || word.rfind("-B/", 0) == 0) chosen.push_back(word);
  }
  return chosen;
}

std::string Hash(const std::string& text) { return generate::Sha256Hex(text).substr(0, kHashDigits); }

// "#define __GLIBC__ 2" and "#define __GLIBC_MINOR__ 36" among all macros.
std::string LibraryOf(const std::string& macros) {
  std::istringstream lines(macros);
  std::string line, major, minor;
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    std::string define, name, value;
    words >> define >> name >> value;
    if (name == "__GLIBC__") major = value;
    if (name == "__GLIBC_MINOR__") minor = value;
  }
  return major.empty() ? "unknown" : "glibc " + major + "." + minor;
}

using Parts = std::vector<std::pair<const char*, std::string>>;

Parts PartsOf(const Toolchain& t) {
  return {{"compiler", t.compiler},   {"target", t.target},         {"linker", t.linker},
          {"C library", t.c_library}, {"unit flags", t.unit_flags}, {"link flags", t.link_flags}};
}

void Append(const char* what, const std::vector<std::string>& flags, std::string* text) {
  *text += std::string(what) + ":";
  for (const std::string& f : flags) *text += " " + f;
  *text += "\n";
}

// CMake adds what these variables hold to its own flags.
std::vector<std::string> FromEnvironment(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && value[0] != '\0' ? std::vector<std::string>{value} : std::vector<std::string>{};
}

}  // namespace

std::string Toolchain::Id() const {
  std::string text;
  for (const auto& [name, value] : PartsOf(*this)) text += std::string(name) + ": " + value + "\n";
  return Hash(text);
}

Toolchain FindToolchain(const generate::BuildTools& tools, const generate::UnitFlags& flags) {
  const plan::Compiler& compiler = tools.compiler;
  Toolchain t;
  t.compiler = CompilerOf(Ask({compiler.cxx, "--version"}));
  const std::string target = Ask({compiler.cxx, "-dumpmachine"});
  t.target = target.substr(0, target.find('\n'));
  std::vector<std::string> link = FromEnvironment("LDFLAGS");
  link.push_back(tools.link_flags);
  std::vector<std::string> ask = {compiler.c, "-Wl,--version"};
  for (const std::string& flags : link) {
    for (const std::string& word : LinkerChoice(flags)) ask.push_back(word);
  }
  t.linker = LinkerOf(Ask(ask));
  t.c_library = LibraryOf(Ask({compiler.c, "-E", "-dM", "-include", "limits.h", "-x", "c", "/dev/null"}));
  std::string text;
  Append("common", flags.common, &text);
  Append("arch", flags.arch_common, &text);
  for (const auto& [name, list] : flags.of_class) Append(name.c_str(), list, &text);
  for (const auto& [name, list] : flags.of_isa) Append(name.c_str(), list, &text);
  Append("environment", FromEnvironment("CXXFLAGS"), &text);
  text += tools.compile_flags;
  t.unit_flags = Hash(text);
  text.clear();
  Append("link", flags.link, &text);
  Append("environment", FromEnvironment("LDFLAGS"), &text);
  text += tools.link_flags;
  t.link_flags = Hash(text);
  return t;
}

std::string LinkerCaveat(const Toolchain& t) {
  constexpr char kKnown[] = "GNU ld", kVersion[] = "2.40";
  if (t.linker.rfind(kKnown, 0) != 0) {
    return "this toolchain links with " + t.linker +
           ", which lays out tables and gaps otherwise than GNU ld, whose rules the forecast follows: " +
           "the units' own bytes are right, their sum with tables and padding is an estimate; build once to know";
  }
  const size_t version = t.linker.rfind(' ') + 1;
  if (t.linker.compare(version, sizeof kVersion - 1, kVersion) == 0) return "";
  return "this toolchain links with " + t.linker + "; forecasts were compared with builds of GNU ld 2.40 only";
}

std::vector<std::string> Differences(const Toolchain& before, const Toolchain& after) {
  std::vector<std::string> lines;
  const Parts a = PartsOf(before), b = PartsOf(after);
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i].second != b[i].second) lines.push_back(std::string(a[i].first) + ": " + a[i].second + " -> " + b[i].second);
  }
  return lines;
}

}  // namespace adze::size
