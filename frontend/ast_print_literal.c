// SPDX-License-Identifier: MIT
// Printing literals: numbers, texts with their escapes, symbols, regexps, collections, ranges.
//
// Texts are printed in double quotes whatever they were; a byte is escaped when it is not
// printable or when the source encoding cannot hold it, so that escapes resolve to the same
// bytes and the same encoding.
#include "frontend/ast_printer.h"
#include "frontend/lexer.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Print the nodes that are one word.
void mx_print_word(Printer *printer, const Node *node) {
  static const char *const words[NODE_COUNT] = {
      [NODE_NIL] = "nil",
      [NODE_TRUE] = "true",
      [NODE_FALSE] = "false",
      [NODE_SELF] = "self",
      [NODE_FILE] = "__FILE__",
      [NODE_LINE] = "__LINE__",
      [NODE_ENCODING] = "__ENCODING__",
      [NODE_REDO] = "redo",
      [NODE_RETRY] = "retry",
  };
  mx_printer_text(printer, words[node->kind]);
}

// Print an Integer.
void mx_print_integer(Printer *printer, const Node *node) {
  const NodeIntegerLiteral *integer = (const NodeIntegerLiteral *)node;
  if (integer->digits.len > 0)
    mx_strbuf_add(printer->out, integer->digits.bytes, integer->digits.len);
  else
    mx_strbuf_printf(printer->out, "%" PRId64, integer->value);
}

// Print a Float with the fewest digits that read back as the same.
void mx_print_float(Printer *printer, const Node *node) {
  char text[40];
  double value = ((const NodeFloatLiteral *)node)->value;
  if (isinf(value)) {
    mx_printer_text(printer, value < 0 ? "-1e999" : "1e999");
    return;
  }
  for (int digits = 1; digits <= 17; digits++) {
    snprintf(text, sizeof text, "%.*g", digits, value);
    if (strtod(text, NULL) == value) break;
  }
  mx_printer_text(printer, text);
  if (!strpbrk(text, ".en")) mx_printer_text(printer, ".0");
}

// Print a rational literal.
void mx_print_rational(Printer *printer, const Node *node) {
  const Text *digits = &((const NodeRationalLiteral *)node)->digits;
  mx_strbuf_add(printer->out, digits->bytes, digits->len);
  mx_printer_text(printer, "r");
}

// Print an imaginary literal.
void mx_print_imaginary(Printer *printer, const Node *node) {
  mx_printer_expr(printer, ((const NodeImaginaryLiteral *)node)->number, PREC_PRIMARY);
  mx_printer_text(printer, "i");
}

// Return the length of the well-formed multi-byte UTF-8 character at p, or 0.
static uint32_t literal_utf8_len(const unsigned char *p, uint32_t left) {
  uint32_t len = *p < 0xC2 ? 0 : *p < 0xE0 ? 2 : *p < 0xF0 ? 3 : *p < 0xF5 ? 4 : 0;
  if (len == 0 || len > left) return 0;
  for (uint32_t i = 1; i < len; i++)
    if ((p[i] & 0xC0) != 0x80) return 0;
  bool overlong = (*p == 0xE0 && p[1] < 0xA0) || (*p == 0xF0 && p[1] < 0x90);
  bool outside = (*p == 0xED && p[1] >= 0xA0) || (*p == 0xF4 && p[1] >= 0x90);
  return overlong || outside ? 0 : len;
}

// Decode a well-formed UTF-8 character of len bytes.
static uint32_t literal_decode(const unsigned char *p, uint32_t len) {
  uint32_t codepoint = *p & (0xFFu >> (len + 1));
  for (uint32_t i = 1; i < len; i++) codepoint = codepoint << 6 | (p[i] & 0x3F);
  return codepoint;
}

