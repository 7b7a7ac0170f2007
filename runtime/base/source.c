// SPDX-License-Identifier: MIT
// Source texts: from offsets to lines and back.
//
// Lines are counted, not kept: a table says how many newlines there are before each block of the
// text, and the rest is counted within a block. That takes no time and hardly any memory, even when
// a program asks once only, as each class does that notes where it was defined.
#include "runtime/base/source.h"

#include <string.h>

// Count the newlines in a piece of text.
uint32_t mx_source_count(const char *text, size_t len) {
  uint32_t count = 0;
  const char *end = text + len;
  while ((text = memchr(text, '\n', (size_t)(end - text)))) {
    text++;
    count++;
  }
  return count;
}

// Build a Source in the arena; the text is borrowed.
Source *mx_source_new(Arena *arena, const char *name, const char *text, size_t len,
                      int32_t first_line) {
  MX_ASSERT(len <= SOURCE_MAX_LEN, "source of %zu bytes", len);
  Source *source = mx_arena_new(arena, Source);
  source->name = mx_arena_copy(arena, name, strlen(name));
  source->text = text;
  source->len = (uint32_t)len;
  source->first_line = first_line;
  source->arena = arena;
  return source;
}

// Take a table over.
void mx_source_know_lines(Source *source, const uint32_t *newlines) { source->newlines = newlines; }

// The table of newlines, made when it is needed first.
static const uint32_t *source_newlines(const Source *source) {
  if (source->newlines) return source->newlines;
  uint32_t blocks = mx_source_blocks(source->len), count = 0;
  uint32_t *newlines = mx_arena_array(source->arena, uint32_t, blocks);
  for (uint32_t i = 0; i < blocks; i++) {
    newlines[i] = count;
    if (i + 1 < blocks) count += mx_source_count(source->text + i * SOURCE_BLOCK, SOURCE_BLOCK);
  }
  return ((Source *)(uintptr_t)source)->newlines = newlines;
}

// Return the line of an offset; an offset behind the text is its end.
uint32_t mx_source_line(const Source *source, uint32_t offset) {
  if (offset > source->len) offset = source->len;
  uint32_t block = offset / SOURCE_BLOCK, start = block * SOURCE_BLOCK;
  return (uint32_t)source->first_line + source_newlines(source)[block] +
         mx_source_count(source->text + start, offset - start);
}

// Return line and column of an offset; an offset behind the text is its end.
SourcePos mx_source_pos(const Source *source, uint32_t offset) {
  if (offset > source->len) offset = source->len;
  const char *newline = offset ? memrchr(source->text, '\n', offset) : NULL;
  uint32_t start = newline ? (uint32_t)(newline + 1 - source->text) : 0;
  return (SourcePos){.line = mx_source_line(source, offset), .column = offset - start + 1};
}

// Offset at which a line starts; the end of the text when there is no such line.
static uint32_t source_line_start(const Source *source, uint32_t index) {
  if (index == 0) return 0;
  const uint32_t *newlines = source_newlines(source);
  uint32_t low = 0, high = mx_source_blocks(source->len);
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (newlines[middle] < index)
      low = middle;
    else
      high = middle;
  }
  const char *at = source->text + low * SOURCE_BLOCK, *end = source->text + source->len;
  for (uint32_t left = index - newlines[low]; left > 0; left--) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    at = newline ? newline + 1 : end;
  }
  return (uint32_t)(at - source->text);
}

// Return the bytes of a line without its LF or CR LF.
Span mx_source_line_span(const Source *source, uint32_t index) {
  uint32_t start = source_line_start(source, index);
  const char *newline = memchr(source->text + start, '\n', source->len - start);
  if (!newline) return (Span){start, source->len};
  uint32_t end = (uint32_t)(newline - source->text);
  if (end > start && source->text[end - 1] == '\r') end--;
  return (Span){start, end};
}
