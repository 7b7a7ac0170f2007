// SPDX-License-Identifier: MIT
// Verifying instructions one by one: that they can be decoded, and that operands are in range.
#include "runtime/array.h"
#include "runtime/assume.h"
#include "runtime/string.h"
#include "bytecode/verify_internal.h"

// Say why there is no instruction at a pc.
static bool code_undecodable(const Verifier *v, const Instruction *in) {
  const Chunk *chunk = v->chunk;
  uint32_t at = in->pc + (chunk->code[in->pc] == OP_WIDE);
  if (in->op != OP_COUNT)
    return mx_verify_fail(v, in->pc, "its operands go beyond the end of the code");
  if (at >= chunk->code_len) return mx_verify_fail(v, in->pc, "WIDE stands at the end of the code");
  if (chunk->code[at] == OP_WIDE) return mx_verify_fail(v, in->pc, "WIDE stands before WIDE");
  return mx_verify_fail(v, in->pc, "there is no instruction %u", chunk->code[at]);
}

// Check an operand against the size of a table.
static bool code_below(const Verifier *v, const Instruction *in, uint32_t operand, uint32_t limit,
                       const char *what) {
  if (operand < limit) return true;
  return mx_verify_fail(v, in->pc, "%s %u of %u", what, operand, limit);
}

// Scopes of nested blocks and eval texts continue the one outside.
static const Scope *code_scope_out(const Scope *scope, uint32_t depth) {
  for (; depth > 0 && scope; depth--) {
    if (scope->kind != SCOPE_BLOCK && scope->kind != SCOPE_EVAL) return NULL;
    scope = scope->parent;
  }
  return scope;
}

// Check a local: of this scope, or of the one that the next operand D says.
static bool code_local(const Verifier *v, const Instruction *in, uint32_t i) {
  const Scope *scope = v->chunk->scope;
  if (mx_op_info(in->op)->operands[i + 1] == 'D') {
    uint32_t depth = in->operands[i + 1];
    if (depth == 0) return mx_verify_fail(v, in->pc, "0 scopes out is this scope");
    scope = code_scope_out(scope, depth);
    if (!scope) return mx_verify_fail(v, in->pc, "there are no %u scopes outside", depth);
  }
  return code_below(v, in, in->operands[i], scope->count, "local");
}

// How the names that an instruction has must begin.
static const char *code_sigil(const Instruction *in) {
  switch (in->op) {
  case OP_LOAD_GLOBAL:
  case OP_STORE_GLOBAL:
  case OP_ALIAS_GLOBAL: return "$";
  case OP_LOAD_IVAR:
  case OP_STORE_IVAR: return "@";
  case OP_LOAD_CVAR:
  case OP_STORE_CVAR:
  case OP_CVAR_DEFINED: return "@@";
  case OP_DEFINED:
    if (in->operands[0] == DEFINED_GVAR) return "$";
    if (in->operands[0] == DEFINED_IVAR) return "@";
    return in->operands[0] == DEFINED_CVAR ? "@@" : "";
  default: return "";
  }
}

// Check a name: a Symbol, which begins as its use asks for.
static bool code_name(const Verifier *v, const Instruction *in, uint32_t index) {
  Value constant = v->chunk->consts[index];
  if (!val_is_symbol(constant)) return mx_verify_fail(v, in->pc, "constant %u is no Symbol", index);
  const char *sigil = code_sigil(in);
  size_t len = strlen(sigil);
  SymName name = mx_sym_name(&v->rules->ec->vm->symtab, val_to_sym(constant));
  if (len == 0 || (name.len > len && memcmp(name.bytes, sigil, len) == 0)) return true;
  return mx_verify_fail(v, in->pc, "constant %u is no name that begins with %s", index, sigil);
}

// Is the constant a method name that the VM watches over?
static bool code_watched(Value constant) {
  return val_is_symbol(constant) && val_to_sym(constant) < BASIC_NAMES;
}

