// SPDX-License-Identifier: Apache-2.0
// Reading ELF with libelf.
#include "cropper/size/elf_file.h"

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>

#include "cropper/plan/profile.h"
#include "cropper/size/open_file.h"

namespace adze::size {
namespace {

constexpr char kNoteSection[] = ".note.adze";
constexpr char kNoteOwner[] = "Adze";
constexpr uint32_t kNoteType = 1;

// One ELF file that libelf has open: a file, or a member of an archive.
class Handle {
 public:
  Handle(Elf* elf, const std::string& path, uint64_t bytes) : path_(path), elf_(elf), bytes_(bytes) {}
  Elf* get() const { return elf_; }
  uint64_t FileBytes() const { return bytes_; }
  [[noreturn]] void Damaged() const { throw plan::InputError(path_ + " is a damaged ELF file: " + elf_errmsg(-1)); }

 private:
  const std::string& path_;
  Elf* elf_;
  uint64_t bytes_;
};

std::string ArchName(int machine) {
  if (machine == EM_X86_64) return "x86_64";
  if (machine == EM_AARCH64) return "aarch64";
  if (machine == EM_386) return "x86";
  if (machine == EM_ARM) return "arm";
  if (machine == EM_RISCV) return "riscv";
  return "machine " + std::to_string(machine);
}

std::string StringAt(const Handle& h, size_t table, size_t at) {
  const char* s = elf_strptr(h.get(), table, at);
  return s != nullptr ? s : "";
}

// Version index -> the library that offers it.
std::map<int, std::string> VersionLibraries(const Handle& h, Elf_Scn* section, const GElf_Shdr& header) {
  std::map<int, std::string> libraries;
  Elf_Data* data = elf_getdata(section, nullptr);
  if (data == nullptr) return libraries;
  GElf_Verneed need;
  // A damaged table must not lead in a circle: offsets only grow, to the table's end.
  for (uint64_t at = 0; at < data->d_size && gelf_getverneed(data, static_cast<int>(at), &need) != nullptr;) {
    GElf_Vernaux aux;
    uint64_t aux_at = at + need.vn_aux;
    while (aux_at < data->d_size && gelf_getvernaux(data, static_cast<int>(aux_at), &aux) != nullptr) {
      libraries[aux.vna_other] = StringAt(h, header.sh_link, need.vn_file);
      if (aux.vna_next == 0) break;
      aux_at += aux.vna_next;
    }
    if (need.vn_next == 0) break;
    at += need.vn_next;
  }
  return libraries;
}

// For each symbol of .dynsym the library that its version names, or "".
std::vector<std::string> SymbolLibraries(const Handle& h) {
  std::map<int, std::string> libraries;
  std::vector<int> versions;
  Elf_Scn* section = nullptr;
  while ((section = elf_nextscn(h.get(), section)) != nullptr) {
    GElf_Shdr s;
    if (gelf_getshdr(section, &s) == nullptr) h.Damaged();
    if (s.sh_type == SHT_GNU_verneed) libraries = VersionLibraries(h, section, s);
    Elf_Data* data = s.sh_type == SHT_GNU_versym ? elf_getdata(section, nullptr) : nullptr;
    GElf_Versym version;
    for (int i = 0; data != nullptr && gelf_getversym(data, i, &version) != nullptr; ++i) versions.push_back(version);
  }
  std::vector<std::string> of_symbol;
  for (const int v : versions) {
    const auto found = libraries.find(v);
    of_symbol.push_back(found != libraries.end() ? found->second : "");
  }
  return of_symbol;
}

void ReadSymbols(const Handle& h, Elf_Scn* section, const GElf_Shdr& header, ElfFile* file) {
  Elf_Data* data = elf_getdata(section, nullptr);
  if (data == nullptr || header.sh_entsize == 0) return;
  const std::vector<std::string> libraries = header.sh_type == SHT_DYNSYM ? SymbolLibraries(h) : std::vector<std::string>{};
  const auto of_version = [&](uint64_t i) { return i < libraries.size() ? libraries[i] : std::string(); };
  for (uint64_t i = 1; i < header.sh_size / header.sh_entsize; ++i) {
    GElf_Sym symbol;
    if (gelf_getsym(data, static_cast<int>(i), &symbol) == nullptr) h.Damaged();
    const std::string name = StringAt(h, header.sh_link, symbol.st_name);
    if (!name.empty())
      file->symbols.push_back({name, symbol.st_shndx != SHN_UNDEF, header.sh_type == SHT_DYNSYM, GELF_ST_BIND(symbol.st_info) == STB_WEAK,
                               symbol.st_size, of_version(i)});
  }
}

void ReadSegments(const Handle& h, ElfFile* file) {
  size_t count = 0;
  if (elf_getphdrnum(h.get(), &count) != 0) h.Damaged();
  bool says_stack = false;
  for (size_t i = 0; i < count; ++i) {
    GElf_Phdr p;
    if (gelf_getphdr(h.get(), static_cast<int>(i), &p) == nullptr) h.Damaged();
    if (p.p_type == PT_LOAD)
      file->segments.push_back({p.p_offset, p.p_filesz, p.p_memsz, p.p_align, (p.p_flags & PF_W) != 0, (p.p_flags & PF_X) != 0});
    if (p.p_type == PT_GNU_STACK) {
      says_stack = true;
      file->executable_stack = (p.p_flags & PF_X) != 0;
    }
  }
  // Without the header the loader of Linux gives an executable one.
  if (file->linked && !says_stack) file->executable_stack = true;
  std::sort(file->segments.begin(), file->segments.end(), [](const Segment& a, const Segment& b) { return a.offset < b.offset; });
}

void ReadHeaderTables(const Handle& h, const GElf_Ehdr& header, ElfFile* file) {
  size_t segments = 0, sections = 0;
  if (elf_getphdrnum(h.get(), &segments) != 0 || elf_getshdrnum(h.get(), &sections) != 0) h.Damaged();
  const HeaderTable tables[] = {{"ELF header", 0, header.e_ehsize},
                                {"program headers", header.e_phoff, segments * header.e_phentsize},
                                {"section headers", header.e_shoff, sections * header.e_shentsize}};
  for (const HeaderTable& t : tables) {
    if (t.bytes > 0) file->headers.push_back(t);
  }
}

void ReadDynamic(const Handle& h, Elf_Scn* section, const GElf_Shdr& header, ElfFile* file) {
  Elf_Data* data = elf_getdata(section, nullptr);
  if (data == nullptr || header.sh_entsize == 0) return;
  for (uint64_t i = 0; i < header.sh_size / header.sh_entsize; ++i) {
    GElf_Dyn dyn;
    if (gelf_getdyn(data, static_cast<int>(i), &dyn) == nullptr) h.Damaged();
    if (dyn.d_tag == DT_NEEDED) file->needed.push_back(StringAt(h, header.sh_link, dyn.d_un.d_val));
    if (dyn.d_tag == DT_RPATH || dyn.d_tag == DT_RUNPATH) file->run_paths.push_back(StringAt(h, header.sh_link, dyn.d_un.d_val));
    if (dyn.d_tag == DT_TEXTREL || (dyn.d_tag == DT_FLAGS && (dyn.d_un.d_val & DF_TEXTREL) != 0)) file->text_relocations = true;
  }
}

void ReadNote(Elf_Scn* section, ElfFile* file) {
  Elf_Data* data = elf_getdata(section, nullptr);
  if (data == nullptr) return;
  GElf_Nhdr note;
  size_t name_at = 0, text_at = 0;
  for (size_t at = 0; (at = gelf_getnote(data, at, &note, &name_at, &text_at)) > 0;) {
    const char* bytes = static_cast<const char*>(data->d_buf);
    if (note.n_type == kNoteType && note.n_namesz == sizeof kNoteOwner &&
        std::memcmp(bytes + name_at, kNoteOwner, sizeof kNoteOwner) == 0) {
      file->note.assign(bytes + text_at, note.n_descsz);
    }
  }
}

}  // namespace

uint64_t ElfFile::AllocBytes() const {
  uint64_t sum = 0;
  for (const Section& s : sections) sum += s.alloc ? s.bytes : 0;
  return sum;
}

const Section* ElfFile::Find(const std::string& name) const {
  for (const Section& s : sections) {
    if (s.name == name) return &s;
  }
  return nullptr;
}

OpenFile::OpenFile(const std::string& path) : path_(path) {
  if (elf_version(EV_CURRENT) == EV_NONE) throw std::runtime_error(std::string("libelf: ") + elf_errmsg(-1));
  fd_ = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd_ < 0) throw plan::InputError("cannot read " + path + ": " + std::strerror(errno));
  elf_ = elf_begin(fd_, ELF_C_READ, nullptr);
}

