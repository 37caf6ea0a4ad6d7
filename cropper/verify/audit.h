// SPDX-License-Identifier: Apache-2.0
// Link hygiene: bytes and risks that a library of Adze need not ship, each with the fix. Reads linked ELF files of any architecture.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cropper/generate/sdk.h"
#include "cropper/size/elf_file.h"

namespace adze::verify {

struct Finding {
  std::string kind;     // "export", "unstripped", "unneeded section", "needed library", "page padding", ...
  std::string library;  // path as it was given
  std::string what;
  std::string fix;
  std::optional<uint64_t> bytes;  // that the fix saves; none: they cannot be told from this file
  bool note = false;              // the profile's own choice: said, but no defect
};

struct AuditedLibrary {
  std::string path, arch, crop_id;
  uint64_t alloc_bytes = 0;
  uint64_t file_bytes = 0;
};

struct Audit {
  std::vector<AuditedLibrary> libraries;
  std::vector<Finding> findings;  // library by library as given, then what they hold twice; largest first
  size_t Defects() const;         // findings that are no notes
};

// What a library of Adze may need: libc, libm and the loader.
bool AllowedLibrary(const std::string& needed);

// The C API of an architecture: what the index says its units export. An architecture without an index: of all that have one.
std::set<std::string> ApiSymbols(const generate::Sdk& sdk, const std::string& arch);

// Of one library; `page_size` is the one it was meant to have.
std::vector<Finding> AuditLibrary(const size::ElfFile& elf, const std::set<std::string>& api, uint64_t page_size);

// `sources`: libraries and folders of crops; several are looked at as parts of one app. Throws plan::InputError.
Audit AuditAll(const generate::Sdk& sdk, const std::vector<std::string>& sources);

std::string AuditText(const Audit& audit);
std::string AuditMarkdown(const Audit& audit);
nlohmann::json AuditJson(const Audit& audit);

}  // namespace adze::verify
