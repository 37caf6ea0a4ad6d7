// SPDX-License-Identifier: Apache-2.0
// Reading the version tables of shared libraries with libelf.
#include "cropper/size/c_library.h"

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <unistd.h>

#include <vector>

#include "cropper/generate/process.h"

namespace adze::size {
namespace {

constexpr uint16_t kHidden = 0x8000;  // of a version index: an older version, which no new link takes

std::string Text(Elf* elf, size_t table, size_t at) {
  const char* s = elf_strptr(elf, table, at);
  return s != nullptr ? s : "";
}

// Index -> name.
std::map<uint16_t, std::string> VersionNames(Elf* elf, Elf_Scn* section, const GElf_Shdr& header) {
  std::map<uint16_t, std::string> names;
  Elf_Data* data = elf_getdata(section, nullptr);
  GElf_Verdef def;
  GElf_Verdaux aux;
  for (int at = 0; data != nullptr && gelf_getverdef(data, at, &def) != nullptr; at += static_cast<int>(def.vd_next)) {
    if (gelf_getverdaux(data, at + static_cast<int>(def.vd_aux), &aux) != nullptr && (def.vd_flags & VER_FLG_BASE) == 0)
      names[def.vd_ndx] = Text(elf, header.sh_link, aux.vda_name);
    if (def.vd_next == 0) break;
  }
  return names;
}

void ReadLibrary(const std::string& path, const std::string& library, Imports* imports) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  Elf* elf = fd >= 0 ? elf_begin(fd, ELF_C_READ, nullptr) : nullptr;
  Elf_Data *symbols = nullptr, *versions = nullptr;
  GElf_Shdr symbols_header = {};
  std::map<uint16_t, std::string> names;
  for (Elf_Scn* s = nullptr; elf != nullptr && (s = elf_nextscn(elf, s)) != nullptr;) {
    GElf_Shdr h;
    if (gelf_getshdr(s, &h) == nullptr) continue;
    if (h.sh_type == SHT_DYNSYM) {
      symbols = elf_getdata(s, nullptr);
      symbols_header = h;
    }
    if (h.sh_type == SHT_GNU_versym) versions = elf_getdata(s, nullptr);
    if (h.sh_type == SHT_GNU_verdef) names = VersionNames(elf, s, h);
  }
  for (int i = 1; symbols != nullptr; ++i) {
    GElf_Sym symbol;
    GElf_Versym version = 0;
    if (gelf_getsym(symbols, i, &symbol) == nullptr) break;
    if (versions != nullptr) gelf_getversym(versions, i, &version);
    if (symbol.st_shndx == SHN_UNDEF || (version & kHidden) != 0) continue;
    imports->insert({Text(elf, symbols_header.sh_link, symbol.st_name), {library, names[version]}});
  }
  if (elf != nullptr) elf_end(elf);
  if (fd >= 0) close(fd);
}

}  // namespace

Imports FindImports(const plan::Compiler& compiler) {
  elf_version(EV_CURRENT);
  Imports imports;
  for (const char* library : {"libm.so.6", "libc.so.6"}) {
    const generate::ProcessResult r = generate::RunProcess({compiler.c, std::string("-print-file-name=") + library});
    if (r.exit_code == 0) ReadLibrary(r.output.substr(0, r.output.find('\n')), library, &imports);
  }
  return imports;
}

}  // namespace adze::size
