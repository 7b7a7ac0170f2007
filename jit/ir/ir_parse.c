// SPDX-License-Identifier: MIT
// Parsing of the IR; ir_print.h shows the form.
//
// A first look over the tokens finds the highest ref, block, site and snapshot, for which room is
// made before the constants get theirs; so the text's numbers are the function's.
#include "jit/ir/ir_parse.h"
#include "runtime/value.h"
#include "jit/ir/ir_lex.h"

#include <stdlib.h>
#include <string.h>

enum { PARSE_MOST = 1 << 20 }; // refs, blocks, sites, snapshots; more is a typing error

// The state of one parse.
typedef struct Parser {
  IrLexer lex;
  IrFn *fn;
  StrBuf *error;         // first problem
  bool failed;           // there is one
  VEC(bool) given_preds; // by block: its predecessors are in the text
  VEC(bool) given_block; // by block: it is in the text
} Parser;

// ---- problems and tokens

// Note the first problem, at the current token.
static void MX_PRINTF(2, 3) parse_fail(Parser *p, const char *fmt, ...) {
  if (p->failed) return;
  p->failed = true;
  mx_strbuf_printf(p->error, "%u:%u: ", p->lex.line, (uint32_t)(p->lex.at - p->lex.line_start) + 1);
  va_list args;
  va_start(args, fmt);
  mx_strbuf_vprintf(p->error, fmt, args);
  va_end(args);
}

// Take the word or character if it is the token.
static bool parse_take(Parser *p, const char *text) {
  if (p->failed || !mx_ir_lex_is(&p->lex, text)) return false;
  mx_ir_lex_next(&p->lex);
  return true;
}

// Take the word or character, which must be there.
static void parse_expect(Parser *p, const char *text) {
  if (!parse_take(p, text))
    parse_fail(p, "expected '%s', not '%.*s'", text, (int)p->lex.len, p->lex.at);
}

// Take an integer.
static uint64_t parse_integer(Parser *p) {
  if (p->lex.tok != IR_TOK_INT) parse_fail(p, "expected a number");
  if (p->failed) return 0;
  uint64_t number = p->lex.number;
  mx_ir_lex_next(&p->lex);
  return number;
}

// Take an integer that fits 32 bits.
static uint32_t parse_word32(Parser *p) {
  uint64_t number = p->lex.number;
  if (p->lex.tok == IR_TOK_INT && number > UINT32_MAX) parse_fail(p, "the number is too large");
  return (uint32_t)parse_integer(p);
}

// Take a word and the number behind it.
static uint32_t parse_named(Parser *p, const char *word) {
  parse_expect(p, word);
  return parse_word32(p);
}

// Take a word and a site's number behind it, or `none`.
static uint32_t parse_site_of(Parser *p, const char *word) {
  parse_expect(p, word);
  return parse_take(p, "none") ? UINT32_MAX : parse_word32(p);
}

// ---- values

// Take the number behind `kind:`, or for Values a name.
static IrRef parse_typed_const(Parser *p, IrOp op) {
  mx_ir_lex_next(&p->lex);
  parse_expect(p, ":");
  if (op == IR_KVAL) {
    if (parse_take(p, "nil")) return mx_ir_const(p->fn, op, VAL_NIL);
    if (parse_take(p, "false")) return mx_ir_const(p->fn, op, VAL_FALSE);
    if (parse_take(p, "true")) return mx_ir_const(p->fn, op, VAL_TRUE);
  }
  bool hex = p->lex.len > 1 && p->lex.at[1] == 'x';
  uint64_t word = parse_integer(p);
  if (op == IR_KVAL && !hex) word = val_from_fixnum((int64_t)word);
  return p->failed ? IR_NONE : mx_ir_const(p->fn, op, word);
}

// The op of a constant by the word in front of its colon; IR_NOP for none.
static IrOp parse_const_op(const IrLexer *lex) {
  if (mx_ir_lex_is(lex, "val")) return IR_KVAL;
  if (mx_ir_lex_is(lex, "obj")) return IR_KOBJ;
  if (mx_ir_lex_is(lex, "ptr")) return IR_KPTR;
  if (mx_ir_lex_is(lex, "word")) return IR_KWORD;
  return mx_ir_lex_is(lex, "double") ? IR_KDOUBLE : IR_NOP;
}

