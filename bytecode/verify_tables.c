// SPDX-License-Identifier: MIT
// Verifying the tables of a chunk: sizes, scope, constants, lines, handlers.
#include "runtime/array.h"
#include "runtime/string.h"
#include "bytecode/verify_internal.h"

// ---- sizes and scope

// Is a size within its limit?
static bool tables_limit(const Verifier *v, uint32_t size, uint32_t limit, const char *what) {
  return size <= limit ||
         mx_verify_fail(v, VERIFY_NO_PC, "%u %s; the limit is %u", size, what, limit);
}

// Check every size of the chunk.
static bool tables_sizes(const Verifier *v) {
  const Chunk *chunk = v->chunk;
  if (chunk->code_len == 0) return mx_verify_fail(v, VERIFY_NO_PC, "there is no code");
  return tables_limit(v, chunk->code_len, VERIFY_MAX_CODE, "bytes of code") &&
         tables_limit(v, chunk->max_stack, VERIFY_MAX_STACK, "values on the stack") &&
         tables_limit(v, chunk->const_count, VERIFY_MAX_TABLE, "constants") &&
         tables_limit(v, chunk->handler_count, VERIFY_MAX_TABLE, "handlers") &&
         tables_limit(v, chunk->body_count, VERIFY_MAX_TABLE, "bodies") &&
         tables_limit(v, chunk->once_count, VERIFY_MAX_TABLE, "once-slots");
}

// The kind of scope that a kind of body has.
static ScopeKind tables_scope_kind(CodeKind kind) {
  switch (kind) {
  case CODE_PROGRAM: return SCOPE_PROGRAM;
  case CODE_EVAL: return SCOPE_EVAL;
  case CODE_METHOD: return SCOPE_METHOD;
  case CODE_CLASS:
  case CODE_MODULE:
  case CODE_SCLASS: return SCOPE_CLASS;
  case CODE_BLOCK:
  case CODE_FOR:
  case CODE_KIND_COUNT: break;
  }
  return SCOPE_BLOCK;
}

// Check a slot that a scope keeps for something hidden.
static bool tables_hidden(const Verifier *v, uint32_t slot, uint32_t slots) {
  uint32_t count = v->chunk->scope->count;
  if (slot == SCOPE_NO_SLOT || (slot < count && count - slot >= slots)) return true;
  return mx_verify_fail(v, VERIFY_NO_PC, "its scope keeps something in the local %u of %u", slot,
                        count);
}

// Check kind, flags and scope against each other and against what is outside.
static bool tables_scope(const Verifier *v) {
  const Chunk *chunk = v->chunk;
  const Scope *scope = chunk->scope;
  if (chunk->kind >= CODE_KIND_COUNT)
    return mx_verify_fail(v, VERIFY_NO_PC, "there is no kind of body %u", chunk->kind);
  if (!scope) return mx_verify_fail(v, VERIFY_NO_PC, "it has no scope");
  if (scope->kind != tables_scope_kind((CodeKind)chunk->kind))
    return mx_verify_fail(v, VERIFY_NO_PC, "its scope is of another kind");
  if (scope->parent != v->rules->outer)
    return mx_verify_fail(v, VERIFY_NO_PC, "its scope stands in another one");
  if (chunk->flags & CHUNK_CORE && !v->rules->core)
    return mx_verify_fail(v, VERIFY_NO_PC, "it claims to be core code");
  return tables_limit(v, scope->count, VERIFY_MAX_LOCALS, "locals") &&
         tables_hidden(v, scope->match_slot, 1) && tables_hidden(v, scope->line_slot, 1) &&
         tables_hidden(v, scope->rest_slot, 1) && tables_hidden(v, scope->keyrest_slot, 1) &&
         tables_hidden(v, scope->block_slot, 1) && tables_hidden(v, scope->forward_slot, 3);
}

// ---- constants

