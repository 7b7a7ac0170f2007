// SPDX-License-Identifier: MIT
// Operands of instructions by their meaning: names of constants, locals, flags and variants.
#include "runtime/brief.h"
#include "runtime/regexp.h"
#include "bytecode/disasm.h"

// One bit of an F operand.
typedef struct DisasmFlag {
  uint32_t bit;
  const char *name;
} DisasmFlag;

static const DisasmFlag disasm_call_flags[] = {{OPF_KW, "KW"},          {OPF_FCALL, "FCALL"},
                                               {OPF_VCALL, "VCALL"},    {CALL_SUPER, "SUPER"},
                                               {CALL_SAFE, "SAFE"},     {CALL_REFINED, "REFINED"},
                                               {CALL_PUBLIC, "PUBLIC"}, {OPF_SPLAT, "SPLAT"},
                                               {OPF_RUBY2, "RUBY2"},    {0, NULL}};
static const DisasmFlag disasm_class_flags[] = {
    {DEFINE_HAS_SUPER, "SUPERCLASS"}, {DEFINE_TRAIT, "TRAIT"}, {0, NULL}};
static const DisasmFlag disasm_regexp_flags[] = {
    {REGEXP_I, "IGNORECASE"},        {REGEXP_X, "EXTENDED"},      {REGEXP_M, "MULTILINE"},
    {REGEXP_FIXED, "FIXEDENCODING"}, {REGEXP_NONE, "NOENCODING"}, {0, NULL}};

// Flags that an opcode's F operand has.
static const DisasmFlag *disasm_flags_of(OpCode op) {
  if (op == OP_DEFINE_CLASS || op == OP_DEFINE_MODULE) return disasm_class_flags;
  return op == OP_BUILD_REGEXP ? disasm_regexp_flags : disasm_call_flags;
}

void mx_disasm_flags(OpCode op, uint32_t flags, StrBuf *out) {
  const char *between = "";
  for (const DisasmFlag *flag = disasm_flags_of(op); flag->name; flag++) {
    if (!(flags & flag->bit)) continue;
    mx_strbuf_printf(out, "%s%s", between, flag->name);
    flags &= ~flag->bit;
    between = "|";
  }
  if (flags) mx_strbuf_printf(out, "%s0x%x", between, flags);
}

static const char *const disasm_places[] = {
    [CONST_PLACE_LEXICAL] = "lexical", [CONST_PLACE_TOP] = "top", [CONST_PLACE_SCOPE] = "scope"};
static const char *const disasm_ranges[] = {"..", "..."};
static const char *const disasm_splats[] = {"any", "fresh"};
static const char *const disasm_elements[] = {"from the start", "from the end"};
static const char *const disasm_values[] = {"keep", "take"};
static const char *const disasm_fails[] = {"plain", "why"};
static const char *const disasm_tests[MATCH_TEST_COUNT] = {
    [MATCH_TEST_NOT_NIL] = "not nil",       [MATCH_TEST_LENGTH] = "length",
    [MATCH_TEST_LENGTH_MIN] = "min length", [MATCH_TEST_DEFINED] = "defined",
    [MATCH_TEST_EMPTY] = "empty",           [MATCH_TEST_REST_EMPTY] = "rest empty"};
static const char *const disasm_defined[DEFINED_KIND_COUNT] = {
    [DEFINED_IVAR] = "instance variable",
    [DEFINED_GVAR] = "global",
    [DEFINED_NTH_REF] = "group",
    [DEFINED_CVAR] = "class variable",
    [DEFINED_CONST] = "constant",
    [DEFINED_CONST_TOP] = "::constant",
    [DEFINED_CONST_FROM] = "scope::constant",
    [DEFINED_METHOD] = "method",
    [DEFINED_METHOD_SELF] = "method of self",
    [DEFINED_SUPER] = "super",
    [DEFINED_YIELD] = "yield"};

