// SPDX-License-Identifier: MIT
// Kinds of bodies and their parameter lists, taken apart for binding.
//
// The compiler makes a Params from a tree, .mxc files hold one, the engines bind by it.
#ifndef MX_BYTECODE_PARAM_LIST_H
#define MX_BYTECODE_PARAM_LIST_H

#include "runtime/base/scope.h"
#include "runtime/vm.h"

typedef enum CodeKind {
  CODE_PROGRAM, // a file
  CODE_EVAL,    // text of eval
  CODE_METHOD,  // def
  CODE_CLASS,   // class body
  CODE_MODULE,  // module body
  CODE_SCLASS,  // class << x
  CODE_BLOCK,   // block or lambda
  CODE_FOR,     // body of a for loop
  CODE_KIND_COUNT
} CodeKind;

// Do its frames see the locals of the scope around?
static inline bool mx_code_kind_is_block(CodeKind kind) {
  return kind == CODE_BLOCK || kind == CODE_FOR;
}

// One parameter.
typedef struct ParamSpec {
  Sym name;          // SYM_NONE for anonymous and destructuring ones
  uint32_t slot;     // home, SCOPE_NO_SLOT for none
  uint8_t kind;      // ParamKind
  bool destructures; // written (a, b)
  const void *node;  // PARAM node, NULL when there is no tree
} ParamSpec;

enum {
  PARAMS_HAS_KEYS = 1 << 0,     // takes keywords: key parameters or **rest
  PARAMS_NO_KEYS = 1 << 1,      // **nil
  PARAMS_TRAILING = 1 << 2,     // |a,|
  PARAMS_SIMPLE = 1 << 3,       // required positional parameters only, in slots 0..pre-1
  PARAMS_ANNOTATED = 1 << 4,    // some parameter has a type annotation
  PARAMS_DESTRUCTURES = 1 << 5, // some parameter is a pattern like (a, b)
  PARAMS_ANON_REST = 1 << 6,    // bare * or the rest of `|a,|`
  PARAMS_FOR_MANY = 1 << 7,     // a for loop with several targets: it takes all that is yielded
  PARAMS_IN_ORDER = 1 << 8,     // positional ones without rest or post, then keywords, in the first
                                // slots: arguments are locals where they lie; maybe a &block
  PARAMS_PACKED = 1 << 9,   // |packed|: in core code it takes all that is yielded, as one value;
                            // of |packed; many| the second one tells if it is not just one
  PARAMS_FORWARD = 1 << 11, // `...`: its locals are hidden, the one of keywords may be nil
  PARAMS_RUBY2 = 1 << 10,   // ruby2_keywords: keywords in *rest are marked as such
};

// A parameter list, taken apart. The list is collected memory.
typedef struct Params {
  ParamSpec *list;        // all, in source order
  uint32_t count;         // entries of list
  uint32_t pre;           // required ones before the optional ones: list[0..pre)
  uint32_t opt;           // optional ones: list[pre..pre+opt)
  uint32_t post;          // required ones behind: at list[post_at..)
  uint32_t post_at;       // first required parameter behind the optional ones
  uint32_t key_at;        // first keyword parameter in list
  uint32_t keys;          // keyword parameters
  uint32_t required_keys; // of them, without default
  uint16_t flags;         // PARAMS_*
  int32_t rest_slot;      // slot of *rest, -1 for none (or for a bare one nobody reads)
  bool has_rest;          // takes any number of arguments
  int32_t keyrest_slot;   // slot of **rest, -1 for none
  bool has_keyrest;       // takes any keywords
  int32_t block_slot;     // slot of &block, -1 for none
} Params;

// Locals that arguments in order become: those of required, optional and keyword parameters.
static inline uint32_t mx_params_placed(const Params *params) {
  return params->pre + params->opt + params->keys;
}
// A list without parameters.
MX_FUNC Params mx_params_none(void);
// The parameter of a for loop: the first value yielded, or with `many` all of them as an Array.
MX_FUNC Params mx_params_for(bool many);
// Room for `count` entries, to be filled by mx_params_enter and ended by mx_params_finish.
MX_FUNC Params mx_params_begin(uint32_t count, bool trailing_comma);
// Enter parameter number `at`.
MX_FUNC void mx_params_enter(Params *params, ParamSpec spec, uint32_t at, bool annotated);
// Derive what the whole list tells. implicit: made by _1 or `it`.
MX_FUNC void mx_params_finish(Params *params, bool implicit);

// Arity as Method#arity and Proc#arity give it.
MX_FUNC int mx_params_arity(const Params *params, bool lambda);
// [[:req, :a], ...] as Method#parameters gives them.
MX_FUNC Value mx_params_list(ExecCtx *ec, const Params *params, bool lambda);

#endif