// Take a ref.
static IrRef parse_ref(Parser *p) {
  if (p->lex.tok != IR_TOK_REF) parse_fail(p, "expected a value");
  if (p->failed) return IR_NONE;
  IrRef ref = (IrRef)p->lex.number;
  mx_ir_lex_next(&p->lex);
  return ref;
}

// Take a ref or a constant.
static IrRef parse_operand(Parser *p) {
  if (p->failed) return IR_NONE;
  IrRef ref = IR_NONE;
  if (p->lex.tok == IR_TOK_INT) {
    int64_t number = (int64_t)p->lex.number;
    if (!fixnum_fits(number)) parse_fail(p, "no Integer of 63 bits");
    ref = mx_ir_int(p->fn, number);
  } else if (p->lex.tok == IR_TOK_DOUBLE) {
    ref = mx_ir_double(p->fn, p->lex.real);
  } else if (mx_ir_lex_is(&p->lex, "true") || mx_ir_lex_is(&p->lex, "false")) {
    ref = mx_ir_bool(p->fn, *p->lex.at == 't');
  } else {
    IrOp op = parse_const_op(&p->lex);
    return op == IR_NOP ? parse_ref(p) : parse_typed_const(p, op);
  }
  mx_ir_lex_next(&p->lex);
  return ref;
}

// Take a value of a snapshot.
static SnapValue parse_snap_value(Parser *p) {
  if (parse_take(p, "home")) return SNAP_HOME;
  if (!parse_take(p, "sunk")) return parse_operand(p);
  parse_expect(p, ":");
  return parse_word32(p) | SNAP_OBJECT;
}

// Is the token this text, as a whole?
static bool parse_token_is(const IrLexer *lex, const char *text) {
  return strlen(text) == lex->len && memcmp(text, lex->at, lex->len) == 0;
}

// Take the name of a type.
static IrType parse_type_name(Parser *p) {
  IrType found = IRT_VOID;
  for (int type = 0; type < IRT_COUNT; type++)
    if (parse_token_is(&p->lex, mx_ir_type_text((IrType)type))) found = (IrType)type;
  if (found == IRT_VOID) parse_fail(p, "expected a type");
  mx_ir_lex_next(&p->lex);
  return found;
}

// ---- sites and snapshots

// Note that a code is mentioned.
static uint32_t parse_code(Parser *p) {
  uint32_t code = parse_named(p, "code");
  if (code >= PARSE_MOST) parse_fail(p, "the number is too large");
  while (!p->failed && p->fn->codes.count <= code) vec_push(&p->fn->codes, NULL);
  return code;
}

// Take the rest of a site.
static void parse_site(Parser *p) {
  uint32_t id = parse_word32(p);
  SnapFrame frame = {.code = parse_code(p), .self = SNAP_HOME, .block = SNAP_HOME};
  frame.pc = parse_named(p, "pc");
  frame.site = parse_site_of(p, "from");
  IrSite site = {.frame = p->fn->snap_frames.count, .effects = RTE_ANY};
  site.argc = parse_named(p, "argc");
  site.flags = parse_named(p, "flags");
  if (parse_take(p, "effects")) site.effects = parse_word32(p);
  site.own = parse_take(p, "own");
  if (p->failed) return;
  vec_push(&p->fn->snap_frames, frame);
  p->fn->sites.at[id] = site;
}

// Take a list of snapshot values in brackets and return how many.
static uint32_t parse_snap_values(Parser *p, const char *word) {
  uint32_t count = 0;
  parse_expect(p, word);
  parse_expect(p, "[");
  while (!p->failed && !parse_take(p, "]")) {
    if (count++) parse_expect(p, ",");
    vec_push(&p->fn->snap_values, parse_snap_value(p));
  }
  return count;
}

// Take the rest of a frame.
static void parse_frame(Parser *p) {
  SnapFrame frame = {.code = parse_code(p)};
  frame.pc = parse_named(p, "pc");
  frame.site = parse_site_of(p, "site");
  parse_expect(p, "self");
  frame.self = parse_snap_value(p);
  parse_expect(p, "block");
  frame.block = parse_snap_value(p);
  if (parse_take(p, "env")) frame.env = parse_snap_value(p);
  frame.first = p->fn->snap_values.count;
  frame.locals = parse_snap_values(p, "locals");
  frame.operands = parse_snap_values(p, "stack");
  vec_push(&p->fn->snap_frames, frame);
}

