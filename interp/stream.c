// SPDX-License-Identifier: MIT
// Expanding a chunk into its private stream.
#include "interp/stream.h"
#include "runtime/builtin.h"
#include "bytecode/verify.h"
#include "interp/fuse.h"
#include "interp/profile.h"
#include "interp/program.h"
#include "interp/stream_check.h"

// Kind of inline cache that an instruction has.
typedef enum CacheKind { CACHE_NONE, CACHE_CALL, CACHE_IVAR, CACHE_CONST } CacheKind;

// A chunk being expanded.
typedef struct Expand {
  ExecCtx *ec;
  Code *code;
  uint32_t *words;     // the stream
  uint32_t count;      // words written
  uint32_t caches;     // caches given out
  uint32_t *starts;    // by pc: index of the instruction's first word
  uint32_t *begins;    // indices of the first words, in order
  uint32_t begun;      // entries of begins
  InlineCache *filled; // caches, in the second pass
  uint8_t *leads;      // by pc: PROFILE_LEAD_* where a basic block begins; NULL: nothing is counted
  uint32_t counters;   // counters given out
} Expand;

// Base instructions of the quick ones.
static const uint8_t stream_bases[STREAM_COUNT] = {
#define QUICK(NAME, BASE, KIND, doc) [STREAM_##NAME] = OP_##BASE,
#include "interp/quick_ops.def"
};

// Those that specialization writes.
enum {
  STREAM_KIND_GUARDED = 1,
  STREAM_KIND_OPERAND = 2,
  STREAM_KIND_FREE = 1,
  STREAM_KIND_FUSED = 1,
  STREAM_KIND_FUSED_FREE = 1,
  STREAM_KIND_FUSED_IF = 1,
  STREAM_KIND_WRITTEN = 0
};
static const uint8_t stream_specialized[STREAM_COUNT] = {
#define QUICK(NAME, BASE, KIND, doc) [STREAM_##NAME] = STREAM_KIND_##KIND,
#include "interp/quick_ops.def"
};

OpCode mx_stream_base(StreamOp op) {
  return op < (StreamOp)OP_COUNT ? (OpCode)op : (OpCode)stream_bases[op];
}

// What the table does not say: which instructions have a cache, and of what kind.
static CacheKind expand_cache_kind(OpCode op) {
  if (mx_op_info(op)->send != SYM_NONE) return CACHE_CALL;
  switch (op) {
  case OP_CALL_METHOD:
  case OP_CALL_WITH_BLOCK:
  case OP_CALL_PASS:
  case OP_CALL_SUPER:
  case OP_SUPER_WITH_BLOCK:
  case OP_SUPER_PASS:
  case OP_TAIL_CALL:
  case OP_TAIL_PASS:
  case OP_PUSH_SHARED:
  case OP_PRIMITIVE: return CACHE_CALL;
  case OP_LOAD_IVAR:
  case OP_STORE_IVAR: return CACHE_IVAR;
  case OP_LOAD_CONST:
  case OP_LOAD_CONST_FROM:
  case OP_LOAD_CONST_TOP: return CACHE_CONST;
  default: return CACHE_NONE;
  }
}

bool mx_stream_has_cache(OpCode op) { return expand_cache_kind(op) != CACHE_NONE; }

// The instruction's operand with a letter, or 0.
static uint32_t expand_operand(const Instruction *in, char letter) {
  int at = mx_op_find_operand(in->op, letter);
  return at < 0 ? 0 : in->operands[at];
}

// The name operand, or the selector of the table.
static Sym expand_name(const Expand *x, const Instruction *in) {
  int at = mx_op_find_operand(in->op, 'N');
  if (at < 0) return mx_op_info(in->op)->send;
  return val_to_sym(x->code->chunk->consts[in->operands[at]]);
}

// Arguments that an operator takes beside its receiver.
static uint32_t expand_argc(const Instruction *in) {
  if (mx_op_find_operand(in->op, 'C') >= 0) return expand_operand(in, 'C');
  return (uint32_t)mx_op_pops(in) - 1;
}

