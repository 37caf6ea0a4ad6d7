// SPDX-License-Identifier: Apache-2.0
// The audit of one library: everything that its ELF file tells.
#include "cropper/verify/audit.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "cropper/generate/prefix.h"
#include "cropper/index/index.h"
#include "cropper/plan/prefix.h"

namespace adze::verify {
namespace {

bool StartsWith(const std::string& s, const char* prefix) { return s.rfind(prefix, 0) == 0; }

// Sizes of the tables' entries in the file's class.
uint64_t SymbolEntry(const size::ElfFile& elf) { return elf.is_64_bit ? 24 : 16; }
uint64_t SectionHeader(const size::ElfFile& elf) { return elf.is_64_bit ? 64 : 40; }
uint64_t DynamicEntry(const size::ElfFile& elf) { return elf.is_64_bit ? 16 : 8; }

// "a, b, c and 4 more"
std::string Some(const std::vector<std::string>& names) {
  constexpr size_t kShown = 3;
  std::string text;
  for (size_t i = 0; i < std::min(kShown, names.size()); ++i) text += (i > 0 ? ", " : "") + names[i];
  if (names.size() > kShown) text += " and " + std::to_string(names.size() - kShown) + " more";
  return text;
}

// The C API as this library may show it: under the prefix, if it has one (cropper crop --prefix).
std::set<std::string> ShownApi(const size::ElfFile& elf, const std::set<std::string>& api) {
  constexpr char kCreate[] = "_session_create";
  std::set<std::string> shown = api;
  for (const size::Symbol& s : elf.symbols) {
    const size_t at = s.name.size() - std::min(s.name.size(), sizeof kCreate - 1);
    if (!s.dynamic || !s.defined || s.name.compare(at, std::string::npos, kCreate) != 0) continue;
    const std::string prefix = s.name.substr(0, at);
    if (!plan::PrefixProblem(prefix).empty()) continue;
    for (const std::string& name : api) shown.insert(generate::PrefixedName(name, prefix));
  }
  return shown;
}

class Auditor {
 public:
  Auditor(const size::ElfFile& elf, uint64_t page_size) : elf_(elf), page_size_(page_size) {}

  void Exports(const std::set<std::string>& api) {
    const std::set<std::string> shown = ShownApi(elf_, api);
    const uint64_t version = elf_.Find(".gnu.version") != nullptr ? 2 : 0;
    constexpr uint64_t kHashEntry = 4;
    for (const size::Symbol& s : elf_.symbols) {
      if (!s.dynamic || !s.defined || shown.count(s.name) != 0) continue;
      std::string what = "exports " + s.name + ", which is not of the C API";
      if (s.bytes > 0) what += "; its " + std::to_string(s.bytes) + " bytes stay whether anything calls it or not";
      Add("export", what, "compile with -fvisibility=hidden, or link with -Wl,--exclude-libs,ALL or a version script that lists the API",
          SymbolEntry(elf_) + s.name.size() + 1 + version + kHashEntry);
    }
  }

  void Unstripped() {
    std::map<std::string, std::vector<const size::Section*>> groups;
    for (const size::Section& s : elf_.sections) {
      if (s.alloc) continue;
      if (s.name == ".symtab" || s.name == ".strtab") groups["symbol table"].push_back(&s);
      if (StartsWith(s.name, ".debug_") || StartsWith(s.name, ".zdebug_") || s.name == ".gdb_index")
        groups["debug information"].push_back(&s);
    }
    for (const auto& [group, sections] : groups) {
      std::vector<std::string> names;
      uint64_t bytes = 0;
      for (const size::Section* s : sections) {
        names.push_back(s->name);
        bytes += s->file_bytes + SectionHeader(elf_) + s->name.size() + 1;
      }
      Add("unstripped", "has a " + group + " (" + Some(names) + ")",
          "link with -s, or run strip on it; keep the unstripped file for debugging", bytes);
    }
  }

  // Sections that compilers add unless told otherwise and that nothing in the runtime reads.
  void UnneededSections() {
    struct Unneeded {
      const char* name;
      const char* what;
      const char* fix;
    };
    static const Unneeded kSections[] = {
        {".eh_frame", "unwind tables", "compile with -fno-asynchronous-unwind-tables -fno-unwind-tables -fno-exceptions"},
        {".eh_frame_hdr", "an index of unwind tables", "compile as for .eh_frame, or link with -Wl,--no-eh-frame-hdr"},
        {".gcc_except_table", "tables of exception handlers", "compile with -fno-exceptions"},
        {".note.gnu.build-id", "a build id", "link with -Wl,--build-id=none, or keep it if your crash reports are matched by it"},
        {".note.gnu.property", "a property note", "compile with -fcf-protection=none (x86-64) or -mbranch-protection=none (AArch64)"},
        {".hash", "a second hash table of symbols", "link with -Wl,--hash-style=gnu"},
    };
    for (const Unneeded& u : kSections) {
      const size::Section* s = elf_.Find(u.name);
      if (s == nullptr || !s->alloc || s->bytes == 0) continue;
      Add("unneeded section", std::string("has ") + u.what + " (" + u.name + ")", u.fix,
          s->file_bytes + SectionHeader(elf_) + s->name.size() + 1);
    }
  }