// Write an ASCII character of a quoted text; next is the byte behind it or -1.
static void literal_ascii(Printer *printer, int c, int next, int quote) {
  static const char named[] = "\aa\bb\tt\nn\vv\ff\rr\x1B"
                              "e";
  const char *name = c ? strchr(named, c) : NULL;
  bool marker = c == '#' && (next < 0 || next == '{' || next == '$' || next == '@');
  if (c == quote || c == '\\' || marker)
    mx_strbuf_printf(printer->out, "\\%c", c);
  else if (name && c < 0x20)
    mx_strbuf_printf(printer->out, "\\%c", name[1]);
  else if (c < 0x20 || c == 0x7F)
    mx_strbuf_printf(printer->out, "\\x%02X", (unsigned)c);
  else
    mx_strbuf_add_byte(printer->out, c);
}

// Tell whether a text's encoding differs from what its bytes would get in this source.
static bool literal_needs_unicode(const Printer *printer, const Text *text) {
  return text->enc == SYM_ENC_UTF8 && printer->encoding != SYM_ENC_UTF8;
}

// Write the inside of a quoted text.
static void literal_quoted(Printer *printer, const Text *text, int quote) {
  const unsigned char *p = (const unsigned char *)text->bytes;
  bool unicode = literal_needs_unicode(printer, text);
  for (uint32_t i = 0; i < text->len;) {
    uint32_t len = text->enc == SYM_ENC_BINARY ? 0 : literal_utf8_len(p + i, text->len - i);
    if (len > 0 && unicode)
      mx_strbuf_printf(printer->out, "\\u{%X}", literal_decode(p + i, len));
    else if (len > 0)
      mx_strbuf_add(printer->out, p + i, len);
    else if (unicode && i == 0 && p[0] < 0x80)
      mx_strbuf_printf(printer->out, "\\u%04X", p[0]);
    else if (p[i] < 0x80)
      literal_ascii(printer, p[i], i + 1 < text->len ? p[i + 1] : -1, quote);
    else
      mx_strbuf_printf(printer->out, "\\x%02X", p[i]);
    i += len > 0 ? len : 1;
  }
}

// Print a string without interpolation.
void mx_print_string(Printer *printer, const Node *node) {
  mx_printer_text(printer, "\"");
  literal_quoted(printer, &((const NodeStringLiteral *)node)->value, '"');
  mx_printer_text(printer, "\"");
}

// Write the parts of an interpolated text.
static void literal_parts(Printer *printer, const NodeList *parts, int quote) {
  for (uint32_t i = 0; i < parts->count; i++) {
    const Node *part = parts->at[i];
    if (part->kind == NODE_STRING)
      literal_quoted(printer, &((const NodeStringLiteral *)part)->value, quote);
    else
      mx_printer_expr(printer, part, PREC_STATEMENT);
  }
}

// Print an interpolated string. One without any interpolation is several adjacent literals.
void mx_print_dstring(Printer *printer, const Node *node) {
  mx_printer_text(printer, "\"");
  literal_parts(printer, &((const NodeInterpolatedString *)node)->parts, '"');
  mx_printer_text(printer, "\"");
}

// Print a command string.
void mx_print_xstring(Printer *printer, const Node *node) {
  mx_printer_text(printer, "`");
  literal_parts(printer, &((const NodeCommandString *)node)->parts, '`');
  mx_printer_text(printer, "`");
}

// Print an interpolation.
void mx_print_embed(Printer *printer, const Node *node) {
  mx_printer_text(printer, "#{");
  mx_printer_inline(printer, ((const NodeInterpolation *)node)->body);
  mx_printer_text(printer, "}");
}

// Tell whether a byte can begin an identifier.
static bool literal_is_start(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}

// Return the length of the identifier at the front of a name, 0 when there is none.
static uint32_t literal_ident_len(const SymName *name, uint32_t from) {
  uint32_t i = from;
  if (i >= name->len || !literal_is_start((unsigned char)name->bytes[i])) return 0;
  while (i < name->len && (literal_is_start((unsigned char)name->bytes[i]) ||
                           (name->bytes[i] >= '0' && name->bytes[i] <= '9')))
    i++;
  return i - from;
}