// Flags of a call. Operators have none of their own; core code sees private ones, and `when` does.
static uint32_t expand_flags(const Expand *x, const Instruction *in) {
  if (mx_op_find_operand(in->op, 'F') >= 0) return expand_operand(in, 'F');
  return x->code->core || in->op == OP_CASE_EQ ? OPF_FCALL : 0;
}

// Most arguments of a C function that the loop calls by itself.
enum { EXPAND_LEAF_PARAMS = 4 };

// Look a primitive up. The core library names those that there are, and gives each what it takes.
static void expand_fill_primitive(Expand *x, CallCache *cc) {
  const BuiltinRow *row = cc->row = mx_primitive_find(x->ec->vm, cc->name);
  MX_ASSERT(row && row->max_args >= 0 && row->max_args <= EXPAND_LEAF_PARAMS &&
                (int)cc->argc >= row->min_args && (int)cc->argc <= row->max_args,
            "primitive %s", mx_sym_text(&x->ec->vm->symtab, cc->name));
  cc->entry.params = (uint8_t)row->max_args;
  cc->entry.as.fn = row->fn;
  x->words[x->count - 1] = STREAM_PRIMITIVE_LEAF;
}

// Fill the cache with what never changes.
static void expand_fill_cache(Expand *x, const Instruction *in, CacheKind kind) {
  InlineCache *cache = &x->filled[x->caches];
  Sym name = expand_name(x, in);
  if (kind == CACHE_IVAR) {
    cache->ivar.name = name;
  } else if (kind == CACHE_CONST) {
    cache->constant.name = name;
  } else {
    cache->call.name = name;
    cache->call.argc = expand_argc(in);
    cache->call.flags = expand_flags(x, in);
    cache->call.body = expand_operand(in, in->op == OP_PUSH_SHARED ? 'K' : 'B');
    if (in->op == OP_PRIMITIVE) expand_fill_primitive(x, &cache->call);
  }
}

// Is the constant an Integer that fits a word?
static bool expand_small_int(const Expand *x, const Instruction *in) {
  Value v = x->code->chunk->consts[in->operands[0]];
  return val_is_fixnum(v) && val_to_fixnum(v) == (int32_t)val_to_fixnum(v);
}

// The stream op that an instruction begins as: calls of all plain forms are one.
static StreamOp expand_op(const Expand *x, const Instruction *in) {
  uint32_t flags = expand_operand(in, 'F');
  switch (in->op) {
  case OP_CALL_METHOD:
  case OP_CALL:
  case OP_CALL_BLOCK:
  case OP_NEW_INSTANCE:
  case OP_RAISE:
  case OP_BLOCK_GIVEN:
  case OP_EVAL_STRING:
  case OP_GET_METHOD_AST:
  case OP_GET_CLASS_AST:
  case OP_GET_AST:
  case OP_SET_METHOD_AST:
  case OP_REMOVE_METHOD:
  case OP_BREAKPOINT: return flags & OPF_SPLAT ? STREAM_CALL_SPREAD : STREAM_CALL_METHOD;
  case OP_DEFINE_METHOD_RUNTIME: return STREAM_CALL_WITH_BLOCK;
  case OP_PUSH_CONST: return expand_small_int(x, in) ? STREAM_PUSH_INT : STREAM_PUSH_CONST;
  case OP_GET_UPVALUE: return in->operands[1] == 1 ? STREAM_GET_UPVALUE_1 : STREAM_GET_UPVALUE;
  case OP_SET_UPVALUE: return in->operands[1] == 1 ? STREAM_SET_UPVALUE_1 : STREAM_SET_UPVALUE;
  case OP_JUMP: return in->operands[0] <= in->pc ? STREAM_JUMP_BACK : STREAM_JUMP;
  case OP_JUMP_IF_TRUE:
    return in->operands[0] <= in->pc ? STREAM_JUMP_IF_TRUE_BACK : STREAM_JUMP_IF_TRUE;
  case OP_JUMP_IF_FALSE:
    return in->operands[0] <= in->pc ? STREAM_JUMP_IF_FALSE_BACK : STREAM_JUMP_IF_FALSE;
  default: return (StreamOp)in->op;
  }
}

