// SPDX-License-Identifier: MIT
// The symbol table: one byte map from (encoding tag, name) to the dense index.
//
// The map's own copy of a key is the name that mx_sym_name() answers: the tag stands in front, so
// the copy's NUL ends the name.
#include "runtime/base/symbol.h"

#include <string.h>

enum {
  SYMBOL_SHORT = 128,   // bytes of a key that is built on the stack
  SYMBOL_MAX_ENC = 255, // an encoding tag is one byte of the key
  SYMBOL_ROOM = 3000,   // names that fit before the first growth: boot has 1,100
};

// A lookup key: tag byte, then the name.
typedef struct SymbolKey {
  char *bytes;              // small, or a malloc block when the name is long
  size_t len;               // bytes, tag included
  char small[SYMBOL_SHORT]; // storage of short keys
} SymbolKey;

// Tell whether all bytes are below 128.
static bool symbol_is_ascii(const char *bytes, size_t len) {
  for (size_t i = 0; i < len; i++)
    if ((unsigned char)bytes[i] >= 128) return false;
  return true;
}

// Build the key of a name.
static void symbol_make_key(SymbolKey *key, const char *bytes, size_t len, uint32_t enc) {
  MX_ASSERT(enc <= SYMBOL_MAX_ENC, "encoding %u", enc);
  key->len = len + 1;
  key->bytes = key->len <= SYMBOL_SHORT ? key->small
                                        : mx_vec_grow(NULL, &(uint32_t){0}, (uint32_t)key->len, 1);
  key->bytes[0] = (char)enc;
  if (len > 0) memcpy(key->bytes + 1, bytes, len);
}

// Free what symbol_make_key() allocated.
static void symbol_free_key(SymbolKey *key) {
  if (key->bytes != key->small) mx_vec_release(key->bytes);
}

// Find or enter a key.
static Sym symbol_enter(SymTab *tab, const SymbolKey *key) {
  uint64_t sym = tab->names.count;
  const char *copy = mx_bytemap_intern(&tab->index, key->bytes, key->len, &sym);
  if (!copy) return (Sym)sym;
  SymName name = {
      .bytes = copy + 1, .len = (uint32_t)key->len - 1, .enc = (unsigned char)key->bytes[0]};
  vec_push(&tab->names, name);
  return (Sym)sym;
}

// Make a table that holds the names of symbols.def.
void mx_symtab_init(SymTab *tab) {
  *tab = (SymTab){0};
  vec_reserve(&tab->names, SYMBOL_ROOM);
  mx_bytemap_reserve(&tab->index, SYMBOL_ROOM);
  vec_push(&tab->names, ((SymName){.bytes = "", .len = 0, .enc = SYM_ENC_ASCII}));
#define SYMBOL(id, text) mx_sym_intern(tab, text, sizeof(text) - 1, SYM_ENC_ASCII);
#include "runtime/base/symbols.def"
  MX_ASSERT(tab->names.count == SYM_COUNT_STATIC, "symbols.def holds a name twice");
}

// Free the table with all names.
void mx_symtab_free(SymTab *tab) {
  mx_bytemap_free(&tab->index);
  vec_free(&tab->names);
}

// Intern a name; enc is lowered to SYM_ENC_ASCII when all bytes are below 128.
Sym mx_sym_intern(SymTab *tab, const char *bytes, size_t len, uint32_t enc) {
  SymbolKey key;
  symbol_make_key(&key, bytes, len, symbol_is_ascii(bytes, len) ? SYM_ENC_ASCII : enc);
  Sym sym = symbol_enter(tab, &key);
  symbol_free_key(&key);
  return sym;
}

// Intern NUL-terminated UTF-8 text.
Sym mx_sym_from_cstr(SymTab *tab, const char *text) {
  return mx_sym_intern(tab, text, strlen(text), SYM_ENC_UTF8);
}

// Look a name up without interning it; SYM_NONE when it is unknown.
Sym mx_sym_find(const SymTab *tab, const char *bytes, size_t len, uint32_t enc) {
  SymbolKey key;
  uint64_t found = SYM_NONE;
  symbol_make_key(&key, bytes, len, symbol_is_ascii(bytes, len) ? SYM_ENC_ASCII : enc);
  bool known = mx_bytemap_get(&tab->index, key.bytes, key.len, &found);
  symbol_free_key(&key);
  return known ? (Sym)found : SYM_NONE;
}

// Intern a name with `=` behind it; kept with the name, so that it is built once.
Sym mx_sym_setter(SymTab *tab, Sym sym) {
  SymName name = mx_sym_name(tab, sym);
  if (name.setter != SYM_NONE) return name.setter;
  char *text = mx_vec_grow(NULL, &(uint32_t){0}, name.len + 1, 1);
  memcpy(text, name.bytes, name.len);
  text[name.len] = '=';
  Sym setter = mx_sym_intern(tab, text, name.len + 1, name.enc);
  mx_vec_release(text);
  tab->names.at[sym].setter = setter;
  return setter;
}

// Return the name of a symbol.
SymName mx_sym_name(const SymTab *tab, Sym sym) {
  MX_ASSERT(sym < tab->names.count, "symbol %u of %u", sym, tab->names.count);
  return tab->names.at[sym];
}

// Return the NUL-terminated bytes of a symbol.
const char *mx_sym_text(const SymTab *tab, Sym sym) { return mx_sym_name(tab, sym).bytes; }