// Tell whether all bytes of a name are valid in this source.
static bool literal_name_is_valid(const Printer *printer, const SymName *name) {
  const unsigned char *p = (const unsigned char *)name->bytes;
  for (uint32_t i = 0; i < name->len;) {
    uint32_t len = p[i] < 0x80 ? 1 : literal_utf8_len(p + i, name->len - i);
    bool fits = len == 1 || (printer->encoding == SYM_ENC_UTF8 && name->enc == SYM_ENC_UTF8);
    if (len == 0 || !fits) return false;
    i += len;
  }
  return true;
}

// Tell whether a name is an operator method.
static bool literal_is_operator(const SymName *name) {
  static const char *const operators[] = {
      "+", "-",  "*", "/", "%", "**", "==", "!=", "===", "=~", "!~",  "<=>", "<",  "<=",
      ">", ">=", "&", "|", "^", "~",  "!",  "<<", ">>",  "[]", "[]=", "+@",  "-@", "`",
  };
  for (size_t i = 0; i < MX_COUNT_OF(operators); i++)
    if (strcmp(operators[i], name->bytes) == 0 && strlen(operators[i]) == name->len) return true;
  return false;
}

// Tell whether a name needs no quotes behind a colon.
static bool literal_is_plain_symbol(const Printer *printer, Sym sym) {
  SymName name = mx_sym_name(printer->symtab, sym);
  if (literal_is_operator(&name)) return true;
  if (!literal_name_is_valid(printer, &name)) return false;
  uint32_t sigil = name.bytes[0] == '$' || name.bytes[0] == '@' ? 1 : 0;
  if (sigil && name.bytes[0] == '@' && name.bytes[1] == '@') sigil = 2;
  uint32_t end = sigil + literal_ident_len(&name, sigil);
  if (end == sigil) return false;
  if (sigil == 0 && end + 1 == name.len) return strchr("?!=", name.bytes[end]) != NULL;
  return end == name.len;
}

// Tell whether a symbol can be written as a label: name: value.
bool mx_print_is_label(const Printer *printer, Sym sym) {
  SymName name = mx_sym_name(printer->symtab, sym);
  if (!literal_name_is_valid(printer, &name)) return false;
  uint32_t end = literal_ident_len(&name, 0);
  if (end > 0 && end + 1 == name.len) return name.bytes[end] == '?' || name.bytes[end] == '!';
  return end > 0 && end == name.len;
}

// Write a symbol's name in quotes.
static void literal_quoted_name(Printer *printer, Sym sym) {
  SymName name = mx_sym_name(printer->symtab, sym);
  uint32_t enc = name.enc == SYM_ENC_ASCII ? printer->encoding : name.enc;
  Text text = {.bytes = name.bytes, .len = name.len, .enc = enc};
  mx_printer_text(printer, "\"");
  literal_quoted(printer, &text, '"');
  mx_printer_text(printer, "\"");
}

// Print a symbol's name as a label, quoted where needed, with its colon.
void mx_print_label(Printer *printer, Sym name) {
  if (mx_print_is_label(printer, name))
    mx_printer_name(printer, name);
  else
    literal_quoted_name(printer, name);
  mx_printer_text(printer, ":");
}

// Print a symbol.
void mx_print_symbol(Printer *printer, const Node *node) {
  Sym value = ((const NodeSymbolLiteral *)node)->value;
  mx_printer_text(printer, ":");
  if (literal_is_plain_symbol(printer, value))
    mx_printer_name(printer, value);
  else
    literal_quoted_name(printer, value);
}

// Print an interpolated symbol.
void mx_print_dsymbol(Printer *printer, const Node *node) {
  mx_printer_text(printer, ":\"");
  literal_parts(printer, &((const NodeInterpolatedSymbol *)node)->parts, '"');
  mx_printer_text(printer, "\"");
}

// Tell whether a character occurs in the literal text of a regexp.
static bool literal_regexp_has(const NodeList *parts, int c) {
  for (uint32_t i = 0; i < parts->count; i++) {
    const NodeStringLiteral *part = (const NodeStringLiteral *)parts->at[i];
    if (part->base.kind == NODE_STRING && memchr(part->value.bytes, c, part->value.len))
      return true;
  }
  return false;
}

