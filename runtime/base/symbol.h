// SPDX-License-Identifier: MIT
// Interned names: a Sym is a dense index, equal names have equal indices.
//
// One SymTab belongs to one VM (or to one parse in tools without a VM). The names of symbols.def
// come first, in its order, so that SYM_xxx are compile-time constants. Symbols live as long as
// their table. A name is bytes plus an encoding tag: ASCII-only names of every ASCII-compatible
// encoding are one symbol (SYM_ENC_ASCII), as in Ruby.
#ifndef MX_BASE_SYMBOL_H
#define MX_BASE_SYMBOL_H

#include "runtime/base/bytemap.h"
#include "runtime/base/vec.h"

typedef uint32_t Sym;

enum {
  SYM_ENC_ASCII = 0, // only bytes below 128
  SYM_ENC_UTF8 = 1,
  SYM_ENC_BINARY = 2, // further values: the runtime's encoding index
};

typedef enum SymId {
  SYM_NONE, // no name; also the absent Sym
#define SYMBOL(id, text) SYM_##id,
#include "runtime/base/symbols.def"
  SYM_COUNT_STATIC
} SymId;

typedef struct SymName {
  const char *bytes; // NUL-terminated, the NUL is not counted; owned by the table
  uint32_t len;      // bytes
  uint32_t enc;      // SYM_ENC_*
  Sym setter;        // symbol of `name=`, SYM_NONE until it is asked for
} SymName;

typedef struct SymTab {
  ByteMap index;      // encoding tag (one byte) and name -> Sym; owns the names
  VEC(SymName) names; // by Sym
} SymTab;

MX_FUNC void mx_symtab_init(SymTab *tab);
MX_FUNC void mx_symtab_free(SymTab *tab);
// Intern a name; enc is lowered to SYM_ENC_ASCII when all bytes are below 128.
MX_FUNC Sym mx_sym_intern(SymTab *tab, const char *bytes, size_t len, uint32_t enc);
// Intern NUL-terminated UTF-8 text.
MX_FUNC Sym mx_sym_from_cstr(SymTab *tab, const char *text);
// Look a name up without interning it; SYM_NONE when it is unknown.
MX_FUNC Sym mx_sym_find(const SymTab *tab, const char *bytes, size_t len, uint32_t enc);
// Symbol of the name with `=` behind it: what an assignment to an attribute calls.
MX_FUNC Sym mx_sym_setter(SymTab *tab, Sym sym);
MX_FUNC SymName mx_sym_name(const SymTab *tab, Sym sym);
MX_FUNC const char *mx_sym_text(const SymTab *tab, Sym sym); // NUL-terminated bytes

#endif
