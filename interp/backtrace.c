// SPDX-License-Identifier: MIT
// Backtraces in Ruby 4.0's form. Core library frames are hidden: a run of them shows as the one
// method that guest code called, at the caller's line, like a method written in C.
#include "interp/backtrace.h"
#include "runtime/array.h"
#include "runtime/string.h"

typedef struct TraceEntry {
  const Code *code;      // what ran
  const MethodEntry *me; // its method, NULL at the top
  uint32_t place;        // what it was doing (mx_frame_place)
  bool core;             // shown as a leaf at the next guest frame's line
} TraceEntry;

typedef struct Trace {
  uint32_t count;
  TraceEntry entries[]; // innermost first
} Trace;

bool mx_backtrace_calls_on(const ExecCtx *ec, const MethodEntry *me) {
  if (me->owner == ec->vm->cls.Proc) return me->original_name == SYM_call;
  if (me->owner == ec->vm->cls.Class) return me->original_name == SYM_new;
  if (me->owner == ec->vm->cls.Kernel) return me->original_name == SYM_send;
  return me->owner == ec->vm->cls.BasicObject && me->original_name == SYM___send__;
}

// An activation that shows in a backtrace, or is hidden in one.
typedef struct TraceStep {
  const Code *code;        // what runs
  const MethodEntry *me;   // its method, NULL at the top
  const MethodEntry *leaf; // C leaf that called it, NULL for none
  uint32_t place;          // what it is doing
  uint32_t flags;          // FRAME_*
} TraceStep;

// What stands for a core frame, given what stands for the core frames it called. A block of core
// code (of a composed or curried proc) has no line of its own; nor have the methods that deal with
// a signal, which nobody called.
static const MethodEntry *trace_core(const ExecCtx *ec, const TraceStep *step,
                                     const MethodEntry *inner) {
  bool method = step->flags & (FRAME_METHOD | FRAME_PROC_METHOD);
  const MethodEntry *me = step->leaf ? step->leaf : method ? step->me : NULL;
  if (me && me->original_name == SYM___dispatch) return NULL;
  return me && !mx_backtrace_calls_on(ec, me) ? me : inner;
}

// Is it one of the methods that stand in no backtrace when they are not redefined? They raise on
// behalf of their caller.
static bool trace_hides(const ExecCtx *ec, const MethodEntry *leaf) {
  Sym name = leaf->original_name;
  const ClassObj *owner = leaf->owner;
  if (owner == ec->vm->cls.Kernel) return name == SYM_raise || name == SYM_fail;
  if (owner == ec->vm->cls.Module) return name == SYM_const_missing;
  return owner == ec->vm->cls.BasicObject && name == SYM_method_missing;
}

// Entries being made.
typedef struct TraceFill {
  const ExecCtx *ec;
  TraceEntry *out;         // where they go
  uint32_t room;           // entries that fit there; the others are counted
  uint32_t count;          // so far
  const MethodEntry *leaf; // what the next one called, when that is not the program's
} TraceFill;

static void trace_enter(TraceFill *t, const TraceEntry *entry) {
  if (t->count < t->room) t->out[t->count] = *entry;
  t->count++;
}

// The next activation outwards.
static void trace_step(TraceFill *t, const TraceStep *step) {
  if (step->flags & FRAME_CORE) {
    t->leaf = trace_core(t->ec, step, t->leaf);
    return;
  }
  if (t->leaf && !trace_hides(t->ec, t->leaf))
    trace_enter(t, &(TraceEntry){step->code, t->leaf, step->place, true});
  t->leaf = step->leaf;
  trace_enter(t, &(TraceEntry){step->code, step->me, step->place, false});
}

// Those that machine code built in place in a frame.
static void trace_path(TraceFill *t, const FramePath *path) {
  for (; path->caller; path = path->caller)
    trace_step(
        t, &(TraceStep){path->code, path->me, path->leaf, mx_frame_path_place(path), path->flags});
}

// Fill entries from the frames, as many as there is room for; the number of all.
static uint32_t trace_fill(const ExecCtx *ec, TraceEntry *out, uint32_t room) {
  TraceFill t = {.ec = ec, .out = out, .room = room, .leaf = ec->leaf};
  for (const Frame *fr = ec->frame; fr; fr = fr->prev) {
    if (fr->flags & FRAME_MACHINE && fr->path) trace_path(&t, fr->path);
    trace_step(&t, &(TraceStep){fr->code, fr->me, fr->leaf, mx_frame_place(fr), fr->flags});
  }
  return t.count;
}

enum { TRACE_SHALLOW = 48 }; // entries of a backtrace that are found in one walk over the frames

void *mx_backtrace_capture(ExecCtx *ec) {
  TraceEntry shallow[TRACE_SHALLOW];
  uint32_t count = trace_fill(ec, shallow, TRACE_SHALLOW);
  size_t bytes = count * sizeof(TraceEntry);
  Trace *trace = mx_gc_alloc(ec->vm->lists, GC_KIND_WORDS, sizeof *trace + bytes);
  trace->count = count;
  if (count <= TRACE_SHALLOW)
    memcpy(trace->entries, shallow, bytes);
  else
    (void)trace_fill(ec, trace->entries, count);
  return trace;
}

