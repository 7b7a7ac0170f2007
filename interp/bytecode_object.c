// SPDX-License-Identifier: MIT
// Bytecode objects: reading a chunk's tables as Arrays, and its listing as text.
#include "interp/bytecode_object.h"
#include "runtime/array.h"
#include "runtime/string.h"
#include "bytecode/disasm.h"
#include "interp/program.h"
#include "interp/stream.h"
#include "interp/tier.h"

// What a Bytecode object holds.
typedef struct BytecodeObj {
  const Chunk *chunk; // with all its bodies
  const Unit *unit;   // text it comes from
} BytecodeObj;

static const ForeignType bytecode_foreign = {
    .name = "bytecode", .size = sizeof(BytecodeObj), .immutable = true};

// The object's content.
static const BytecodeObj *bytecode_get(Value v) { return mx_foreign_get(v, &bytecode_foreign); }

// Wrap a chunk.
static Value bytecode_wrap(ExecCtx *ec, const Unit *unit, const Chunk *chunk) {
  Foreign *object = mx_foreign_new(ec, ec->vm->cls.Bytecode, &bytecode_foreign);
  *(BytecodeObj *)object->payload = (BytecodeObj){.chunk = chunk, .unit = unit};
  mx_object_freeze(ec, val_from_ptr(object));
  return val_from_ptr(object);
}

// ---- from methods and procs to code

// Compile or load a code's chunk and those of all bodies in it; false + exception. Each is the one
// that runs, or will.
static bool bytecode_load(ExecCtx *ec, Code *code) {
  if (!code->chunk) code->chunk = mx_code_compile(ec, code);
  if (!code->chunk) return false;
  for (uint32_t i = 0; i < code->chunk->body_count; i++) {
    Code *body = mx_code_nested(ec, code, i);
    if (!body || !bytecode_load(ec, body)) return false;
    code->chunk->bodies[i].chunk = body->chunk;
  }
  return true;
}

// The code of a proc; NULL when it is not written in the language.
static const Code *bytecode_proc_code(Value self) {
  const Block *block = &VAL_CAST(Proc, self)->block;
  return block->kind == BLOCK_CODE ? block->code : NULL;
}

// The code of a method; NULL for C methods and attributes, and when it raises.
static const Code *bytecode_method_code(ExecCtx *ec, Value self) {
  MethodEntry *me = VAL_CAST(MethodObj, self)->me;
  if (me->kind == METHOD_CORE) ec->vm->up->load_core(ec, me);
  if (me->kind == METHOD_GUEST) return mx_method_code(ec, me->as.code);
  return me->kind == METHOD_PROC ? bytecode_proc_code(me->as.proc) : NULL;
}

// ---- from code to objects

// The object of a code; nil for none, unless looking for it has raised.
static Value bytecode_of_code(ExecCtx *ec, const Code *code) {
  if (!code) return ec->unwind == UNWIND_NONE ? VAL_NIL : VAL_EXC;
  bool loaded = bytecode_load(ec, (Code *)(uintptr_t)code);
  return loaded ? bytecode_wrap(ec, code->unit, code->chunk) : VAL_EXC;
}

// Method#bytecode, UnboundMethod#bytecode: nil for C methods and attributes.
Value mx_bytecode_c_method(ExecCtx *ec, Value self) {
  return bytecode_of_code(ec, bytecode_method_code(ec, self));
}

// Proc#bytecode: nil for procs that are not written in the language.
Value mx_bytecode_c_proc(ExecCtx *ec, Value self) {
  return bytecode_of_code(ec, bytecode_proc_code(self));
}

// The listing of an object, nil for nil.
static Value bytecode_text(ExecCtx *ec, Value bytecode) {
  return val_is_heap(bytecode) ? mx_bytecode_m_disassemble(ec, bytecode) : bytecode;
}

// Method#disassemble, UnboundMethod#disassemble
Value mx_bytecode_c_method_text(ExecCtx *ec, Value self) {
  return bytecode_text(ec, mx_bytecode_c_method(ec, self));
}

// Proc#disassemble
Value mx_bytecode_c_proc_text(ExecCtx *ec, Value self) {
  return bytecode_text(ec, mx_bytecode_c_proc(ec, self));
}

// ---- what the next tier made of it

// What it tells of a code; nil for none.
static Value bytecode_tier(ExecCtx *ec, const Code *code, TierQuestion what) {
  if (!code) return ec->unwind == UNWIND_NONE ? VAL_NIL : VAL_EXC;
  const Tier *tier = mx_interp(ec->vm)->tier;
  if (tier) return tier->tell(ec, code, what);
  return what == TIER_STATE ? val_from_sym(mx_sym(ec->vm, "off")) : VAL_NIL;
}

// Method#jit_state and its kin, by what has the code and what is asked.
#define TELL(name, code_of, what) \
  Value mx_bytecode_c_##name(ExecCtx *ec, Value self) { return bytecode_tier(ec, code_of, what); }
