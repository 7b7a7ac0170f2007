// SPDX-License-Identifier: MIT
// Assignment: targets, `=`, `op=`, multiple assignment, named captures.
//
// A target is first parsed as an expression and then turned into one: `a.b` was a call, `a` a
// call or a local. A local is declared before the right side is read, as Ruby has it.
#include "frontend/parser_internal.h"

#include <string.h>

// -- targets ------------------------------------------------------------------------------------

// Tell whether a call stands for a local, an attribute or an element.
static bool assign_is_call_target(const Node *node) {
  const NodeMethodCall *call = (const NodeMethodCall *)node;
  if (call->block && !(node->flags & NF_INDEX)) return false;
  if (node->flags & NF_INDEX) return true;
  if (node->flags & NF_VCALL) return true;
  return call->receiver && call->args.count == 0 && !(node->flags & (NF_PARENS | NF_OPERATOR));
}

// Tell whether what was read can stand on the left of `=`.
bool mx_parse_is_target(const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_LOCAL:
  case NODE_IVAR:
  case NODE_GVAR:
  case NODE_CVAR:
  case NODE_CONST:
  case NODE_NTH_REF:
  case NODE_NIL:
  case NODE_TRUE:
  case NODE_FALSE:
  case NODE_SELF:
  case NODE_FILE:
  case NODE_LINE:
  case NODE_ENCODING:
  case NODE_UNQUOTE:
  case NODE_MULTI_TARGET: return true;
  case NODE_CALL: return assign_is_call_target(node);
  default: return false;
  }
}

// Refuse a target that cannot be assigned.
static Node *assign_refuse(Parser *p, Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_NTH_REF:
    mx_parser_complain(p, node->span, NULL, "Can't set variable %.*s",
                       (int)(node->span.end - node->span.start),
                       p->source->text + node->span.start);
    return node;
  case NODE_SELF:
  case NODE_NIL:
  case NODE_TRUE:
  case NODE_FALSE:
  case NODE_FILE:
  case NODE_LINE:
  case NODE_ENCODING:
    mx_parser_complain(p, node->span, NULL, "Can't %s %.*s",
                       node->kind == NODE_SELF ? "change the value of" : "assign to",
                       (int)(node->span.end - node->span.start),
                       p->source->text + node->span.start);
    return node;
  default:
    mx_parser_error(p, node->span,
                    "the left side must be a variable, constant, attribute or element",
                    "this cannot be assigned to");
    return node;
  }
}

// Refuse a constant as a target in a method.
static Node *assign_constant(Parser *p, Node *node) {
  if (p->ctx.in_own_def) mx_parser_complain(p, node->span, NULL, "dynamic constant assignment");
  return node;
}

// Refuse a global that only a match sets.
static Node *assign_global(Parser *p, Node *node) {
  const char *name = mx_parser_name(p, ((NodeGlobalVariable *)node)->name);
  if (name[1] && !name[2] && strchr("&`'+", name[1]))
    mx_parser_complain(p, node->span, NULL, "Can't set variable %s", name);
  return node;
}

// Turn a bare name or an attribute into a target.
static Node *assign_call_target(Parser *p, Node *node) {
  NodeMethodCall *call = (NodeMethodCall *)node;
  if (node->flags & NF_VCALL) {
    int number;
    if (mx_scope_is_numbered(p, call->name, &number))
      mx_parser_complain(p, node->span, NULL, "_%d is reserved for numbered parameter", number);
    return mx_scope_target(p, call->name, node->span);
  }
  if (!assign_is_call_target(node)) return assign_refuse(p, node);
  if ((node->flags & NF_INDEX) && call->block)
    mx_parser_complain(p, call->block->span, NULL,
                       "unexpected block arg given in index assignment");
  if ((node->flags & NF_INDEX) && call->args.count > 0) {
    const Node *last = call->args.at[call->args.count - 1];
    if (last->kind == NODE_HASH && (last->flags & NF_NO_BRACES))
      mx_parser_complain(p, last->span, NULL, "unexpected keyword arg given in index assignment");
  }
  const char *name = mx_parser_name(p, call->name);
  size_t len = strlen(name);
  bool attribute =
      mx_is_ident_start((uint8_t)name[0]) && name[len - 1] != '?' && name[len - 1] != '!';
  if (!attribute && !(node->flags & NF_INDEX)) return assign_refuse(p, node);
  return node;
}

