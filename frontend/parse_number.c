// SPDX-License-Identifier: MIT
// Numeric tokens to nodes.
#include "frontend/parser_internal.h"

#include <stdlib.h>
#include <string.h>

// Copy a number's text without underscores.
static Text number_digits(Parser *p, Span span) {
  char *bytes = mx_arena_alloc(p->arena, span.end - span.start + 2);
  uint32_t len = 0;
  for (uint32_t i = span.start; i < span.end; i++)
    if (p->source->text[i] != '_') bytes[len++] = p->source->text[i];
  return (Text){bytes, len, SYM_ENC_ASCII};
}

// Give the radix of an integer's text and skip its prefix.
static int number_radix(const char **at) {
  if ((*at)[0] != '0' || (*at)[1] == 0) return 10;
  char c = (*at)[1];
  *at += 2;
  switch (c) {
  case 'x':
  case 'X': return 16;
  case 'b':
  case 'B': return 2;
  case 'o':
  case 'O': return 8;
  case 'd':
  case 'D': return 10;
  default: *at -= 1; return 8;
  }
}

// Convert digits; false when the value needs more than 63 bits with its sign.
static bool number_fits(const char *at, int radix, int64_t *value) {
  uint64_t result = 0;
  for (; *at; at++) {
    int digit = mx_hex_digit(*at);
    if (digit < 0 || digit >= radix) return true;
    if (result > (((uint64_t)1 << 62) - 1 - (uint64_t)digit) / (uint64_t)radix) return false;
    result = result * (uint64_t)radix + (uint64_t)digit;
    *value = (int64_t)result;
  }
  return true;
}

// Make an integer; one that needs more than 63 bits keeps its digits.
static Node *number_integer(Parser *p, Span span) {
  NodeIntegerLiteral *node = NEW(p, IntegerLiteral, INTEGER, span);
  Text digits = number_digits(p, span);
  node->digits = (Text){"", 0, SYM_ENC_ASCII};
  const char *at = digits.bytes;
  int radix = number_radix(&at);
  if (number_fits(at, radix, &node->value)) return &node->base;
  node->value = 0;
  node->digits = digits;
  return &node->base;
}

// Make a float.
static Node *number_float(Parser *p, Span span) {
  NodeFloatLiteral *node = NEW(p, FloatLiteral, FLOAT, span);
  node->value = strtod(number_digits(p, span).bytes, NULL);
  if (node->value > 1.7976931348623157e308) {
    mx_parser_warn(p, DIAG_WARNING, span, "Float %.*s out of range", (int)(span.end - span.start),
                   p->source->text + span.start);
  }
  return &node->base;
}

// Make a rational of the digits before the r.
static Node *number_rational(Parser *p, Span span) {
  NodeRationalLiteral *node = NEW(p, RationalLiteral, RATIONAL, span);
  node->digits = number_digits(p, (Span){span.start, span.end - 1});
  return &node->base;
}

// Make a number without the suffix i.
static Node *number_real(Parser *p, Span span) {
  const char *text = p->source->text + span.start;
  uint32_t len = span.end - span.start;
  bool hex = len > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
  if (text[len - 1] == 'r') return number_rational(p, span);
  bool real = !hex && (memchr(text, '.', len) || memchr(text, 'e', len) || memchr(text, 'E', len));
  return real ? number_float(p, span) : number_integer(p, span);
}

// Make the node of a numeric token, and take the token.
Node *mx_parse_number(Parser *p) {
  Span span = p->tok.span;
  if (p->source->text[span.start] == '+') span.start++;
  Node *node;
  if (p->tok.kind == TOK_IMAGINARY) {
    NodeImaginaryLiteral *imaginary = NEW(p, ImaginaryLiteral, IMAGINARY, span);
    imaginary->number = number_real(p, (Span){span.start, span.end - 1});
    node = &imaginary->base;
  } else {
    node = number_real(p, span);
  }
  node->span = p->tok.span;
  mx_parser_advance(p);
  return node;
}

// Put a minus before digits.
static Text number_negate_text(Parser *p, Text digits) {
  char *bytes = mx_arena_alloc(p->arena, digits.len + 2);
  bytes[0] = '-';
  memcpy(bytes + 1, digits.bytes, digits.len);
  return (Text){bytes, digits.len + 1, digits.enc};
}

// Change a number just made to its negative.
void mx_parse_negate(Parser *p, Node *number) {
  switch (mx_ast_kind(number)) {
  case NODE_INTEGER: {
    NodeIntegerLiteral *node = (NodeIntegerLiteral *)number;
    node->value = -node->value;
    if (node->digits.len) node->digits = number_negate_text(p, node->digits);
    break;
  }
  case NODE_FLOAT: ((NodeFloatLiteral *)number)->value *= -1; break;
  case NODE_RATIONAL: {
    NodeRationalLiteral *node = (NodeRationalLiteral *)number;
    node->digits = number_negate_text(p, node->digits);
    break;
  }
  case NODE_IMAGINARY: mx_parse_negate(p, ((NodeImaginaryLiteral *)number)->number); break;
  default: break;
  }
}