// Does the "#" at a place in a part of a regexp begin an interpolation when the parts are written
// one behind the other, with a delimiter behind the last?
static bool literal_regexp_embeds(const NodeList *parts, uint32_t part, uint32_t at, char close) {
  char look[EMBED_LOOK + 1];
  size_t len = 0;
  for (; part < parts->count && len < sizeof look; part++, at = 0) {
    const NodeStringLiteral *string = (const NodeStringLiteral *)parts->at[part];
    if (string->base.kind != NODE_STRING) break; // its own "#" makes none of what is before it
    while (at < string->value.len && len < sizeof look) look[len++] = string->value.bytes[at++];
  }
  if (part == parts->count && len < sizeof look) look[len++] = close;
  return mx_lex_is_embed(look, len);
}

// Would the delimiter be taken for the name of a variable behind "#$" at the end of the text?
static bool literal_regexp_joins(const NodeList *parts, char close) {
  if (parts->count == 0) return false;
  const NodeStringLiteral *last = (const NodeStringLiteral *)parts->at[parts->count - 1];
  if (last->base.kind != NODE_STRING) return false;
  uint32_t len = last->value.len;
  bool marker = len >= 2 && memcmp(last->value.bytes + len - 2, "#$", 2) == 0;
  return marker && literal_regexp_embeds(parts, parts->count - 1, len - 2, close);
}

// Choose the delimiters of a regexp: the first that its text does not hold, since what stands
// behind a backslash must not be a delimiter.
static const char *literal_regexp_delimiters(const NodeList *parts) {
  static const char *const choices[] = {"//", "{}", "!!",   "%%", "@@", "~~", ",,", ";;",
                                        "::", "==", "\"\"", "''", "``", "&&", "__"};
  for (size_t i = 0; i < MX_COUNT_OF(choices); i++)
    if (!literal_regexp_has(parts, choices[i][0]) && !literal_regexp_has(parts, choices[i][1]) &&
        !literal_regexp_joins(parts, choices[i][1]))
      return choices[i];
  return "//";
}

// Write the option letters of a regexp.
static void literal_regexp_options(Printer *printer, const Node *node, uint32_t options) {
  static const char encodings[] = {0, 'u', 'e', 's'};
  char encoding = encodings[options >> REGEXP_OPT_ENC_SHIFT & 3];
  if (options & REGEXP_OPT_M) mx_printer_text(printer, "m");
  if (options & REGEXP_OPT_I) mx_printer_text(printer, "i");
  if (options & REGEXP_OPT_X) mx_printer_text(printer, "x");
  if (node->flags & NF_ONCE) mx_printer_text(printer, "o");
  if (options & REGEXP_OPT_NONE) mx_printer_text(printer, "n");
  if (encoding) mx_strbuf_add_byte(printer->out, encoding);
}

// Write a text of a regexp, which keeps its escapes. What would begin an interpolation or end the
// literal, as only a text that a program has built can, is escaped.
static void literal_regexp_text(Printer *printer, const NodeList *parts, uint32_t part,
                                char close) {
  const Text *text = &((const NodeStringLiteral *)parts->at[part])->value;
  bool escaped = false;
  for (uint32_t i = 0; i < text->len; i++) {
    char c = text->bytes[i];
    bool marker = c == '#' && literal_regexp_embeds(parts, part, i, close);
    if (!escaped && (marker || c == close)) mx_printer_text(printer, "\\");
    mx_strbuf_add_byte(printer->out, c);
    escaped = !escaped && c == '\\';
  }
}