// Is the constant a Symbol that the VM knows?
static bool tables_symbol(const Verifier *v, Value constant) {
  return val_is_symbol(constant) && val_to_sym(constant) < v->rules->ec->vm->symtab.names.count;
}

// May a value that is no object be a constant?
static bool tables_word(const Verifier *v, Value constant) {
  if (val_is_symbol(constant)) return tables_symbol(v, constant);
  return !val_is_heap(constant) && !val_is_undef(constant) && !val_is_exc(constant);
}

// Is it a frozen Array of values that are no objects: keys of a hash pattern, a shared literal?
static bool tables_words(const Verifier *v, Value array) {
  if (!mx_object_is_frozen(v->rules->ec, array)) return false;
  for (uint32_t i = 0; i < mx_array_len(array); i++)
    if (!tables_word(v, mx_array_get(v->rules->ec, array, i))) return false;
  return true;
}

// May a chunk hold the constant?
static bool tables_constant(const Verifier *v, Value constant) {
  if (!val_is_heap(constant)) return tables_word(v, constant);
  switch (val_heap_type(constant)) {
  case T_FLOAT:
  case T_BIGNUM:
  case T_RATIONAL:
  case T_COMPLEX: return true;
  case T_STRING:
  case T_RANGE: return mx_object_is_frozen(v->rules->ec, constant);
  case T_ARRAY: return tables_words(v, constant);
  default: return false;
  }
}

// Check every constant.
static bool tables_constants(const Verifier *v) {
  for (uint32_t i = 0; i < v->chunk->const_count; i++)
    if (!tables_constant(v, v->chunk->consts[i]))
      return mx_verify_fail(v, VERIFY_NO_PC, "constant %u is not of a kind that is constant", i);
  return true;
}

// ---- lines

// Check a table of places: ordered by pc. what: of its entries. flags: that sites may have.
static bool tables_places(const Verifier *v, const LineEntry *places, uint32_t count,
                          const char *what, uint32_t flags) {
  const Chunk *chunk = v->chunk;
  for (uint32_t i = 0; i < count; i++) {
    const LineEntry *line = &places[i];
    if (i > 0 && line->pc <= line[-1].pc)
      return mx_verify_fail(v, VERIFY_NO_PC, "%s %u is not behind the one before it", what, i);
    if (line->pc >= chunk->code_len)
      return mx_verify_fail(v, VERIFY_NO_PC, "%s %u is behind the code", what, i);
    uint32_t site = line->site & ~flags;
    if (site < chunk->start || site > chunk->end)
      return mx_verify_fail(v, VERIFY_NO_PC, "%s %u is outside its text", what, i);
  }
  return true;
}

// Check both tables of places; that of lines holds from the start of the code on.
static bool tables_lines(const Verifier *v) {
  const Chunk *chunk = v->chunk;
  if (chunk->line_count == 0 || chunk->lines[0].pc != 0)
    return mx_verify_fail(v, VERIFY_NO_PC, "its lines do not begin with the code");
  if (chunk->start > chunk->end)
    return mx_verify_fail(v, VERIFY_NO_PC, "its text ends before it starts");
  return tables_places(v, chunk->lines, chunk->line_count, "line", 0) &&
         tables_places(v, chunk->steps, chunk->step_count, "step", (uint32_t)STEP_RETURNS);
}

bool mx_verify_head(Verifier *v) { return tables_scope(v) && mx_verify_params(v); }

bool mx_verify_tables(Verifier *v) {
  return tables_sizes(v) && mx_verify_head(v) && tables_constants(v) && tables_lines(v);
}

// ---- handlers

// Is the pc the start of an instruction?
static bool handlers_boundary(const Verifier *v, uint32_t pc) {
  return pc < v->chunk->code_len && v->marks[pc];
}

