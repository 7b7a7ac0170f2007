// SPDX-License-Identifier: MIT
// Binding of arguments to parameters, by Ruby's rules for methods, lambdas and procs.
//
// arguments on a stack -> locals of a fresh frame. Optional parameters that got nothing are left
// VAL_UNDEF: the engine's prologue evaluates their defaults in order, since a default is guest
// code that sees the parameters before it.
#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "interp/invoke.h"

// Arguments being bound: positional ones, and the keywords taken off them.
typedef struct BindArgs {
  const Value *argv; // positional arguments
  uint32_t argc;
  Value keywords; // Hash, or nil for none
} BindArgs;

// Home of a parameter.
static Value *bind_slot(Frame *fr, const ParamSpec *p) { return &fr->locals[p->slot]; }

// Positional parameters that a call must fill.
static uint32_t bind_required(const Params *params) { return params->pre + params->post; }

// "(given 1, expected 2+; required keywords: a, b)" and the like.
static bool bind_arity_error(ExecCtx *ec, const Params *params, uint32_t given) {
  uint32_t min = bind_required(params), max = min + params->opt;
  StrBuf text = STRBUF_INIT;
  mx_strbuf_printf(&text, "wrong number of arguments (given %u, expected %u", given, min);
  if (params->has_rest)
    mx_strbuf_add_byte(&text, '+');
  else if (max > min)
    mx_strbuf_printf(&text, "..%u", max);
  if (params->required_keys) {
    mx_strbuf_printf(&text, "; required keyword%s", params->required_keys > 1 ? "s" : "");
    const char *separator = ": ";
    for (uint32_t i = 0; i < params->keys; i++) {
      const ParamSpec *p = &params->list[params->key_at + i];
      if (p->kind != PARAM_KEYREQ) continue;
      mx_strbuf_printf(&text, "%s%s", separator, mx_sym_text(&ec->vm->symtab, p->name));
      separator = ", ";
    }
  }
  mx_strbuf_add_byte(&text, ')');
  (void)mx_raise_arg(ec, "%s", mx_strbuf_text(&text));
  mx_strbuf_free(&text);
  return false;
}

// How many arguments each group of positional parameters takes, in their order.
typedef struct BindFit {
  uint32_t pre, opt, rest, post;
} BindFit;

static BindFit bind_fit(const Params *params, uint32_t argc) {
  BindFit fit = {.pre = argc < params->pre ? argc : params->pre};
  uint32_t left = argc - fit.pre, spare = left > params->post ? left - params->post : 0;
  fit.opt = spare < params->opt ? spare : params->opt;
  fit.rest = params->has_rest ? spare - fit.opt : 0;
  left -= fit.opt + fit.rest;
  fit.post = left < params->post ? left : params->post;
  return fit;
}

// Fill positional parameters; argc fits them.
static void bind_positional(ExecCtx *ec, Frame *fr, const Params *params, const BindArgs *args) {
  const Value *next = args->argv;
  BindFit fit = bind_fit(params, args->argc);
  for (uint32_t i = 0; i < fit.pre; i++) *bind_slot(fr, &params->list[i]) = *next++;
  for (uint32_t i = 0; i < params->opt; i++)
    *bind_slot(fr, &params->list[params->pre + i]) = i < fit.opt ? *next++ : VAL_UNDEF;
  if (params->rest_slot >= 0) fr->locals[params->rest_slot] = mx_array_from(ec, fit.rest, next);
  next += fit.rest;
  for (uint32_t i = 0; i < fit.post; i++)
    *bind_slot(fr, &params->list[params->post_at + i]) = *next++;
}

