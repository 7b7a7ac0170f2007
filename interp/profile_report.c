// SPDX-License-Identifier: MIT
// Reports of a profile: text of at most 100 columns, JSON, folded stacks.
//
// The report is made in memory and written at once, so that nothing of it is lost or mixed up when
// other processes write to the same file.
#include "runtime/string.h"
#include "interp/profile_sum.h"
#include "interp/program.h"
#include "interp/tier.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// UNITS: rows; columns.
enum { REPORT_METHODS = 20, REPORT_LOOPS = 10, REPORT_LINES = 20, REPORT_OPS = 10 };
enum { REPORT_REGIONS = 20 };
enum { REPORT_WIDTH = 100, REPORT_NUMBER = 32 };

static const char *const report_engines[] = {
    [PROFILE_BYTECODE] = "bytecode", [PROFILE_AST] = "ast", [PROFILE_C] = "c"};
static const char *const report_short_engines[] = {
    [PROFILE_BYTECODE] = "bc", [PROFILE_AST] = "ast", [PROFILE_C] = "C"};

// What a report is made of.
typedef struct Report {
  const Profiler *profiler;
  const ProfileSum *sum;
  const char *program;     // name of what ran
  VEC(TierRegion) regions; // places that were hot, when there is a JIT
  StrBuf out;
} Report;

// ---- order

// The greater first; then by place in the tables, so that equal runs give equal reports.
#define REPORT_BY(a, b) \
  if ((a) != (b)) return (a) > (b) ? -1 : 1

static int report_order_methods(const void *left, const void *right, void *ctx) {
  const ProfileMethod *all = ctx;
  const ProfileMethod *a = &all[*(const uint32_t *)left], *b = &all[*(const uint32_t *)right];
  REPORT_BY(a->self_ns, b->self_ns);
  REPORT_BY(a->instructions, b->instructions);
  REPORT_BY(a->total_ns, b->total_ns);
  REPORT_BY(a->calls, b->calls);
  return strcmp(a->name, b->name);
}

static int report_order_lines(const void *left, const void *right, void *ctx) {
  const ProfileLine *all = ctx;
  const ProfileLine *a = &all[*(const uint32_t *)left], *b = &all[*(const uint32_t *)right];
  REPORT_BY(a->self_ns, b->self_ns);
  REPORT_BY(a->instructions, b->instructions);
  REPORT_BY(a->allocations, b->allocations);
  REPORT_BY(a->total_ns, b->total_ns);
  return a->line < b->line ? -1 : 1;
}

static int report_order_loops(const void *left, const void *right, void *ctx) {
  const ProfileLoop *all = ctx;
  const ProfileLoop *a = &all[*(const uint32_t *)left], *b = &all[*(const uint32_t *)right];
  REPORT_BY(a->self_ns, b->self_ns);
  REPORT_BY(a->instructions, b->instructions);
  return a->start < b->start ? -1 : 1;
}

// Time in the code that a region is of.
static uint64_t report_region_ns(const ProfileSum *sum, const TierRegion *region) {
  const Code *code = region->home ? region->home : region->code;
  uint64_t at;
  bool known = mx_bytemap_get(&sum->code_keys, (const char *)&code, sizeof code, &at);
  return known ? sum->methods.at[at].self_ns : 0;
}

static int report_order_regions(const void *left, const void *right, void *ctx) {
  const Report *r = ctx;
  uint32_t x = *(const uint32_t *)left, y = *(const uint32_t *)right;
  const TierRegion *a = &r->regions.at[x], *b = &r->regions.at[y];
  REPORT_BY(report_region_ns(r->sum, a), report_region_ns(r->sum, b));
  REPORT_BY(a->entries, b->entries);
  return x > y ? -1 : 1; // the older ones first
}

static int report_order_ops(const void *left, const void *right, void *ctx) {
  const uint64_t *all = ctx;
  uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
  REPORT_BY(all[a], all[b]);
  return a < b ? -1 : 1;
}
#undef REPORT_BY