// Take the rest of an object.
static void parse_object(Parser *p) {
  SnapObject object = {.alloc = parse_ref(p), .first = p->fn->snap_values.count};
  if (parse_take(p, "unless")) object.real = parse_snap_value(p);
  parse_expect(p, "[");
  while (!p->failed && !parse_take(p, "]")) {
    if (object.stores++) parse_expect(p, ",");
    vec_push(&p->fn->snap_values, parse_word32(p));
    parse_expect(p, ":");
    vec_push(&p->fn->snap_values, parse_snap_value(p));
  }
  vec_push(&p->fn->snap_objects, object);
}

// Take the rest of a snapshot.
static void parse_snap(Parser *p) {
  uint32_t id = parse_word32(p);
  Snap snap = {.reason = parse_named(p, "reason"), .frame = p->fn->snap_frames.count};
  snap.counted = parse_take(p, "counted");
  for (; parse_take(p, "frame"); snap.frames++) parse_frame(p);
  snap.object = p->fn->snap_objects.count;
  for (; parse_take(p, "object"); snap.objects++) parse_object(p);
  if (!p->failed) p->fn->snaps.at[id] = snap;
}

// ---- instructions

// The op whose mnemonic is the token; IR_NOP for none.
static IrOp parse_op(const IrLexer *lex) {
  if (lex->tok != IR_TOK_WORD) return IR_NOP;
  for (int op = IR_NOP + 1; op < IR_COUNT; op++)
    if (!mx_ir_is_const(op) && parse_token_is(lex, mx_ir_info(op)->text)) return (IrOp)op;
  return IR_NOP;
}

// Take the name of a field.
static uint32_t parse_field(Parser *p) {
  for (uint32_t field = 0; field < IRF_COUNT; field++)
    if (parse_take(p, mx_ir_field_info(field)->text)) return field;
  parse_fail(p, "no field is named '%.*s'", (int)p->lex.len, p->lex.at);
  return 0;
}

// Take the name of a runtime call.
static uint32_t parse_rt(Parser *p) {
  for (uint32_t call = 0; call < RT_COUNT; call++)
    if (parse_take(p, mx_ir_rt_info(call)->text)) return call;
  parse_fail(p, "no runtime call is named '%.*s'", (int)p->lex.len, p->lex.at);
  return 0;
}

// Take an immediate.
static uint32_t parse_immediate(Parser *p, char letter) {
  if (letter == 'F') return parse_field(p);
  if (letter == 'R') return parse_rt(p);
  if (letter == 'N') {
    parse_expect(p, "#");
    return parse_word32(p);
  }
  parse_expect(p, letter == 'S' ? "shape" : "site");
  parse_expect(p, ":");
  return parse_word32(p);
}

// Take the operands in parentheses.
static IrList parse_list(Parser *p) {
  VEC(IrRef) refs = {0};
  parse_expect(p, "(");
  while (!p->failed && !parse_take(p, ")")) {
    if (refs.count) parse_expect(p, ",");
    vec_push(&refs, parse_operand(p));
  }
  IrList list = mx_ir_list(p->fn, refs.count, refs.at);
  vec_free(&refs);
  return list;
}

// The number of a block's name, or IR_NO_BLOCK.
static IrBlockId parse_block_name(const IrLexer *lex) {
  if (lex->tok != IR_TOK_WORD || *lex->at != 'b' || lex->len < 2 || lex->len > 8)
    return IR_NO_BLOCK;
  char *end;
  unsigned long id = strtoul(lex->at + 1, &end, 10);
  return end == lex->at + lex->len ? (IrBlockId)id : IR_NO_BLOCK;
}

// Take the targets of a FLOW instruction.
static void parse_targets(Parser *p, IrBlockId id, uint32_t count) {
  for (uint32_t i = 0; i < count && !p->failed; i++) {
    if (i) parse_expect(p, ",");
    IrBlockId target = parse_block_name(&p->lex);
    if (target == IR_NO_BLOCK) {
      parse_fail(p, "expected a block");
      return;
    }
    p->fn->blocks.at[id].targets[i] = target;
    mx_ir_lex_next(&p->lex);
  }
}

// Take the operands that the table lists.
static void parse_operands(Parser *p, IrBlockId id, IrIns *ins) {
  uint32_t refs = 0, immediates = 0;
  const char *letters = mx_ir_info(ins->op)->operands;
  for (const char *letter = letters; *letter && !p->failed; letter++) {
    if (letter != letters) parse_expect(p, ",");
    if (*letter == '*') {
      ins->list = parse_list(p);
      return;
    }
    if (*letter == 'T')
      parse_targets(p, id, ins->op == IR_BRANCH ? 2 : 1);
    else if (*letter >= 'a')
      ins->a[refs++] = parse_operand(p);
    else
      *(immediates++ ? &ins->imm2 : &ins->imm) = parse_immediate(p, *letter);
  }
}

