// SPDX-License-Identifier: MIT
// Calls of C leaves that set the last match ($~), and what reads it.
//
// $~ is a hidden local of the method around: of the innermost activation of the program's own
// code on the path, as core code has none. Where nothing in that method's text can look at it there
// is no such local. In machine code it is an entry of the state like any other, which the leaf
// cannot reach: ec->match_home tells it to put the match into the context, from where it is loaded
// behind the call. So only leaves are called here that run no code of the program: C looks at
// the arguments first, and refuses others.
//
// Where the method's locals are outside of the region, the leaf finds them in the frame that the
// region is entered with, as it does in the interpreter.
#include "runtime/builtin.h"
#include "runtime/regexp.h"
#include "interp/match_vars.h"
#include "jit/record/build.h"
#include "jit/record/op_calls.h"

// ---- where $~ is kept

typedef enum MatchHome {
  MATCH_UNSEEN, // nothing can look at it
  MATCH_LOCAL,  // a local of an activation of the path
  MATCH_FRAME,  // outside of the region: by C, from the frame that it is entered with
} MatchHome;

typedef struct LastMatch {
  MatchHome home;
  const BuildFrame *act; // LOCAL: whose
  uint32_t slot;         // LOCAL: which
} LastMatch;

// The innermost activation that is not core code, or NULL.
static const BuildFrame *match_guest(const Builder *b) {
  const BuildFrame *act = b->act;
  while (act && act->cx->frame.flags & FRAME_CORE) act = act->caller;
  return act;
}

// Find where the innermost activation's leaves put $~; false: it is not known.
static bool match_find(const Builder *b, LastMatch *out) {
  const BuildFrame *act = match_guest(b), *last = act;
  *out = (LastMatch){.home = MATCH_FRAME};
  if (!act) return true;
  const Scope *scope = act->code->scope;
  while ((scope->kind == SCOPE_BLOCK || scope->kind == SCOPE_EVAL) && scope->parent) {
    scope = scope->parent;
    if (act) last = act;
    act = act ? act->home : NULL;
  }
  if (scope->match_slot == SCOPE_NO_SLOT) {
    out->home = MATCH_UNSEEN;
    return true;
  }
  if (!act) return !last->caller && !last->home && !b->rec->method;
  *out = (LastMatch){MATCH_LOCAL, act, scope->match_slot};
  return true;
}

// $~ where it is no matter of the frame.
static IrRef match_value(Builder *b, const LastMatch *last) {
  if (last->home == MATCH_UNSEEN) return mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  return mx_build_val(b, mx_build_local(b, last->act, last->slot));
}

// ---- leaves

// A leaf that sets $~, and arguments with which it runs no code of the program.
typedef struct MatchLeaf {
  uint16_t class_offset; // of the row; 0: a primitive
  const char *name;      // of the row
  const char *args;      // a letter for each: t String, x Regexp, p either, i Integer of 63 bits,
                         // n String or nil, c what a case may be of
  Value (*unseen)(ExecCtx *ec, Value regexp, Value text); // what does it where $~ is not seen
  bool turned;                                            // its Regexp is the argument
} MatchLeaf;

// Where a text matches, in characters, or nil; by a Regexp, with no MatchData made.
static Value match_position(ExecCtx *ec, Value regexp, Value text) {
  if (val_is_nil(text)) return VAL_NIL;
  if (!val_is_string(text) || !val_is_type(regexp, T_REGEXP)) return VAL_UNDEF;
  int64_t at = mx_regexp_position(ec, regexp, text);
  if (at < 0) return at == -1 ? VAL_NIL : VAL_EXC;
  return val_from_fixnum((int64_t)mx_str_byte_to_char(text, (size_t)at));
}

// Does a Regexp match a value, likewise?
static Value match_found(ExecCtx *ec, Value regexp, Value v) {
  if (val_is_symbol(v)) v = mx_sym_to_str(ec, val_to_sym(v));
  if (!val_is_string(v)) return mx_call_lacks(ec, v, SYM_to_str) ? VAL_FALSE : VAL_UNDEF;
  int found = mx_regexp_test(ec, regexp, v, 0, REGEXP_FORWARD);
  return found < 0 ? VAL_EXC : val_bool(found);
}

#define CLASS(Name) offsetof(BootClasses, Name)

