// SPDX-License-Identifier: MIT
// Lists the functions of the compiler module that run, in the order of their first calls.
//
// metorex under LD_AUDIT -> names -> the linker, which puts these functions together
//
// Of LLVM's 28 MB of code a program runs 5, which lie all over it. When the module is mapped,
// before anything of it runs, the first byte of each function becomes a breakpoint. At the first
// call of one its name is written and the byte put back.
//
// Usage: LD_AUDIT=order_functions.so ORDER_FILE=names MODULE -> metorex --jit=sync PROGRAM
// The thread that compiles must not block SIGTRAP; under --jit=sync it is the program's own.
//
// OWNERSHIP: what is mapped and allocated stays until the process ends.
// WAIVER: order is mutable static state: a signal handler gets no argument.
#include "runtime/base/check.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <ucontext.h>
#include <unistd.h>

enum { ORDER_BREAKPOINT = 0xCC };

// A function of the module.
typedef struct OrderFunction {
  uint8_t *address; // in memory
  const char *name; // in the file's table
  uint8_t first;    // its first byte
} OrderFunction;

static struct {
  OrderFunction *functions; // by address
  size_t count;             // of them
  int file;                 // that names are written to
} order;

static int order_compare(const void *a, const void *b) {
  const OrderFunction *left = a, *right = b;
  return left->address < right->address ? -1 : left->address > right->address;
}

// SIGTRAP: a function is called for the first time, or another symbol of the same one was.
static void order_called(int number, siginfo_t *info, void *context) {
  MX_UNUSED(number), MX_UNUSED(info);
  greg_t *ip = &((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
  OrderFunction key = {.address = (uint8_t *)(uintptr_t)*ip - 1};
  const OrderFunction *function =
      bsearch(&key, order.functions, order.count, sizeof key, order_compare);
  if (!function) abort();
  *function->address = function->first;
  *ip -= 1;
  bool written = write(order.file, function->name, strlen(function->name)) > 0;
  if (!written || write(order.file, "\n", 1) != 1) abort();
}

// Note the functions that a table of symbols has, each address once.
static void order_collect(const uint8_t *file, const Elf64_Shdr *table, const Elf64_Shdr *sections,
                          uintptr_t base) {
  const Elf64_Sym *symbols = (const void *)(file + table->sh_offset);
  const char *names = (const char *)file + sections[table->sh_link].sh_offset;
  size_t all = table->sh_size / sizeof *symbols, count = 0;
  OrderFunction *functions = calloc(all + 1, sizeof *functions);
  if (!functions) abort();
  for (size_t i = 0; i < all; i++) {
    const Elf64_Sym *s = &symbols[i];
    if (ELF64_ST_TYPE(s->st_info) != STT_FUNC || s->st_size == 0) continue;
    functions[count++] = (OrderFunction){(uint8_t *)(base + s->st_value), names + s->st_name, 0};
  }
  qsort(functions, count, sizeof *functions, order_compare);
  order.functions = functions;
  for (size_t i = 0; i < count; i++)
    if (i == 0 || functions[i].address != functions[i - 1].address)
      functions[order.count++] = functions[i];
}

// Let the module's code be written.
static void order_unlock(const uint8_t *file, uintptr_t base) {
  const Elf64_Ehdr *header = (const void *)file;
  const Elf64_Phdr *segments = (const void *)(file + header->e_phoff);
  uintptr_t mask = (uintptr_t)sysconf(_SC_PAGESIZE) - 1;
  for (int i = 0; i < header->e_phnum; i++) {
    const Elf64_Phdr *s = &segments[i];
    if (s->p_type != PT_LOAD || !(s->p_flags & PF_X)) continue;
    uintptr_t start = (base + s->p_vaddr) & ~mask, end = base + s->p_vaddr + s->p_memsz;
    if (mprotect((void *)start, end - start, PROT_READ | PROT_WRITE | PROT_EXEC)) abort();
  }
}

// Set the breakpoints of a module that is mapped at a base.
static void order_begin(const char *path, uintptr_t base) {
  struct stat info;
  int at = open(path, O_RDONLY | O_CLOEXEC);
  order.file = open(getenv("ORDER_FILE"), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (at < 0 || order.file < 0 || fstat(at, &info)) abort();
  const uint8_t *file = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, at, 0);
  if (file == MAP_FAILED) abort();
  const Elf64_Ehdr *header = (const void *)file;
  const Elf64_Shdr *sections = (const void *)(file + header->e_shoff);
  for (int i = 0; i < header->e_shnum; i++)
    if (sections[i].sh_type == SHT_SYMTAB) order_collect(file, &sections[i], sections, base);
  order_unlock(file, base);
  struct sigaction action = {.sa_sigaction = order_called, .sa_flags = SA_SIGINFO};
  sigaction(SIGTRAP, &action, NULL);
  for (size_t i = 0; i < order.count; i++) {
    order.functions[i].first = *order.functions[i].address;
    *order.functions[i].address = ORDER_BREAKPOINT;
  }
}

// ---- what the dynamic linker calls

MX_API unsigned mx_order_version(unsigned version) __asm__("la_version");
unsigned mx_order_version(unsigned version) { return version; }

MX_API unsigned mx_order_mapped(struct link_map *map, Lmid_t space,
                                uintptr_t *cookie) __asm__("la_objopen");
unsigned mx_order_mapped(struct link_map *map, Lmid_t space, uintptr_t *cookie) {
  MX_UNUSED(space), MX_UNUSED(cookie);
  const char *slash = strrchr(map->l_name, '/');
  if (slash && strcmp(slash, "/metorex-jit.so") == 0) order_begin(map->l_name, map->l_addr);
  return 0;
}
