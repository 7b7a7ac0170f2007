// SPDX-License-Identifier: MIT
// Source texts: from offsets to lines and back.
//
// Lines are counted, not kept: a table says how many newlines there are before each block of the
// text, and the rest is counted within a block. That takes no time and hardly any memory, even when
// a program asks once only, as each class does that notes where it was defined. Of the text of a
// compiled file, which is read late if ever, the places of newlines were kept, too.
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

// Take tables over.
void mx_source_know_lines(Source *source, const uint32_t *newlines, const uint8_t *places) {
  source->newlines = newlines;
  source->places = places;
}

// The table of newlines, made when it is needed first.
static const uint32_t *source_newlines(const Source *source) {
  if (source->newlines) return source->newlines;
  uint32_t blocks = mx_source_blocks(source->len), count = 0;
  uint32_t *newlines = mx_arena_array(source->arena, uint32_t, blocks + 1);
  for (uint32_t i = 0; i < blocks; i++) {
    uint32_t start = i * SOURCE_BLOCK, left = source->len - start;
    newlines[i] = count;
    count += mx_source_count(source->text + start, left < SOURCE_BLOCK ? left : SOURCE_BLOCK);
  }
  newlines[blocks] = count;
  return ((Source *)(uintptr_t)source)->newlines = newlines;
}

// Place in its block of a newline, by its number from 0.
static uint32_t source_place(const Source *source, uint32_t number) {
  const uint8_t *at = source->places + 2 * (size_t)number;
  return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

// Newlines of a block in its first `len` bytes.
static uint32_t source_count_in(const Source *source, uint32_t block, uint32_t len) {
  const uint32_t *newlines = source_newlines(source);
  if (!source->places) return mx_source_count(source->text + block * SOURCE_BLOCK, len);
  uint32_t number = newlines[block];
  while (number < newlines[block + 1] && source_place(source, number) < len) number++;
  return number - newlines[block];
}

// Return the line of an offset; an offset behind the text is its end.
uint32_t mx_source_line(const Source *source, uint32_t offset) {
  if (offset > source->len) offset = source->len;
  uint32_t block = offset / SOURCE_BLOCK;
  return (uint32_t)source->first_line + source_newlines(source)[block] +
         source_count_in(source, block, offset - block * SOURCE_BLOCK);
}

// The block that has the newline of a number.
static uint32_t source_block_of(const Source *source, uint32_t number) {
  const uint32_t *newlines = source_newlines(source);
  uint32_t low = 0, high = mx_source_blocks(source->len);
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (newlines[middle] <= number)
      low = middle;
    else
      high = middle;
  }
  return low;
}

// Offset at which a line starts; the end of the text when there is no such line.
static uint32_t source_line_start(const Source *source, uint32_t index) {
  if (index == 0) return 0;
  const uint32_t *newlines = source_newlines(source);
  if (index > newlines[mx_source_blocks(source->len)]) return source->len;
  uint32_t block = source_block_of(source, index - 1), start = block * SOURCE_BLOCK;
  if (source->places) {
    start += source_place(source, index - 1) + 1;
    return start < source->len ? start : source->len;
  }
  const char *at = source->text + start, *end = source->text + source->len;
  for (uint32_t left = index - newlines[block]; left > 0; left--)
    at = (const char *)memchr(at, '\n', (size_t)(end - at)) + 1;
  return (uint32_t)(at - source->text);
}

// Return line and column of an offset; an offset behind the text is its end.
SourcePos mx_source_pos(const Source *source, uint32_t offset) {
  if (offset > source->len) offset = source->len;
  uint32_t line = mx_source_line(source, offset);
  uint32_t start = source_line_start(source, line - (uint32_t)source->first_line);
  if (start > offset) start = offset; // wrong tables
  return (SourcePos){.line = line, .column = offset - start + 1};
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
