// SPDX-License-Identifier: MIT
// Building super: the method behind the running one, in place, if it was followed.
#include "runtime/builtin.h"
#include "jit/record/build.h"

// ---- what it finds

// The shape that an object was made with in this code; 0: it was not.
static uint32_t super_born(const Builder *b, IrRef object) {
  const IrIns *ins = mx_ir_at(b->fn, mx_build_root(b, object));
  return ins->op == IR_NEW_OBJECT ? ins->imm : 0;
}

// The entry of a super cache that is for the running method and the shape of self; NULL when there
// is none, or several and the shape is not known.
static const CallEntry *super_entry(Builder *b, const CallCache *cc) {
  const TierFrame *frame = &b->act->cx->frame;
  uint32_t shape = mx_build_shape(b, b->act->self);
  if (cc->from != frame->me || !frame->me) return NULL;
  if (!shape) shape = mx_build_seen_self(b->act);
  if (!shape) shape = super_born(b, b->act->self);
  if (!shape && !cc->others) shape = cc->entry.shape;
  const CallEntry *entry = shape ? mx_build_cached(cc, shape) : NULL;
  if (!entry || entry->as.at != frame->me_at || !entry->cell->me) return NULL;
  return mx_shape_at(b->vm, shape)->klass->instance_type == T_OBJECT ? entry : NULL;
}

// What C has and does nothing (initialize).
static bool super_idle(Builder *b, const MethodEntry *me, uint32_t argc) {
  if (me->as.row->effects != E_PURE || me->as.row->ret != RET_NIL || argc > 0) return false;
  mx_build_done(b, 0, mx_ir_const(b->fn, IR_KVAL, VAL_NIL));
  return true;
}

// The block of the call, as the parameters want it; false: not built, or control left.
static bool super_block(Builder *b, const Code *code, BuildBlock *block) {
  bool given = !block->known || mx_build_is_given(block);
  if (code->params.block_slot < 0 || !given || block->proc) return true;
  if (block->home != b->act) return false;
  block->proc = mx_build_block_proc(b, block->body);
  return block->proc != IR_NONE;
}

// super of self with `argc` values at the top.
static bool super_call(Builder *b, uint32_t argc, uint32_t flags, BuildBlock block,
                       const Seen *seen) {
  const CallEntry *entry = super_entry(b, mx_build_call_cache(b));
  if (!entry) return false;
  const MethodEntry *me = entry->cell->me;
  mx_build_as_shape(b, &b->act->self, entry->shape);
  if (b->block == IR_NO_BLOCK) return true;
  mx_build_assume(b, entry->cell);
  CallPlan plan = {.self = b->act->self, .taken = argc};
  if (!mx_build_args(b, argc, flags, &plan.args)) return false;
  if (me->kind == METHOD_BUILTIN) return super_idle(b, me, argc);
  const RecordContext *cx = seen->callees;
  while (cx && cx->frame.me != me) cx = cx->next;
  plan.cx = cx ? mx_build_followed(seen, cx->frame.code, FRAME_METHOD, NULL) : NULL;
  if (!plan.cx) return false;
  plan.places = mx_build_layout(b, plan.cx->frame.code, &plan.args, true);
  if (!plan.places) return false;
  if (!super_block(b, plan.cx->frame.code, &block)) return b->block == IR_NO_BLOCK;
  plan.block = block;
  mx_build_inline(b, &plan);
  return true;
}

// The same once a Proc on top and a splat are taken away; the snapshot has them.
static bool super_with(Builder *b, BuildBlock block, bool passed, const Seen *seen) {
  const CallCache *cc = mx_build_call_cache(b);
  uint32_t argc = cc->argc, flags = cc->flags;
  if (!block.known && passed) return false;
  mx_build_snap(b);
  BuildEdge before = mx_build_edge(b);
  Seen below = *seen;
  if (passed) {
    memmove(below.in, below.in + 1, sizeof below.in - sizeof *below.in);
    below.in[SEEN_MAX_OPERANDS - 1] = (TypeSet){0};
    mx_build_done(b, 1, IR_NONE);
  }
  bool spread = !(flags & OPF_SPLAT) || mx_build_spread(b, &argc, &flags, &below);
  if (spread && (b->block == IR_NO_BLOCK || super_call(b, argc, flags, block, seen))) return true;
  mx_build_restore(b, &before);
  return b->block == IR_NO_BLOCK;
}