// Print a regexp.
void mx_print_regexp(Printer *printer, const Node *node) {
  const NodeRegexpLiteral *regexp = (const NodeRegexpLiteral *)node;
  const char *delimiters = literal_regexp_delimiters(&regexp->parts);
  if (delimiters[0] != '/') mx_printer_text(printer, "%r");
  mx_strbuf_add_byte(printer->out, delimiters[0]);
  for (uint32_t i = 0; i < regexp->parts.count; i++) {
    const Node *part = regexp->parts.at[i];
    if (part->kind == NODE_STRING)
      literal_regexp_text(printer, &regexp->parts, i, delimiters[1]);
    else
      mx_printer_expr(printer, part, PREC_STATEMENT);
  }
  mx_strbuf_add_byte(printer->out, delimiters[1]);
  literal_regexp_options(printer, node, regexp->options);
}

// Print a regexp that stands as a condition.
void mx_print_match_line(Printer *printer, const Node *node) {
  mx_printer_expr(printer, ((const NodeMatchLastLine *)node)->regexp, PREC_PRIMARY);
}

// Print elements on lines of their own, one step deeper.
static void literal_tall_list(Printer *printer, const NodeList *list) {
  printer->depth++;
  for (uint32_t i = 0; i < list->count; i++) {
    mx_printer_newline(printer);
    mx_printer_expr(printer, list->at[i], PREC_ASSIGN);
    if (i + 1 < list->count) mx_printer_text(printer, ",");
  }
  printer->depth--;
  mx_printer_newline(printer);
}

// Print an array.
void mx_print_array(Printer *printer, const Node *node) {
  const NodeList *elements = &((const NodeArrayLiteral *)node)->elements;
  mx_printer_text(printer, "[");
  if (elements->count > 1 && !mx_printer_is_short(node))
    literal_tall_list(printer, elements);
  else
    mx_printer_list(printer, elements, PREC_ASSIGN);
  mx_printer_text(printer, "]");
}

// Print a hash, or the keyword arguments it stands for.
void mx_print_hash(Printer *printer, const Node *node) {
  const NodeList *pairs = &((const NodeHashLiteral *)node)->pairs;
  if (node->flags & NF_NO_BRACES) {
    mx_printer_list(printer, pairs, PREC_ASSIGN);
    return;
  }
  mx_printer_text(printer, "{");
  if (pairs->count > 1 && !mx_printer_is_short(node)) {
    literal_tall_list(printer, pairs);
  } else if (pairs->count > 0) {
    mx_printer_text(printer, " ");
    mx_printer_list(printer, pairs, PREC_ASSIGN);
    mx_printer_text(printer, " ");
  }
  mx_printer_text(printer, "}");
}

// Print a pair: with a label where the key allows it, else with an arrow.
void mx_print_pair(Printer *printer, const Node *node) {
  const NodePair *pair = (const NodePair *)node;
  const NodeSymbolLiteral *symbol = (const NodeSymbolLiteral *)pair->key;
  bool label = pair->key->kind == NODE_SYMBOL && mx_print_is_label(printer, symbol->value);
  if (label) {
    mx_print_label(printer, symbol->value);
    mx_printer_text(printer, " ");
  } else {
    mx_printer_expr(printer, pair->key, PREC_TERNARY);
    mx_printer_text(printer, " => ");
  }
  mx_printer_expr(printer, pair->value, PREC_TERNARY);
}

// Print a range or flip-flop. An open end is always in parentheses: what follows must not be
// taken for it.
void mx_print_range(Printer *printer, const Node *node) {
  const NodeRangeLiteral *range = (const NodeRangeLiteral *)node;
  bool open = !range->first || !range->last;
  if (open) mx_printer_text(printer, "(");
  if (range->first) mx_printer_expr(printer, range->first, PREC_RANGE + 1);
  mx_printer_text(printer, node->flags & NF_EXCLUSIVE ? "..." : "..");
  if (range->last) mx_printer_expr(printer, range->last, PREC_RANGE + 1);
  if (open) mx_printer_text(printer, ")");
}

// Print a value that was built into a tree; only core mode can read it back.
void mx_print_spliced(Printer *printer, const Node *node) {
  mx_strbuf_printf(printer->out, "Primitive.spliced(%" PRId64 ")",
                   ((const NodeSpliced *)node)->index);
}
