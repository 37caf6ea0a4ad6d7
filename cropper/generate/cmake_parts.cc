// SPDX-License-Identifier: Apache-2.0
// Writing object libraries, the shared library and adze-run.
#include "cropper/generate/cmake_parts.h"

#include <map>

#include "cropper/generate/cmake_text.h"
#include "cropper/generate/names.h"
#include "cropper/generate/prefix.h"

namespace adze::generate {
namespace {

// Compile options are one argument: a CMake list.
std::string OptionList(const std::vector<std::string>& flags) {
  std::string joined;
  for (const std::string& f : flags) joined += (joined.empty() ? "" : ";") + f;
  return "\"" + joined + "\"";
}

// Files are quoted; variables and generator expressions stay what they are.
std::string Linked(const std::vector<std::string>& linked) {
  std::string out;
  for (const std::string& l : linked) out += "\n  " + (l[0] == '$' ? l : CMakeQuote(l));
  return out;
}

}  // namespace

std::string QuotedList(const std::vector<std::string>& items, const std::string& indent) {
  std::string out;
  for (const std::string& item : items) out += indent + CMakeQuote(item);
  return out;
}

void ObjectLibraryText(const ObjectLibrary& library, std::ostream& s) {
  std::map<std::vector<std::string>, std::vector<std::string>> by_flags;
  s << "# One object per unit, each with the flags that it was planned and measured with.\nadd_library(" << library.target << " OBJECT";
  for (const auto& [source, flags] : library.sources) {
    s << "\n  " << CMakeQuote(source);
    by_flags[flags].push_back(source);
  }
  s << ")\n";
  for (const auto& [options, sources] : by_flags) {
    s << "set_source_files_properties(" << QuotedList(sources, "\n  ") << "\n  PROPERTIES COMPILE_OPTIONS\n  " << OptionList(options)
      << ")\n";
  }
  const std::string& root = library.root;
  s << "target_include_directories(" << library.target << " PUBLIC " << root << "src " << root << "src/generated " << root
    << library.public_headers << ")\n";
  if (library.flatbuffers) {
    s << "target_include_directories(" << library.target << " SYSTEM PUBLIC " << root << "third_party/flatbuffers/include)\n";
  }
  s << "# The bytes of an object do not tell where it was built.\n"
       "if(NOT CMAKE_CURRENT_SOURCE_DIR MATCHES \"[=;]\")\n"
       "  target_compile_options("
    << library.target << " PRIVATE \"-ffile-prefix-map=${CMAKE_CURRENT_SOURCE_DIR}=.\")\nendif()\n\n";
}

std::string Threads(const plan::Plan& plan) { return plan.profile.threads ? " Threads::Threads" : ""; }

void SharedText(const plan::Plan& plan, const UnitFlags& flags, const std::string& target, const std::vector<std::string>& linked,
                const std::vector<std::string>& api, std::ostream& s) {
  std::vector<std::string> link = flags.link;
  link.push_back("-Wl,-z,max-page-size=" + std::to_string(plan.profile.page_size));
  link.push_back("-s");
  s << "# The library that ships: linked by the C driver, without the C++ library, stripped.\n"
       "set(CMAKE_CXX_IMPLICIT_LINK_LIBRARIES \"\")\n"
       "add_library("
    << target << " SHARED" << Linked(linked) << ")\nset_target_properties(" << target
    << " PROPERTIES LINKER_LANGUAGE C)\ntarget_link_libraries(" << target << " PRIVATE m" << Threads(plan) << ")\ntarget_link_options("
    << target << " PRIVATE" << QuotedList(link, "\n  ") << ")\n";
  if (plan.profile.prefix.empty()) return;
  s << "# The functions under this crop's names, and nothing else, are what other libraries see.\ntarget_link_options(" << target
    << " PRIVATE";
  for (const std::string& name : api) s << "\n  " << CMakeQuote("-Wl,--defsym=" + PrefixedName(name, plan.profile.prefix) + "=" + name);
  s << "\n  \"-Wl,--version-script=${CMAKE_CURRENT_SOURCE_DIR}/" << kExportsFile << "\")\nset_target_properties(" << target
    << " PROPERTIES LINK_DEPENDS \"${CMAKE_CURRENT_SOURCE_DIR}/" << kExportsFile << "\")\n";
}

void HarnessCompileText(const std::string& target, const std::string& includes, std::ostream& s) {
  s << "set_target_properties(" << target << " PROPERTIES CXX_STANDARD 17 CXX_STANDARD_REQUIRED ON)\ntarget_include_directories(" << target
    << " PRIVATE " << includes << ")\ntarget_compile_options(" << target << " PRIVATE -O1)\n";
}

void HarnessText(const plan::Plan& plan, const std::string& target, const std::vector<std::string>& linked, std::ostream& s) {
  s << "\n# Runs a model with the very same objects and prints which kernels ran; not part of what ships.\n"
       "add_executable("
    << target << Linked(linked) << ")\nset_target_properties(" << target << " PROPERTIES LINKER_LANGUAGE CXX)\ntarget_link_libraries("
    << target << " PRIVATE m" << Threads(plan) << ")\n";
}

}  // namespace adze::generate