// ---- the arguments of a bare super

// Lists being filled.
typedef struct SuperArgs {
  IrRef at[BUILD_MAX_STATE];    // positional arguments
  IrRef pairs[BUILD_MAX_STATE]; // keywords: names and values
  uint32_t count, keys;         // entries of both
} SuperArgs;

// Add a list that is as it was made to another.
static bool super_add_list(const IrRef *from, uint32_t more, IrRef *to, uint32_t *count) {
  if (*count + more + 2 > BUILD_MAX_STATE) return false;
  for (uint32_t i = 0; i < more; i++) to[(*count)++] = from[i];
  return true;
}

// Add what the list in a local holds; false when that is not known.
static bool super_add_rest(Builder *b, uint32_t slot, SuperArgs *out) {
  uint32_t more;
  const IrRef *refs;
  IrRef list = mx_build_resolve(b, mx_build_local(b, b->act, slot));
  return mx_build_elements(b, list, &more, &refs) &&
         super_add_list(refs, more, out->at, &out->count);
}

// The same of the Hash in a local.
static bool super_add_keyrest(Builder *b, uint32_t slot, SuperArgs *out) {
  uint32_t more;
  const IrRef *refs;
  IrRef hash = mx_build_resolve(b, mx_build_local(b, b->act, slot));
  return mx_build_pairs(b, hash, &more, &refs) &&
         super_add_list(refs, more, out->pairs, &out->keys);
}

// Add the current value of one parameter; false when it is not known what it holds.
static bool super_add(Builder *b, const ParamSpec *p, SuperArgs *out) {
  if (p->slot == SCOPE_NO_SLOT) return p->kind == PARAM_REST || p->kind == PARAM_KEYREST;
  if (p->kind == PARAM_BLOCK || p->kind == PARAM_NOKEY) return true;
  IrRef v = mx_build_resolve(b, mx_build_local(b, b->act, p->slot));
  switch ((ParamKind)p->kind) {
  case PARAM_REQ:
  case PARAM_OPT: return super_add_list(&v, 1, out->at, &out->count);
  case PARAM_KEY:
  case PARAM_KEYREQ: {
    IrRef pair[] = {mx_ir_const(b->fn, IR_KVAL, val_from_sym(p->name)), v};
    return super_add_list(pair, 2, out->pairs, &out->keys);
  }
  case PARAM_REST: return super_add_rest(b, p->slot, out);
  case PARAM_KEYREST: return super_add_keyrest(b, p->slot, out);
  case PARAM_FORWARD:
    return super_add_rest(b, p->slot, out) && super_add_keyrest(b, p->slot + 1u, out);
  default: MX_UNREACHABLE();
  }
}

// Push the Array and the Hash.
static bool super_args(Builder *b) {
  const Params *params = &b->act->code->params;
  if (!(b->act->cx->frame.flags & FRAME_METHOD) || b->act->is_entry) return false;
  SuperArgs *args = mx_arena_new(b->arena, SuperArgs);
  for (int rest = 1; rest >= 0; rest--)
    for (uint16_t i = 0; i < params->count; i++) {
      const ParamSpec *p = &params->list[i];
      if ((p->kind == PARAM_KEYREST) == rest && !super_add(b, p, args)) return false;
    }
  IrRef list = mx_build_new_list(b, IR_NEW_ARRAY, args->count, args->at);
  mx_build_done(b, 0, list);
  mx_build_done(b, 0, mx_build_new_list(b, IR_NEW_HASH, args->keys, args->pairs));
  return true;
}

bool mx_build_super_op(Builder *b, const Instruction *in, const Seen *seen) {
  switch (in->op) {
  case OP_SUPER_ARGS: return super_args(b);
  case OP_CALL_SUPER: return super_with(b, b->act->block, false, seen);
  case OP_SUPER_PASS: return super_with(b, mx_build_passed(b, *mx_build_top(b, 0)), true, seen);
  default:
    return super_with(b, (BuildBlock){.home = b->act, .body = in->operands[3], .known = true},
                      false, seen);
  }
}