static const MatchLeaf match_leaves[] = {
    {CLASS(Regexp), "=~", "n", match_position, false},
    {CLASS(Regexp), "===", "c", match_found, false},
    {CLASS(String), "=~", "x", match_position, true},
    {CLASS(String), "[]", "x", NULL, false},
    {CLASS(String), "[]", "xi", NULL, false},
    {CLASS(String), "[]", "xt", NULL, false},
    {CLASS(String), "index", "x", NULL, false},
    {CLASS(String), "index", "xi", NULL, false},
    {CLASS(String), "rindex", "x", NULL, false},
    {CLASS(String), "start_with?", "x", NULL, false},
    {CLASS(String), "partition", "p", NULL, false},
    {CLASS(String), "rpartition", "p", NULL, false},
    {0, "regexp_match", "xni", NULL, false},
    {0, "str_sub", "tpt", NULL, false},
    {0, "str_gsub", "tpt", NULL, false},
    {0, "str_find", "tpi", NULL, false},
    {0, "str_scan", "tp", NULL, false},
};

#undef CLASS

// What C is told about a site.
typedef struct MatchSite {
  const BuiltinRow *row; // what it calls
  const char *args;      // letters of its arguments
} MatchSite;

static const MatchSite *match_site(Value site) {
  return (const MatchSite *)(uintptr_t)val_to_fixnum(site);
}

// Does a value have the kind of a letter?
static bool match_is(ExecCtx *ec, char letter, Value v) {
  switch (letter) {
  case 'i': return val_is_fixnum(v);
  case 't': return val_is_string(v);
  case 'x': return val_is_type(v, T_REGEXP);
  case 'n': return val_is_string(v) || val_is_nil(v);
  case 'c': return val_is_string(v) || val_is_symbol(v) || mx_call_lacks(ec, v, SYM_to_str);
  default: return val_is_string(v) || val_is_type(v, T_REGEXP);
  }
}

// Call the leaf of a MatchSite: [$~ as it is, self, argument...]. What $~ is afterwards lies in the
// context. Refuses where the leaf might run code of the program.
static Value match_call(ExecCtx *ec, Value site, int count, const Value *values) {
  const MatchSite *of = match_site(site);
  const Value *args = values + 2;
  int argc = count - 2;
  for (int i = 0; i < argc; i++)
    if (!match_is(ec, of->args[i], args[i])) return VAL_UNDEF;
  ec->match = values[0];
  ec->match_home = &ec->match;
  Value result = mx_builtin_call(ec, of->row, values[1], argc, args);
  ec->match_home = NULL;
  return result;
}

// Likewise where $~ is in the frame.
static Value match_call_in_frame(ExecCtx *ec, Value site, int count, const Value *values) {
  const MatchSite *of = match_site(site);
  for (int i = 1; i < count; i++)
    if (!match_is(ec, of->args[i - 1], values[i])) return VAL_UNDEF;
  return mx_builtin_call(ec, of->row, values[0], count - 1, values + 1);
}

// Are all values that were seen in a place of the kind of a letter?
static bool match_fits(Builder *b, char letter, IrRef ref, const TypeSet *seen) {
  IrType type = mx_build_type(b, mx_build_resolve(b, ref));
  if (letter == 'c') return true;
  if (letter == 'i') return type == IRT_INT || (type == IRT_VAL && seen->kinds == SEEN_INT);
  uint8_t kinds = letter == 'n' ? SEEN_HEAP | SEEN_NIL : SEEN_HEAP;
  if ((type != IRT_VAL && type != IRT_OBJ) || seen->kinds & ~kinds || seen->boxed) return false;
  for (uint32_t i = 0; i < seen->shape_count; i++) {
    uint8_t of = mx_shape_at(b->vm, seen->shapes[i])->klass->instance_type;
    bool text = of == T_STRING && letter != 'x', regexp = of == T_REGEXP;
    if (!text && !(regexp && (letter == 'x' || letter == 'p'))) return false;
  }
  return seen->kinds != 0;
}

// The entry for a call, or NULL.
static const MatchLeaf *match_leaf(Builder *b, const BuildLeaf *call) {
  uint16_t of = call->row->home == HOME_PRIMITIVE ? 0 : call->row->class_offset;
  for (size_t i = 0; i < MX_COUNT_OF(match_leaves); i++) {
    const MatchLeaf *leaf = &match_leaves[i];
    if (leaf->class_offset != of || strcmp(leaf->name, call->row->name) != 0 ||
        strlen(leaf->args) != call->argc)
      continue;
    uint32_t at = 0;
    while (at < call->argc && match_fits(b, leaf->args[at], *mx_build_top(b, call->argc - 1 - at),
                                         &call->seen->in[call->argc - 1 - at]))
      at++;
    if (at == call->argc) return leaf;
  }
  return NULL;
}