// Write one word, noting the pc it belongs to.
static void expand_word(Expand *x, uint32_t pc, uint32_t word) {
  if (x->words) {
    x->words[x->count] = word;
    x->code->pcs[x->count] = pc;
  }
  x->count++;
}

// Write the operands that stay operands.
static void expand_operands(Expand *x, const Instruction *in, uint32_t start) {
  const char *letters = mx_op_info(in->op)->operands;
  for (int i = 0; letters[i]; i++) {
    uint32_t word = in->operands[i];
    if (in->op == OP_PUSH_CONST && expand_small_int(x, in))
      word = (uint32_t)val_to_fixnum(x->code->chunk->consts[word]);
    if (letters[i] == 'N') word = val_to_sym(x->code->chunk->consts[word]);
    bool distance = letters[i] == 'J' && in->op != OP_BREAK && in->op != OP_CONTINUE;
    if (distance) word = x->words ? x->starts[word] - start : 0;
    expand_word(x, in->pc, word);
  }
}

// Write a counter in front of the instruction at a pc if a block begins there in the given way.
static void expand_counter(Expand *x, uint32_t pc, uint8_t lead, StreamOp op) {
  if (!x->leads || !(x->leads[pc] & lead)) return;
  if (x->words) {
    x->begins[x->begun++] = x->count;
    x->code->profile->places[x->counters] = pc;
  }
  expand_word(x, pc, op);
  expand_word(x, pc, x->counters++);
}

// Expand one instruction.
static void expand_one(Expand *x, const Instruction *in) {
  expand_counter(x, in->pc, PROFILE_LEAD_FALL, STREAM_COUNT_EDGE);
  x->starts[in->pc] = x->count;
  expand_counter(x, in->pc, PROFILE_LEAD_JUMP, STREAM_COUNT_BLOCK);
  if (mx_op_info(in->op)->phase == PHASE_MARK) return;
  uint32_t start = x->count;
  if (x->words) x->begins[x->begun++] = start;
  expand_word(x, in->pc, expand_op(x, in));
  CacheKind kind = expand_cache_kind(in->op);
  if (kind == CACHE_NONE) {
    expand_operands(x, in, start);
  } else {
    if (x->filled) expand_fill_cache(x, in, kind);
    expand_word(x, in->pc, x->caches++);
  }
  bool literal_block = in->op == OP_CALL_WITH_BLOCK || in->op == OP_SUPER_WITH_BLOCK ||
                       in->op == OP_DEFINE_METHOD_RUNTIME;
  if (literal_block) expand_word(x, in->pc, STREAM_CALL_DONE);
}

// Go through the chunk once.
static void expand_pass(Expand *x) {
  const Chunk *chunk = x->code->chunk;
  x->count = x->caches = x->counters = 0;
  Instruction in;
  for (uint32_t pc = 0; pc < chunk->code_len; pc += in.size) {
    bool known = mx_op_decode(chunk->code, chunk->code_len, pc, &in);
    MX_ASSERT(known, "chunk is not verified at %u", pc);
    if (!known) return;
    expand_one(x, &in);
  }
  x->starts[chunk->code_len] = x->count;
}

// Raise the error of a chunk that this engine made and its own verifier refuses.
static void stream_refused(ExecCtx *ec, const Code *code, const VerifyError *error) {
  const Chunk *chunk = code->chunk;
  uint32_t site = error->pc == VERIFY_NO_PC ? chunk->start : mx_chunk_site(chunk, error->pc);
  (void)mx_raise(ec, ec->vm->cls.ScriptError, "%s:%u: internal error: the verifier refuses %s",
                 code->unit->source->name, mx_code_line(code, site), error->text);
}

// Let nothing run that the verifier has not passed. What came from a file has passed already, and
// what the compiler made passes unless the compiler is wrong.
static bool stream_verify(ExecCtx *ec, Code *code) {
  Chunk *chunk = code->chunk;
  if (MX_LIKELY(chunk->flags & CHUNK_VERIFIED)) return true;
  VerifyRules rules = {.ec = ec, .outer = chunk->scope->parent, .core = code->core};
  VerifyError error;
  if (MX_LIKELY(mx_verify(chunk, &rules, &error))) return true;
  stream_refused(ec, code, &error);
  return false;
}