OpenFile::~OpenFile() {
  if (elf_ != nullptr) elf_end(elf_);
  close(fd_);
}

uint64_t OpenFile::Bytes() const {
  struct stat s;
  return fstat(fd_, &s) == 0 ? static_cast<uint64_t>(s.st_size) : 0;
}

ElfFile ReadElf(const std::string& path) {
  const OpenFile opened(path);
  if (opened.elf() == nullptr || elf_kind(opened.elf()) != ELF_K_ELF)
    throw plan::InputError(path + " is no ELF file; give a shared library, an object, an archive or a crop's folder");
  return ReadElfOf(opened.elf(), path, opened.Bytes());
}

ElfFile ReadElfOf(Elf* elf, const std::string& path, uint64_t bytes) {
  const Handle h(elf, path, bytes);
  ElfFile file;
  file.path = path;
  file.file_bytes = h.FileBytes();
  GElf_Ehdr header;
  size_t names = 0;
  if (gelf_getehdr(h.get(), &header) == nullptr || elf_getshdrstrndx(h.get(), &names) != 0) h.Damaged();
  file.arch = ArchName(header.e_machine);
  file.linked = header.e_type == ET_DYN || header.e_type == ET_EXEC;
  file.is_64_bit = gelf_getclass(h.get()) != ELFCLASS32;
  ReadSegments(h, &file);
  ReadHeaderTables(h, header, &file);
  Elf_Scn* section = nullptr;
  while ((section = elf_nextscn(h.get(), section)) != nullptr) {
    GElf_Shdr s;
    if (gelf_getshdr(section, &s) == nullptr) h.Damaged();
    if (s.sh_type != SHT_NOBITS && (s.sh_offset > file.file_bytes || s.sh_size > file.file_bytes - s.sh_offset)) {
      throw plan::InputError(path + " is a damaged ELF file: a section reaches past its end");
    }
    const std::string name = StringAt(h, names, s.sh_name);
    file.sections.push_back({name, s.sh_addr, s.sh_size, s.sh_type == SHT_NOBITS ? 0 : s.sh_size, (s.sh_flags & SHF_ALLOC) != 0,
                             (s.sh_flags & SHF_WRITE) != 0, s.sh_offset});
    if (s.sh_type == SHT_SYMTAB || s.sh_type == SHT_DYNSYM) ReadSymbols(h, section, s, &file);
    if (s.sh_type == SHT_DYNAMIC) ReadDynamic(h, section, s, &file);
    if (s.sh_type == SHT_NOTE && name == kNoteSection) ReadNote(section, &file);
  }
  if (file.sections.empty()) throw plan::InputError(path + " is a damaged ELF file: it has no section table; it may have been cut");
  return file;
}

}  // namespace adze::size