// Numbers of the entries of a table in order; the caller frees them.
static uint32_t *report_sorted(const void *table, uint32_t count,
                               int (*order)(const void *, const void *, void *)) {
  uint32_t *numbers = malloc((count + 1) * sizeof *numbers);
  if (!numbers) mx_check_out_of_memory(count * sizeof *numbers);
  for (uint32_t i = 0; i < count; i++) numbers[i] = i;
  qsort_r(numbers, count, sizeof *numbers, order, (void *)(uintptr_t)table);
  return numbers;
}

// ---- text

// A number with its thousands apart.
static const char *report_number(uint64_t n, char *out) {
  char digits[REPORT_NUMBER];
  int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
  char *at = out;
  for (int i = 0; i < len; i++) {
    if (i > 0 && (len - i) % 3 == 0) *at++ = ',';
    *at++ = digits[i];
  }
  *at = 0;
  return out;
}

// Seconds of a time.
static double report_seconds(uint64_t ns) { return (double)ns / 1e9; }

// Hundredths of the time of all samples.
static double report_percent(const Report *r, uint64_t ns) {
  uint64_t all = r->profiler->tree.ns;
  return all ? 100.0 * (double)ns / (double)all : 0;
}

// Append a number that is right-aligned; "-" when it was not counted.
static void report_column(Report *r, int width, uint64_t n, bool counted) {
  char text[REPORT_NUMBER];
  mx_strbuf_printf(&r->out, " %*s", width, counted ? report_number(n, text) : "-");
}

// Append the shares of time that all tables begin with.
static void report_times(Report *r, uint64_t self_ns, uint64_t total_ns) {
  mx_strbuf_printf(&r->out, "%5.1f %8.3f %8.3f", report_percent(r, self_ns),
                   report_seconds(self_ns), report_seconds(total_ns));
}

// End a line that began at `start`: cut at the width, without blanks at the end.
static void report_end_line(Report *r, size_t start) {
  uint32_t columns = 0;
  size_t at = start;
  for (; at < r->out.len && columns < REPORT_WIDTH; columns++) {
    do at++;
    while (at < r->out.len && ((unsigned char)r->out.at[at] & 0xc0) == 0x80);
  }
  if (at < r->out.len) mx_strbuf_truncate(&r->out, at);
  while (r->out.len > start && r->out.at[r->out.len - 1] == ' ')
    mx_strbuf_truncate(&r->out, r->out.len - 1);
  mx_strbuf_add_byte(&r->out, '\n');
}