  void NeededLibraries() {
    for (const std::string& needed : elf_.needed) {
      if (AllowedLibrary(needed)) continue;
      std::vector<std::string> symbols;
      for (const size::Symbol& s : elf_.symbols) {
        if (s.needs_from == needed) symbols.push_back(s.name);
      }
      const bool cxx = StartsWith(needed, "libstdc++") || StartsWith(needed, "libc++") || StartsWith(needed, "libgcc_s");
      std::string what = "needs " + needed + (symbols.empty() ? ", of which it uses nothing that has a version" : ", for " + Some(symbols));
      std::string fix =
          cxx ? "link with the C driver (gcc, not g++) and -Wl,--as-needed; what is undefined then names the code that needs it"
              : "link with -Wl,--as-needed; if it stays, leave out the code that uses it";
      Add("needed library", what, fix, DynamicEntry(elf_) + needed.size() + 1);
    }
  }

  void PagePadding() {
    int gaps = 0;
    for (size_t i = 1; i < elf_.segments.size(); ++i) {
      const size::Segment& before = elf_.segments[i - 1];
      const size::Segment& after = elf_.segments[i];
      const uint64_t end = before.offset + before.file_bytes;
      // Smaller gaps are the alignment of the section behind them.
      constexpr uint64_t kAlignment = 64;
      if (after.offset < end + kAlignment) continue;
      const uint64_t gap = after.offset - end;
      std::string what = std::to_string(gap) + " zero bytes in the file before the " +
                         (after.writable     ? "writable"
                          : after.executable ? "executable"
                                             : "read-only") +
                         " segment";
      // One gap that RELRO causes, within the page size asked for, is what was ordered.
      const bool ordered = ++gaps == 1 && after.writable && after.align <= page_size_ && gap < page_size_;
      std::string fix;
      if (ordered) {
        fix =
            "the price of RELRO, which makes the pointer tables read-only, at the profile's page_size; linking with -Wl,-z,norelro saves "
            "them";
      } else if (!after.writable || !before.executable) {
        fix = "link with -Wl,-z,noseparate-code";
      } else {
        fix = "segments are aligned to " + std::to_string(after.align) + ": link with -Wl,-z,max-page-size=" + std::to_string(page_size_);
      }
      Add("page padding", what, fix, gap, ordered);
    }
  }

  void Loading() {
    if (elf_.text_relocations) {
      uint64_t code = 0;
      for (const size::Segment& s : elf_.segments) code += s.executable ? s.bytes : 0;
      Add("text relocations",
          "its code is patched when it is loaded: " + std::to_string(code) + " bytes become private memory of each process",
          "compile with -fPIC and link with -Wl,-z,text, which names the object", code);
    }
    if (elf_.executable_stack) {
      Add("executable stack", "asks for an executable stack for the whole process",
          "link with -Wl,-z,noexecstack; -Wl,--warn-execstack names the object, often one from assembly", 0);
    }
    for (const size::Segment& s : elf_.segments) {
      if (s.writable && s.executable)
        Add("writable code", "has a segment that is writable and executable", "link without -N and -Wl,-z,rwx flags or scripts", s.bytes);
    }
    for (const std::string& path : elf_.run_paths) {
      Add("run path", "has the run path '" + path + "' of the machine that built it",
          "link with CMAKE_SKIP_RPATH=ON, or install it, which drops it", DynamicEntry(elf_) + path.size() + 1);
    }
    const uint64_t pointer = elf_.is_64_bit ? 8 : 4;
    for (const char* name : {".init_array", ".fini_array", ".ctors"}) {
      const size::Section* s = elf_.Find(name);
      if (s != nullptr && s->bytes > 0) {
        Add("code at load", std::string(name) + " runs " + std::to_string(s->bytes / pointer) + " functions at load or unload",
            "link with -nostartfiles, and have no static objects with constructors", s->bytes + SectionHeader(elf_) + s->name.size() + 1);
      }
    }
  }

  std::vector<Finding> Sorted() {
    std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) {
      return a.note != b.note ? b.note : a.bytes.value_or(0) > b.bytes.value_or(0);
    });
    return findings_;
  }

 private:
  void Add(const std::string& kind, const std::string& what, const std::string& fix, uint64_t bytes, bool note = false) {
    findings_.push_back({kind, elf_.path, what, fix, bytes, note});
  }

  const size::ElfFile& elf_;
  const uint64_t page_size_;
  std::vector<Finding> findings_;
};

}  // namespace

bool AllowedLibrary(const std::string& needed) {
  return StartsWith(needed, "libc.so") || StartsWith(needed, "libm.so") || StartsWith(needed, "ld-linux");
}

std::set<std::string> ApiSymbols(const generate::Sdk& sdk, const std::string& arch) {
  namespace fs = std::filesystem;
  std::set<std::string> api;
  const auto add = [&](const std::string& of_arch) {
    const index::Index index = index::LoadIndex(sdk.root, of_arch);
    for (const index::Unit& unit : index.units()) api.insert(unit.exports.begin(), unit.exports.end());
  };
  const auto has_index = [&](const std::string& a) { return fs::exists(sdk.root + "/cropper/index/data/" + a + ".json"); };
  if (has_index(arch)) {
    add(arch);
  } else {
    for (const char* known : {"x86_64", "aarch64"}) add(known);
  }
  return api;
}

std::vector<Finding> AuditLibrary(const size::ElfFile& elf, const std::set<std::string>& api, uint64_t page_size) {
  Auditor auditor(elf, page_size);
  auditor.Exports(api);
  auditor.Unstripped();
  auditor.UnneededSections();
  auditor.NeededLibraries();
  auditor.PagePadding();
  auditor.Loading();
  return auditor.Sorted();
}

}  // namespace adze::verify
