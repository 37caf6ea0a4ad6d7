// SPDX-License-Identifier: Apache-2.0
// Reading objects with libelf.
#include "cropper/size/object_shape.h"

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <unistd.h>

#include <map>
#include <memory>
#include <stdexcept>
#include <tuple>

#include "cropper/plan/profile.h"

namespace adze::size {
namespace {

ReferenceKind KindOf(int machine, uint64_t type) {
  if (machine == EM_X86_64) {
    switch (type) {
      case R_X86_64_PLT32: return ReferenceKind::kCall;
      case R_X86_64_GOTPCREL: return ReferenceKind::kGot;
      case R_X86_64_GOTPCRELX:
      case R_X86_64_REX_GOTPCRELX: return ReferenceKind::kGotOrNot;
      case R_X86_64_64: return ReferenceKind::kAddress;
      default: return ReferenceKind::kPlain;
    }
  }
  switch (type) {
    case R_AARCH64_CALL26:
    case R_AARCH64_JUMP26: return ReferenceKind::kCall;
    case R_AARCH64_ADR_GOT_PAGE:
    case R_AARCH64_LD64_GOT_LO12_NC:
    case R_AARCH64_LD64_GOTPAGE_LO15: return ReferenceKind::kGot;
    case R_AARCH64_ABS64: return ReferenceKind::kAddress;
    default: return ReferenceKind::kPlain;
  }
}

class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path), fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    elf_version(EV_CURRENT);
    elf_ = fd_ >= 0 ? elf_begin(fd_, ELF_C_READ, nullptr) : nullptr;
  }
  ~Reader() {
    if (elf_ != nullptr) elf_end(elf_);
    if (fd_ >= 0) close(fd_);
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  ObjectShape Read() {
    GElf_Ehdr header;
    if (elf_ == nullptr || gelf_getehdr(elf_, &header) == nullptr || header.e_type != ET_REL ||
        (header.e_machine != EM_X86_64 && header.e_machine != EM_AARCH64)) {
      throw plan::InputError(path_ + " is no object of x86_64 or aarch64");
    }
    machine_ = header.e_machine;
    if (elf_getshdrstrndx(elf_, &names_) != 0) Damaged();
    ReadSections();
    ReadSymbols();
    ReadReferences();
    return std::move(shape_);
  }

 private:
  [[noreturn]] void Damaged() const { throw plan::InputError(path_ + " is a damaged object"); }

  GElf_Shdr HeaderOf(Elf_Scn* section) const {
    GElf_Shdr h;
    if (gelf_getshdr(section, &h) == nullptr) Damaged();
    return h;
  }
  std::string Text(size_t table, size_t at) const {
    const char* s = elf_strptr(elf_, table, at);
    if (s == nullptr) Damaged();
    return s;
  }
  const Elf_Data* DataOf(Elf_Scn* section) const {
    const Elf_Data* data = elf_getdata(section, nullptr);
    if (data == nullptr) Damaged();
    return data;
  }

  void ReadSections() {
    for (Elf_Scn* s = nullptr; (s = elf_nextscn(elf_, s)) != nullptr;) {
      const GElf_Shdr h = HeaderOf(s);
      if (h.sh_type == SHT_GROUP) ReadGroup(s, h);
      if (h.sh_type == SHT_SYMTAB) symtab_ = s;
      if ((h.sh_flags & SHF_ALLOC) == 0 || h.sh_size == 0) continue;
      ObjectSection section;
      section.name = Text(names_, h.sh_name);
      section.bytes = h.sh_size;
      section.align = h.sh_addralign > 0 ? h.sh_addralign : 1;
      section.writable = (h.sh_flags & SHF_WRITE) != 0;
      section.executable = (h.sh_flags & SHF_EXECINSTR) != 0;
      section.in_file = h.sh_type != SHT_NOBITS;
      section.note = h.sh_type == SHT_NOTE;
      if ((h.sh_flags & SHF_MERGE) != 0 && h.sh_entsize > 0) ReadEntries(s, h, &section);
      index_[elf_ndxscn(s)] = static_cast<int>(shape_.sections.size());
      shape_.sections.push_back(std::move(section));
    }
    for (const auto& [member, signature] : group_of_) {
      const auto at = index_.find(member);
      if (at != index_.end()) shape_.sections[static_cast<size_t>(at->second)].group = signature;
    }
  }

  void ReadGroup(Elf_Scn* s, const GElf_Shdr& h) {
    const Elf_Data* data = DataOf(s);
    const auto* words = static_cast<const Elf32_Word*>(data->d_buf);
    if (data->d_size < sizeof *words || (words[0] & GRP_COMDAT) == 0) return;
    Elf_Scn* symbols = elf_getscn(elf_, h.sh_link);
    GElf_Sym symbol;
    if (symbols == nullptr || gelf_getsym(elf_getdata(symbols, nullptr), static_cast<int>(h.sh_info), &symbol) == nullptr) Damaged();
    const std::string signature = Text(HeaderOf(symbols).sh_link, symbol.st_name);
    for (size_t i = 1; i < data->d_size / sizeof *words; ++i) group_of_[words[i]] = signature;
  }

  void ReadEntries(Elf_Scn* s, const GElf_Shdr& h, ObjectSection* section) {
    const Elf_Data* data = DataOf(s);
    const std::string bytes(static_cast<const char*>(data->d_buf), data->d_size);
    section->entry_bytes = h.sh_entsize;
    section->strings = (h.sh_flags & SHF_STRINGS) != 0;
    size_t at = 0;
    while (at < bytes.size()) {
      size_t end = at + h.sh_entsize;
      while (section->strings && end < bytes.size() &&
             bytes.compare(end - h.sh_entsize, h.sh_entsize, std::string(h.sh_entsize, '\0')) != 0)
        end += h.sh_entsize;
      section->entries.push_back(bytes.substr(at, end - at));
      at = end;
    }
  }

  void ReadSymbols() {
    if (symtab_ == nullptr) return;
    const GElf_Shdr h = HeaderOf(symtab_);
    Elf_Data* data = elf_getdata(symtab_, nullptr);
    if (data == nullptr || h.sh_entsize == 0) Damaged();
    for (uint64_t i = 0; i < h.sh_size / h.sh_entsize; ++i) {
      GElf_Sym s;
      if (gelf_getsym(data, static_cast<int>(i), &s) == nullptr) Damaged();
      symbols_.push_back(s);
      const auto section = index_.find(s.st_shndx);
      if (GELF_ST_BIND(s.st_info) == STB_LOCAL || section == index_.end()) continue;
      shape_.symbols.push_back({Text(h.sh_link, s.st_name), section->second, GELF_ST_BIND(s.st_info) == STB_WEAK,
                                GELF_ST_VISIBILITY(s.st_other) == STV_DEFAULT});
    }
    strings_ = h.sh_link;
  }

  void ReadReferences() {
    for (Elf_Scn* s = nullptr; (s = elf_nextscn(elf_, s)) != nullptr;) {
      const GElf_Shdr h = HeaderOf(s);
      const auto target = index_.find(h.sh_info);
      if (h.sh_type != SHT_RELA || h.sh_entsize == 0 || target == index_.end()) continue;
      Elf_Data* data = elf_getdata(s, nullptr);
      if (data == nullptr) Damaged();
      std::map<std::tuple<ReferenceKind, int, std::string>, uint64_t> counts;
      for (uint64_t i = 0; i < h.sh_size / h.sh_entsize; ++i) {
        GElf_Rela r;
        if (gelf_getrela(data, static_cast<int>(i), &r) == nullptr || GELF_R_SYM(r.r_info) >= symbols_.size()) Damaged();
        const GElf_Sym& symbol = symbols_[GELF_R_SYM(r.r_info)];
        const ReferenceKind kind = KindOf(machine_, GELF_R_TYPE(r.r_info));
        if (GELF_ST_BIND(symbol.st_info) != STB_LOCAL) {
          ++counts[{kind, -1, Text(strings_, symbol.st_name)}];
        } else if (const auto own = index_.find(symbol.st_shndx); own != index_.end()) {
          ++counts[{kind, own->second, ""}];
        }
      }
      auto& references = shape_.sections[static_cast<size_t>(target->second)].references;
      for (const auto& [key, count] : counts) references.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), count});
    }
  }

  std::string path_;
  int fd_;
  Elf* elf_;
  int machine_ = 0;
  size_t names_ = 0, strings_ = 0;
  Elf_Scn* symtab_ = nullptr;
  std::map<size_t, int> index_;  // section number -> place in shape_.sections
  std::map<size_t, std::string> group_of_;
  std::vector<GElf_Sym> symbols_;
  ObjectShape shape_;
};

}  // namespace

ObjectShape ReadObjectShape(const std::string& path) { return Reader(path).Read(); }

}  // namespace adze::size