TELL(method_jit_state, bytecode_method_code(ec, self), TIER_STATE)
TELL(method_ir, bytecode_method_code(ec, self), TIER_IR)
TELL(method_machine_code, bytecode_method_code(ec, self), TIER_MACHINE_CODE)
TELL(proc_jit_state, bytecode_proc_code(self), TIER_STATE)
TELL(proc_ir, bytecode_proc_code(self), TIER_IR)
TELL(proc_machine_code, bytecode_proc_code(self), TIER_MACHINE_CODE)
#undef TELL

// ---- reading

// Symbol of a C text.
static Value bytecode_symbol(ExecCtx *ec, const char *text) {
  return val_from_sym(mx_sym(ec->vm, text));
}

// A name, nil for none.
static Value bytecode_name(Sym name) { return name == SYM_NONE ? VAL_NIL : val_from_sym(name); }

// A constant; Arrays among them are copied, since the chunk's must stay as they are.
static Value bytecode_constant(ExecCtx *ec, const Chunk *chunk, uint32_t index) {
  Value v = chunk->consts[index];
  return val_is_array(v) ? mx_array_dup(ec, v) : v;
}

// A local: its name, or its slot when it has none.
static Value bytecode_local(const Chunk *chunk, uint32_t slot, uint32_t depth) {
  const Scope *scope = chunk->scope;
  while (depth-- > 0) scope = scope->parent;
  Sym name = slot < scope->count ? scope->names[slot] : SYM_NONE;
  return name == SYM_NONE ? val_from_fixnum(slot) : val_from_sym(name);
}

// Flags as Symbols.
static Value bytecode_flags(ExecCtx *ec, OpCode op, uint32_t flags) {
  Value list = mx_array_new(ec, 2);
  StrBuf name = STRBUF_INIT;
  for (uint32_t bit = 1; bit && bit <= flags; bit <<= 1) {
    if (!(flags & bit)) continue;
    mx_strbuf_truncate(&name, 0);
    mx_disasm_flags(op, bit, &name);
    mx_array_push(ec, list, bytecode_symbol(ec, mx_strbuf_text(&name)));
  }
  mx_strbuf_free(&name);
  return list;
}

// An operand by its meaning: a constant, a local's name, flags, a variant's name, else the number.
static Value bytecode_operand(ExecCtx *ec, const Chunk *chunk, const Instruction *in, uint32_t at) {
  uint32_t value = in->operands[at];
  int depth = mx_op_find_operand(in->op, 'D');
  switch (mx_op_info(in->op)->operands[at]) {
  case 'K':
  case 'N': return bytecode_constant(ec, chunk, value);
  case 'L': return bytecode_local(chunk, value, depth < 0 ? 0 : in->operands[depth]);
  case 'F': return bytecode_flags(ec, in->op, value);
  case 'V': return bytecode_symbol(ec, mx_disasm_variant(in->op, value));
  default: return val_from_fixnum(value);
  }
}

// Bytecode#name: of the method or class, nil for others.
Value mx_bytecode_m_name(ExecCtx *ec, Value self) {
  return bytecode_name(bytecode_get(self)->chunk->name);
}

// Bytecode#kind: :program, :eval, :method, :class, :module, :singleton_class, :block, :for
Value mx_bytecode_m_kind(ExecCtx *ec, Value self) {
  static const char *const kinds[CODE_KIND_COUNT] = {
      [CODE_PROGRAM] = "program", [CODE_EVAL] = "eval",     [CODE_METHOD] = "method",
      [CODE_CLASS] = "class",     [CODE_MODULE] = "module", [CODE_SCLASS] = "singleton_class",
      [CODE_BLOCK] = "block",     [CODE_FOR] = "for"};
  return bytecode_symbol(ec, kinds[bytecode_get(self)->chunk->kind]);
}

// Bytecode#constants
Value mx_bytecode_m_constants(ExecCtx *ec, Value self) {
  const Chunk *chunk = bytecode_get(self)->chunk;
  Value list = mx_array_new(ec, chunk->const_count);
  for (uint32_t i = 0; i < chunk->const_count; i++)
    mx_array_push(ec, list, bytecode_constant(ec, chunk, i));
  return list;
}

// Bytecode#instructions: [[offset, :NAME, operands...], ...]
Value mx_bytecode_m_instructions(ExecCtx *ec, Value self) {
  const Chunk *chunk = bytecode_get(self)->chunk;
  Value list = mx_array_new(ec, 16);
  Instruction in;
  for (uint32_t pc = 0; mx_op_decode(chunk->code, chunk->code_len, pc, &in); pc += in.size) {
    Value row = MX_ARRAY_OF(ec, val_from_fixnum(pc), bytecode_symbol(ec, mx_op_info(in.op)->name));
    for (uint32_t i = 0; i < mx_op_info(in.op)->operand_count; i++)
      mx_array_push(ec, row, bytecode_operand(ec, chunk, &in, i));
    mx_array_push(ec, list, row);
  }
  return list;
}