bool mx_backtrace_place(const void *captured, uint32_t i, TracePlace *out) {
  const Trace *trace = captured;
  if (!trace || i >= trace->count) return false;
  const TraceEntry *entry = &trace->entries[i];
  uint32_t site = mx_frame_site_of(entry->code, entry->place);
  *out = (TracePlace){.code = entry->code, .site = site, .is_leaf = entry->core};
  return true;
}

// "Foo#bar" or "Foo.bar"; the bare name for anonymous classes.
static void label_method(ExecCtx *ec, const MethodEntry *me, StrBuf *out) {
  ClassObj *owner = me->owner;
  const char *name = mx_sym_text(&ec->vm->symtab, me->original_name);
  bool singleton = (owner->flags & CLASS_SINGLETON) != 0;
  Value path = VAL_NIL;
  if (!singleton)
    path = mx_class_name(ec, owner);
  else if (val_is_class_or_module(mx_class_attached(owner)))
    path = mx_class_name(ec, VAL_CAST(ClassObj, mx_class_attached(owner)));
  if (val_is_string(path)) {
    mx_strbuf_add(out, mx_str_bytes(path), mx_str_len(path));
    mx_strbuf_add_byte(out, singleton ? '.' : '#');
  }
  mx_strbuf_add_str(out, name);
}

// Label of a class body.
static void label_class(ExecCtx *ec, const Code *code, StrBuf *out) {
  if (code->kind == CODE_SCLASS) {
    mx_strbuf_add_str(out, "singleton class");
    return;
  }
  const char *kind = code->kind == CODE_MODULE ? "module" : "class";
  mx_strbuf_printf(out, "<%s:%s>", kind, mx_sym_text(&ec->vm->symtab, code->name));
}

// Label of a program: the main script, a required file, or eval's text in its surroundings.
static void label_program(ExecCtx *ec, const Code *code, StrBuf *out) {
  Value script = ec->vm->script_name;
  bool main = val_is_string(script) && mx_str_eq(script, code->unit->file);
  mx_strbuf_add_str(out, main ? "<main>" : "<top (required)>");
}

static void label_code(ExecCtx *ec, const Code *code, const MethodEntry *me, StrBuf *out) {
  uint32_t blocks = 0;
  for (; mx_code_kind_is_block(code->kind) && code->parent; code = code->parent) blocks++;
  if (code->kind == CODE_EVAL && code->unit->outer) {
    label_code(ec, code->unit->outer, me, out);
    return;
  }
  if (blocks == 1)
    mx_strbuf_add_str(out, "block in ");
  else if (blocks > 1)
    mx_strbuf_printf(out, "block (%u levels) in ", blocks);
  if (code->kind >= CODE_CLASS && code->kind <= CODE_SCLASS)
    label_class(ec, code, out);
  else if (me)
    label_method(ec, me, out);
  else
    label_program(ec, code, out);
}

Value mx_backtrace_label(ExecCtx *ec, const Code *code, const MethodEntry *me) {
  StrBuf text = STRBUF_INIT;
  label_code(ec, code, me, &text);
  return mx_str_from_buf(ec, &text);
}

Value mx_backtrace_method_label(ExecCtx *ec, const MethodEntry *me) {
  StrBuf text = STRBUF_INIT;
  label_method(ec, me, &text);
  return mx_str_from_buf(ec, &text);
}

// "file:line:in 'label'"
static Value trace_line(ExecCtx *ec, const TraceEntry *entry) {
  StrBuf text = STRBUF_INIT;
  Value file = entry->code->unit->file;
  mx_strbuf_add(&text, mx_str_bytes(file), mx_str_len(file));
  uint32_t site = mx_frame_site_of(entry->code, entry->place);
  mx_strbuf_printf(&text, ":%u:in '", mx_code_line(entry->code, site));
  if (entry->core)
    label_method(ec, entry->me, &text);
  else
    label_code(ec, entry->code, entry->me, &text);
  mx_strbuf_add_byte(&text, '\'');
  return mx_str_from_buf(ec, &text);
}

Value mx_backtrace_render(ExecCtx *ec, void *captured, int64_t limit) {
  const Trace *trace = captured;
  uint32_t count = trace ? trace->count : 0;
  if (limit >= 0 && limit < count) count = (uint32_t)limit;
  Value lines = mx_array_new(ec, count);
  for (uint32_t i = 0; i < count; i++) mx_array_push(ec, lines, trace_line(ec, &trace->entries[i]));
  return lines;
}

bool mx_backtrace_here(ExecCtx *ec, const char **file, uint32_t *line) {
  const Frame *fr = mx_frame_guest(ec->frame);
  if (!fr) return false;
  *file = mx_str_bytes(fr->code->unit->file);
  *line = mx_code_line(fr->code, mx_frame_site(fr));
  return true;
}