// Where nothing sees the match.
static IrRef match_emit_unseen(Builder *b, const MatchLeaf *leaf, const MethodEntry *me) {
  IrRef refs[] = {mx_build_val(b, *mx_build_top(b, !leaf->turned)),
                  mx_build_val(b, *mx_build_top(b, leaf->turned))};
  uint32_t effects = RTE_WRITES_FIELD | RTE_COLLECTS | RTE_RAISES | RTE_REFUSES;
  BuildCall c = {(RtFn)leaf->unseen, 1, effects, me};
  return mx_build_c_call(b, &c, 2, refs);
}

// The value of a call of a leaf; $~ is set.
static IrRef match_emit(Builder *b, const BuildLeaf *call, const MatchLeaf *leaf, IrRef self,
                        const MethodEntry *me, const LastMatch *last) {
  MatchSite *site = mx_arena_new(b->kept, MatchSite);
  *site = (MatchSite){call->row, leaf->args};
  mx_ir_const(b->fn, IR_KPTR, (uint64_t)(uintptr_t)site); // keeps it alive
  IrRef *refs = mx_arena_array(b->arena, IrRef, call->argc + 3);
  uint32_t count = 0;
  refs[count++] = mx_ir_const(b->fn, IR_KVAL, val_from_fixnum((int64_t)(uintptr_t)site));
  if (last->home != MATCH_FRAME) refs[count++] = match_value(b, last);
  refs[count++] = mx_build_val(b, self);
  for (uint32_t i = call->argc; i-- > 0;) refs[count++] = mx_build_val(b, *mx_build_top(b, i));
  RtFn function = last->home == MATCH_FRAME ? (RtFn)match_call_in_frame : (RtFn)match_call;
  uint32_t effects = RTE_WRITES_FIELD | RTE_COLLECTS | RTE_RAISES | RTE_REFUSES;
  BuildCall c = {function, IR_SITE_LIST, effects, me};
  IrRef value = mx_build_c_call(b, &c, count, refs);
  if (last->home != MATCH_LOCAL) return value;
  IrRef match = mx_build_emit(b, IR_FIELD_LOAD, b->machine_ec, IR_NONE, IR_NONE, IRF_EC_MATCH);
  mx_build_set_local(b, last->act, last->slot, match);
  return value;
}

bool mx_build_match_leaf(Builder *b, const BuildLeaf *call, const MethodEntry *me) {
  const MatchLeaf *leaf = match_leaf(b, call);
  LastMatch last;
  if (!leaf || !match_find(b, &last)) return false;
  IrRef self = me ? mx_build_leaf_self(b, call) : mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  IrRef value = last.home == MATCH_UNSEEN && leaf->unseen
                    ? match_emit_unseen(b, leaf, me)
                    : match_emit(b, call, leaf, self, me, &last);
  mx_build_done(b, call->argc + (me != NULL), value);
  return true;
}

// ---- case

bool mx_build_match_case(Builder *b, const Seen *seen) {
  ClassObj *klass = b->vm->cls.Regexp;
  const MethodCell *cell = mx_assume_method(b->vm, klass, SYM_EQQ);
  Value pattern = mx_ir_word(b->fn, mx_build_resolve(b, *mx_build_top(b, 1)));
  bool plain = mx_shape_at(b->vm, val_header(pattern)->shape)->klass == klass;
  if (!plain || !cell->me || cell->me->kind != METHOD_BUILTIN) return false;
  BuildLeaf call = {cell->me->as.row, 1, seen};
  if (!mx_build_match_leaf(b, &call, cell->me)) return false;
  mx_build_assume(b, cell);
  *mx_build_top(b, 0) = mx_build_truth(b, *mx_build_top(b, 0));
  return true;
}

// ---- text !~ regexp and the other way round

