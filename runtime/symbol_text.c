// SPDX-License-Identifier: MIT
// Symbols as text: to and from strings, how they print, which need quotes.
#include "runtime/string.h"

#include <ctype.h>

// Make a String of a symbol's name.
Value mx_sym_to_str(ExecCtx *ec, Sym sym) {
  SymName name = mx_sym_name(&ec->vm->symtab, sym);
  return mx_str_new(ec, name.bytes, name.len, (EncIndex)name.enc);
}

// Intern a String.
Sym mx_str_to_sym(ExecCtx *ec, Value str) {
  return mx_sym_intern(&ec->vm->symtab, mx_str_bytes(str), mx_str_len(str), mx_str_enc(str));
}

// May the byte begin an identifier?
static bool symbol_starts_word(unsigned char c) { return isalpha(c) || c == '_' || c >= 0x80; }

// Bytes of the identifier at p, 0 when there is none.
static size_t symbol_word_len(const char *p, const char *end) {
  const char *q = p;
  if (q == end || !symbol_starts_word((unsigned char)*q)) return 0;
  while (q < end && (symbol_starts_word((unsigned char)*q) || isdigit((unsigned char)*q))) q++;
  return (size_t)(q - p);
}

// Is the name an operator that is a method?
static bool symbol_is_operator(const char *p, size_t len) {
  static const char *const operators[] = {
      "+", "-",  "*", "/", "%", "**", "==", "!=", "===", "=~", "!~",  "<=>", "<",  "<=",
      ">", ">=", "&", "|", "^", "~",  "!",  "<<", ">>",  "[]", "[]=", "+@",  "-@", "`"};
  for (size_t i = 0; i < MX_COUNT_OF(operators); i++)
    if (strlen(operators[i]) == len && memcmp(operators[i], p, len) == 0) return true;
  return false;
}

// Is the text behind a `$` the name of a global variable?
static bool symbol_is_global_rest(const char *p, const char *end) {
  if (p == end) return false;
  if (symbol_word_len(p, end) == (size_t)(end - p)) return true;
  if (*p == '-' && end - p == 2) return isalnum((unsigned char)p[1]) || p[1] == '_';
  if (isdigit((unsigned char)*p)) {
    while (p < end && isdigit((unsigned char)*p)) p++;
    return p == end;
  }
  return end - p == 1 && strchr("~*$?!@/\\;,.=:<>\"&`'+", *p) != NULL;
}

// Is the text an identifier, perhaps with ?, ! or = behind?
static bool symbol_is_method_name(const char *p, const char *end) {
  size_t word = symbol_word_len(p, end);
  if (word == 0) return false;
  p += word;
  return p == end || (end - p == 1 && (*p == '?' || *p == '!' || *p == '='));
}

// Are all characters of a name valid and printable?
static bool symbol_is_printable(const SymName *name) {
  EncIndex enc = (EncIndex)name->enc;
  const char *p = name->bytes, *end = p + name->len;
  if (!mx_enc_info(enc)->ascii_compat) return false;
  for (size_t len; p < end; p += len) {
    len = mx_enc_char_len(enc, p, end);
    if (len == 0 || !mx_enc_is_print(enc, mx_enc_codepoint(enc, p, end))) return false;
  }
  return true;
}

// Would :name print without quotes?
bool mx_sym_is_simple(VM *vm, Sym sym) {
  SymName name = mx_sym_name(&vm->symtab, sym);
  const char *p = name.bytes, *end = p + name.len;
  if (name.len == 0 || !symbol_is_printable(&name)) return false;
  if (symbol_is_operator(p, name.len)) return true;
  if (*p == '$') return symbol_is_global_rest(p + 1, end);
  if (*p != '@') return symbol_is_method_name(p, end);
  p += p + 1 < end && p[1] == '@' ? 2 : 1;
  return p < end && symbol_word_len(p, end) == (size_t)(end - p);
}

// Would `name: value` in a Hash print without quotes?
bool mx_sym_is_simple_key(VM *vm, Sym sym) {
  SymName name = mx_sym_name(&vm->symtab, sym);
  const char *end = name.bytes + name.len;
  if (name.len == 0 || end[-1] == '=' || !symbol_is_printable(&name)) return false;
  return symbol_is_method_name(name.bytes, end);
}

// Text of sym.inspect.
Value mx_sym_inspect(ExecCtx *ec, Sym sym) {
  Value name = mx_sym_to_str(ec, sym);
  Value text = mx_str_new(ec, ":", 1, mx_str_enc(name));
  Value shown = mx_sym_is_simple(ec->vm, sym) ? name : mx_str_inspect(ec, name);
  mx_str_set_enc(text, mx_str_enc(shown));
  mx_str_append_bytes(ec, text, mx_str_bytes(shown), mx_str_len(shown));
  return text;
}
