// SPDX-License-Identifier: Apache-2.0
// Objects through libelf's class-neutral interface, so that one reader serves every architecture.
#include "cropper/indexer/objects.h"

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>
#include <vector>

namespace adze::indexer {
namespace {

// An open object; closes itself.
class ElfFile {
 public:
  explicit ElfFile(const std::string& path) : path_(path) {
    if (elf_version(EV_CURRENT) == EV_NONE) throw std::runtime_error("libelf is older than its header");
    fd_ = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd_ >= 0) elf_ = elf_begin(fd_, ELF_C_READ, nullptr);
    GElf_Ehdr header;
    if (elf_ == nullptr || gelf_getehdr(elf_, &header) == nullptr || header.e_type != ET_REL) {
      Close();
      throw std::runtime_error(path + ": not a relocatable object");
    }
  }
  ~ElfFile() { Close(); }
  ElfFile(const ElfFile&) = delete;
  ElfFile& operator=(const ElfFile&) = delete;

  Elf* get() const { return elf_; }
  [[noreturn]] void Fail(const std::string& what) const { throw std::runtime_error(path_ + ": " + what); }

 private:
  void Close() {
    if (elf_ != nullptr) elf_end(elf_);
    if (fd_ >= 0) close(fd_);
  }
  std::string path_;
  int fd_ = -1;
  Elf* elf_ = nullptr;
};

struct Symbols {
  std::vector<GElf_Sym> table;
  std::vector<std::string> names;
};

Symbols ReadSymbols(const ElfFile& file) {
  Symbols symbols;
  for (Elf_Scn* section = nullptr; (section = elf_nextscn(file.get(), section)) != nullptr;) {
    GElf_Shdr header;
    if (gelf_getshdr(section, &header) == nullptr) file.Fail("a section header is damaged");
    if (header.sh_type != SHT_SYMTAB || header.sh_entsize == 0) continue;
    Elf_Data* data = elf_getdata(section, nullptr);
    const auto count = static_cast<int>(header.sh_size / header.sh_entsize);
    for (int i = 0; i < count; ++i) {
      GElf_Sym symbol;
      if (data == nullptr || gelf_getsym(data, i, &symbol) == nullptr) file.Fail("the symbol table is damaged");
      const char* name = elf_strptr(file.get(), header.sh_link, symbol.st_name);
      symbols.table.push_back(symbol);
      symbols.names.emplace_back(name == nullptr ? "" : name);
    }
  }
  return symbols;
}

// Adds the undefined symbols that the relocations of `section` name.
void ReadRelocations(const ElfFile& file, Elf_Scn* section, const GElf_Shdr& header, const Symbols& symbols, ObjectSymbols* out) {
  Elf_Data* data = elf_getdata(section, nullptr);
  const auto count = header.sh_entsize == 0 ? 0 : static_cast<int>(header.sh_size / header.sh_entsize);
  for (int i = 0; i < count; ++i) {
    GElf_Rela rela = {};
    GElf_Rel rel = {};
    const bool ok =
        data != nullptr && (header.sh_type == SHT_RELA ? gelf_getrela(data, i, &rela) != nullptr : gelf_getrel(data, i, &rel) != nullptr);
    if (!ok) file.Fail("a relocation is damaged");
    const size_t index = GELF_R_SYM(header.sh_type == SHT_RELA ? rela.r_info : rel.r_info);
    if (index >= symbols.table.size()) file.Fail("a relocation names no symbol");
    if (symbols.table[index].st_shndx == SHN_UNDEF && !symbols.names[index].empty()) out->referenced.insert(symbols.names[index]);
  }
}

void ClassifyDefinitions(const Symbols& symbols, ObjectSymbols* out) {
  for (size_t i = 0; i < symbols.table.size(); ++i) {
    const GElf_Sym& symbol = symbols.table[i];
    if (symbol.st_shndx == SHN_UNDEF || symbols.names[i].empty()) continue;
    const int bind = GELF_ST_BIND(symbol.st_info);
    if (bind == STB_WEAK || bind == STB_GNU_UNIQUE) out->weak.insert(symbols.names[i]);
    if (bind != STB_GLOBAL) continue;
    out->strong.insert(symbols.names[i]);
    if (GELF_ST_VISIBILITY(symbol.st_other) == STV_DEFAULT) out->exported.insert(symbols.names[i]);
  }
}

}  // namespace

ObjectSymbols ReadObject(const std::string& path) {
  const ElfFile file(path);
  const Symbols symbols = ReadSymbols(file);
  ObjectSymbols out;
  ClassifyDefinitions(symbols, &out);
  for (Elf_Scn* section = nullptr; (section = elf_nextscn(file.get(), section)) != nullptr;) {
    GElf_Shdr header, target;
    if (gelf_getshdr(section, &header) == nullptr) file.Fail("a section header is damaged");
    if (header.sh_type == SHT_INIT_ARRAY || header.sh_type == SHT_FINI_ARRAY || header.sh_type == SHT_PREINIT_ARRAY) {
      out.has_constructors = true;
    }
    if (header.sh_type != SHT_RELA && header.sh_type != SHT_REL) continue;
    Elf_Scn* patched = elf_getscn(file.get(), header.sh_info);
    if (patched == nullptr || gelf_getshdr(patched, &target) == nullptr) file.Fail("a relocation section patches nothing");
    if ((target.sh_flags & SHF_ALLOC) != 0) ReadRelocations(file, section, header, symbols, &out);
  }
  return out;
}

}  // namespace adze::indexer