// Turn what was read into a target.
Node *mx_parse_target(Parser *p, Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_LOCAL:
    if (node->flags & NF_IMPLICIT) {
      NodeLocalVariable *local = (NodeLocalVariable *)node;
      if (local->name == SYM_it) return mx_scope_target(p, SYM_it, node->span);
      mx_parser_complain(p, node->span, NULL, "%s is reserved for numbered parameter",
                         mx_parser_name(p, local->name));
    }
    return node;
  case NODE_IVAR:
  case NODE_CVAR:
  case NODE_MULTI_TARGET:
  case NODE_UNQUOTE: // decided when the template is built
  case NODE_ERROR: return node;
  case NODE_GVAR: return assign_global(p, node);
  case NODE_CONST: return assign_constant(p, node);
  case NODE_CALL: return assign_call_target(p, node);
  default: return assign_refuse(p, node);
  }
}

// -- right sides --------------------------------------------------------------------------------

// Parse `value rescue other` behind a value.
static Node *assign_rescue(Parser *p, Node *value, int flags) {
  if (p->tok.kind != TOK_RESCUE_MOD) return value;
  NodeRescueModifier *node = NEW(p, RescueModifier, RESCUE_MOD, value->span);
  mx_parser_advance(p);
  mx_parse_check_value(p, value);
  bool in_rescue = p->ctx.in_rescue;
  p->ctx.in_rescue = true;
  node->body = value;
  node->rescue_value = mx_parse_arg(p, flags);
  p->ctx.in_rescue = in_rescue;
  node->base.span = mx_parser_span(p, value->span.start);
  mx_parser_raise_height(p);
  return &node->base;
}

// Parse *value on the right side.
static Node *assign_splat(Parser *p) {
  NodeSplat *node = NEW(p, Splat, SPLAT, p->tok.span);
  mx_parser_advance(p);
  node->value = mx_parse_value(p);
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}

// Parse one of several values.
static Node *assign_element(Parser *p) {
  return p->tok.kind == TOK_SPLAT ? assign_splat(p) : mx_parse_value(p);
}

// Parse the rest of `a, *b, c` behind the first element.
static Node *assign_list(Parser *p, Node *first) {
  uint32_t mark = p->stack.count;
  NodeArrayLiteral *array = NEW(p, ArrayLiteral, ARRAY, first->span);
  vec_push(&p->stack, first);
  while (p->tok.kind == TOK_COMMA && !p->recovering) {
    mx_parser_advance(p);
    vec_push(&p->stack, assign_element(p));
  }
  array->elements = mx_parser_list(p, mark);
  array->base.flags = NF_NO_BRACKETS;
  array->base.span = mx_parser_span(p, first->span.start);
  return &array->base;
}

// Parse the right side of `=`: one value, or several where a statement stands.
static Node *assign_value(Parser *p, int flags) {
  int inner = flags & PX_ASSIGN ? PX_COMMAND | PX_ASSIGN : PX_NONE;
  if ((flags & PX_STMT) && p->tok.kind == TOK_SPLAT) return assign_list(p, assign_splat(p));
  Node *value = mx_parse_arg(p, inner);
  mx_parse_check_value(p, value);
  if ((flags & PX_STMT) && p->tok.kind == TOK_COMMA && value != p->command && !p->recovering)
    return assign_list(p, value);
  return assign_rescue(p, value, value == p->command ? inner : PX_NONE);
}

