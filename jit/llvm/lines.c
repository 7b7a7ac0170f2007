// SPDX-License-Identifier: MIT
// Lines of machine code, for --profile. LLVM carries a line number along with each instruction and
// writes a table of them into the object file (DWARF 4, section .debug_line). Ours are numbers of
// places; what they stand for only jit/record knows.
#include "jit/llvm/lower.h"
#include <llvm-c/DebugInfo.h>
#include <llvm-c/Object.h>
#include <stdlib.h>
#include <string.h>

enum { LINES_DWARF = 4, LINES_VERSION = 3 }; // versions of DWARF and of LLVM's metadata

// ---- writing

static void lines_flag(Lower *lo, const char *name, uint64_t value) {
  LLVMMetadataRef word = LLVMValueAsMetadata(LLVMConstInt(lo->i32, value, 0));
  LLVMAddModuleFlag(lo->module, LLVMModuleFlagBehaviorWarning, name, strlen(name), word);
}

void mx_lines_begin(Lower *lo) {
  LLVMDIBuilderRef at = LLVMCreateDIBuilder(lo->module);
  LLVMMetadataRef file = LLVMDIBuilderCreateFile(at, "region", 6, "", 0);
  (void)LLVMDIBuilderCreateCompileUnit(at, LLVMDWARFSourceLanguageC99, file, "metorex", 7, 0, "", 0,
                                       0, "", 0, LLVMDWARFEmissionLineTablesOnly, 0, 0, 0, "", 0,
                                       "", 0);
  LLVMMetadataRef type = LLVMDIBuilderCreateSubroutineType(at, file, NULL, 0, LLVMDIFlagZero);
  const char *name = lo->job->symbol;
  lo->scope = LLVMDIBuilderCreateFunction(at, file, name, strlen(name), name, strlen(name), file, 0,
                                          type, 0, 1, 0, LLVMDIFlagZero, 0);
  LLVMSetSubprogram(lo->function, lo->scope);
  lines_flag(lo, "Debug Info Version", LINES_VERSION);
  lines_flag(lo, "Dwarf Version", LINES_DWARF);
  LLVMDIBuilderFinalize(at);
  LLVMDisposeDIBuilder(at);
}

uint32_t mx_lines_at(Lower *lo, uint32_t place) {
  uint32_t before = lo->place;
  if (!lo->scope || place == before) return before;
  LLVMMetadataRef line =
      place ? LLVMDIBuilderCreateDebugLocation(lo->cx, place, 0, lo->scope, NULL) : NULL;
  LLVMSetCurrentDebugLocation2(lo->at, line);
  lo->place = place;
  return before;
}

// ---- reading

// Opcodes of the line number program (DWARF 4, 6.2.5).
enum {
  LINE_EXTENDED = 0,
  LINE_COPY = 1,
  LINE_ADVANCE_PC = 2,
  LINE_ADVANCE_LINE = 3,
  LINE_CONST_ADD_PC = 8, // 9, which has a number of two bytes, is for linkers that shorten code
};

typedef struct LineReader {
  const uint8_t *at, *end;   // what is left
  uint8_t instruction_bytes; // unit of addresses
  int8_t base;               // special opcodes: the smallest step of the line
  uint8_t range;             // likewise: how many steps there are
  uint8_t first;             // the first special opcode
  const uint8_t *operands;   // how many each standard opcode has
  uint64_t offset;           // the machine's registers
  uint64_t line;
  VEC(MachineLine) lines; // what it has said
} LineReader;

static uint8_t lines_byte(LineReader *r) { return r->at < r->end ? *r->at++ : 0; }

static uint64_t lines_number(LineReader *r, uint32_t bytes) {
  uint64_t n = 0;
  for (uint32_t i = 0; i < bytes; i++) n |= (uint64_t)lines_byte(r) << (8 * i);
  return n;
}

// A LEB128 number, which has a sign.
static uint64_t lines_leb(LineReader *r, bool sign) {
  uint64_t n = 0;
  uint32_t shift = 0;
  uint8_t byte = 0;
  do {
    byte = lines_byte(r);
    if (shift < 64) n |= (uint64_t)(byte & 0x7f) << shift;
    shift += 7;
  } while (byte & 0x80);
  if (sign && byte & 0x40 && shift < 64) n |= ~UINT64_C(0) << shift;
  return n;
}

