// SPDX-License-Identifier: MIT
// The syntax tree: nodes, scopes and trees, as declared by ast.def.
//
// INVARIANTS:
// 1. A tree is immutable once parsed; rewriting makes changed copies (mx_ast_clone).
// 2. All nodes, lists and texts live in the tree's arena; nothing in it is a Value. A Value that
//    a program splices into a tree is a NODE_SPLICED index into a table of the tree's owner.
// 3. Every local is resolved when it is parsed: (depth, slot) in the chain of Scopes, which is
//    also the chain of Envs at run time.
// 4. Spans are exact: source[span] is the node's text, without surrounding white space.
// OWNERSHIP: whoever made the arena owns the tree. Under the runtime arenas are collected
// memory, so a tree lives as long as a pointer to any of its nodes.
#ifndef MX_FRONTEND_AST_H
#define MX_FRONTEND_AST_H

#include "runtime/base/arena.h"
#include "runtime/base/scope.h"
#include "runtime/base/source.h"
#include "runtime/base/symbol.h"

typedef enum NodeKind {
#define NODE(KIND, Class, Super, FIELDS, doc) NODE_##KIND,
#include "frontend/ast.def"
  NODE_COUNT
} NodeKind;

// Flags of Node.flags. A bit may mean different things for kinds that share no bit otherwise.
enum {
  NF_PARENS = 1 << 0,         // BLOCK: ( ); CALL SUPER YIELD DEFINED...: arguments in parentheses
  NF_MODIFIER = 1 << 1,       // IF UNLESS WHILE UNTIL: written behind its body
  NF_TERNARY = 1 << 2,        // IF: c ? a : b
  NF_EXCLUSIVE = 1 << 3,      // RANGE FLIP_FLOP: ...
  NF_SAFE_NAV = 1 << 4,       // CALL: receiver&.name
  NF_VCALL = 1 << 5,          // CALL: an identifier alone that is no local
  NF_INDEX = 1 << 6,          // CALL: receiver[args]
  NF_OPERATOR = 1 << 7,       // CALL: operator syntax
  NF_NO_BRACKETS = 1 << 2,    // ARRAY PAT_ARRAY PAT_HASH
  NF_NO_BRACES = 1 << 3,      // HASH: keyword arguments
  NF_SHORTHAND = 1 << 1,      // PAIR PAT_BIND: {x:}
  NF_TRAILING_COMMA = 1 << 4, // MULTI_TARGET PAT_ARRAY; PARAMS: |a,|
  NF_TOP = 1 << 1,            // CONST: ::X
  NF_IMPLICIT = 1 << 2,       // LOCAL: `it`, _1; BLOCK_FN LAMBDA: has such parameters
  NF_WORD = 1 << 1,           // AND OR: `and`, `or`; CALL !: `not`
  NF_DO_WHILE = 1 << 2,       // WHILE UNTIL: body first
  NF_HAS_ELSE = 1 << 6,       // CASE_IN MATCH BEGIN: has an else, maybe empty; CASE IF: likewise
  NF_PREDICATE = 1 << 1,      // MATCH_PATTERN: `in`
  NF_CONTINUE = 1 << 1,       // NEXT: written `continue`
  NF_KEYWORD = 1 << 1,        // BEGIN: explicit begin ... end
  NF_HAS_ENSURE = 1 << 2,     // BEGIN: has an ensure, maybe empty
  NF_ENDLESS = 1 << 1,        // DEF: def f = expr
  NF_NO_BODY = 1 << 2,        // DEF: requirement of a trait
  NF_TRAIT = 1 << 1,          // MODULE
  NF_DO = 1 << 1,             // BLOCK_FN: do ... end
  NF_ARROW = 1 << 3,          // LAMBDA: metorex form
  NF_PIN = 1 << 1,            // PAT_VALUE: ^
  NF_FROZEN = 1 << 1,         // STRING: under `# frozen_string_literal: true`
  NF_ONCE = 1 << 4,           // REGEXP: /.../o
  NF_HEREDOC = 1 << 5,        // STRING DSTRING XSTRING: written as a heredoc
  NF_BEGINS_LINE = 1 << 14,   // a statement that begins a line (steps.h)
  NF_VALUE_UNUSED = 1 << 15,  // the value is dropped by the statement list it stands in
};

// REGEXP options; the first three are Ruby's Regexp::IGNORECASE, EXTENDED, MULTILINE.
enum {
  REGEXP_OPT_I = 1,
  REGEXP_OPT_X = 2,
  REGEXP_OPT_M = 4,
  REGEXP_OPT_FIXED = 16,    // u, e, s: fixed encoding
  REGEXP_OPT_NONE = 32,     // n
  REGEXP_OPT_ENC_SHIFT = 8, // bits 8-9: 0 none, 1 u (UTF-8), 2 e (EUC-JP), 3 s (Windows-31J)
};

typedef struct Node {
  uint8_t kind;   // NodeKind
  uint8_t unused; // zero
  uint16_t flags; // NF_*
  uint32_t id;    // dense index of the node in its tree, from 0 in creation order
  Span span;      // bytes of the source
} Node;

typedef struct NodeList {
  Node **at;      // arena array
  uint32_t count; // elements
} NodeList;

typedef struct Text {
  const char *bytes; // NUL-terminated, the NUL is not counted
  uint32_t len;      // bytes
  uint32_t enc;      // SYM_ENC_*: of the source; UTF-8 after \u, BINARY after \x80.. in US-ASCII
} Text;