// Check what a FOLD relies on.
static bool code_fold_names(const Verifier *v, const Instruction *in, Value constant) {
  bool good = code_watched(constant);
  if (val_is_type(constant, T_ARRAY)) {
    uint32_t count = mx_array_len(constant);
    good = count > 0;
    for (uint32_t i = 0; i < count; i++)
      good = good && code_watched(mx_array_get(v->rules->ec, constant, i));
  }
  return good || mx_verify_fail(v, in->pc, "a fold of methods that are not watched over");
}

// Check a constant, and that it is a Symbol or String where one is needed.
static bool code_constant(const Verifier *v, const Instruction *in, uint32_t i, char letter) {
  uint32_t index = in->operands[i];
  if (!code_below(v, in, index, v->chunk->const_count, "constant")) return false;
  Value constant = v->chunk->consts[index];
  if (letter == 'N') return code_name(v, in, index);
  if (in->op == OP_FOLD) return i == 0 || code_fold_names(v, in, constant);
  if (in->op == OP_PUSH_SHARED && val_is_type(constant, T_ARRAY)) return true;
  if (letter == 'K' && in->op != OP_PUSH_CONST && !val_is_string(constant))
    return mx_verify_fail(v, in->pc, "constant %u is no String", index);
  return true;
}

// Check the counts that are more than numbers of values.
static bool code_count(const Verifier *v, const Instruction *in, uint32_t i) {
  uint32_t count = in->operands[i];
  switch (in->op) {
  case OP_ONCE:
  case OP_ONCE_SET: return code_below(v, in, count, v->chunk->once_count, "once-slot");
  case OP_SPREAD: return i != 1 || code_below(v, in, count, 2, "rest");
  case OP_MATCH_VALUE:
    return count > 0 || mx_verify_fail(v, in->pc, "the Hash cannot be the key itself");
  case OP_MATCH_KEEP:
    return count > 0 || mx_verify_fail(v, in->pc, "it cannot keep itself in its own place");
  default: return code_below(v, in, count, 1u << 30, "count");
  }
}

// Check flags: known ones, in sensible company.
static bool code_flags(const Verifier *v, const Instruction *in, uint32_t i) {
  uint32_t flags = in->operands[i], unknown = flags & ~mx_verify_kinds(in->op)->flags;
  if (unknown) return mx_verify_fail(v, in->pc, "unknown flags %#x", unknown);
  int count = mx_op_find_operand(in->op, 'C');
  if (count < 0) return true;
  if (flags & OPF_SPLAT && in->operands[count] < (flags & OPF_KW ? 2u : 1u))
    return mx_verify_fail(v, in->pc, "SPLAT with %u values", in->operands[count]);
  if (flags & OPF_RUBY2 && !(flags & OPF_SPLAT))
    return mx_verify_fail(v, in->pc, "RUBY2 without SPLAT");
  if (flags & OPF_KW && in->operands[count] == 0)
    return mx_verify_fail(v, in->pc, "KW without values");
  return true;
}

// May an instruction have a body of the kind?
static bool code_body_fits(OpCode op, CodeKind kind) {
  switch (op) {
  case OP_CALL_WITH_BLOCK: return mx_code_kind_is_block(kind);
  case OP_SUPER_WITH_BLOCK:
  case OP_DEFINE_METHOD_RUNTIME:
  case OP_BUILD_LAMBDA: return kind == CODE_BLOCK;
  case OP_DEFINE_METHOD:
  case OP_DEFINE_REQUIREMENT:
  case OP_DEFINE_FUNCTION:
  case OP_DEFINE_SINGLETON: return kind == CODE_METHOD;
  default: return kind == CODE_CLASS || kind == CODE_MODULE || kind == CODE_SCLASS;
  }
}

// Check the number of a nested body and its kind, to which mx_verify_nested holds the body itself.
static bool code_body(const Verifier *v, const Instruction *in, uint32_t number) {
  if (!code_below(v, in, number, v->chunk->body_count, "body")) return false;
  return code_body_fits(in->op, (CodeKind)v->chunk->bodies[number].kind) ||
         mx_verify_fail(v, in->pc, "its body is of another kind");
}