// Take `:type` and `=` behind a ref.
static IrType parse_type(Parser *p) {
  IrType found = parse_take(p, ":") ? parse_type_name(p) : IRT_VOID;
  parse_expect(p, "=");
  return found;
}

// Put an instruction at the end of its block, under its own ref if the text gave it one.
static void parse_place(Parser *p, IrBlockId id, IrRef ref, const IrIns *ins, IrType declared) {
  IrRef made = ref;
  if (ref == IR_NONE)
    made = mx_ir_emit(p->fn, id, ins);
  else if (mx_ir_at(p->fn, ref)->op != IR_NOP)
    parse_fail(p, "%%%u is defined twice", ref);
  else
    mx_ir_emit_as(p->fn, id, ref, ins);
  if (p->failed) return;
  IrType type = mx_ir_at(p->fn, made)->type;
  if (ref == IR_NONE ? type != IRT_VOID : type == IRT_VOID)
    parse_fail(p, ref ? "%s gives no value" : "%s gives a value, which needs a name",
               mx_ir_info(ins->op)->text);
  else if (declared != IRT_VOID && type != declared)
    parse_fail(p, "%s gives %s", mx_ir_info(ins->op)->text, mx_ir_type_text(type));
}

// Has the block its last instruction?
static bool parse_is_closed(const IrFn *fn, IrBlockId id) {
  IrRef last = fn->blocks.at[id].last;
  return last && mx_ir_info(mx_ir_at(fn, last)->op)->effect == IR_EFFECT_FLOW;
}

// Take one instruction.
static void parse_ins(Parser *p, IrBlockId id) {
  IrIns ins = {.snap = SNAP_NONE};
  IrRef ref = IR_NONE;
  IrType declared = IRT_VOID;
  if (parse_is_closed(p->fn, id)) parse_fail(p, "the block has ended already");
  if (p->lex.tok == IR_TOK_REF) {
    ref = parse_ref(p);
    declared = parse_type(p);
    ins.type = declared;
  }
  ins.op = parse_op(&p->lex);
  if (ins.op == IR_NOP) parse_fail(p, "no instruction is named '%.*s'", (int)p->lex.len, p->lex.at);
  if (p->failed) return;
  if (ref != IR_NONE && mx_ir_info(ins.op)->rule == IR_RULE_DECLARED && declared == IRT_VOID)
    parse_fail(p, "%s needs a type", mx_ir_info(ins.op)->text);
  mx_ir_lex_next(&p->lex);
  parse_operands(p, id, &ins);
  if (parse_take(p, "sunk")) ins.flags |= IRI_SUNK;
  if (parse_take(p, "exact")) ins.flags |= IRI_EXACT;
  if (parse_take(p, "!")) ins.snap = parse_word32(p);
  if (!p->failed) parse_place(p, id, ref, &ins, declared);
}

// ---- blocks and functions

// Take the predecessors of a block.
static void parse_preds(Parser *p, IrBlockId id) {
  IrBlock *block = mx_ir_block_at(p->fn, id);
  p->given_preds.at[id] = true;
  parse_expect(p, "[");
  while (!p->failed && !parse_take(p, "]")) {
    if (block->preds.count) parse_expect(p, ",");
    vec_push(&block->preds, parse_word32(p));
  }
}

// Does an instruction begin at the token?
static bool parse_at_ins(const Parser *p) {
  const char *const others[] = {"block", "site", "snap"};
  for (uint32_t i = 0; i < MX_COUNT_OF(others); i++)
    if (mx_ir_lex_is(&p->lex, others[i])) return false;
  return p->lex.tok != IR_TOK_END;
}

// Take the rest of a block.
static void parse_block(Parser *p) {
  IrBlockId id = parse_word32(p);
  if (p->failed) return;
  if (p->given_block.at[id]) parse_fail(p, "block %u is there twice", id);
  p->given_block.at[id] = true;
  IrBlock *block = mx_ir_block_at(p->fn, id);
  block->dead = parse_take(p, "dead");
  block->loop = parse_take(p, "loop");
  if (parse_take(p, "weight")) block->weight = parse_word32(p);
  if (parse_take(p, "preds")) parse_preds(p, id);
  parse_expect(p, ":");
  while (!p->failed && parse_at_ins(p)) parse_ins(p, id);
}

