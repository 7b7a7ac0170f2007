// SPDX-License-Identifier: MIT
// What the engines know of a scope without its tree: locals by slot, kinds of parameters, dialect.
//
// The parser makes Scopes, the engines size frames by them, bindings and eval read their names.
#ifndef MX_BASE_SCOPE_H
#define MX_BASE_SCOPE_H

#include "runtime/base/symbol.h"

typedef enum ParamKind {
  PARAM_REQ,         // a, also one behind the rest; position decides
  PARAM_OPT,         // a = 1
  PARAM_REST,        // *a; name SYM_NONE for a bare *
  PARAM_KEYREQ,      // a:
  PARAM_KEY,         // a: 1
  PARAM_KEYREST,     // **a
  PARAM_NOKEY,       // **nil
  PARAM_BLOCK,       // &b
  PARAM_FORWARD,     // ...: owns three consecutive slots from `slot`: rest, keywords, block
  PARAM_BLOCK_LOCAL, // |a; b|
} ParamKind;

typedef enum ScopeKind {
  SCOPE_PROGRAM, // top level of a file
  SCOPE_EVAL,    // text of eval: sees its parent, keeps its own new locals
  SCOPE_METHOD,  // def
  SCOPE_CLASS,   // class, module, class << x
  SCOPE_BLOCK,   // block, lambda, for
} ScopeKind;

enum {
  SCOPE_CAPTURED = 1 << 0,   // a nested scope mentions a local of this one
  SCOPE_HAS_BLOCKS = 1 << 1, // holds block or lambda literals
  SCOPE_USES_EVAL = 1 << 2,  // mentions eval, binding or their kind: every local may be seen
  SCOPE_USES_MATCH = 1 << 3, // method level only: something here can read $~ (or $_)
  SCOPE_USES_YIELD = 1 << 4, // method level only: yields or asks block_given?
};

// The locals of one activation. METHOD, CLASS and PROGRAM scopes start a chain; EVAL and BLOCK
// scopes continue their parent's.
typedef struct Scope {
  ScopeKind kind;
  uint16_t flags;       // SCOPE_*
  struct Scope *parent; // lexically enclosing scope; NULL at the start of a file
  Sym *names;           // by slot; hidden locals have SYM_NONE or a name no program can write
  uint32_t count;       // slots
  uint32_t room;        // entries allocated in names while parsing
  uint32_t *index;     // while parsing, of a scope with many: slot + 1 by the hash of a name, 0 for
                       // none; the last of those with one name; 2 * room places, a power of two
  uint32_t match_slot; // hidden local for $~, or SCOPE_NO_SLOT (method level only)
  uint32_t line_slot;  // hidden local for $_, or SCOPE_NO_SLOT
  uint32_t rest_slot;  // hidden local of a bare * parameter, or SCOPE_NO_SLOT
  uint32_t keyrest_slot; // of a bare **
  uint32_t block_slot;   // of a bare &
  uint32_t forward_slot; // first of the three of ...
} Scope;

enum { SCOPE_NO_SLOT = 0xffffffffu };

typedef enum Dialect { DIALECT_RUBY, DIALECT_METOREX, DIALECT_CORE } Dialect;

#endif
