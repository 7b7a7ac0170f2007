// SPDX-License-Identifier: MIT
// Code: one body that can run (program, method, class body, block), whatever the engine.
//
// A Unit is one parsed text with what the engines keep per node of it. A Code is made at the
// first need for a scope node of the unit and cached there. The call protocol (invoke.c, bind.c)
// is the same for all engines: it pushes a frame, binds arguments, and calls code->run, which
// fills in defaults of optional parameters that are still VAL_UNDEF and runs the body.
#ifndef MX_INTERP_CODE_H
#define MX_INTERP_CODE_H

#include "runtime/base/scope.h"
#include "runtime/base/source.h"
#include "runtime/vm.h"

typedef struct Code Code;
typedef struct Unit Unit;

typedef enum CodeKind {
  CODE_PROGRAM, // a file
  CODE_EVAL,    // text of eval
  CODE_METHOD,  // def
  CODE_CLASS,   // class body
  CODE_MODULE,  // module body
  CODE_SCLASS,  // class << x
  CODE_BLOCK,   // block or lambda
  CODE_FOR,     // body of a for loop
} CodeKind;

static inline bool mx_code_kind_is_block(CodeKind kind) {
  return kind == CODE_BLOCK || kind == CODE_FOR;
}

// One parameter.
typedef struct ParamSpec {
  Sym name;          // SYM_NONE for anonymous and destructuring ones
  uint32_t slot;     // home, SCOPE_NO_SLOT for none
  uint8_t kind;      // ParamKind
  bool destructures; // written (a, b)
  const void *node;  // the walker's PARAM node
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
};

// A parameter list, taken apart. The list is collected memory.
typedef struct Params {
  ParamSpec *list; // all, in source order
  uint16_t count;  // entries of list
  uint16_t pre;    // required ones before the optional ones: list[0..pre)
  uint16_t opt;    // optional ones: list[pre..pre+opt)
  uint16_t post;   // required ones behind: at list[post_at..)
  uint16_t post_at;
  uint16_t key_at;        // first keyword parameter in list
  uint16_t keys;          // keyword parameters
  uint16_t required_keys; // of them, without default
  uint16_t flags;         // PARAMS_*
  int32_t rest_slot;      // slot of *rest, -1 for none (or for a bare one nobody reads)
  bool has_rest;          // takes any number of arguments
  int32_t keyrest_slot;   // slot of **rest, -1 for none
  bool has_keyrest;
  int32_t block_slot; // slot of &block, -1 for none
} Params;

typedef Value (*CodeRun)(ExecCtx *ec, Frame *fr);

struct Code {
  CodeRun run;        // engine entry
  Unit *unit;         // text it comes from
  const void *node;   // the walker's scope node
  uint32_t start;     // byte offset of its text
  const Scope *scope; // locals
  const Code *parent; // lexically enclosing code, NULL at the top; for labels
  Params params;      // empty for programs and class bodies
  Sym name;           // method or class name, SYM_NONE otherwise
  uint8_t kind;       // CodeKind
  bool core;          // core library
};

// What a METHOD_GUEST entry's code points to.
typedef struct MethodCode {
  const Code *code;
  const LexCtx *lex; // lexical context of the def
} MethodCode;

struct Unit {
  const struct Ast *tree; // nodes, for the walker
  const Source *source;   // text
  Value file;             // String for __FILE__ and backtraces
  Code **codes;           // by node id, NULL until made
  Value *once;            // by node id: values kept per node (/o regexps, END blocks); made at need
  Value spliced;          // Array of Values that NODE_SPLICED nodes index, or nil
  bool core;              // core library text
  const Code *outer;      // eval: the code around it, for labels
};

// Line of a byte offset in the code's text.
MX_FUNC uint32_t mx_code_line(const Code *code, uint32_t site);
MX_FUNC int mx_params_arity(const Params *params, bool lambda);
// [[:req, :a], ...] as Method#parameters gives them.
MX_FUNC Value mx_params_list(ExecCtx *ec, const Params *params, bool lambda);

#endif