bool mx_stream_prepare(ExecCtx *ec, Code *code) {
  if (code->stream) return true;
  if (!code->chunk) code->chunk = mx_code_compile(ec, code);
  const Chunk *chunk = code->chunk;
  if (!chunk || !stream_verify(ec, code)) return false;
  Expand x = {.ec = ec, .code = code};
  x.starts = mx_gc_alloc_atomic((chunk->code_len + 1) * sizeof(uint32_t));
  x.leads = mx_profile_leads(ec, chunk);
  expand_pass(&x);
  mx_profile_code(ec, code, x.counters);
  x.words = mx_gc_alloc_atomic((x.count + 1) * sizeof(uint32_t));
  code->pcs = mx_gc_alloc_atomic((x.count + 1) * sizeof(uint32_t));
  code->caches = x.filled = mx_gc_alloc_words((x.caches + 1) * sizeof(InlineCache));
  x.begins = mx_gc_alloc_atomic((x.count + 1) * sizeof(uint32_t));
  expand_pass(&x);
  // --trace shows every instruction.
  if (!code->refined && !mx_interp(ec->vm)->options.trace)
    mx_stream_fuse(code, x.words, x.begins, x.begun);
  code->bodies = mx_gc_alloc_words((chunk->body_count + 1) * sizeof(Code *));
  code->once = mx_gc_alloc_words((chunk->once_count + 1) * sizeof(Value));
  for (uint32_t i = 0; i < chunk->once_count; i++) code->once[i] = VAL_UNDEF;
  code->frame_words += chunk->max_stack + STREAM_STACK_SLACK;
  code->heat = mx_interp(ec->vm)->heat;
  code->calls = mx_interp(ec->vm)->calls;
  code->stream_len = x.count;
  code->cache_count = x.caches;
  code->stream = x.words;
  if (MX_CHECKED) mx_stream_keep_depths(ec, code);
  return true;
}

uint32_t mx_stream_index(const Code *code, uint32_t pc) {
  uint32_t low = 0, high = code->stream_len;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (code->pcs[middle] < pc)
      low = middle + 1;
    else
      high = middle;
  }
  while (low < code->stream_len && code->stream[low] == STREAM_COUNT_EDGE) low += 2;
  return low;
}

uint32_t mx_stream_instruction(const Code *code, uint32_t pc) {
  uint32_t word = mx_stream_index(code, pc);
  return word < code->stream_len && code->stream[word] == STREAM_COUNT_BLOCK ? word + 2 : word;
}

// Does an instruction begin at a word? Counters have the pc of what is behind them.
static bool stream_begins(const Code *code, uint32_t word) {
  if (word == 0 || code->pcs[word] != code->pcs[word - 1]) return true;
  StreamOp before = word >= 2 ? (StreamOp)code->stream[word - 2] : STREAM_CALL_DONE;
  bool counter = before == STREAM_COUNT_BLOCK || before == STREAM_COUNT_EDGE;
  return counter && code->profile && stream_begins(code, word - 2);
}

void mx_stream_refine(Code *code) {
  if (code->refined) return;
  code->refined = true;
  for (uint32_t i = 0; code->stream && i < code->stream_len; i++) {
    StreamOp op = (StreamOp)code->stream[i];
    if (!stream_begins(code, i) || !stream_specialized[op]) continue;
    bool operand = stream_specialized[op] == STREAM_KIND_OPERAND;
    code->stream[i] = operand ? (uint32_t)STREAM_PUSH_INT : (uint32_t)mx_stream_base(op);
  }
}

Code *mx_method_load(ExecCtx *ec, MethodCode *method) {
  Code *code = mx_stream_body(ec, method->around, method->body);
  if (!code) return NULL;
  if (method->lex->refinements) mx_stream_refine(code);
  method->around = NULL;
  if (!code->method) code->method = method->first;
  return method->made = code;
}

Code *mx_stream_body(ExecCtx *ec, const Code *code, uint32_t index) {
  if (!code->bodies[index]) code->bodies[index] = mx_code_nested(ec, code, index);
  return code->bodies[index];
}
