// SPDX-License-Identifier: Apache-2.0
// QEMU TCG plugin: how often each translated block of a guest program ran, by host address, and the file mappings that turn those
// addresses into places in an ELF file. Instructions are not decoded here: the emulator's disassembler does not know all of them.
//
//   qemu-aarch64 -plugin libcount_blocks.so,out=FILE PROGRAM...
//
// FILE holds lines "block ADDRESS INSTRUCTIONS RUNS" (hexadecimal, decimal, decimal), then "map " before each line of /proc/self/maps.
// The emulator's headers are not packaged, so the few functions used are declared here, for version 1 of the plugin interface.
#define _POSIX_C_SOURCE 200809L

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_info;
enum qemu_plugin_op { QEMU_PLUGIN_INLINE_ADD_U64 };

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, void (*call)(qemu_plugin_id_t id, struct qemu_plugin_tb* tb));
void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb* tb, enum qemu_plugin_op op, void* to, uint64_t add);
void qemu_plugin_register_atexit_cb(qemu_plugin_id_t id, void (*call)(qemu_plugin_id_t id, void* data), void* data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb* tb);
struct qemu_plugin_insn* qemu_plugin_tb_get_insn(const struct qemu_plugin_tb* tb, size_t at);
void* qemu_plugin_insn_haddr(const struct qemu_plugin_insn* insn);

__attribute__((visibility("default"))) int qemu_plugin_version = 1;

// The emulator writes to these until the end, so they are never freed and never move.
struct block {
  struct block* next;
  const void* address;
  size_t instructions;
  uint64_t runs;
};
static struct block* blocks;
static const char* out_path;

static void on_translation(qemu_plugin_id_t id, struct qemu_plugin_tb* tb) {
  (void)id;
  struct block* b = calloc(1, sizeof(*b));
  if (b == NULL) abort();
  b->instructions = qemu_plugin_tb_n_insns(tb);
  b->address = qemu_plugin_insn_haddr(qemu_plugin_tb_get_insn(tb, 0));
  b->next = blocks;
  blocks = b;
  qemu_plugin_register_vcpu_tb_exec_inline(tb, QEMU_PLUGIN_INLINE_ADD_U64, &b->runs, 1);
}

static void on_exit(qemu_plugin_id_t id, void* data) {
  (void)id;
  (void)data;
  FILE* out = fopen(out_path, "w");
  FILE* maps = fopen("/proc/self/maps", "r");
  if (out == NULL || maps == NULL) {
    perror(out_path);
    abort();
  }
  for (const struct block* b = blocks; b != NULL; b = b->next) {
    fprintf(out, "block %p %zu %llu\n", b->address, b->instructions, (unsigned long long)b->runs);
  }
  char line[4096];
  while (fgets(line, sizeof(line), maps) != NULL) fprintf(out, "map %s", line);
  if (fclose(out) != 0) abort();
  fclose(maps);
}

__attribute__((visibility("default"))) int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info* info, int argc, char** argv) {
  (void)info;
  for (int i = 0; i < argc; ++i) {
    if (strncmp(argv[i], "out=", 4) == 0) out_path = strdup(argv[i] + 4);
  }
  if (out_path == NULL) {
    fprintf(stderr, "count_blocks: out=FILE is missing\n");
    return -1;
  }
  qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
  qemu_plugin_register_atexit_cb(id, on_exit, NULL);
  return 0;
}
