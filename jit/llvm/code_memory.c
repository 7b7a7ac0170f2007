// SPDX-License-Identifier: MIT
// Pages for machine code, as callbacks of LLVM's RuntimeDyld.
//
// All sections of an object, code and constants, lie behind each other in one mapping, so that they
// reach each other by offsets and a small region takes one page.
#include "jit/llvm/code_memory.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// The mapping of one object.
typedef struct CodeSpan {
  CodeMemory *memory; // that it was made for
  uint8_t *start;     // NULL: there was no memory
  size_t size;        // bytes, whole pages
  size_t used;        // bytes of sections so far
} CodeSpan;

static size_t span_pages(size_t bytes) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  return (bytes + page - 1) & ~(page - 1);
}

// A mapping for the object that is linked next.
static void *span_create(void *context) {
  CodeMemory *memory = context;
  CodeSpan *span = calloc(1, sizeof *span);
  if (!span) mx_check_out_of_memory(sizeof *span);
  span->memory = memory;
  span->size = span_pages(memory->room);
  void *start = mmap(NULL, span->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start != MAP_FAILED) span->start = start;
  memory->code = NULL;
  memory->code_bytes = memory->pages = 0;
  return span;
}

static void span_no_more(void *context) { (void)context; }

// Room for a section; NULL, which LLVM reports, when there is none.
static uint8_t *span_section(CodeSpan *span, uintptr_t size, unsigned alignment) {
  size_t mask = alignment ? alignment - 1 : 0;
  size_t at = (span->used + mask) & ~mask;
  if (!span->start || at + size > span->size) return NULL;
  span->used = at + size;
  return span->start + at;
}

static uint8_t *span_code(void *context, uintptr_t size, unsigned alignment, unsigned id,
                          const char *name) {
  (void)id, (void)name;
  CodeSpan *span = context;
  uint8_t *code = span_section(span, size, alignment);
  if (span->memory->code) return code;
  span->memory->code = code;
  span->memory->code_bytes = size;
  return code;
}

static uint8_t *span_data(void *context, uintptr_t size, unsigned alignment, unsigned id,
                          const char *name, LLVMBool read_only) {
  (void)id, (void)name, (void)read_only;
  return span_section(context, size, alignment);
}

// All is written: give back what was not needed, and let the rest be executed. True: failed.
static LLVMBool span_finalize(void *context, char **message) {
  CodeSpan *span = context;
  size_t needed = span_pages(span->used);
  if (needed < span->size) munmap(span->start + needed, span->size - needed);
  span->size = needed;
  span->memory->pages = needed;
  if (needed == 0 || mprotect(span->start, needed, PROT_READ | PROT_EXEC) == 0) return false;
  *message = strdup("cannot make code executable");
  return true;
}

static void span_destroy(void *context) {
  CodeSpan *span = context;
  if (span->start && span->size) munmap(span->start, span->size);
  free(span);
}

LLVMOrcObjectLayerRef mx_code_memory_layer(CodeMemory *memory, LLVMOrcExecutionSessionRef session) {
  return LLVMOrcCreateRTDyldObjectLinkingLayerWithMCJITMemoryManagerLikeCallbacks(
      session, memory, span_create, span_no_more, span_code, span_data, span_finalize,
      span_destroy);
}