// Check one operand by its letter.
static bool code_operand(const Verifier *v, const Instruction *in, uint32_t i) {
  const Chunk *chunk = v->chunk;
  uint32_t operand = in->operands[i];
  char letter = mx_op_info(in->op)->operands[i];
  switch (letter) {
  case 'K':
  case 'N': return code_constant(v, in, i, letter);
  case 'L': return code_local(v, in, i);
  case 'C': return code_count(v, in, i);
  case 'F': return code_flags(v, in, i);
  case 'J': return code_below(v, in, operand, chunk->code_len, "target");
  case 'B': return code_body(v, in, operand);
  case 'H': return code_below(v, in, operand, chunk->handler_count, "handler");
  case 'V': return code_below(v, in, operand, mx_verify_kinds(in->op)->variants, "variant");
  default: return true; // D goes with its L
  }
}

// Check that the instruction may stand in a chunk like this one.
static bool code_place(const Verifier *v, const Instruction *in) {
  const Chunk *chunk = v->chunk;
  const OpInfo *info = mx_op_info(in->op);
  if (info->phase == PHASE_RESERVED)
    return mx_verify_fail(v, in->pc, "%s is reserved for modules", info->name);
  if (chunk->code[in->pc] == OP_WIDE && info->operand_count == 0)
    return mx_verify_fail(v, in->pc, "WIDE before an instruction without operands");
  switch (in->op) {
  case OP_PRIMITIVE:
  case OP_CORE_LENGTH:
  case OP_CORE_BLOCK_GIVEN:
    return chunk->flags & CHUNK_CORE || mx_verify_fail(v, in->pc, "only core code may have it");
  case OP_BREAK_BLOCK:
    return mx_code_kind_is_block((CodeKind)chunk->kind) ||
           mx_verify_fail(v, in->pc, "only a block may have it");
  case OP_TAIL_CALL:
  case OP_TAIL_PASS:
    return chunk->kind == CODE_METHOD || mx_verify_fail(v, in->pc, "only a method may have it");
  case OP_PUSH_SPLICED:
    return !v->rules->saved || mx_verify_fail(v, in->pc, "a file cannot hold spliced Values");
  default: break;
  }
  return chunk->flags & CHUNK_HAS_BLOCKS || mx_op_find_operand(in->op, 'B') < 0 ||
         mx_verify_fail(v, in->pc, "the chunk does not say that it has nested bodies");
}

// Check all but where jumps go.
static bool code_instruction(const Verifier *v, const Instruction *in) {
  if (!code_place(v, in)) return false;
  for (uint32_t i = 0; i < mx_op_info(in->op)->operand_count; i++)
    if (!code_operand(v, in, i)) return false;
  return true;
}

// Keep an instruction that was checked.
static void code_keep(Verifier *v, const Instruction *in) {
  v->marks[in->pc] = VERIFY_START;
  v->numbers[in->pc] = v->instrs.count;
  vec_push(&v->instrs, ((VerifyInstr){*in, mx_op_find_operand(in->op, 'J')}));
}

bool mx_verify_code(Verifier *v) {
  const Chunk *chunk = v->chunk;
  Instruction in;
  for (uint32_t pc = 0; pc < chunk->code_len; pc += in.size) {
    if (!mx_op_decode(chunk->code, chunk->code_len, pc, &in)) return code_undecodable(v, &in);
    if (!code_instruction(v, &in)) return false;
    code_keep(v, &in);
  }
  for (uint32_t i = 0; i < v->instrs.count; i++) {
    const VerifyInstr *from = &v->instrs.at[i];
    uint32_t target = from->jump < 0 ? 0 : from->in.operands[from->jump];
    if (!v->marks[target])
      return mx_verify_fail(v, from->in.pc, "its target %u lies inside an instruction", target);
  }
  return true;
}