// Raise "missing keyword: :a" for those that are not in the Hash.
static bool bind_missing_keys(ExecCtx *ec, const Params *params, Value keywords) {
  StrBuf text = STRBUF_INIT;
  uint32_t missing = 0;
  for (uint32_t i = 0; i < params->keys; i++) {
    const ParamSpec *p = &params->list[params->key_at + i];
    if (p->kind != PARAM_KEYREQ) continue;
    if (!val_is_nil(keywords) && !val_is_undef(mx_hash_get_sym(keywords, p->name))) continue;
    mx_strbuf_printf(&text, "%s:%s", missing++ ? ", " : "", mx_sym_text(&ec->vm->symtab, p->name));
  }
  if (missing)
    (void)mx_raise_arg(ec, "missing keyword%s: %s", missing > 1 ? "s" : "", mx_strbuf_text(&text));
  mx_strbuf_free(&text);
  return missing == 0;
}

// Is the key one of the declared keywords?
static bool bind_knows_key(const Params *params, Value key) {
  if (!val_is_symbol(key)) return false;
  for (uint32_t i = 0; i < params->keys; i++)
    if (params->list[params->key_at + i].name == val_to_sym(key)) return true;
  return false;
}

// Raise "unknown keyword: :x" for keys that nothing takes.
static bool bind_unknown_keys(ExecCtx *ec, const Params *params, Value keywords) {
  StrBuf text = STRBUF_INIT;
  uint32_t position = 0, unknown = 0;
  Value key, value;
  while (mx_hash_next(keywords, &position, &key, &value)) {
    if (bind_knows_key(params, key)) continue;
    Value shown = mx_inspect(ec, key);
    if (val_is_exc(shown)) break;
    mx_strbuf_add_str(&text, unknown++ ? ", " : "");
    mx_strbuf_add(&text, mx_str_bytes(shown), mx_str_len(shown));
  }
  bool fine = unknown == 0 && ec->unwind == UNWIND_NONE;
  if (unknown && ec->unwind == UNWIND_NONE)
    (void)mx_raise_arg(ec, "unknown keyword%s: %s", unknown > 1 ? "s" : "", mx_strbuf_text(&text));
  mx_strbuf_free(&text);
  return fine;
}

// Fill keyword parameters and the **rest from a Hash (nil for none).
static bool bind_keywords(ExecCtx *ec, Frame *fr, const Params *params, Value keywords) {
  if (params->required_keys && !bind_missing_keys(ec, params, keywords)) return false;
  uint32_t taken = 0;
  for (uint32_t i = 0; i < params->keys; i++) {
    const ParamSpec *p = &params->list[params->key_at + i];
    Value v = val_is_nil(keywords) ? VAL_UNDEF : mx_hash_get_sym(keywords, p->name);
    taken += !val_is_undef(v);
    *bind_slot(fr, p) = v;
  }
  if (!params->has_keyrest) {
    if (val_is_nil(keywords) || mx_hash_count(keywords) == taken) return true;
    return bind_unknown_keys(ec, params, keywords);
  }
  if (params->keyrest_slot < 0) return true;
  // What `...` passes on no program sees: nil does for none.
  if (params->flags & PARAMS_FORWARD && val_is_nil(keywords)) return true;
  Value rest = val_is_nil(keywords) ? mx_hash_new(ec) : mx_hash_dup(ec, keywords);
  for (uint32_t i = 0; i < params->keys && taken > 0; i++) {
    Value key = val_from_sym(params->list[params->key_at + i].name);
    if (val_is_exc(mx_hash_delete(ec, rest, key))) MX_UNREACHABLE(); // nobody else has the Hash
  }
  fr->locals[params->keyrest_slot] = rest;
  return true;
}

// Take the keywords off the arguments, if the parameters want any; false + error.
static bool bind_split(ExecCtx *ec, const Params *params, const CallArgs *args, BindArgs *out) {
  *out = (BindArgs){args->argv, args->argc, VAL_NIL};
  if (!(args->flags & CALL_KW) || args->argc == 0) return true;
  Value keywords = args->argv[args->argc - 1];
  if (params->flags & PARAMS_HAS_KEYS) {
    out->keywords = keywords;
    out->argc--;
  } else if (mx_hash_count(keywords) == 0) {
    out->argc--;
  } else if (params->flags & PARAMS_NO_KEYS) {
    (void)mx_raise_arg(ec, "no keywords accepted");
    return false;
  }
  return true;
}

