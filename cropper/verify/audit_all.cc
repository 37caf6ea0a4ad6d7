// SPDX-License-Identifier: Apache-2.0
// The audit of all libraries of an app, and its report.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "cropper/generate/build.h"
#include "cropper/generate/files.h"
#include "cropper/generate/generate.h"
#include "cropper/size/link_map.h"
#include "cropper/size/report.h"
#include "cropper/verify/audit.h"
#include "cropper/verify/duplicates.h"

namespace adze::verify {
namespace {

namespace fs = std::filesystem;

// Folder of the crop that `source` is or lies in; "" if only the library is known.
std::string FolderOf(const std::string& source) {
  if (fs::is_directory(source)) return source;
  const fs::path folder = fs::absolute(source).lexically_normal().parent_path().parent_path();
  std::error_code error;
  const bool built_there = fs::exists(folder / "crop.json") && fs::equivalent(generate::LibraryPath(folder.string()), source, error);
  return built_there ? folder.string() : "";
}

// What the profiles of this project ask for; with a crop's folder its own profile says.
uint64_t UsualPageSize(const std::string& arch) {
  constexpr uint64_t kX86 = 4096, kOthers = 16384;
  return arch == "x86_64" ? kX86 : kOthers;
}

ShippedCrop ReadShipped(const std::string& source, const std::string& folder) {
  ShippedCrop crop;
  const std::string library = fs::is_directory(source) ? generate::LibraryPath(source) : source;
  if (!folder.empty() && !fs::exists(library)) throw plan::InputError(source + " is not built yet: no " + library + "; run `cropper crop`");
  crop.elf = size::ReadElf(library);
  if (!crop.elf.linked) throw plan::InputError(library + " is an object, not linked yet; audit takes shared libraries and programs");
  crop.manifest = size::ReadManifest(crop.elf);
  if (folder.empty() || !fs::exists(generate::MapPath(folder))) return crop;
  const nlohmann::json sources = generate::ReadCrop(folder).at("units");
  for (const size::Entry& e : size::BytesByUnit(crop.elf, size::ParseLinkMap(generate::ReadFile(generate::MapPath(folder))))) {
    const auto hash = sources.find(e.name);
    if (hash != sources.end()) crop.units[e.name + " " + hash->get<std::string>()] = e.bytes;
  }
  return crop;
}

std::string BytesText(const Finding& f) { return f.bytes ? std::to_string(*f.bytes) : "?"; }

std::string Counted(size_t n, const char* one, const char* many) { return std::to_string(n) + " " + (n == 1 ? one : many); }

std::string Summary(const Audit& audit) {
  return Counted(audit.Defects(), "finding", "findings") + " in " + Counted(audit.libraries.size(), "library", "libraries");
}

// In a table a bar would end the cell.
std::string Cell(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string("\\|") : c == '\n' ? std::string(" ") : std::string(1, c);
  return out;
}

}  // namespace

size_t Audit::Defects() const {
  return static_cast<size_t>(std::count_if(findings.begin(), findings.end(), [](const Finding& f) { return !f.note; }));
}

Audit AuditAll(const generate::Sdk& sdk, const std::vector<std::string>& sources) {
  Audit audit;
  std::vector<ShippedCrop> crops;
  std::set<fs::path> seen;
  for (const std::string& source : sources) {
    const std::string folder = FolderOf(source);
    crops.push_back(ReadShipped(source, folder));
    const ShippedCrop& crop = crops.back();
    if (!seen.insert(fs::weakly_canonical(crop.elf.path)).second)
      throw plan::InputError(source + ": is given twice; give each library once");
    const uint64_t page_size =
        folder.empty() ? UsualPageSize(crop.elf.arch) : static_cast<uint64_t>(generate::ReadPlanOf(folder).profile.page_size);
    audit.libraries.push_back({crop.elf.path, crop.elf.arch, crop.manifest.crop_id, crop.elf.AllocBytes(), crop.elf.file_bytes});
    for (const Finding& f : AuditLibrary(crop.elf, ApiSymbols(sdk, crop.elf.arch), page_size)) audit.findings.push_back(f);
  }
  for (const Finding& f : Duplicates(crops)) audit.findings.push_back(f);
  return audit;
}

std::string AuditText(const Audit& audit) {
  std::ostringstream s;
  for (const AuditedLibrary& l : audit.libraries) {
    s << l.path << " (" << l.arch << ", crop " << l.crop_id << "): " << l.alloc_bytes << " bytes loaded, " << l.file_bytes
      << " in the file\n";
  }
  for (const Finding& f : audit.findings) {
    s << (f.note ? "note: " : "finding: ") << f.library << ": " << f.what << "\n  " << BytesText(f) << " bytes; " << f.fix << "\n";
  }
  s << Summary(audit) << "\n";
  return s.str();
}

std::string AuditMarkdown(const Audit& audit) {
  std::ostringstream s;
  s << "| library | kind | bytes | what | fix |\n|---|---|---:|---|---|\n";
  for (const Finding& f : audit.findings) {
    s << "| " << Cell(f.library) << " | " << f.kind << (f.note ? " (note)" : "") << " | " << BytesText(f) << " | " << Cell(f.what) << " | "
      << Cell(f.fix) << " |\n";
  }
  s << "\n**" << Summary(audit) << "**\n";
  return s.str();
}

nlohmann::json AuditJson(const Audit& audit) {
  nlohmann::json libraries = nlohmann::json::array(), findings = nlohmann::json::array();
  for (const AuditedLibrary& l : audit.libraries) {
    libraries.push_back(
        {{"path", l.path}, {"arch", l.arch}, {"crop_id", l.crop_id}, {"alloc_bytes", l.alloc_bytes}, {"file_bytes", l.file_bytes}});
  }
  for (const Finding& f : audit.findings) {
    nlohmann::json entry = {{"kind", f.kind}, {"library", f.library}, {"what", f.what}, {"fix", f.fix}, {"note", f.note}};
    entry["bytes"] = f.bytes ? nlohmann::json(*f.bytes) : nlohmann::json();
    findings.push_back(entry);
  }
  return {{"libraries", libraries}, {"findings", findings}, {"defects", audit.Defects()}};
}

}  // namespace adze::verify