bool mx_build_match_not(Builder *b, const BuildLeaf *call) {
  uint32_t shape = mx_build_shape(b, mx_build_leaf_self(b, call));
  if (!shape) return false;
  const MethodCell *cell = mx_assume_method(b->vm, mx_shape_at(b->vm, shape)->klass, SYM_MATCH_OP);
  if (!cell->me || cell->me->kind != METHOD_BUILTIN) return false;
  BuildLeaf match = {cell->me->as.row, 1, call->seen};
  if (!mx_build_match_leaf(b, &match, cell->me)) return false;
  mx_build_assume(b, cell);
  IrRef found = mx_build_truth(b, *mx_build_top(b, 0));
  *mx_build_top(b, 0) = mx_build_emit(b, IR_NOT, found, IR_NONE, IR_NONE, 0);
  return true;
}

// ---- what reads it

// What a function makes of $~ and another value, or of the frame's $~.
static bool match_read(Builder *b, RtFn of_match, RtFn of_frame, Value what) {
  LastMatch last;
  if (!match_find(b, &last)) return false;
  bool frame = last.home == MATCH_FRAME;
  IrRef refs[] = {mx_ir_const(b->fn, IR_KVAL, what), IR_NONE};
  if (!frame) refs[1] = match_value(b, &last);
  BuildCall c = {frame ? of_frame : of_match, frame ? 0 : 1, RTE_COLLECTS, NULL};
  mx_build_done(b, 0, mx_build_c_call(b, &c, frame ? 1 : 2, refs));
  return true;
}

static Value match_group_of(ExecCtx *ec, Value number, Value match) {
  return val_is_nil(match) ? VAL_NIL : mx_match_group(ec, match, val_to_fixnum(number));
}

static Value match_group_in_frame(ExecCtx *ec, Value number) {
  return match_group_of(ec, number, mx_match_get(ec));
}

static Value match_part_of(ExecCtx *ec, Value name, Value match) {
  return name == val_from_sym(SYM_g_match) ? match : mx_match_part(ec, match, val_to_sym(name));
}

static Value match_part_in_frame(ExecCtx *ec, Value name) {
  return match_part_of(ec, name, mx_match_get(ec));
}

bool mx_build_match_group(Builder *b, uint32_t number) {
  return match_read(b, (RtFn)match_group_of, (RtFn)match_group_in_frame, val_from_fixnum(number));
}

bool mx_build_match_global(Builder *b, Value name) {
  const char *text = mx_sym_text(&b->vm->symtab, val_to_sym(name));
  if (strlen(text) != 2 || !strchr("~&`'+", text[1])) return false;
  return match_read(b, (RtFn)match_part_of, (RtFn)match_part_in_frame, name);
}

// The group that a name in a literal Regexp stands for, if the match had a result; refuses where
// the program has its own MatchData#[].
static Value match_written(ExecCtx *ec, Value name, Value match, Value result) {
  if (!val_truthy(match) || !val_truthy(result)) return VAL_NIL;
  if (!mx_method_is_builtin(ec, match, SYM_AREF)) return VAL_UNDEF;
  return mx_send1(ec, match, SYM_AREF, name);
}

bool mx_build_match_written(Builder *b, Value name) {
  LastMatch last;
  if (!match_find(b, &last) || last.home == MATCH_FRAME) return false;
  IrRef refs[] = {mx_ir_const(b->fn, IR_KVAL, name), match_value(b, &last),
                  mx_build_val(b, *mx_build_top(b, 0))};
  BuildCall c = {(RtFn)match_written, 2, RTE_COLLECTS | RTE_REFUSES, NULL};
  mx_build_done(b, 0, mx_build_c_call(b, &c, 3, refs));
  return true;
}

bool mx_build_match_primitive(Builder *b, const BuildLeaf *call) {
  LastMatch last;
  bool sets = strcmp(call->row->name, "set_match") == 0;
  if (!sets && strcmp(call->row->name, "get_match") != 0) return mx_build_match_leaf(b, call, NULL);
  if (!match_find(b, &last)) return false;
  IrRef nil = mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  if (last.home == MATCH_FRAME) {
    IrRef refs[] = {nil, sets ? mx_build_val(b, *mx_build_top(b, 0)) : nil};
    BuildCall c = {call->row->fn, sets, sets ? RTE_WRITES_FIELD : RTE_NONE, NULL};
    mx_build_done(b, sets, mx_build_c_call(b, &c, 1 + sets, refs));
    return true;
  }
  if (sets && last.home == MATCH_LOCAL)
    mx_build_set_local(b, last.act, last.slot, *mx_build_top(b, 0));
  mx_build_done(b, sets, sets ? nil : match_value(b, &last));
  return true;
}
