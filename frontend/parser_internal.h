// SPDX-License-Identifier: MIT
// What the files of the parser share: its state, and the functions they call in each other.
//
// INVARIANTS:
// 1. p->tok is the one token read and not yet taken; nothing behind it has been looked at. So
//    the state of the lexer may be corrected before the next token is read.
// 2. After an error `recovering` is set, no further error is reported, and every loop ends; the
//    statement list (or the header of a construct) skips to a safe token and clears it.
// 3. Every loop takes a token in each round or ends.
#ifndef MX_FRONTEND_PARSER_INTERNAL_H
#define MX_FRONTEND_PARSER_INTERNAL_H

#include "runtime/base/symset.h"
#include "frontend/lexer.h"
#include "frontend/parser.h"

// What an expression may be where it stands.
enum {
  PX_NONE = 0,
  PX_COMMAND = 1 << 0, // a call with arguments without parentheses
  PX_ASSIGN = 1 << 1,  // such a call on the right of an assignment
  PX_NOT = 1 << 2,     // such a call behind `!`
  PX_STMT = 1 << 3,    // a whole statement: a = 1, 2 and a, b = c
  PX_EXPR = PX_COMMAND | PX_ASSIGN | PX_NOT,
  PX_STATEMENT = PX_EXPR | PX_STMT,
};

// Binding powers between the rows of tokens.def.
enum {
  BP_LOWEST = 0,
  BP_TERNARY = 4,
  BP_RANGE = 6,
  BP_ABOVE_PIPE = 17,
  BP_UMINUS = 26,
  BP_POW = 28,
  BP_UNARY = 30
};

// What surrounds the text being parsed; saved and restored by the constructs that change it.
typedef struct Context {
  bool in_def;       // a method's body
  bool in_class;     // directly in a class or module body
  bool in_sclass;    // inside class << x
  bool in_block;     // a block or lambda of this method
  bool in_loop;      // while, until or for of this block
  bool in_rescue;    // retry is allowed
  bool in_ensure;    // reserved for messages
  bool in_defined;   // operand of defined?
  bool no_do;        // `do` belongs to the loop whose condition this is
  bool in_cmdarg;    // `do` belongs to the command whose arguments these are
  bool in_argdef;    // between the brackets of parameters
  bool no_pipe;      // `|` ends the expression: default values of block parameters
  bool no_in;        // `in` does not begin a pattern
  bool target_paren; // a statement here may be the inner targets of (a, b), c = ...
  bool in_own_def;   // in a def of this text, not of the text around an eval
  TokKind closer;    // bracket that ends the statements being parsed, TOK_EOF for none
  bool in_trait;     // directly in a trait's body
  bool in_arm;       // body of `when`: what follows `match(...)` here may be the next arm
} Context;

// A scope being filled, and what the parser must know about it besides its locals.
typedef struct ScopeCtx {
  Scope *scope;        // the locals
  struct ScopeCtx *up; // the enclosing one being parsed
  bool is_for;         // scope of a for loop: new locals belong further out
  bool has_params;     // ordinary parameters were written: no _1, no it
  bool uses_it;        // `it` was read
  bool inner_numbered; // a nested block uses _1
  uint8_t numbered;    // highest _N read
  uint32_t slots[10];  // slots of _1.._9 by number; [0] is that of `it`
  Span implicit;       // where an implicit parameter was first read
} ScopeCtx;

// A break, next or redo that is in no loop or block so far.
typedef struct PendingJump {
  Span span;    // its word
  Scope *scope; // where it stands
  TokKind kind; // which word
  bool in_def;  // in a def of this text
} PendingJump;

typedef struct Parser {
  Lexer lex;                   // source of tokens
  Token tok;                   // read, not yet taken
  uint32_t prev_end;           // offset behind the last token taken, line ends and semicolons aside
  Arena *arena;                // owns the tree
  SymTab *symtab;              // names
  Source *source;              // text
  DiagList *diags;             // complaints
  const ParseOptions *options; // as given
  Ast *ast;                    // being made
  ScopeCtx *scope;             // innermost scope
  Context ctx;                 // what surrounds
  VEC(Node *) stack;           // elements of the lists being made
  VEC(Node *) begin_blocks;    // BEGIN { } met so far
  SymSet pattern_names;        // variables bound by the pattern being parsed
  VEC(PendingJump) jumps;      // errors unless a loop appears around them
  VEC(Heredoc) heredocs;       // met so far, by their ends
  Node *command;               // the last call made with bare arguments: nothing may follow it
  Span mismatch;               // first construct whose end stood at another indentation
  bool has_mismatch;           // mismatch is set
  uint32_t depth;              // nested constructs being parsed
  uint32_t height;             // nesting of the tree made by the current expression
  bool recovering;             // an error was reported and not yet skipped
  uint32_t last_error;         // offset of the last error: one offset is reported once
  bool has_error;              // last_error is set
  bool fatal;                  // nothing more is read
} Parser;

