// SPDX-License-Identifier: Apache-2.0
// For tests: a small library, its map and its record.
#pragma once

#include "cropper/size/size_record.h"

namespace adze::size {

inline const std::string kSampleObjects = "CMakeFiles/adze_objects.dir/";

inline ElfFile SampleLibrary() {
  ElfFile elf;
  elf.path = "libadze.so";
  elf.arch = "x86_64";
  elf.file_bytes = 0x700;
  elf.headers = {{"ELF header", 0, 0x40}, {"section headers", 0x600, 0x100}};
  elf.sections = {{".dynsym", 0x100, 0x40, 0x40, true, false, 0x100}, {".text", 0x200, 0x100, 0x100, true, false, 0x200},
                  {".rodata", 0x300, 0x40, 0x40, true, false, 0x300}, {".note.adze", 0x340, 0x60, 0x60, true, false, 0x340},
                  {".bss", 0x400, 0x20, 0, true, true, 0x3a0},        {".comment", 0, 0x27, 0x27, false, false, 0x3a0}};
  return elf;
}

inline std::vector<Placement> SampleMap() {
  return {{".text", 0x200, 0x10, "/usr/lib/crtbeginS.o"},
          // The linker books its own tables under the first object.
          {".dynsym", 0x100, 0x40, kSampleObjects + "src/kernels/a__avx2.cc.o"},
          {".text.a", 0x210, 0x40, kSampleObjects + "src/kernels/a__avx2.cc.o"},
          {".text.b", 0x260, 0x80, kSampleObjects + "src/runtime/b.cc.o"},
          // Merged strings: both claim more than is left of them.
          {".rodata.str1.1", 0x300, 0x30, kSampleObjects + "src/runtime/b.cc.o"},
          {".rodata.str1.1", 0x308, 0x30, kSampleObjects + "src/kernels/a__avx2.cc.o"},
          {".note.adze", 0x340, 0x60, kSampleObjects + "src/generated/table.cc.o"},
          {".bss.a", 0x400, 0x20, kSampleObjects + "src/kernels/a__avx2.cc.o"}};
}

inline plan::Plan SamplePlan() {
  plan::Plan plan;
  plan.kind = "crop";
  plan.profile.name = "p";
  plan::Atom atom;
  atom.kind = plan::AtomKind::kUkernel;
  atom.id = "gemm_f32__avx2_6x16";
  atom.reasons = {
      {"m.adze", 0, "first", "conv2d", "avx2"}, {"m.adze", 2, "", "conv2d", "avx2"}, {"n.adze", 0, "", "fully_connected", "avx2"}};
  plan.atoms = {atom};
  plan.units = {{"kernels/a__avx2.cc", "avx2", "kernel", {"ukernel:gemm_f32__avx2_6x16"}, {}},
                {"runtime/b.cc", "any", "core", {"runtime"}, {}}};
  plan.models = {{"m.adze", "m.tflite"}, {"n.adze", "n.tflite"}};
  return plan;
}

inline SizeRecord SampleRecord() {
  SizeRecord r;
  r.cropper = "0.1.0";
  r.crop_id = "00112233445566778899aabbccddeeff";
  r.kind = "crop";
  r.profile = "p";
  r.toolchain = {"gcc 12", "x86_64-linux-gnu", "GNU ld 2.40", "glibc 2.36", "aa", "bb"};
  r.library = {"build/libadze.so", "x86_64", "cc", SampleLibrary().file_bytes, SampleLibrary().AllocBytes(), 100};
  r.models = {{"m.adze", "m.tflite", 200, 64, 80, 50, 6, 1000, 0, 300}, {"n.adze", "n.tflite", 164, 64, 80, 20, 0, 500, 0, 200}};
  r.atoms = AtomsOf(SamplePlan());
  r.atoms[0].table_bytes = 0x20;
  Attribute(MapBytes(SampleLibrary(), SampleMap()), SamplePlan(), "libadze.so", &r);
  return r;
}

}  // namespace adze::size