// Mark the keywords that a ruby2_keywords method collected in its rest array.
static void bind_flag_keywords(ExecCtx *ec, Frame *fr, const Params *params, const CallArgs *args) {
  if (!(args->flags & CALL_KW) || params->rest_slot < 0) return;
  Value rest = fr->locals[params->rest_slot];
  uint32_t len = mx_array_len(rest);
  if (len == 0) return;
  Value last = mx_array_get(ec, rest, -1);
  if (!val_is_hash(last)) return;
  Value copy = mx_hash_dup(ec, last);
  val_header(copy)->flags |= FL_HASH_RUBY2_KW;
  (void)!mx_array_set(ec, rest, -1, copy);
}

// Bind as methods and lambdas do.
static bool bind_strict(ExecCtx *ec, Frame *fr, const Params *params, const CallArgs *args) {
  BindArgs bound;
  if (!bind_split(ec, params, args, &bound)) return false;
  uint32_t min = bind_required(params);
  if (bound.argc < min || (!params->has_rest && bound.argc > min + params->opt))
    return bind_arity_error(ec, params, bound.argc);
  bind_positional(ec, fr, params, &bound);
  if (params->flags & PARAMS_RUBY2) bind_flag_keywords(ec, fr, params, args);
  return !(params->flags & PARAMS_HAS_KEYS) || bind_keywords(ec, fr, params, bound.keywords);
}

// Does a proc with these parameters take a single Array apart?
static bool bind_wants_splat(const Params *params) {
  uint32_t named = bind_required(params) + params->opt;
  if (params->flags & PARAMS_TRAILING) return true;
  return named > 1 || (named == 1 && params->has_rest);
}

// Bind as procs do: one Array is taken apart unless keywords came with it, missing arguments are
// nil, spare ones dropped.
static bool bind_loose(ExecCtx *ec, Frame *fr, const Params *params, const CallArgs *args) {
  BindArgs bound;
  if (!bind_split(ec, params, args, &bound)) return false;
  bool keyed = !val_is_nil(bound.keywords) && mx_hash_count(bound.keywords) > 0;
  if (bound.argc == 1 && !keyed && bind_wants_splat(params)) {
    Value array = mx_check_convert(ec, bound.argv[0], ec->vm->cls.Array, SYM_to_ary);
    if (val_is_exc(array)) return false;
    if (!val_is_nil(array)) {
      bound.argc = mx_array_len(array);
      Value *copy = mx_gc_alloc_words(sizeof(Value) * (bound.argc + 1));
      mx_array_copy_out(ec, array, copy);
      bound.argv = copy;
    }
  }
  uint32_t max = bind_required(params) + params->opt;
  if (!params->has_rest && bound.argc > max) bound.argc = max;
  bind_positional(ec, fr, params, &bound);
  return !(params->flags & PARAMS_HAS_KEYS) || bind_keywords(ec, fr, params, bound.keywords);
}

// Give the block to a &block parameter.
static void bind_block(ExecCtx *ec, Frame *fr, const Params *params, const Block *block) {
  if (params->block_slot >= 0) fr->locals[params->block_slot] = mx_proc_from_block(ec, block);
}

bool mx_bind_args(ExecCtx *ec, Frame *fr, const CallArgs *args, bool lambda) {
  const Params *params = &fr->code->params;
  if (params->flags & PARAMS_SIMPLE && args->argc == params->pre && !(args->flags & CALL_KW)) {
    for (uint32_t i = 0; i < args->argc; i++) fr->locals[i] = args->argv[i];
    return true;
  }
  if (params->flags & PARAMS_PACKED && fr->code->core && !lambda) {
    fr->locals[0] = args->argc == 0   ? VAL_NIL
                    : args->argc == 1 ? args->argv[0]
                                      : mx_array_from(ec, args->argc, args->argv);
    if (args->argc != 1 && mx_bind_tells_many(fr->code)) fr->locals[1] = VAL_TRUE;
    return true;
  }
  if (fr->code->kind == CODE_FOR) {
    bool first = args->argc == 1 || !(params->flags & PARAMS_FOR_MANY);
    fr->locals[0] = !first            ? mx_array_from(ec, args->argc, args->argv)
                    : args->argc == 0 ? VAL_NIL
                                      : args->argv[0];
    return true;
  }
  bool fine = lambda ? bind_strict(ec, fr, params, args) : bind_loose(ec, fr, params, args);
  if (fine) bind_block(ec, fr, params, args->block);
  return fine;
}

