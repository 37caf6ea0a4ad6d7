// SPDX-License-Identifier: Apache-2.0
// Sizes of dynamic tables and the layout of the file, as the ELF format and GNU ld for 64-bit targets have them.
#include "cropper/size/link_tables.h"

#include <algorithm>
#include <tuple>

namespace adze::size {
namespace {

constexpr uint64_t kWord = 8;
constexpr uint64_t kSymbol = 24, kRelocation = 24, kDynamicEntry = 16;
constexpr uint64_t kElfHeader = 64, kProgramHeader = 56, kSectionHeader = 64;
constexpr uint64_t kReservedSlots = 3;  // at the start of .got.plt
constexpr uint64_t kSpareEntries = 5;   // of .dynamic
constexpr uint64_t kVersionLibrary = 16, kVersionName = 16;

uint64_t AlignUp(uint64_t n, uint64_t align) { return (n + align - 1) / align * align; }

uint64_t GnuHash(const std::string& name) {
  uint32_t h = 5381;
  for (const char c : name) h = h * 33 + static_cast<unsigned char>(c);
  return h;
}

// .gnu.hash: four words of header, a Bloom filter, buckets, a chain entry for each symbol that the library shows.
uint64_t GnuHashBytes(const std::vector<std::string>& names) {
  const size_t n = names.size();
  uint64_t log2 = 0;
  while ((uint64_t{2} << log2) <= n) ++log2;
  uint64_t bits = log2 + 1;  // log2 of the filter's bits: some bits for each symbol
  bits = bits < 3 ? 5 : ((uint64_t{1} << (bits - 2)) & n) != 0 ? bits + 3 : bits + 2;
  const uint64_t filter = std::max<uint64_t>(kWord, (uint64_t{1} << std::max<uint64_t>(bits, 6)) / 8);
  return 16 + filter + 4 * HashBuckets(names) + 4 * n;
}

struct Table {
  std::string section;
  std::string owner;
  uint64_t bytes = 0, align = 1;
};

class Tables {
 public:
  Tables(const DynamicNeeds& needs, const LinkOptions& options) : needs_(needs), options_(options), x86_(options.arch == "x86_64") {
    for (const std::string& name : needs.imported) {
      const auto at = options.imports.find(name);
      const Import import = at != options.imports.end() ? at->second : Import{"libc.so.6", ""};
      auto& versions = libraries_[import.library];
      if (!import.version.empty()) versions.insert(import.version);
    }
    // x86 jumps through .got where a function's address is there anyway.
    for (const std::string& name : needs.called) (x86_ && needs.slots.count(name) != 0 ? n_plt_got_ : n_plt_) += 1;
  }

  // In the order of the file, without empty ones.
  std::vector<Table> ReadOnly() const {
    const char* const symbols = "(dynamic symbols)";
    const char* const calls = "(calls into other libraries)";
    uint64_t versions = 0, libraries = 0;
    for (const auto& entry : libraries_) {
      libraries += entry.second.empty() ? 0 : 1;
      versions += entry.second.size();
    }
    return NotEmpty({{".gnu.hash", symbols, GnuHashBytes(needs_.exported), kWord},
                     {".dynsym", symbols, kSymbol * Symbols(), kWord},
                     {".dynstr", symbols, StringTableBytes(Strings()), 1},
                     {".gnu.version", symbols, versions > 0 ? 2 * Symbols() : 0, 2},
                     {".gnu.version_r", symbols, kVersionLibrary * libraries + kVersionName * versions, kWord},
                     {".rela.dyn", "(relocations)", kRelocation * (needs_.addresses + needs_.slots.size()), kWord},
                     {".rela.plt", "(relocations)", kRelocation * n_plt_, kWord},
                     {".plt", calls,
                      n_plt_ == 0 ? 0
                      : x86_      ? 16 * (n_plt_ + 1)
                                  : 32 + 16 * n_plt_,
                      16},
                     {".plt.got", calls, 8 * n_plt_got_, 8}});
  }

