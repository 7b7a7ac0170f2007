// SPDX-License-Identifier: MIT
// A source text and positions in it.
//
// Positions are byte offsets; lines and columns are computed on demand from the line table.
// UNITS: offsets and columns in bytes; lines count from first_line (1 unless eval says
// otherwise), columns from 1.
// OWNERSHIP: the text is borrowed for the life of the Source.
#ifndef MX_BASE_SOURCE_H
#define MX_BASE_SOURCE_H

#include "runtime/base/arena.h"

typedef struct Span {
  uint32_t start; // first byte
  uint32_t end;   // one past the last byte
} Span;

typedef struct SourcePos {
  uint32_t line;   // as a user counts
  uint32_t column; // bytes, from 1
} SourcePos;

typedef struct Source {
  const char *name;         // path as the user sees it (__FILE__)
  const char *text;         // bytes; text[len] is a NUL; NULL while only its lines are known
  uint32_t len;             // bytes
  int32_t first_line;       // number of the first line, usually 1
  Arena *arena;             // where newlines go
  const uint32_t *newlines; // by block: newlines before it, then all; NULL until they are needed
  const uint8_t *places;    // of newlines in their blocks, two bytes each; NULL: looked for in text
} Source;

enum {
  SOURCE_MAX_LEN = 0x7fffffff, // bytes; larger texts are refused by the reader
  SOURCE_BLOCK = 1024,         // bytes of text for an entry of the table of lines
};

// Build a Source in the arena, which later takes its table of lines, too; text must outlive it and
// end with a NUL.
MX_FUNC Source *mx_source_new(Arena *arena, const char *name, const char *text, size_t len,
                              int32_t first_line);
// Number of blocks of a text, the last of which may be empty.
static inline uint32_t mx_source_blocks(uint32_t len) { return len / SOURCE_BLOCK + 1; }
// Newlines in a piece of text.
MX_FUNC uint32_t mx_source_count(const char *text, size_t len);
// Give the source the tables of lines that were kept of its text: by block, the newlines before it,
// behind them the number of all; for each newline its place in its block, the lower byte first.
// They are borrowed. Wrong ones give wrong lines, nothing worse. The text is not looked at any
// more, but for the end of a line.
MX_FUNC void mx_source_know_lines(Source *source, const uint32_t *newlines, const uint8_t *places);
MX_FUNC SourcePos mx_source_pos(const Source *source, uint32_t offset);
MX_FUNC uint32_t mx_source_line(const Source *source, uint32_t offset);
// The bytes of a line (index from 0) without its newline. The text must be there.
MX_FUNC Span mx_source_line_span(const Source *source, uint32_t index);

static inline Span mx_span_join(Span a, Span b) {
  return (Span){a.start < b.start ? a.start : b.start, a.end > b.end ? a.end : b.end};
}

#endif