// ---- keywords by position

// The keyword parameter of a name, or NULL.
static const ParamSpec *plan_param(const Params *params, Value key) {
  for (uint32_t i = 0; val_is_symbol(key) && i < params->keys; i++)
    if (params->list[params->key_at + i].name == val_to_sym(key))
      return &params->list[params->key_at + i];
  return NULL;
}

bool mx_bind_arity_fits(const Params *params, uint32_t argc) {
  uint32_t min = bind_required(params);
  return argc >= min && (params->has_rest || argc <= min + params->opt);
}

const KeyPlan *mx_bind_plan(const Params *params, Value keywords, uint32_t argc) {
  uint32_t count = mx_hash_count(keywords), required = 0;
  if (params->keys == 0 || params->has_keyrest || !mx_bind_arity_fits(params, argc)) return NULL;
  KeyPlan *plan = mx_gc_alloc_atomic(sizeof *plan + count * sizeof plan->at[0]);
  plan->count = 0;
  uint32_t position = 0;
  Value key, value;
  while (mx_hash_next(keywords, &position, &key, &value)) {
    const ParamSpec *p = plan_param(params, key);
    if (!p) return NULL;
    required += p->kind == PARAM_KEYREQ;
    plan->at[plan->count].name = p->name;
    plan->at[plan->count++].slot = p->slot;
  }
  return required == params->required_keys ? plan : NULL;
}

// Is a keyword among the pairs?
static bool bind_is_given(Sym name, const Value *pairs, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (pairs[2 * i] == val_from_sym(name)) return true;
  return false;
}

bool mx_bind_takes(const Params *params, const Value *pairs, uint32_t count) {
  if (params->keys == 0 || params->has_keyrest) return false;
  for (uint32_t i = 0; i < count; i++)
    if (!bind_knows_key(params, pairs[2 * i])) return false;
  for (uint32_t i = 0; i < params->keys && params->required_keys > 0; i++) {
    const ParamSpec *p = &params->list[params->key_at + i];
    if (p->kind == PARAM_KEYREQ && !bind_is_given(p->name, pairs, count)) return false;
  }
  return true;
}

void mx_bind_pairs(ExecCtx *ec, Frame *fr, const CallArgs *args, const Value *pairs,
                   uint32_t count) {
  const Params *params = &fr->code->params;
  uint32_t max = bind_required(params) + params->opt;
  uint32_t argc = params->has_rest || args->argc < max ? args->argc : max;
  bind_positional(ec, fr, params, &(BindArgs){args->argv, argc, VAL_NIL});
  for (uint32_t i = 0; i < params->keys; i++)
    *bind_slot(fr, &params->list[params->key_at + i]) = VAL_UNDEF;
  for (uint32_t i = 0; i < count; i++)
    *bind_slot(fr, plan_param(params, pairs[2 * i])) = pairs[2 * i + 1];
  bind_block(ec, fr, params, args->block);
}

void mx_bind_keyed(ExecCtx *ec, Frame *fr, const CallArgs *args, const KeyPlan *plan,
                   const Value *pairs) {
  const Params *params = &fr->code->params;
  bind_positional(ec, fr, params, &(BindArgs){args->argv, args->argc, VAL_NIL});
  for (uint32_t i = 0; i < params->keys; i++)
    *bind_slot(fr, &params->list[params->key_at + i]) = VAL_UNDEF;
  for (uint32_t i = 0; i < plan->count; i++) fr->locals[plan->at[i].slot] = pairs[2 * i + 1];
  bind_block(ec, fr, params, args->block);
}