  // Behind .data.rel.ro.
  std::vector<Table> Writable() const {
    const char* const calls = "(calls into other libraries)";
    const uint64_t got = x86_ ? needs_.slots.size() : needs_.slots.size() + 1;
    return NotEmpty({{".dynamic", "(dynamic table)", kDynamicEntry * Entries(), kWord}, {".got", calls, kWord * got, kWord}});
  }
  Table GotPlt() const { return {".got.plt", "(calls into other libraries)", kWord * (kReservedSlots + n_plt_), kWord}; }
  bool HasPlt() const { return n_plt_ > 0; }

 private:
  static std::vector<Table> NotEmpty(std::vector<Table> tables) {
    tables.erase(std::remove_if(tables.begin(), tables.end(), [](const Table& t) { return t.bytes == 0; }), tables.end());
    return tables;
  }

  uint64_t Symbols() const {
    const uint64_t of_sections = x86_ ? 0 : 2;  // aarch64 writes one for code and one for data
    return 1 + of_sections + needs_.exported.size() + needs_.imported.size();
  }

  std::vector<std::string> Strings() const {
    std::vector<std::string> strings(needs_.exported);
    strings.insert(strings.end(), needs_.imported.begin(), needs_.imported.end());
    strings.push_back("lib" + (options_.prefix.empty() ? std::string("adze") : options_.prefix) + ".so");
    for (const auto& [library, versions] : libraries_) {
      strings.push_back(library);
      strings.insert(strings.end(), versions.begin(), versions.end());
    }
    return strings;
  }

  uint64_t Entries() const {
    uint64_t n = libraries_.size() + 1;                       // NEEDED, SONAME
    n += 5;                                                   // GNU_HASH, STRTAB, SYMTAB, STRSZ, SYMENT
    n += n_plt_ > 0 ? 4 : 0;                                  // PLTGOT, PLTRELSZ, PLTREL, JMPREL
    n += needs_.addresses + needs_.slots.size() > 0 ? 3 : 0;  // RELA, RELASZ, RELAENT
    n += libraries_.empty() ? 0 : 3;                          // VERNEED, VERNEEDNUM, VERSYM
    return n + 1 + kSpareEntries;                             // the end; RELACOUNT takes a spare one
  }

  const DynamicNeeds& needs_;
  const LinkOptions& options_;
  bool x86_;
  std::map<std::string, std::set<std::string>> libraries_;  // -> versions
  uint64_t n_plt_ = 0, n_plt_got_ = 0;
};

// Walks through the file as the linker's script does.
class FileLayout {
 public:
  FileLayout(const Tables& tables, const std::map<std::string, Output>& outputs, const LinkOptions& options)
      : tables_(tables), outputs_(outputs), options_(options) {
    bool note = false;
    for (const auto& entry : outputs) note = note || entry.second.note;
    // LOAD, LOAD, DYNAMIC, GNU_STACK, GNU_RELRO, and one for notes.
    const uint64_t segments = note ? 6 : 5;
    Add("(ELF headers)", "(ELF header)", kElfHeader);
    Add("(ELF headers)", "(program headers)", kProgramHeader * segments);
    at_ = kElfHeader + kProgramHeader * segments;
    for (const Table& t : tables.ReadOnly()) Put(t.section, t.bytes, t.align);
    for (const char* name : {".text", ".rodata"}) PutOutput(name);
    if (options.arch == "x86_64" && tables.HasPlt()) names_.push_back(".eh_frame");  // empty, but there
    for (const auto& [name, output] : outputs_) {
      if (!output.writable && placed_.count(name) == 0) PutOutput(name);
    }
    Data();
    Rest();
  }

  std::vector<Claim> claims;

 private:
  void Add(const char* owner, const std::string& section, uint64_t bytes) {
    if (bytes > 0) claims.push_back({owner, section, bytes, false, true});
  }

  void Put(const std::string& name, uint64_t bytes, uint64_t align) {
    names_.push_back(name);
    gaps_ += AlignUp(at_, align) - at_;
    at_ = AlignUp(at_, align) + bytes;
  }

  void PutOutput(const std::string& name) {
    const auto o = outputs_.find(name);
    if (o == outputs_.end() || o->second.bytes == 0) return;
    placed_.insert(name);
    if (o->second.in_file) {
      Put(name, o->second.bytes, o->second.align);
    } else {
      names_.push_back(name);
    }
  }