// Check one handler by itself. One with an empty range is never used.
static bool handlers_one(const Verifier *v, uint32_t i) {
  const Handler *h = &v->chunk->handlers[i];
  if (h->kind >= HANDLER_KIND_COUNT)
    return mx_verify_fail(v, VERIFY_NO_PC, "handler %u is of no kind", i);
  if (h->start > h->end || h->end > v->chunk->code_len)
    return mx_verify_fail(v, VERIFY_NO_PC, "handler %u covers %u to %u", i, h->start, h->end);
  if (h->start == h->end) return true;
  if (!handlers_boundary(v, h->start) ||
      (h->end < v->chunk->code_len && !handlers_boundary(v, h->end)))
    return mx_verify_fail(v, VERIFY_NO_PC, "the range of handler %u cuts an instruction", i);
  if (h->kind == HANDLER_RESTORE) return true;
  if (!handlers_boundary(v, h->target))
    return mx_verify_fail(v, VERIFY_NO_PC, "the target of handler %u is no instruction", i);
  if (h->target >= h->start && h->target < h->end)
    return mx_verify_fail(v, VERIFY_NO_PC, "handler %u covers its own target", i);
  return true;
}

// Check that a table's handlers are in order: by their ends, inner ones first.
static bool handlers_sorted(const Verifier *v) {
  const Handler *last = NULL;
  for (uint32_t i = 0; i < v->chunk->handler_count; i++) {
    const Handler *h = &v->chunk->handlers[i];
    if (!handlers_one(v, i)) return false;
    if (h->start == h->end) continue;
    if (last && (h->end < last->end || (h->end == last->end && h->start > last->start)))
      return mx_verify_fail(v, VERIFY_NO_PC, "handler %u comes too late in the table", i);
    last = h;
  }
  return true;
}

// Enter a handler that ends behind what is open, going backwards through the code.
static bool handlers_open(Verifier *v, uint32_t number, uint32_t *top) {
  const Handler *table = v->chunk->handlers, *h = &table[number];
  while (*top != VERIFY_NO_HANDLER && table[*top].start >= h->end) *top = v->outer[*top];
  if (*top != VERIFY_NO_HANDLER && h->start < table[*top].start)
    return mx_verify_fail(v, VERIFY_NO_PC, "handlers %u and %u overlap", number, *top);
  v->outer[number] = *top;
  *top = number;
  return true;
}

// Is a handler's range empty?
static bool handlers_empty(const Handler *h) { return h->start == h->end; }

// Find the innermost handler of each pc, from the end of the code to its start.
static bool handlers_nest(Verifier *v) {
  const Handler *table = v->chunk->handlers;
  if (v->chunk->handler_count == 0) {
    memset(v->inner, 0xff, v->chunk->code_len * sizeof *v->inner); // VERIFY_NO_HANDLER
    return true;
  }
  uint32_t left = v->chunk->handler_count, top = VERIFY_NO_HANDLER;
  for (uint32_t pc = v->chunk->code_len; pc-- > 0;) {
    for (; left > 0 && (handlers_empty(&table[left - 1]) || table[left - 1].end > pc); left--)
      if (!handlers_empty(&table[left - 1]) && !handlers_open(v, left - 1, &top)) return false;
    while (top != VERIFY_NO_HANDLER && table[top].start > pc) top = v->outer[top];
    v->inner[pc] = top;
  }
  return true;
}

// Check that the marks in the code agree with the table.
static bool handlers_marks(const Verifier *v) {
  for (uint32_t i = 0; i < v->instrs.count; i++) {
    const Instruction *in = &v->instrs.at[i].in;
    if (in->op != OP_BEGIN_TRY && in->op != OP_END_TRY) continue;
    const Handler *h = &v->chunk->handlers[in->operands[0]];
    uint32_t behind = in->pc + in->size;
    bool agrees = in->op == OP_BEGIN_TRY ? h->start == behind : h->end == behind;
    if (!agrees || h->kind == HANDLER_RESTORE)
      return mx_verify_fail(v, in->pc, "the table says otherwise about handler %u",
                            in->operands[0]);
  }
  return true;
}

bool mx_verify_handlers(Verifier *v) {
  return handlers_sorted(v) && handlers_nest(v) && handlers_marks(v);
}