// Bytecode#lines: [[offset, line, column], ...], each holds up to the next
Value mx_bytecode_m_lines(ExecCtx *ec, Value self) {
  const BytecodeObj *bytecode = bytecode_get(self);
  Value list = mx_array_new(ec, bytecode->chunk->line_count);
  for (uint32_t i = 0; i < bytecode->chunk->line_count; i++) {
    const LineEntry *entry = &bytecode->chunk->lines[i];
    SourcePos pos = mx_source_pos(bytecode->unit->source, entry->site);
    mx_array_push(ec, list,
                  MX_ARRAY_OF(ec, val_from_fixnum(entry->pc), val_from_fixnum(pos.line),
                              val_from_fixnum(pos.column)));
  }
  return list;
}

// Bytecode#handlers: [[:kind, start, end, target, depth], ...], the innermost of a place first
Value mx_bytecode_m_handlers(ExecCtx *ec, Value self) {
  const Chunk *chunk = bytecode_get(self)->chunk;
  Value list = mx_array_new(ec, chunk->handler_count);
  for (uint32_t i = 0; i < chunk->handler_count; i++) {
    const Handler *h = &chunk->handlers[i];
    Value target = h->kind == HANDLER_RESTORE ? VAL_NIL : val_from_fixnum(h->target);
    mx_array_push(ec, list,
                  MX_ARRAY_OF(ec, bytecode_symbol(ec, mx_handler_text(h->kind)),
                              val_from_fixnum(h->start), val_from_fixnum(h->end), target,
                              val_from_fixnum(h->depth)));
  }
  return list;
}

// Bytecode#locals: names by slot, nil for hidden ones
Value mx_bytecode_m_locals(ExecCtx *ec, Value self) {
  const Scope *scope = bytecode_get(self)->chunk->scope;
  Value list = mx_array_new(ec, scope->count);
  for (uint32_t i = 0; i < scope->count; i++)
    mx_array_push(ec, list, bytecode_name(scope->names[i]));
  return list;
}

// Bytecode#max_stack: values that a frame has on the stack at most
Value mx_bytecode_m_max_stack(ExecCtx *ec, Value self) {
  return val_from_fixnum(bytecode_get(self)->chunk->max_stack);
}

// Bytecode#bodies: nested bodies, by number
Value mx_bytecode_m_bodies(ExecCtx *ec, Value self) {
  const BytecodeObj *bytecode = bytecode_get(self);
  Value list = mx_array_new(ec, bytecode->chunk->body_count);
  for (uint32_t i = 0; i < bytecode->chunk->body_count; i++)
    mx_array_push(ec, list, bytecode_wrap(ec, bytecode->unit, bytecode->chunk->bodies[i].chunk));
  return list;
}

// Bytecode#disassemble: the listing
Value mx_bytecode_m_disassemble(ExecCtx *ec, Value self) {
  const BytecodeObj *bytecode = bytecode_get(self);
  StrBuf out = STRBUF_INIT;
  mx_disasm_chunk(ec, bytecode->chunk, bytecode->unit->source, &out);
  return mx_str_from_buf(ec, &out);
}

// Bytecode#inspect
Value mx_bytecode_m_inspect(ExecCtx *ec, Value self) {
  StrBuf out = STRBUF_INIT;
  mx_strbuf_add_str(&out, "#<Metorex::Bytecode ");
  mx_disasm_name(ec, bytecode_get(self)->chunk, &out);
  mx_strbuf_add_byte(&out, '>');
  return mx_str_from_buf(ec, &out);
}

// ---- boot

typedef enum BytecodeHome {
  BYTECODE_HOME_BYTECODE,
  BYTECODE_HOME_METHOD, // this and the following: methods of the implicit refinement
  BYTECODE_HOME_UMETHOD,
  BYTECODE_HOME_PROC
} BytecodeHome;

// A row of bytecode_object.def.
typedef struct BytecodeRow {
  BytecodeHome home; // where it is entered
  BuiltinRow row;    // what is entered
} BytecodeRow;

void mx_bytecode_boot(ExecCtx *ec) {
#define BYTECODE_METHOD(Home, text, function, effect, hint) \
  {BYTECODE_HOME_##Home,                                    \
   {.name = text, .fn = (BuiltinFn)(void (*)(void))function, .effects = effect, .ret = hint}},
  static const BytecodeRow rows[] = {
#include "interp/bytecode_object.def"
  };
  const BootClasses *cls = &ec->vm->cls;
  ClassObj *const homes[] = {[BYTECODE_HOME_BYTECODE] = cls->Bytecode,
                             [BYTECODE_HOME_METHOD] = cls->Method,
                             [BYTECODE_HOME_UMETHOD] = cls->UnboundMethod,
                             [BYTECODE_HOME_PROC] = cls->Proc};
  for (size_t i = 0; i < MX_COUNT_OF(rows); i++) {
    Sym name = mx_sym(ec->vm, rows[i].row.name);
    MethodEntry *me = mx_method_new(ec, METHOD_BUILTIN, name, VIS_PUBLIC);
    me->as.row = &rows[i].row;
    if (rows[i].home != BYTECODE_HOME_BYTECODE) me->flags |= METHOD_F_METOREX;
    bool added = mx_method_add(ec, homes[rows[i].home], me);
    MX_ASSERT(added, "boot of bytecode method %s", rows[i].row.name);
    MX_UNUSED(added);
  }
}