// Parse `target = value` and `target op= value` behind the target.
Node *mx_parse_assignment(Parser *p, Node *left, int flags) {
  if (left->kind == NODE_MULTI_TARGET)
    return mx_parse_multi_assignment(p, left, left->span.start, flags);
  uint32_t start = left->span.start;
  Token op = p->tok;
  Node *target = mx_parse_target(p, left);
  mx_parser_advance(p);
  mx_parser_skip_newlines(p);
  if (op.kind == TOK_ASSIGN) {
    NodeAssignment *node = NEW(p, Assignment, ASSIGN, left->span);
    if (target->kind == NODE_CALL && (target->flags & NF_INDEX) == 0 &&
        mx_parser_name(p, ((NodeMethodCall *)target)->name)[0] == 0)
      mx_parser_unexpected(p, NULL);
    node->target = target;
    node->value = assign_value(p, flags);
    node->base.span = mx_parser_span(p, start);
    if (node->value == p->command) p->command = &node->base;
    return &node->base;
  }
  NodeOpAssignment *node = NEW(p, OpAssignment, OP_ASSIGN, left->span);
  node->target = target;
  node->operator= op.sym;
  node->value = assign_value(p, flags & ~PX_STMT);
  node->base.span = mx_parser_span(p, start);
  if (node->value == p->command) p->command = &node->base;
  return &node->base;
}

// -- multiple assignment ------------------------------------------------------------------------

// Parse the operand that a target is made of; it may be an attribute of a negative number.
static Node *assign_operand(Parser *p, int flags) {
  if (p->tok.kind != TOK_UMINUS_NUM) return mx_parse_operand(p, flags);
  uint32_t start = p->tok.span.start;
  mx_parser_advance(p);
  Node *number = mx_parse_number(p);
  mx_parse_negate(p, number);
  number->span.start = start;
  return mx_parse_postfix(p, number, PX_NONE);
}

// Parse *target or a bare *.
static Node *assign_splat_target(Parser *p) {
  NodeSplat *node = NEW(p, Splat, SPLAT, p->tok.span);
  mx_parser_advance(p);
  bool bare = p->tok.kind == TOK_COMMA || p->tok.kind == TOK_ASSIGN || p->tok.kind == TOK_RPAREN ||
              p->tok.kind == TOK_IN || p->tok.kind == TOK_PIPE;
  if (!bare) node->value = mx_parse_target(p, assign_operand(p, PX_NONE));
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}

// Parse a target that is no splat.
static Node *assign_item(Parser *p) {
  // In parentheses stand targets, or statements that give the receiver of an attribute.
  bool paren =
      p->tok.kind == TOK_LPAREN || p->tok.kind == TOK_LPAREN_BEG || p->tok.kind == TOK_LPAREN_ARG;
  Node *node = assign_operand(p, paren ? PX_STMT : PX_NONE);
  return mx_parse_is_target(node) ? mx_parse_target(p, node) : assign_refuse(p, node);
}

// Refuse a&.b among several targets.
static void assign_check_safe_nav(Parser *p, const Node *node) {
  if (node->kind == NODE_CALL && (node->flags & NF_SAFE_NAV))
    mx_parser_complain(p, node->span, NULL, "&. inside multiple assignment destination");
}

// Parse one target of several.
static Node *assign_multi_item(Parser *p) {
  if (p->tok.kind == TOK_SPLAT || p->tok.kind == TOK_STAR) return assign_splat_target(p);
  Node *node = assign_item(p);
  assign_check_safe_nav(p, node);
  return node;
}

// Parse targets up to the token behind them; first may have been read already.
Node *mx_parse_multi_target(Parser *p, Node *first, uint32_t start) {
  NodeMultiTarget *node = NEW(p, MultiTarget, MULTI_TARGET, p->tok.span);
  uint32_t mark = p->stack.count;
  bool splat = false, more = true;
  if (first) {
    assign_check_safe_nav(p, first);
    vec_push(&p->stack, mx_parse_target(p, first));
    more = mx_parser_accept(p, TOK_COMMA);
    node->base.flags |= more ? NF_TRAILING_COMMA : 0;
  }
  while (more && p->tok.kind != TOK_ASSIGN && p->tok.kind != TOK_IN && p->tok.kind != TOK_RPAREN &&
         !p->recovering) {
    Node *item = assign_multi_item(p);
    if (item->kind == NODE_SPLAT) {
      if (splat) mx_parser_error(p, item->span, NULL, "multiple splats in multiple assignment");
      splat = true;
    }
    vec_push(&p->stack, item);
    more = mx_parser_accept(p, TOK_COMMA);
    node->base.flags &= (uint16_t)~NF_TRAILING_COMMA;
    if (more) node->base.flags |= NF_TRAILING_COMMA;
  }
  node->targets = mx_parser_list(p, mark);
  bool one = node->targets.count == 1 && !splat && !(node->base.flags & NF_TRAILING_COMMA);
  if (one || node->targets.count == 0) mx_parser_unexpected(p, "',' between targets");
  node->base.span = mx_parser_span(p, start);
  return &node->base;
}