  // What becomes read-only after relocation ends at a page, with the reserved slots of .got.plt; its start follows from that.
  void Data() {
    uint64_t size = 0, align = kWord;
    const auto add = [&](uint64_t bytes, uint64_t a) {
      size = AlignUp(size, a) + bytes;
      align = std::max(align, a);
    };
    for (const char* name : {".init_array", ".fini_array", ".data.rel.ro"}) {
      const auto o = outputs_.find(name);
      if (o != outputs_.end() && o->second.bytes > 0) add(o->second.bytes, o->second.align);
    }
    for (const Table& t : tables_.Writable()) add(t.bytes, t.align);
    const uint64_t page = options_.page_size, reserved = kWord * kReservedSlots;
    const uint64_t begin = (page - AlignUp(size + reserved, align) % page) % page;  // address in its page
    const uint64_t gap = (begin + page - at_ % page) % page;
    gaps_ += gap;
    at_ += gap;
    for (const char* name : {".init_array", ".fini_array", ".data.rel.ro"}) PutOutput(name);
    for (const Table& t : tables_.Writable()) Put(t.section, t.bytes, t.align);
    const uint64_t pad = (page - (at_ + reserved) % page) % page;  // what alignment of the start has left
    gaps_ += pad;
    at_ += pad;
    const Table slots = tables_.GotPlt();
    Put(slots.section, slots.bytes, slots.align);
    PutOutput(".data");
    for (const auto& [name, output] : outputs_) {
      if (placed_.count(name) == 0) PutOutput(name);
    }
  }

  void Rest() {
    if (!options_.compiler_note.empty()) {
      Put(".comment", options_.compiler_note.size() + 1, 1);
      Add("(compiler's notes)", ".comment", options_.compiler_note.size() + 1);
    }
    names_.push_back(".shstrtab");
    const uint64_t names = StringTableBytes(names_);
    Add("(ELF headers)", ".shstrtab", names);
    at_ += names;
    gaps_ += AlignUp(at_, kWord) - at_;
    Add("(ELF headers)", "(section headers)", kSectionHeader * (names_.size() + 1));
    Add("(padding)", "(between sections)", gaps_);
  }

  const Tables& tables_;
  const std::map<std::string, Output>& outputs_;
  const LinkOptions& options_;
  std::vector<std::string> names_;
  std::set<std::string> placed_;
  uint64_t at_ = 0, gaps_ = 0;
};

}  // namespace

uint64_t StringTableBytes(const std::vector<std::string>& strings) {
  std::set<std::string> reversed;
  for (const std::string& s : strings) {
    if (!s.empty()) reversed.insert(std::string(s.rbegin(), s.rend()));
  }
  uint64_t bytes = 1;  // the empty string
  for (auto at = reversed.begin(); at != reversed.end(); ++at) {
    const auto next = std::next(at);
    const bool tail = next != reversed.end() && next->compare(0, at->size(), *at) == 0;
    bytes += tail ? 0 : at->size() + 1;
  }
  return bytes;
}

uint64_t HashBuckets(const std::vector<std::string>& names) {
  const uint64_t n = names.size();
  uint64_t best = 0, least = UINT64_MAX;
  for (uint64_t buckets = std::max<uint64_t>(2, n / 4); buckets < std::max<uint64_t>(3, 2 * n); ++buckets) {
    if (buckets % 32 == 0) continue;
    std::vector<uint64_t> chains(buckets);
    for (const std::string& name : names) ++chains[GnuHash(name) % buckets];
    uint64_t cost = 0;
    for (const uint64_t length : chains) cost += length * length;
    if (cost < least) {
      least = cost;
      best = buckets;
    }
  }
  return best;
}

std::vector<Claim> TableClaims(const DynamicNeeds& needs, const std::map<std::string, Output>& outputs, const LinkOptions& options) {
  const Tables tables(needs, options);
  std::vector<Claim> claims;
  std::vector<Table> loaded = tables.ReadOnly();
  for (const Table& t : tables.Writable()) loaded.push_back(t);
  loaded.push_back(tables.GotPlt());
  for (const Table& t : loaded) claims.push_back({t.owner, t.section, t.bytes, true, true});
  const FileLayout layout(tables, outputs, options);
  claims.insert(claims.end(), layout.claims.begin(), layout.claims.end());
  return claims;
}

}  // namespace adze::size