#define VARIANTS(OP, list) \
  { OP_##OP, MX_COUNT_OF(list), list }
// Names of an opcode's variants.
static const struct {
  OpCode op;
  uint32_t count;
  const char *const *names;
} disasm_variants[] = {
    VARIANTS(STORE_CONST, disasm_places),     VARIANTS(CONST_DEFINED, disasm_places),
    VARIANTS(DEFINE_CLASS, disasm_places),    VARIANTS(DEFINE_MODULE, disasm_places),
    VARIANTS(BUILD_RANGE, disasm_ranges),     VARIANTS(SPLAT, disasm_splats),
    VARIANTS(MATCH_ELEMENT, disasm_elements), VARIANTS(MATCH_VALUE, disasm_values),
    VARIANTS(MATCH_FAIL, disasm_fails),       VARIANTS(MATCH_CASE, disasm_tests),
    VARIANTS(DEFINED, disasm_defined)};
#undef VARIANTS

const char *mx_disasm_variant(OpCode op, uint32_t variant) {
  for (size_t i = 0; i < MX_COUNT_OF(disasm_variants); i++)
    if (disasm_variants[i].op == op)
      return variant < disasm_variants[i].count ? disasm_variants[i].names[variant] : NULL;
  return NULL;
}

// What the C operands of an opcode count, where a bare number would say too little; in order.
static const struct {
  OpCode op;
  const char *labels[3];
} disasm_counts[] = {{OP_LOAD_NTH_REF, {"group"}},     {OP_BREAK, {"keep"}},
                     {OP_CONTINUE, {"keep"}},          {OP_ONCE, {"once"}},
                     {OP_ONCE_SET, {"once"}},          {OP_PUSH_SPLICED, {"spliced"}},
                     {OP_QUOTE, {"unquotes", "node"}}, {OP_SPREAD, {"before", "rest", "behind"}},
                     {OP_RESTORE_ERROR, {"at"}},       {OP_MATCH_SLICE, {"before", "behind"}},
                     {OP_MATCH_VALUE, {"hash below"}}, {OP_SET_LINE, {"line"}}};

// Label of the C operand number n among those of an opcode, "" for none.
static const char *disasm_count_label(OpCode op, uint32_t n) {
  for (size_t i = 0; i < MX_COUNT_OF(disasm_counts); i++)
    if (disasm_counts[i].op == op && n < 3 && disasm_counts[i].labels[n])
      return disasm_counts[i].labels[n];
  bool call = mx_op_find_operand(op, 'F') >= 0 || op == OP_PRIMITIVE;
  return call ? "argc" : "";
}

// Append a count with its label.
static void disasm_count(const Instruction *in, uint32_t at, StrBuf *out) {
  const char *letters = mx_op_info(in->op)->operands;
  uint32_t n = 0;
  for (uint32_t i = 0; i < at; i++) n += letters[i] == 'C';
  const char *label = disasm_count_label(in->op, n);
  mx_strbuf_printf(out, "%s%s%u", label, *label ? " " : "", in->operands[at]);
}

// Append a constant, as a bare name when it is a Symbol that an N operand names.
static void disasm_constant(ExecCtx *ec, const Chunk *chunk, uint32_t index, bool name,
                            StrBuf *out) {
  if (index >= chunk->const_count) {
    mx_strbuf_printf(out, "constant %u", index);
    return;
  }
  Value v = chunk->consts[index];
  size_t start = out->len;
  mx_brief(ec, v, BRIEF_LIMIT, out);
  bool bare = name && val_is_symbol(v) && out->len > start + 1 && out->at[start + 1] != '"';
  if (!bare) return;
  memmove(out->at + start, out->at + start + 1, out->len - start - 1);
  mx_strbuf_truncate(out, out->len - 1);
}

// Append a local: its name, or its slot when it has none; depth is how many scopes out it lies.
static void disasm_local(ExecCtx *ec, const Chunk *chunk, uint32_t slot, uint32_t depth,
                         StrBuf *out) {
  const Scope *scope = chunk->scope;
  while (scope && depth-- > 0) scope = scope->parent;
  Sym name = scope && slot < scope->count ? scope->names[slot] : SYM_NONE;
  if (name == SYM_NONE)
    mx_strbuf_printf(out, "slot %u", slot);
  else
    mx_strbuf_add_str(out, mx_sym_text(&ec->vm->symtab, name));
}

// Append a nested body by number and name.
static void disasm_body(ExecCtx *ec, const Chunk *chunk, uint32_t index, StrBuf *out) {
  mx_strbuf_printf(out, "body %u", index);
  const Chunk *body = index < chunk->body_count ? chunk->bodies[index].chunk : NULL;
  if (!body) return;
  mx_strbuf_add_str(out, " (");
  mx_disasm_name(ec, body, out);
  mx_strbuf_add_byte(out, ')');
}

// Append a variant by name.
static void disasm_add_variant(const Instruction *in, uint32_t variant, StrBuf *out) {
  const char *name = mx_disasm_variant(in->op, variant);
  if (name)
    mx_strbuf_add_str(out, name);
  else
    mx_strbuf_printf(out, "variant %u", variant);
}

// Depth operand of an instruction, 0 when it has none.
static uint32_t disasm_depth(const Instruction *in) {
  int at = mx_op_find_operand(in->op, 'D');
  return at < 0 ? 0 : in->operands[at];
}

// Append one operand.
static void disasm_operand(ExecCtx *ec, const Chunk *chunk, const Instruction *in, uint32_t at,
                           StrBuf *out) {
  uint32_t value = in->operands[at];
  switch (mx_op_info(in->op)->operands[at]) {
  case 'K': disasm_constant(ec, chunk, value, false, out); break;
  case 'N': disasm_constant(ec, chunk, value, true, out); break;
  case 'L': disasm_local(ec, chunk, value, disasm_depth(in), out); break;
  case 'D': mx_strbuf_printf(out, "%u out", value); break;
  case 'C': disasm_count(in, at, out); break;
  case 'F': mx_disasm_flags(in->op, value, out); break;
  case 'J': mx_strbuf_printf(out, "-> %04u", value); break;
  case 'B': disasm_body(ec, chunk, value, out); break;
  case 'H': mx_strbuf_printf(out, "handler %u", value); break;
  case 'V': disasm_add_variant(in, value, out); break;
  default: MX_UNREACHABLE();
  }
}

void mx_disasm_operands(ExecCtx *ec, const Chunk *chunk, const Instruction *in, StrBuf *out) {
  size_t start = out->len;
  for (uint32_t i = 0; i < mx_op_info(in->op)->operand_count; i++) {
    size_t before = out->len;
    if (before > start) mx_strbuf_add_str(out, ", ");
    size_t text = out->len;
    disasm_operand(ec, chunk, in, i, out);
    if (out->len == text) mx_strbuf_truncate(out, before); // flags of which none is set
  }
}