// What LLVM cannot tell, since it was made of several, has line 0: it goes with what is before it.
static void lines_add(LineReader *r) {
  if (r->line == 0) return;
  MachineLine line = {(uint32_t)r->offset, (uint32_t)r->line};
  uint32_t count = r->lines.count;
  if (count && r->lines.at[count - 1].offset == line.offset) r->lines.count--;
  vec_push(&r->lines, line);
}

static void lines_advance(LineReader *r, uint8_t special) {
  r->offset += (uint64_t)(special / r->range) * r->instruction_bytes;
}

static void lines_standard(LineReader *r, uint8_t opcode) {
  switch (opcode) {
  case LINE_EXTENDED: {
    uint64_t length = lines_leb(r, false); // sets the start, which is known, or ends
    r->at += length < (uint64_t)(r->end - r->at) ? length : (uint64_t)(r->end - r->at);
    break;
  }
  case LINE_COPY: lines_add(r); break;
  case LINE_ADVANCE_PC: r->offset += lines_leb(r, false) * r->instruction_bytes; break;
  case LINE_ADVANCE_LINE: r->line += lines_leb(r, true); break;
  case LINE_CONST_ADD_PC: lines_advance(r, (uint8_t)(255 - r->first)); break;
  default: // columns, statements and the like
    for (uint32_t i = 0; i < r->operands[opcode - 1]; i++) (void)lines_leb(r, false);
  }
}

static void lines_special(LineReader *r, uint8_t opcode) {
  uint8_t special = (uint8_t)(opcode - r->first);
  lines_advance(r, special);
  r->line += (uint64_t)(int64_t)(r->base + special % r->range);
  lines_add(r);
}

// Read the header; false when it is none that we know.
static bool lines_header(LineReader *r) {
  uint64_t length = lines_number(r, 4);
  if (length > (uint64_t)(r->end - r->at)) return false;
  r->end = r->at + length;
  if (lines_number(r, 2) != LINES_DWARF) return false;
  uint64_t header = lines_number(r, 4);
  if (header > (uint64_t)(r->end - r->at)) return false;
  const uint8_t *program = r->at + header;
  r->instruction_bytes = lines_byte(r);
  (void)lines_number(r, 2); // operations of an instruction; is it a statement at first?
  r->base = (int8_t)lines_byte(r);
  r->range = lines_byte(r);
  r->first = lines_byte(r);
  r->operands = r->at;
  bool good = r->range > 0 && r->first > 0 && r->first - 1 <= r->end - r->at;
  r->at = program;
  return good;
}

// Run the program of a .debug_line section, about a function that begins at an offset.
static MachineLine *lines_run(const char *bytes, uint64_t count, uint64_t start, uint32_t *lines) {
  const uint8_t *at = (const uint8_t *)bytes;
  LineReader r = {.at = at, .end = at + count, .line = 1, .offset = start};
  if (!lines_header(&r)) return NULL;
  while (r.at < r.end) {
    uint8_t opcode = lines_byte(&r);
    if (opcode < r.first)
      lines_standard(&r, opcode);
    else
      lines_special(&r, opcode);
  }
  *lines = r.lines.count;
  return r.lines.at;
}

// Where the function that has lines begins: the first one, unless there is one for own calls.
static uint64_t lines_start(LLVMBinaryRef file) {
  uint64_t start = 0;
  LLVMSymbolIteratorRef at = LLVMObjectFileCopySymbolIterator(file);
  for (; !LLVMObjectFileIsSymbolIteratorAtEnd(file, at); LLVMMoveToNextSymbol(at)) {
    const char *name = LLVMGetSymbolName(at);
    if (name && strcmp(name, LOWER_OWN_SYMBOL) == 0) start = LLVMGetSymbolAddress(at);
  }
  LLVMDisposeSymbolIterator(at);
  return start;
}

MachineLine *mx_lines_read(LLVMMemoryBufferRef object, uint32_t *count) {
  char *error = NULL;
  MachineLine *lines = NULL;
  *count = 0;
  LLVMBinaryRef file = LLVMCreateBinary(object, NULL, &error);
  LLVMDisposeMessage(error);
  if (!file) return NULL;
  LLVMSectionIteratorRef at = LLVMObjectFileCopySectionIterator(file);
  for (; !LLVMObjectFileIsSectionIteratorAtEnd(file, at); LLVMMoveToNextSection(at)) {
    const char *name = LLVMGetSectionName(at);
    if (!lines && name && strcmp(name, ".debug_line") == 0)
      lines =
          lines_run(LLVMGetSectionContents(at), LLVMGetSectionSize(at), lines_start(file), count);
  }
  LLVMDisposeSectionIterator(at);
  LLVMDisposeBinary(file);
  return lines;
}