// Parse the targets (unless read) and the right side of a multiple assignment.
Node *mx_parse_multi_assignment(Parser *p, Node *first, uint32_t start, int flags) {
  Node *target = first;
  bool done = first && first->kind == NODE_MULTI_TARGET && p->tok.kind == TOK_ASSIGN;
  if (!done) target = mx_parse_multi_target(p, first, start);
  if (p->recovering) return target;
  if (p->tok.kind == TOK_RPAREN && p->ctx.target_paren) return target;
  if (p->tok.kind != TOK_ASSIGN) return mx_parser_unexpected(p, "'=' behind several targets");
  NodeAssignment *node = NEW(p, Assignment, ASSIGN, target->span);
  mx_parser_advance(p);
  mx_parser_skip_newlines(p);
  node->target = target;
  node->value = assign_value(p, flags);
  node->base.span = mx_parser_span(p, start);
  if (node->value == p->command) p->command = &node->base;
  return &node->base;
}

// Parse the target of for: one or several.
Node *mx_parse_for_target(Parser *p) {
  uint32_t start = p->tok.span.start;
  Node *first = p->tok.kind == TOK_SPLAT || p->tok.kind == TOK_STAR ? NULL : assign_item(p);
  if (first && p->tok.kind == TOK_IN) return first;
  return mx_parse_multi_target(p, first, start);
}

// -- named captures -----------------------------------------------------------------------------

// Tell whether a group's name can be a local's.
static bool assign_capture_name(const char *at, uint32_t len) {
  if (len == 0 || !((at[0] >= 'a' && at[0] <= 'z') || at[0] == '_' || (at[0] & 0x80))) return false;
  for (uint32_t i = 0; i < len; i++)
    if (!mx_is_ident((uint8_t)at[i])) return false;
  return mx_lex_keyword(at, len) == TOK_IDENT;
}

// Push a target for each named group of a regexp's text.
static void assign_push_captures(Parser *p, const Text *text, Span span) {
  uint32_t mark = p->stack.count;
  for (uint32_t i = 0; i + 3 < text->len; i++) {
    const char *at = text->bytes + i;
    if (at[0] == '\\') i++;
    if (at[0] != '(' || at[1] != '?' || at[2] != '<' || at[3] == '=' || at[3] == '!') continue;
    const char *end = memchr(at + 3, '>', text->len - i - 3);
    if (!end || !assign_capture_name(at + 3, (uint32_t)(end - at - 3))) continue;
    Sym name = mx_sym_intern(p->symtab, at + 3, (size_t)(end - at - 3), text->enc);
    bool known = false;
    for (uint32_t k = mark; k < p->stack.count; k++)
      known |= ((NodeLocalVariable *)p->stack.at[k])->name == name;
    if (!known) vec_push(&p->stack, mx_scope_target(p, name, span));
  }
}

// Wrap `/(?<name>...)/ =~ value`: the named groups bind locals.
Node *mx_parse_match_write(Parser *p, Node *call) {
  NodeMethodCall *match = (NodeMethodCall *)call;
  NodeRegexpLiteral *regexp = (NodeRegexpLiteral *)match->receiver;
  if (regexp->base.kind != NODE_REGEXP || regexp->parts.count != 1) return call;
  if (regexp->parts.at[0]->kind != NODE_STRING) return call;
  uint32_t mark = p->stack.count;
  assign_push_captures(p, &((NodeStringLiteral *)regexp->parts.at[0])->value, regexp->base.span);
  if (p->stack.count == mark) return call;
  mx_scope_use_match(p, false);
  NodeMatchWrite *node = NEW(p, MatchWrite, MATCH_WRITE, call->span);
  node->call = call;
  node->targets = mx_parser_list(p, mark);
  return &node->base;
}