// ---- where locals get their values from

// Are keywords of these names for the parameters: each known or for **rest, none twice, all that
// are required there?
static bool layout_keys_fit(const Params *params, const BindForm *form) {
  uint32_t required = 0;
  for (uint32_t i = 0; i < form->keys; i++) {
    const ParamSpec *p = plan_param(params, val_from_sym(form->names[i]));
    if (!p && !params->has_keyrest) return false;
    required += p && p->kind == PARAM_KEYREQ;
    for (uint32_t j = 0; j < i; j++)
      if (form->names[j] == form->names[i]) return false;
  }
  return required == params->required_keys;
}

// Is it more than putting arguments in their places?
static bool layout_is_odd(const Code *code, const BindForm *form) {
  const Params *params = &code->params;
  uint32_t argc = form->argc;
  if (code->kind == CODE_FOR || params->flags & PARAMS_RUBY2) return true;
  if (params->flags & PARAMS_PACKED && !form->strict && argc != 1) return true;
  if (params->flags & PARAMS_HAS_KEYS ? !layout_keys_fit(params, form) : form->keys > 0)
    return true;
  if (form->strict) return !mx_bind_arity_fits(params, argc);
  return argc == 1 && form->keys == 0 && !form->whole && bind_wants_splat(params);
}

static void layout_positional(const Params *params, uint32_t argc, BindPlace *places) {
  BindFit fit = bind_fit(params, argc);
  uint32_t next = 0;
  for (uint32_t i = 0; i < fit.pre; i++)
    places[params->list[i].slot] = (BindPlace){BIND_ARG, next++, 1};
  for (uint32_t i = 0; i < params->opt; i++)
    places[params->list[params->pre + i].slot] =
        i < fit.opt ? (BindPlace){BIND_ARG, next++, 1} : (BindPlace){.from = BIND_MISSING};
  if (params->rest_slot >= 0) places[params->rest_slot] = (BindPlace){BIND_REST, next, fit.rest};
  next += fit.rest;
  for (uint32_t i = 0; i < fit.post; i++)
    places[params->list[params->post_at + i].slot] = (BindPlace){BIND_ARG, next++, 1};
}

static void layout_keywords(const Params *params, const BindForm *form, BindPlace *places) {
  uint32_t taken = 0;
  for (uint32_t i = 0; i < params->keys; i++)
    places[params->list[params->key_at + i].slot] = (BindPlace){.from = BIND_MISSING};
  for (uint32_t i = 0; i < form->keys; i++) {
    const ParamSpec *p = plan_param(params, val_from_sym(form->names[i]));
    if (p) places[p->slot] = (BindPlace){BIND_KEYWORD, i, 1};
    taken += p != NULL;
  }
  bool none = params->flags & PARAMS_FORWARD && form->keys == 0;
  if (params->keyrest_slot >= 0 && !none)
    places[params->keyrest_slot] = (BindPlace){BIND_KEYREST, 0, form->keys - taken};
}

bool mx_bind_is_taken(const Params *params, Sym name) {
  return plan_param(params, val_from_sym(name)) != NULL;
}

bool mx_bind_splits(const Params *params) { return bind_wants_splat(params); }

bool mx_bind_layout(const Code *code, const BindForm *form, BindPlace *places) {
  const Params *params = &code->params;
  if (layout_is_odd(code, form)) return false;
  uint32_t most = bind_required(params) + params->opt, argc = form->argc;
  for (uint32_t i = 0; i < code->local_count; i++) places[i] = (BindPlace){.from = BIND_NIL};
  layout_positional(params, params->has_rest || argc < most ? argc : most, places);
  layout_keywords(params, form, places);
  if (params->block_slot >= 0) places[params->block_slot] = (BindPlace){.from = BIND_BLOCK};
  return true;
}