enum {
  TREE_TAIL_CALLS = 1 << 0,      // # tail_calls: true
  TREE_FROZEN_STRINGS = 1 << 1,  // # frozen_string_literal: true
  TREE_MUTABLE_STRINGS = 1 << 2, // # frozen_string_literal: false
  TREE_WARN_INDENT = 1 << 3,     // # warn_indent: true
};

// A heredoc: where its opening stands, and its body with the line of the terminator.
typedef struct Heredoc {
  uint32_t opening; // offset of the <<
  Span body;        // bytes of the source
} Heredoc;

typedef struct Ast {
  Source *source; // text, name and lines
  Node *root;     // a NODE_PROGRAM, NULL when parsing failed
  Dialect dialect;
  uint32_t flags;            // TREE_*
  uint32_t node_count;       // nodes made; ids are below it
  uint32_t data_start;       // offset behind the line __END__, or 0
  uint32_t encoding;         // source encoding: SYM_ENC_UTF8, SYM_ENC_ASCII or SYM_ENC_BINARY
  const char *encoding_name; // as the magic comment has it, when it is none of these; or NULL
  const Heredoc *heredocs;   // by the ends of their bodies
  uint32_t heredoc_count;    // entries of heredocs
} Ast;

// One struct per node: the base, then the fields of the table.
#define F_NODE(n) Node *n;
#define F_OPT(n) Node *n;
#define F_LIST(n) NodeList n;
#define F_SYM(n) Sym n;
#define F_TEXT(n) Text n;
#define F_INT(n) int64_t n;
#define F_FLOAT(n) double n;
#define F_SCOPE(n) Scope *n;
#define F_TAG(n) uint32_t n;
#define F_U32(n) uint32_t n;
#define NODE(KIND, Class, Super, FIELDS, doc) \
  typedef struct Node##Class {                \
    Node base;                                \
    FIELDS                                    \
  } Node##Class;
#include "frontend/ast.def"

typedef enum FieldType {
  FIELD_NODE,
  FIELD_OPT,
  FIELD_LIST,
  FIELD_SYM,
  FIELD_TEXT,
  FIELD_INT,
  FIELD_FLOAT,
  FIELD_TAG,
  FIELD_SCOPE,
  FIELD_U32,
} FieldType;

typedef struct FieldInfo {
  const char *name; // reader's name
  FieldType type;
  uint16_t offset; // bytes from the start of the node's struct
} FieldInfo;

typedef struct NodeInfo {
  const char *class_name;  // guest class under AST::
  const char *super_name;  // guest superclass
  const FieldInfo *fields; // in order
  uint32_t field_count;
  uint32_t size; // bytes of the struct
  const char *doc;
} NodeInfo;

// Metadata by NodeKind: every generic walk (visit, clone, compare, dump, guest readers) uses it.
MX_FUNC const NodeInfo *mx_ast_info(NodeKind kind);

enum { NODE_TYPE_ROOM = 32 }; // bytes that hold any type name and its NUL

// Write `node.type`, which is the class name in snake case: method_call.
MX_FUNC void mx_ast_type_name(NodeKind kind, char out[NODE_TYPE_ROOM]);

// Is a node of this kind a body of its own, with a Scope that its locals lie in?
MX_FUNC bool mx_ast_is_scope(NodeKind kind);
// What such a node runs, NULL for an empty one.
MX_FUNC const Node *mx_ast_body(const Node *scope);
// Does a hash pattern ask for all keys (`**rest`, `**nil`, `{}`), not for those that it names?
MX_FUNC bool mx_ast_asks_all_keys(const NodeHashPattern *pattern);

// The flags of a kind that are part of its meaning; all others only say how it was written.
MX_FUNC uint16_t mx_ast_meaning(NodeKind kind);
// The name of one such flag.
MX_FUNC const char *mx_ast_flag_name(NodeKind kind, uint16_t flag);

// The address of a field inside a node.
static inline void *mx_ast_field(const Node *node, const FieldInfo *field) {
  return (char *)node + field->offset;
}

enum { NTH_REF_MAX = 0x3fffffff }; // largest number of a group ($1) that a program can name

static inline NodeKind mx_ast_kind(const Node *node) { return (NodeKind)node->kind; }

// Is it the call "text".freeze? Its receiver is the String that equal frozen literals share.
static inline bool mx_ast_freezes_string(const NodeMethodCall *call) {
  return call->name == SYM_freeze && call->args.count == 0 && !call->block && call->receiver &&
         mx_ast_kind(call->receiver) == NODE_STRING;
}

// Call visit for each direct child, in field order; stop early when it returns false.
typedef bool (*AstVisit)(void *ctx, Node *child);
MX_FUNC bool mx_ast_each_child(const Node *node, AstVisit visit, void *ctx);

// Copy a node with its children into an arena. edit, when not NULL, sees each node before it is
// copied (outermost first) and may return a replacement to use instead, or the node itself.
typedef Node *(*AstEdit)(void *ctx, Node *node);
MX_FUNC Node *mx_ast_clone(Arena *arena, Node *node, AstEdit edit, void *ctx);

// Equality and hash by structure: kinds, flags of mx_ast_meaning(), fields; not spans, ids, slots.
// A BLOCK of one statement counts as that statement, an empty one as an absent child.
MX_FUNC bool mx_ast_equal(const Node *a, const Node *b);
MX_FUNC uint64_t mx_ast_hash(const Node *node);

#endif
