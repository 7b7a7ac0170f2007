// SPDX-License-Identifier: MIT
// Source texts: the line table and the way back from offsets to lines.
#include "runtime/base/source.h"

#include <string.h>

// Count the lines of a text: one more than its newlines.
static uint32_t source_count_lines(const char *text, size_t len) {
  uint32_t count = 1;
  const char *end = text + len;
  for (const char *p = text; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++) count++;
  return count;
}

// Note the offset at which each line starts.
static void source_fill_lines(uint32_t *starts, const char *text, size_t len) {
  const char *end = text + len;
  *starts++ = 0;
  for (const char *p = text; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
    *starts++ = (uint32_t)(p + 1 - text);
}

// Build a Source and its line table in the arena; the text is borrowed.
Source *mx_source_new(Arena *arena, const char *name, const char *text, size_t len,
                      int32_t first_line) {
  MX_ASSERT(len <= SOURCE_MAX_LEN, "source of %zu bytes", len);
  Source *source = mx_arena_new(arena, Source);
  source->name = mx_arena_copy(arena, name, strlen(name));
  source->text = text;
  source->len = (uint32_t)len;
  source->first_line = first_line;
  source->line_count = source_count_lines(text, len);
  uint32_t *starts = mx_arena_array(arena, uint32_t, source->line_count);
  source_fill_lines(starts, text, len);
  source->line_start = starts;
  return source;
}

// Find the index of the last line that starts at or before an offset.
static uint32_t source_line_index(const Source *source, uint32_t offset) {
  uint32_t low = 0;
  uint32_t high = source->line_count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (source->line_start[middle] <= offset)
      low = middle;
    else
      high = middle;
  }
  return low;
}

// Return line and column of an offset; an offset behind the text is its end.
SourcePos mx_source_pos(const Source *source, uint32_t offset) {
  if (offset > source->len) offset = source->len;
  uint32_t index = source_line_index(source, offset);
  return (SourcePos){.line = (uint32_t)source->first_line + index,
                     .column = offset - source->line_start[index] + 1};
}

// Return the line of an offset.
uint32_t mx_source_line(const Source *source, uint32_t offset) {
  return mx_source_pos(source, offset).line;
}

// Return the bytes of a line without its LF or CR LF.
Span mx_source_line_span(const Source *source, uint32_t index) {
  MX_ASSERT(index < source->line_count, "line %u of %u", index, source->line_count);
  uint32_t start = source->line_start[index];
  if (index + 1 == source->line_count) return (Span){start, source->len};
  uint32_t end = source->line_start[index + 1] - 1;
  if (end > start && source->text[end - 1] == '\r') end--;
  return (Span){start, end};
}