// -- parser.c: tokens, nodes, errors ------------------------------------------------------------

#define NEW(p, Class, KIND, span) \
  ((Node##Class *)mx_parser_node((p), NODE_##KIND, sizeof(Node##Class), (span)))

MX_FUNC void *mx_parser_node(Parser *p, NodeKind kind, size_t size, Span span);
MX_FUNC NodeList mx_parser_list(Parser *p, uint32_t mark);
MX_FUNC void mx_parser_advance(Parser *p);
MX_FUNC bool mx_parser_accept(Parser *p, TokKind kind);
MX_FUNC bool mx_parser_expect(Parser *p, TokKind kind, const char *after);
// Take the bracket that closes the one at an offset; the message says what it closes.
MX_FUNC void mx_parser_close(Parser *p, TokKind kind, const char *what, uint32_t open);
MX_FUNC bool mx_parser_enter(Parser *p); // one level deeper; false when too deep
MX_FUNC void mx_parser_leave(Parser *p);
MX_FUNC void mx_parser_raise_height(Parser *p); // the tree of this expression grew by a level
MX_FUNC void mx_parser_error(Parser *p, Span span, const char *hint, const char *fmt, ...)
    MX_PRINTF(4, 5);
// Report an error that does not disturb parsing.
MX_FUNC void mx_parser_complain(Parser *p, Span span, const char *hint, const char *fmt, ...)
    MX_PRINTF(4, 5);
MX_FUNC void mx_parser_warn(Parser *p, DiagKind kind, Span span, const char *fmt, ...)
    MX_PRINTF(4, 5);
MX_FUNC Node *mx_parser_unexpected(Parser *p, const char *expected); // gives a NODE_ERROR
MX_FUNC Node *mx_parser_error_node(Parser *p, Span span);
// Skip to the end of the line (or a token that closes something) after an error.
MX_FUNC void mx_parser_sync_line(Parser *p);
// Take the `end` of a construct that began at an offset.
MX_FUNC void mx_parser_expect_end(Parser *p, uint32_t start, const char *what);
MX_FUNC void mx_parser_skip_newlines(Parser *p);
MX_FUNC void mx_parser_skip_terms(Parser *p);
MX_FUNC const char *mx_parser_name(const Parser *p, Sym sym);

static inline Span mx_parser_span(const Parser *p, uint32_t start) {
  return (Span){start, p->prev_end > start ? p->prev_end : start};
}
static inline bool mx_parser_is(const Parser *p, TokKind kind) { return p->tok.kind == kind; }

// -- scope.c: locals ----------------------------------------------------------------------------

MX_FUNC void mx_scope_push(Parser *p, ScopeCtx *sc, ScopeKind kind);
MX_FUNC void mx_scope_pop(Parser *p);
MX_FUNC uint32_t mx_scope_declare(Parser *p, Sym name); // in the innermost scope; gives the slot
MX_FUNC uint32_t mx_scope_hidden(Parser *p, Scope *scope, Sym name); // a slot no program can name
MX_FUNC bool mx_scope_find(Parser *p, Sym name, uint32_t *depth, uint32_t *slot);
MX_FUNC bool mx_scope_has(const Parser *p, Sym name);
MX_FUNC bool mx_scope_has_own(const Parser *p, Sym name);
MX_FUNC Node *mx_scope_read(Parser *p, Sym name, Span span);     // LOCAL or NULL
MX_FUNC Node *mx_scope_target(Parser *p, Sym name, Span span);   // LOCAL, declared when new
MX_FUNC Node *mx_scope_implicit(Parser *p, Sym name, Span span); // it, _1: LOCAL or NULL
MX_FUNC bool mx_scope_is_numbered(const Parser *p, Sym name, int *number);
MX_FUNC Node *mx_scope_implicit_params(Parser *p, ScopeCtx *sc, Span span);
MX_FUNC void mx_scope_use_match(Parser *p, bool line);
MX_FUNC void mx_scope_note_call(Parser *p, Sym name);
MX_FUNC void mx_scope_method_flag(Parser *p, uint16_t flag);
// Read the hidden local of an anonymous parameter; slot_of picks the field of Scope.
typedef enum AnonKind { ANON_REST, ANON_KEYREST, ANON_BLOCK, ANON_FORWARD } AnonKind;
MX_FUNC Node *mx_scope_anonymous(Parser *p, AnonKind kind, uint32_t offset, Span span);
MX_FUNC Node *mx_scope_flip_flop(Parser *p, NodeRangeLiteral *range);

// -- statements (parse_stmt.c) ------------------------------------------------------------------

MX_FUNC Node *mx_parse_statements(Parser *p);                // BLOCK, or NULL when there is none
MX_FUNC Node *mx_parse_block_of(Parser *p, Node *statement); // a BLOCK of one statement
MX_FUNC Node *mx_parse_statement(Parser *p);
MX_FUNC Node *mx_parse_expr(Parser *p, int flags);      // and, or, not and all below
MX_FUNC Node *mx_parse_not_level(Parser *p, int flags); // between `and` and `or`
MX_FUNC bool mx_parse_ends_statement(TokKind kind);
// -n, -p: put a program into its loop; gives the body itself otherwise.
MX_FUNC Node *mx_parse_wrap_loop(Parser *p, Node *body);

// -- warnings (parse_warn.c) ----------------------------------------------------------------------

MX_FUNC void mx_parse_warn_keys(Parser *p, NodeList pairs);  // duplicates in a hash
MX_FUNC void mx_parse_warn_whens(Parser *p, NodeList whens); // duplicates in a case

// -- control flow (parse_control.c) -------------------------------------------------------------

MX_FUNC Node *mx_parse_if(Parser *p, bool unless);
MX_FUNC Node *mx_parse_while(Parser *p, bool until);
MX_FUNC Node *mx_parse_for(Parser *p);
MX_FUNC Node *mx_parse_case(Parser *p);
MX_FUNC Node *mx_parse_match(Parser *p);
MX_FUNC Node *mx_parse_begin(Parser *p);
MX_FUNC Node *mx_parse_jump(Parser *p, int flags);
MX_FUNC void mx_parse_settle_jumps(Parser *p, uint32_t start); // a loop modifier was met
MX_FUNC void mx_parse_report_jumps(Parser *p);
// Parse the body of a def, class, begin or do block with its rescue clauses, up to the end.
MX_FUNC Node *mx_parse_body(Parser *p, uint32_t start, bool keyword);
MX_FUNC Node *mx_parse_condition(Parser *p, Node *node);  // rewrite a..b and /re/ as conditions
MX_FUNC void mx_parse_check_value(Parser *p, Node *node); // refuse an expression without value

// -- expressions (parse_expr.c) -----------------------------------------------------------------

MX_FUNC Node *mx_parse_binary(Parser *p, int min_bp, int flags);
MX_FUNC Node *mx_parse_arg(Parser *p, int flags); // all operators; no and, or, not
MX_FUNC Node *mx_parse_value(Parser *p);          // an arg whose value is needed
// Go on with the operators behind a primary that has been parsed.
MX_FUNC Node *mx_parse_continue_value(Parser *p, Node *primary, int flags);
MX_FUNC bool mx_parse_starts_value(const Parser *p); // may tok begin an expression?

// -- primaries (parse_primary.c) ----------------------------------------------------------------

MX_FUNC Node *mx_parse_primary(Parser *p, int flags);
MX_FUNC Node *mx_parse_postfix(Parser *p, Node *node, int flags);
MX_FUNC Node *mx_parse_operand(Parser *p, int flags); // primary with postfix
MX_FUNC Node *mx_parse_number(Parser *p);
MX_FUNC void mx_parse_negate(Parser *p, Node *number);
MX_FUNC Node *mx_parse_hash_element(Parser *p);
MX_FUNC Node *mx_parse_lambda(Parser *p, int flags);
MX_FUNC Node *mx_parse_variable_node(Parser *p); // a variable with a sigil, not taken

// -- calls (parse_call.c) -----------------------------------------------------------------------

typedef struct CallArgs {
  NodeList list; // arguments
  Node *block;   // BLOCK_PASS or NULL
} CallArgs;

MX_FUNC Node *mx_parse_identifier(Parser *p, int flags);
MX_FUNC Node *mx_parse_method_call(Parser *p, Node *receiver, int flags); // tok is . &. ::
MX_FUNC Node *mx_parse_index(Parser *p, Node *receiver);
MX_FUNC Node *mx_parse_attach_block(Parser *p, Node *call, int flags);
MX_FUNC CallArgs mx_parse_args(Parser *p, TokKind closer, int flags); // TOK_EOF: bare arguments
MX_FUNC Node *mx_parse_super(Parser *p, int flags);
MX_FUNC Node *mx_parse_yield(Parser *p, int flags);
MX_FUNC Node *mx_parse_block_fn(Parser *p, bool braces);
MX_FUNC Node *mx_parse_call_node(Parser *p, Node *receiver, Sym name, Span span);
MX_FUNC bool mx_parse_starts_argument(const Parser *p);
MX_FUNC bool mx_parse_forward_here(const Parser *p);
MX_FUNC Node *mx_parse_jump_value(Parser *p); // arguments of return and the like, NULL for none

// -- assignment (parse_assign.c) ----------------------------------------------------------------

MX_FUNC Node *mx_parse_target(Parser *p, Node *node); // turn what was read into a target
MX_FUNC bool mx_parse_is_target(const Node *node);
MX_FUNC Node *mx_parse_assignment(Parser *p, Node *left, int flags);
MX_FUNC Node *mx_parse_multi_target(Parser *p, Node *first, uint32_t start);
MX_FUNC Node *mx_parse_multi_assignment(Parser *p, Node *first, uint32_t start, int flags);
MX_FUNC Node *mx_parse_for_target(Parser *p);
MX_FUNC Node *mx_parse_match_write(Parser *p, Node *call); // named captures bind locals

// -- strings (parse_string.c) -------------------------------------------------------------------

MX_FUNC Node *mx_parse_string(Parser *p, bool *label); // any TOK_*_BEG; adjacent ones join
MX_FUNC Node *mx_parse_words(Parser *p);
MX_FUNC Node *mx_parse_symbol(Parser *p);
MX_FUNC Node *mx_parse_symbol_before(Parser *p, uint16_t state); // with the lexer state behind it
MX_FUNC Node *mx_parse_regexp(Parser *p);
MX_FUNC void mx_parse_check_regexp(Parser *p, const NodeRegexpLiteral *node); // parse_regexp.c
MX_FUNC Text mx_parse_text(Parser *p, const char *bytes, size_t len, uint32_t enc);
MX_FUNC Node *mx_parse_symbol_node(Parser *p, Sym name, Span span);

// -- definitions (parse_def.c, parse_params.c) --------------------------------------------------

MX_FUNC Node *mx_parse_def(Parser *p);
MX_FUNC bool mx_parse_endless_ahead(const Parser *p); // tok is `)`: does `=` follow?
MX_FUNC Node *mx_parse_class(Parser *p);
MX_FUNC Node *mx_parse_module(Parser *p, bool trait);
MX_FUNC Node *mx_parse_alias(Parser *p);
MX_FUNC Node *mx_parse_undef(Parser *p);
MX_FUNC bool mx_parse_is_method_name(TokKind kind); // allowed behind def and `.`
MX_FUNC Sym mx_parse_method_name(Parser *p);        // the name in tok, not taken
typedef enum ParamStyle { PARAMS_DEF, PARAMS_BLOCK, PARAMS_LAMBDA } ParamStyle;
MX_FUNC Node *mx_parse_params(Parser *p, ParamStyle style, TokKind closer);

// -- patterns (parse_pattern.c) -----------------------------------------------------------------

MX_FUNC Node *mx_parse_pattern_top(Parser *p);                   // of `in`, => and in
MX_FUNC Node *mx_parse_when_pattern(Parser *p, bool bare_binds); // metorex when

// -- the metorex dialect (parse_metorex.c) ------------------------------------------------------

MX_FUNC Node *mx_parse_arrow_lambda(Parser *p, int flags); // tok begins one, or NULL
MX_FUNC Node *mx_parse_arrow_body(Parser *p, int flags); // tok is -> before an expression, or NULL
MX_FUNC Node *mx_parse_annotation(Parser *p);
MX_FUNC bool mx_parse_annotation_here(const Parser *p); // a type follows the label in tok?
MX_FUNC Node *mx_parse_typed_local(Parser *p);          // x: Type = value, or NULL
MX_FUNC Node *mx_parse_metorex_word(Parser *p);         // match, quote, continue, trait; or NULL
MX_FUNC Node *mx_parse_quote(Parser *p);                // quote { }, or NULL
MX_FUNC Node *mx_parse_unquote(Parser *p);
// Does a def in a trait, begun at an offset, end with its header?
MX_FUNC bool mx_parse_requirement_here(const Parser *p, uint32_t start);
MX_FUNC bool mx_parse_word_is(const Parser *p, const char *word);
MX_FUNC bool mx_parse_next_word_is(const Parser *p, const char *word);
MX_FUNC bool mx_parse_word_stands_alone(const Parser *p);    // tok is a whole condition of when?
MX_FUNC bool mx_parse_brackets_stand_alone(const Parser *p); // so are the brackets at tok?
MX_FUNC bool mx_parse_string_is_label(const Parser *p);      // the string at tok ends as a label?

#endif