// Make room for all numbers that the text mentions.
static void parse_reserve(Parser *p, const char *text) {
  uint64_t refs = 0, blocks = 0, sites = 0, snaps = 0;
  IrLexer lex;
  for (mx_ir_lex_start(&lex, text); lex.tok != IR_TOK_END;) {
    uint64_t *most = mx_ir_lex_is(&lex, "block")  ? &blocks
                     : mx_ir_lex_is(&lex, "site") ? &sites
                     : mx_ir_lex_is(&lex, "snap") ? &snaps
                                                  : NULL;
    if (lex.tok == IR_TOK_REF && lex.number > refs) refs = lex.number;
    mx_ir_lex_next(&lex);
    if (most && lex.tok == IR_TOK_INT && lex.number >= *most) *most = lex.number + 1;
  }
  if (refs > PARSE_MOST || blocks > PARSE_MOST || sites > PARSE_MOST || snaps > PARSE_MOST) {
    parse_fail(p, "a number in the text is too large");
    return;
  }
  while (p->fn->ins.count <= refs)
    vec_push(&p->fn->ins, ((IrIns){.block = IR_NO_BLOCK, .snap = SNAP_NONE}));
  while (p->fn->blocks.count < blocks) mx_ir_block(p->fn);
  while (p->fn->sites.count < sites) vec_push(&p->fn->sites, ((IrSite){.frame = UINT32_MAX}));
  while (p->fn->snaps.count < snaps) vec_push(&p->fn->snaps, ((Snap){0}));
  for (uint32_t i = 0; i < p->fn->blocks.count; i++) {
    vec_push(&p->given_preds, false);
    vec_push(&p->given_block, false);
  }
}

// Take the first line.
static void parse_head(Parser *p) {
  parse_expect(p, "fn");
  if (p->lex.tok != IR_TOK_STRING) parse_fail(p, "expected a name in quotes");
  if (p->failed) return;
  char *name = mx_arena_alloc(p->fn->arena, p->lex.len + 1), *end = name;
  for (size_t i = 0; i < p->lex.len; i++) {
    if (p->lex.at[i] == '\\') i++;
    *end++ = p->lex.at[i];
  }
  p->fn->name = name;
  mx_ir_lex_next(&p->lex);
  p->fn->params = parse_named(p, "params");
  p->fn->own = parse_take(p, "own");
  if (p->fn->own) p->fn->result = parse_type_name(p);
}

// Give the blocks whose predecessors the text left out those that name them.
static void parse_derive_preds(Parser *p) {
  for (IrBlockId id = 0; id < p->fn->blocks.count && !p->failed; id++) {
    for (uint32_t i = 0; i < IR_MAX_TARGETS; i++) {
      IrBlockId target = p->fn->blocks.at[id].targets[i];
      if (target == IR_NO_BLOCK) continue;
      if (target >= p->fn->blocks.count)
        parse_fail(p, "there is no block %u", target);
      else if (!p->given_preds.at[target])
        vec_push(&p->fn->blocks.at[target].preds, id);
    }
  }
}

// Take a whole function.
static void parse_function(Parser *p) {
  parse_head(p);
  while (!p->failed && p->lex.tok != IR_TOK_END) {
    if (parse_take(p, "site"))
      parse_site(p);
    else if (parse_take(p, "snap"))
      parse_snap(p);
    else if (parse_take(p, "block"))
      parse_block(p);
    else
      parse_fail(p, "expected a block");
  }
  for (uint32_t i = 0; i < p->fn->sites.count; i++)
    if (p->fn->sites.at[i].frame == UINT32_MAX) parse_fail(p, "there is no site %u", i);
  if (!p->failed) parse_derive_preds(p);
}

// Parse one function.
IrFn *mx_ir_parse(Arena *arena, const char *text, StrBuf *error) {
  Parser p = {.fn = mx_ir_new(arena, ""), .error = error};
  mx_ir_lex_start(&p.lex, text);
  parse_reserve(&p, text);
  if (!p.failed) parse_function(&p);
  vec_free(&p.given_preds);
  vec_free(&p.given_block);
  if (!p.failed) return p.fn;
  mx_ir_free(p.fn);
  return NULL;
}