// The end of a path, which is what tells files apart; "(eval at ...)" is none.
static const char *report_file(const char *path) {
  const char *slash = *path == '(' ? NULL : strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static bool report_counts(const Report *r) { return !r->profiler->options.sample_only; }
static bool report_walks(const Report *r) { return mx_interp(r->profiler->vm)->options.walker; }

// What ran, for how long, and how much of it was counted.
static void report_head(Report *r) {
  const Profiler *p = r->profiler;
  char a[REPORT_NUMBER], b[REPORT_NUMBER], c[REPORT_NUMBER];
  mx_strbuf_printf(&r->out, "profile of %.40s: %s engine, %.3f s of processor time, %u samples",
                   report_file(r->program), report_walks(r) ? "ast" : "bytecode",
                   report_seconds(p->elapsed_ns), p->tree.samples);
  if (p->tree.lost > 0) mx_strbuf_printf(&r->out, ", %u lost", p->tree.lost);
  mx_strbuf_add_byte(&r->out, '\n');
  if (!report_counts(r)) {
    mx_strbuf_add_str(&r->out,
                      "sampled only: no calls, instructions or allocations were counted\n");
    return;
  }
  if (report_walks(r))
    mx_strbuf_add_str(&r->out,
                      "the tree walker executes no instructions: there are no counts of them\n");
  else
    mx_strbuf_printf(&r->out, "%s instructions in the program, %s in the library\n",
                     report_number(r->sum->instructions, a), report_number(r->sum->library, b));
  mx_strbuf_printf(&r->out, "%s calls of methods and blocks of the program, %s objects allocated\n",
                   report_number(r->sum->calls, a), report_number(p->allocated, c));
}

// What ran most of something of an engine's: machine code did if that had half of the time.
static const char *report_engine(ProfileEngine engine, uint64_t self_ns, uint64_t machine_ns) {
  bool machine = machine_ns > 0 && machine_ns >= self_ns / 2;
  return machine ? "jit" : report_short_engines[engine];
}

// One row of methods.
static void report_method(Report *r, const ProfileMethod *m) {
  size_t start = r->out.len;
  report_times(r, m->self_ns, m->total_ns);
  bool counted = report_counts(r) && m->counted, guest = m->file != NULL;
  report_column(r, 11, m->calls, counted);
  report_column(r, 14, m->instructions, counted && m->engine == PROFILE_BYTECODE);
  report_column(r, 11, m->allocations, counted && guest);
  mx_strbuf_printf(&r->out, " %-3s %s", report_engine(m->engine, m->self_ns, m->machine_ns),
                   m->name);
  if (guest) mx_strbuf_printf(&r->out, " %s:%u", report_file(m->file), m->line);
  report_end_line(r, start);
}

static void report_methods(Report *r) {
  uint32_t count = r->sum->methods.count, shown = 0;
  uint32_t *order = report_sorted(r->sum->methods.at, count, report_order_methods);
  mx_strbuf_add_str(&r->out, "\nmethods and blocks\nself%   self s  total s       calls   "
                             "instructions     objects     where\n");
  for (uint32_t i = 0; i < count && shown < REPORT_METHODS; i++) {
    const ProfileMethod *m = &r->sum->methods.at[order[i]];
    bool told = m->total_ns > 0 || (m->file && m->calls > 0);
    if (!told) continue;
    report_method(r, m);
    shown++;
  }
  free(order);
}

static void report_loops(Report *r) {
  uint32_t count = r->sum->loops.count;
  if (count == 0) return;
  uint32_t *order = report_sorted(r->sum->loops.at, count, report_order_loops);
  mx_strbuf_add_str(&r->out,
                    "\nloops\nself%   self s  total s  iterations   instructions     where\n");
  for (uint32_t i = 0; i < count && i < REPORT_LOOPS; i++) {
    const ProfileLoop *loop = &r->sum->loops.at[order[i]];
    const ProfileLine *line = &r->sum->lines.at[loop->line];
    size_t start = r->out.len;
    report_times(r, loop->self_ns, loop->total_ns);
    report_column(r, 11, loop->iterations, true);
    report_column(r, 14, loop->instructions, true);
    const char *engine = report_engine(PROFILE_BYTECODE, loop->self_ns, loop->machine_ns);
    mx_strbuf_printf(&r->out, " %-3s %s:%u", engine, report_file(line->file), line->line);
    report_end_line(r, start);
  }
  free(order);
}

// Append the text of a line without the blanks around it.
static void report_source(Report *r, const ProfileLine *line) {
  uint32_t index = line->line - (uint32_t)line->source->first_line;
  Span span = mx_source_line_span(line->source, index);
  while (span.start < span.end && line->source->text[span.start] == ' ') span.start++;
  mx_strbuf_add_str(&r->out, "  ");
  mx_strbuf_add(&r->out, line->source->text + span.start, span.end - span.start);
}

static void report_lines(Report *r) {
  uint32_t count = r->sum->lines.count, shown = 0;
  uint32_t *order = report_sorted(r->sum->lines.at, count, report_order_lines);
  ProfileEngine runs = report_walks(r) ? PROFILE_AST : PROFILE_BYTECODE;
  mx_strbuf_add_str(&r->out,
                    "\nlines\nself%   self s  total s   instructions     objects     where\n");
  for (uint32_t i = 0; i < count && shown < REPORT_LINES; i++) {
    const ProfileLine *line = &r->sum->lines.at[order[i]];
    if (line->total_ns + line->instructions + line->allocations == 0) continue;
    size_t start = r->out.len;
    report_times(r, line->self_ns, line->total_ns);
    bool counted = report_counts(r) && !report_walks(r);
    report_column(r, 14, line->instructions, counted);
    report_column(r, 11, line->allocations, counted);
    const char *engine = report_engine(runs, line->self_ns, line->machine_ns);
    mx_strbuf_printf(&r->out, " %-3s %s:%u", engine, report_file(line->file), line->line);
    report_source(r, line);
    report_end_line(r, start);
    shown++;
  }
  free(order);
}

// ---- machine code

// Take a region that the JIT tells of.
static void report_take_region(void *ctx, const TierRegion *region) {
  Report *r = ctx;
  vec_push(&r->regions, *region);
}

// The line of an instruction.
static uint32_t report_code_line(const Code *code, uint32_t pc) {
  return mx_code_line(code, mx_chunk_site(code->chunk, pc));
}

// Append where an instruction is: file and line, or that it is in the library.
static void report_place(Report *r, const Code *code, uint32_t pc) {
  if (code->core)
    mx_strbuf_add_str(&r->out, "(library)");
  else
    mx_strbuf_printf(&r->out, "%s:%u", report_file(code->unit->source->name),
                     report_code_line(code, pc));
}

// Append where a region is. A loop of the library is told by who calls it.
static void report_region_place(Report *r, const TierRegion *region) {
  const Code *code = region->home ? region->home : region->code;
  mx_strbuf_add_str(&r->out, region->method ? " method " : region->home ? " iterator " : " loop ");
  if (region->method && code->method)
    mx_strbuf_printf(&r->out, "%s ", mx_sym_text(&r->profiler->vm->symtab, code->method->name));
  report_place(r, code, region->home ? region->home_pc : region->pc);
}

// The instruction that a region was built without.
static const char *report_missing(const Report *r, const TierRegion *region) {
  if (region->missing_name) return mx_sym_text(&r->profiler->vm->symtab, region->missing_name);
  Instruction in;
  const Chunk *chunk = region->missing_code->chunk;
  bool known = mx_op_decode(chunk->code, chunk->code_len, region->missing_pc, &in);
  return known ? mx_op_info(in.op)->name : "?";
}

// What could not be compiled, and what machine code was left for.
static void report_region_reasons(Report *r, const TierRegion *region) {
  enum { INDENT = 41 };
  size_t start = r->out.len;
  if (region->why && region->failures > 0) {
    mx_strbuf_printf(&r->out, "%*s%s", INDENT, "", region->why);
    report_end_line(r, start);
  }
  if (region->missing_code) {
    start = r->out.len;
    mx_strbuf_printf(&r->out, "%*s%s %s at ", INDENT, "", report_missing(r, region),
                     region->missing_name ? "is called by the protocol" : "is not compiled");
    report_place(r, region->missing_code, region->missing_pc);
    report_end_line(r, start);
  }
  for (uint32_t i = 0; i < region->exit_count; i++) {
    const TierExit *exit = &region->exits[i];
    char count[REPORT_NUMBER];
    start = r->out.len;
    mx_strbuf_printf(&r->out, "%*sleft %s times by %s at ", INDENT, "",
                     report_number(exit->count, count), exit->op);
    report_place(r, exit->from, exit->from_pc);
    if (exit->code != exit->from) mx_strbuf_add_str(&r->out, " (library)");
    report_end_line(r, start);
  }
}

static void report_regions(Report *r) {
  if (r->regions.count == 0) return;
  uint32_t *order = report_sorted(r, r->regions.count, report_order_regions);
  mx_strbuf_add_str(&r->out, "\nmachine code\nstate      builds     entries      bytes where\n");
  for (uint32_t i = 0; i < r->regions.count && i < REPORT_REGIONS; i++) {
    const TierRegion *region = &r->regions.at[order[i]];
    size_t start = r->out.len;
    mx_strbuf_printf(&r->out, "%-10s", region->state);
    report_column(r, 6, region->builds, true);
    report_column(r, 11, region->entries, region->builds > 0);
    report_column(r, 10, region->bytes, region->builds > 0);
    report_region_place(r, region);
    report_end_line(r, start);
    report_region_reasons(r, region);
  }
  free(order);
}

// ---- opcodes

static void report_ops(Report *r) {
  uint64_t all = r->sum->instructions + r->sum->library;
  if (all == 0) return;
  uint32_t *order = report_sorted(r->sum->ops, OP_COUNT, report_order_ops);
  mx_strbuf_add_str(&r->out, "\ninstructions\nshare%        times\n");
  for (uint32_t i = 0; i < REPORT_OPS; i++) {
    uint64_t n = r->sum->ops[order[i]];
    if (n == 0) break;
    mx_strbuf_printf(&r->out, "%6.1f", 100.0 * (double)n / (double)all);
    report_column(r, 14, n, true);
    mx_strbuf_printf(&r->out, " %s\n", mx_op_info((OpCode)order[i])->name);
  }
  free(order);
}

static void report_legend(Report *r) {
  mx_strbuf_add_str(
      &r->out, "\nself: time in the row's own code; of a line or loop with the library "
               "methods it called.\ntotal: with all that it called. Times are sampled, "
               "the other columns are exact; -: not counted.\nwhere: engine (bc bytecode, jit most "
               "of it in machine code, ast tree\nwalker, C built in), name, place; no place: "
               "library.\n");
}

static void report_text(Report *r) {
  report_head(r);
  report_methods(r);
  report_loops(r);
  report_lines(r);
  report_regions(r);
  report_ops(r);
  report_legend(r);
}

// ---- JSON

// Bytes of the UTF-8 sequence at a place; 0 when there is none.
static size_t report_utf8(const unsigned char *at) {
  size_t len = *at < 0x80 ? 1 : *at >= 0xf0 ? 4 : *at >= 0xe0 ? 3 : 2;
  if ((*at >= 0x80 && *at < 0xc2) || *at > 0xf4) return 0;
  for (size_t i = 1; i < len; i++)
    if ((at[i] & 0xc0) != 0x80) return 0;
  return len;
}

// Append a string; bytes that are no UTF-8 become the replacement character.
static void report_json_string(Report *r, const char *text) {
  mx_strbuf_add_byte(&r->out, '"');
  for (size_t len; *text; text += len) {
    unsigned char byte = (unsigned char)*text;
    len = report_utf8((const unsigned char *)text);
    if (len == 0 || byte < 0x20)
      mx_strbuf_printf(&r->out, "\\u%04x", len == 0 ? 0xfffdu : byte);
    else if (byte == '"' || byte == '\\')
      mx_strbuf_printf(&r->out, "\\%c", byte);
    else
      mx_strbuf_add(&r->out, text, len);
    if (len == 0) len = 1;
  }
  mx_strbuf_add_byte(&r->out, '"');
}

// Append ,"name":number
static void report_json_number(Report *r, const char *name, uint64_t n) {
  mx_strbuf_printf(&r->out, ",\"%s\":%llu", name, (unsigned long long)n);
}

// Append {"file":...,"line":n
static void report_json_place(Report *r, const char *file, uint32_t line) {
  mx_strbuf_add_str(&r->out, "{\"file\":");
  if (file)
    report_json_string(r, file);
  else
    mx_strbuf_add_str(&r->out, "null");
  report_json_number(r, "line", line);
}

// Append ,"self_ns":n,"total_ns":n
static void report_json_times(Report *r, uint64_t self_ns, uint64_t total_ns) {
  report_json_number(r, "self_ns", self_ns);
  report_json_number(r, "total_ns", total_ns);
}

static void report_json_head(Report *r) {
  const Profiler *p = r->profiler;
  mx_strbuf_add_str(&r->out, "{\"program\":");
  report_json_string(r, r->program);
  mx_strbuf_printf(&r->out, ",\"engine\":\"%s\",\"counted\":%s",
                   report_walks(r) ? "ast" : "bytecode", report_counts(r) ? "true" : "false");
  report_json_number(r, "elapsed_ns", p->elapsed_ns);
  report_json_number(r, "sampled_ns", p->tree.ns);
  report_json_number(r, "samples", p->tree.samples);
  report_json_number(r, "lost_samples", p->tree.lost);
  if (!report_counts(r)) return;
  report_json_number(r, "calls", r->sum->calls);
  report_json_number(r, "allocations", p->allocated);
  if (report_walks(r)) return;
  report_json_number(r, "instructions", r->sum->instructions);
  report_json_number(r, "library_instructions", r->sum->library);
}

static void report_json_method(Report *r, const ProfileMethod *m) {
  report_json_place(r, m->file, m->line);
  mx_strbuf_add_str(&r->out, ",\"name\":");
  report_json_string(r, m->name);
  mx_strbuf_printf(&r->out, ",\"engine\":\"%s\"", report_engines[m->engine]);
  report_json_times(r, m->self_ns, m->total_ns);
  report_json_number(r, "machine_ns", m->machine_ns);
  report_json_number(r, "samples", m->samples);
  if (report_counts(r) && m->counted) {
    report_json_number(r, "calls", m->calls);
    if (m->engine == PROFILE_BYTECODE) report_json_number(r, "instructions", m->instructions);
    if (m->file) report_json_number(r, "allocations", m->allocations);
  }
  mx_strbuf_add_byte(&r->out, '}');
}

static void report_json_methods(Report *r) {
  uint32_t count = r->sum->methods.count;
  uint32_t *order = report_sorted(r->sum->methods.at, count, report_order_methods);
  mx_strbuf_add_str(&r->out, ",\n\"methods\":[");
  const char *comma = "\n";
  for (uint32_t i = 0; i < count; i++) {
    const ProfileMethod *m = &r->sum->methods.at[order[i]];
    if (m->calls == 0 && m->total_ns == 0 && m->instructions == 0) continue;
    mx_strbuf_add_str(&r->out, comma);
    report_json_method(r, m);
    comma = ",\n";
  }
  mx_strbuf_add_byte(&r->out, ']');
  free(order);
}

static void report_json_loops(Report *r) {
  uint32_t count = r->sum->loops.count;
  uint32_t *order = report_sorted(r->sum->loops.at, count, report_order_loops);
  mx_strbuf_add_str(&r->out, ",\n\"loops\":[");
  for (uint32_t i = 0; i < count; i++) {
    const ProfileLoop *loop = &r->sum->loops.at[order[i]];
    const ProfileLine *line = &r->sum->lines.at[loop->line];
    mx_strbuf_add_str(&r->out, i ? ",\n" : "\n");
    report_json_place(r, line->file, line->line);
    report_json_times(r, loop->self_ns, loop->total_ns);
    report_json_number(r, "machine_ns", loop->machine_ns);
    report_json_number(r, "iterations", loop->iterations);
    report_json_number(r, "instructions", loop->instructions);
    mx_strbuf_add_byte(&r->out, '}');
  }
  mx_strbuf_add_byte(&r->out, ']');
  free(order);
}

static void report_json_lines(Report *r) {
  uint32_t count = r->sum->lines.count;
  uint32_t *order = report_sorted(r->sum->lines.at, count, report_order_lines);
  mx_strbuf_add_str(&r->out, ",\n\"lines\":[");
  for (uint32_t i = 0; i < count; i++) {
    const ProfileLine *line = &r->sum->lines.at[order[i]];
    mx_strbuf_add_str(&r->out, i ? ",\n" : "\n");
    report_json_place(r, line->file, line->line);
    report_json_times(r, line->self_ns, line->total_ns);
    report_json_number(r, "machine_ns", line->machine_ns);
    if (report_counts(r) && !report_walks(r)) {
      report_json_number(r, "instructions", line->instructions);
      report_json_number(r, "allocations", line->allocations);
    }
    mx_strbuf_add_byte(&r->out, '}');
  }
  mx_strbuf_add_byte(&r->out, ']');
  free(order);
}

// Append ,"name": and the place of an instruction.
static void report_json_at(Report *r, const char *name, const Code *code, uint32_t pc) {
  mx_strbuf_printf(&r->out, ",\"%s\":", name);
  report_json_place(r, code->core ? NULL : code->unit->source->name,
                    code->core ? 0 : report_code_line(code, pc));
  mx_strbuf_add_byte(&r->out, '}');
}

static void report_json_exits(Report *r, const TierRegion *region) {
  mx_strbuf_add_str(&r->out, ",\"exits\":[");
  for (uint32_t i = 0; i < region->exit_count; i++) {
    const TierExit *exit = &region->exits[i];
    mx_strbuf_printf(&r->out, "%s{\"instruction\":\"%s\"", i ? "," : "", exit->op);
    report_json_at(r, "at", exit->from, exit->from_pc);
    mx_strbuf_printf(&r->out, ",\"library\":%s", exit->code->core ? "true" : "false");
    report_json_number(r, "times", exit->count);
    mx_strbuf_add_byte(&r->out, '}');
  }
  mx_strbuf_add_byte(&r->out, ']');
}

static void report_json_region(Report *r, const TierRegion *region) {
  const char *kind = region->method ? "method" : region->home ? "iterator" : "loop";
  mx_strbuf_printf(&r->out, "{\"kind\":\"%s\",\"state\":\"%s\"", kind, region->state);
  report_json_at(r, "at", region->home ? region->home : region->code,
                 region->home ? region->home_pc : region->pc);
  report_json_number(r, "builds", region->builds);
  report_json_number(r, "failures", region->failures);
  report_json_number(r, "entries", region->entries);
  report_json_number(r, "bytes", region->bytes);
  if (region->why) {
    mx_strbuf_add_str(&r->out, ",\"why\":");
    report_json_string(r, region->why);
  }
  if (region->missing_code) {
    mx_strbuf_add_str(&r->out, ",\"missing\":");
    report_json_string(r, report_missing(r, region));
    report_json_at(r, "missing_at", region->missing_code, region->missing_pc);
  }
  report_json_exits(r, region);
  mx_strbuf_add_byte(&r->out, '}');
}

static void report_json_regions(Report *r) {
  mx_strbuf_add_str(&r->out, ",\n\"regions\":[");
  for (uint32_t i = r->regions.count; i-- > 0;) {
    report_json_region(r, &r->regions.at[i]);
    if (i) mx_strbuf_add_str(&r->out, ",\n");
  }
  mx_strbuf_add_byte(&r->out, ']');
}

static void report_json_ops(Report *r) {
  mx_strbuf_add_str(&r->out, ",\n\"opcodes\":{");
  const char *comma = "";
  for (uint32_t i = 0; i < OP_COUNT; i++) {
    if (r->sum->ops[i] == 0) continue;
    mx_strbuf_printf(&r->out, "%s\"%s\":%llu", comma, mx_op_info((OpCode)i)->name,
                     (unsigned long long)r->sum->ops[i]);
    comma = ",";
  }
  mx_strbuf_add_byte(&r->out, '}');
}

static void report_json(Report *r) {
  report_json_head(r);
  report_json_methods(r);
  report_json_loops(r);
  report_json_lines(r);
  report_json_regions(r);
  if (report_counts(r) && !report_walks(r)) report_json_ops(r);
  mx_strbuf_add_str(&r->out, "}\n");
}

// ---- folded stacks

// Append the names of a stack, outermost first, with semicolons between them.
static void report_stack(Report *r, uint32_t number) {
  const ProfileStack *stack = &r->sum->stacks.at[number];
  if (stack->parent) report_stack(r, stack->parent);
  if (stack->parent) mx_strbuf_add_byte(&r->out, ';');
  for (const char *at = r->sum->methods.at[stack->method].name; *at; at++)
    mx_strbuf_add_byte(&r->out, *at == ';' || *at == '\n' ? '_' : *at);
}

static void report_folded(Report *r) {
  for (uint32_t i = 1; i < r->sum->stacks.count; i++) {
    if (r->sum->stacks.at[i].samples == 0) continue;
    report_stack(r, i);
    mx_strbuf_printf(&r->out, " %u\n", r->sum->stacks.at[i].samples);
  }
  uint32_t outside = r->sum->stacks.at[0].samples;
  if (outside > 0) mx_strbuf_printf(&r->out, "(outside any frame) %u\n", outside);
}

// Write all of the text, whatever the file takes at once.
static void report_write(int fd, const StrBuf *out) {
  for (size_t done = 0; done < out->len;) {
    ssize_t n = write(fd, out->at + done, out->len - done);
    if (n <= 0) return;
    done += (size_t)n;
  }
}

void mx_profile_report(ExecCtx *ec, const Profiler *profiler) {
  ProfileSum sum;
  mx_profile_sum(ec, profiler, &sum);
  Value script = ec->vm->script_name;
  const char *program = val_is_string(script) ? mx_str_bytes(script) : "-";
  Report r = {.profiler = profiler, .sum = &sum, .program = program};
  const Tier *tier = mx_interp(ec->vm)->tier;
  if (tier) tier->regions(ec->vm, report_take_region, &r);
  switch (profiler->options.form) {
  case PROFILE_TEXT_FORM: report_text(&r); break;
  case PROFILE_JSON: report_json(&r); break;
  case PROFILE_FOLDED: report_folded(&r); break;
  }
  report_write(profiler->options.fd, &r.out);
  vec_free(&r.regions);
  mx_strbuf_free(&r.out);
  mx_profile_sum_free(&sum);
}
