// SPDX-License-Identifier: MIT
// Marshal.load: a value from bytes in Ruby's format 4.8.
//
// Objects are numbered in the order in which they begin, so an object enters the table before
// its parts are read. Broken input raises ArgumentError or TypeError, never more.
#include "runtime/float.h"
#include "runtime/integer.h"
#include "runtime/range.h"
#include "runtime/rational.h"
#include "runtime/regexp.h"
#include "runtime/builtins/marshal.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/support.h"
#include <math.h>

enum { LOAD_MAX_DEPTH = 100000 }; // nested values, so that little input takes little stack

// A load under way.
typedef struct Load {
  ExecCtx *ec;
  Value source;   // String; keeps the bytes alive
  size_t at;      // next byte
  Value symbols;  // Array of Symbols
  Value objects;  // Array of objects
  Value proc;     // called with each object, or nil
  bool freeze;    // freeze what is made
  uint32_t depth; // nested values
} Load;

static Value load_value(Load *l);

// ---- primitives of the format

// Raise "marshal data too short".
static bool load_short(Load *l) {
  (void)mx_raise_arg(l->ec, "marshal data too short");
  return false;
}

// Read one byte, or -1 with ArgumentError.
static int load_byte(Load *l) {
  if (l->at < mx_str_len(l->source)) return (unsigned char)mx_str_bytes(l->source)[l->at++];
  (void)load_short(l);
  return -1;
}

// Read an integer.
static bool load_long(Load *l, int64_t *out) {
  int first = load_byte(l);
  if (first < 0) return false;
  int8_t c = (int8_t)first;
  *out = c == 0 ? 0 : c > 4 ? c - 5 : c + 5;
  if (c == 0 || c > 4 || c < -4) return true;
  int count = c < 0 ? -c : c;
  uint64_t n = c < 0 ? ~(uint64_t)0 : 0;
  for (int i = 0; i < count; i++) {
    int byte = load_byte(l);
    if (byte < 0) return false;
    n &= ~((uint64_t)0xff << (8 * i));
    n |= (uint64_t)byte << (8 * i);
  }
  *out = (int64_t)n;
  return true;
}

// Take bytes with their length.
static bool load_bytes(Load *l, const char **bytes, size_t *len) {
  int64_t n;
  if (!load_long(l, &n)) return false;
  if (n < 0 || (uint64_t)n > mx_str_len(l->source) - l->at) return load_short(l);
  *bytes = mx_str_bytes(l->source) + l->at;
  *len = (size_t)n;
  l->at += (size_t)n;
  return true;
}

// Read a count of parts, each at least a byte.
static bool load_count(Load *l, int64_t *count) {
  if (!load_long(l, count)) return false;
  if (*count < 0 || (uint64_t)*count > mx_str_len(l->source) - l->at) return load_short(l);
  return true;
}

// Number an object; its place in the table is returned.
static uint32_t load_enter(Load *l, Value v) {
  mx_array_push(l->ec, l->objects, v);
  return mx_array_len(l->objects) - 1;
}

// An object is complete: freeze it and hand it to the proc.
static Value load_done(Load *l, Value v) {
  if (l->freeze && val_is_heap(v) && !val_is_class_or_module(v)) mx_object_freeze(l->ec, v);
  return val_is_nil(l->proc) ? v : mx_send1(l->ec, l->proc, SYM_call, v);
}

// ---- symbols and classes

// Read the text of a new Symbol; enc tells whether it is UTF-8.
static bool load_new_symbol(Load *l, bool utf8, Sym *out) {
  const char *bytes;
  size_t len;
  if (!load_bytes(l, &bytes, &len)) return false;
  *out = mx_sym_intern(&l->ec->vm->symtab, bytes, len, utf8 ? SYM_ENC_UTF8 : SYM_ENC_BINARY);
  mx_array_push(l->ec, l->symbols, val_from_sym(*out));
  return true;
}

// Read a link to a Symbol.
static bool load_symbol_link(Load *l, Sym *out) {
  int64_t number;
  if (!load_long(l, &number)) return false;
  if (number < 0 || number >= mx_array_len(l->symbols)) {
    (void)mx_raise_arg(l->ec, "bad symbol");
    return false;
  }
  *out = val_to_sym(mx_array_get(l->ec, l->symbols, number));
  return true;
}

// Read what must be a Symbol: new, with an encoding, or a link.
static bool load_symbol(Load *l, Sym *out) {
  int type = load_byte(l);
  if (type == ':') return load_new_symbol(l, false, out);
  if (type == ';') return load_symbol_link(l, out);
  if (type == 'I' && load_byte(l) == ':') {
    int64_t count;
    Sym name;
    if (!load_new_symbol(l, true, out) || !load_long(l, &count)) return false;
    for (; count > 0; count--)
      if (!load_symbol(l, &name) || val_is_exc(load_value(l))) return false;
    return true;
  }
  if (l->ec->unwind == UNWIND_NONE)
    (void)mx_raise_arg(l->ec, "dump format error for symbol(0x%x)", (unsigned)type & 0xff);
  return false;
}

// Find a class or module by its path.
static Value load_find_module(Load *l, const char *path, size_t len) {
  ExecCtx *ec = l->ec;
  Value at = val_from_ptr(ec->vm->cls.Object);
  const char *part = path, *end = path + len;
  while (part < end && val_is_class_or_module(at)) {
    const char *stop = memmem(part, (size_t)(end - part), "::", 2);
    if (!stop) stop = end;
    Sym name = mx_sym_intern(&ec->vm->symtab, part, (size_t)(stop - part), SYM_ENC_UTF8);
    at = mx_const_find(ec, VAL_CAST(ClassObj, at), name, true);
    part = stop + 2;
  }
  if (val_is_exc(at) || val_is_class_or_module(at)) return at;
  return mx_raise_arg(ec, "undefined class/module %.*s", (int)len, path);
}

// Read the Symbol of a class or module; NULL when it raised.
static ClassObj *load_class(Load *l) {
  Sym path;
  if (!load_symbol(l, &path)) return NULL;
  SymName name = mx_sym_name(&l->ec->vm->symtab, path);
  Value klass = load_find_module(l, name.bytes, name.len);
  return val_is_exc(klass) ? NULL : VAL_CAST(ClassObj, klass);
}

// Allocate an instance of a class; data cannot make what a program cannot.
static Value load_allocate(Load *l, ClassObj *klass) {
  if (klass->allocate) return klass->allocate(l->ec, klass);
  return mx_raise_type(l->ec, "allocator undefined for %s", mx_support_path(l->ec, klass));
}

// ---- types

// Set a variable under its name in the stream, which cannot be the one that keeps the class alive.
static bool load_set_var(Load *l, Value v, Sym name, Value value) {
  if (name == SYM_iv_class) {
    (void)mx_raise_arg(l->ec, "dump format error (instance variable)");
    return false;
  }
  mx_ivar_set_hidden(l->ec, v, name, value);
  return true;
}

// Apply one variable of a String: its encoding, or a real variable.
static bool load_text_var(Load *l, Value v, Sym name, Value value) {
  const char *text = mx_support_name(l->ec, name);
  if (strcmp(text, "E") == 0) {
    mx_str_set_enc(v, value == VAL_TRUE ? ENC_UTF_8 : ENC_US_ASCII);
    return true;
  }
  if (strcmp(text, "encoding") == 0 && val_is_string(value)) {
    EncIndex enc = mx_enc_find(mx_str_bytes(value), mx_str_len(value));
    if (enc != ENC_NONE) mx_str_set_enc(v, enc);
    return true;
  }
  return load_set_var(l, v, name, value);
}

// Read the variables behind 'I'.
static bool load_vars(Load *l, Value v) {
  int64_t count;
  if (!load_count(l, &count)) return false;
  for (; count > 0; count--) {
    Sym name;
    if (!load_symbol(l, &name)) return false;
    Value value = load_value(l);
    if (val_is_exc(value)) return false;
    if (val_is_string(v) && !load_text_var(l, v, name, value)) return false;
    if (val_is_string(v) || !val_is_heap(v)) continue;
    if (!load_set_var(l, v, name, value)) return false;
  }
  return true;
}

// Read bytes as a String of a class.
static Value load_string(Load *l, ClassObj *klass, bool with_vars) {
  const char *bytes;
  size_t len;
  if (!load_bytes(l, &bytes, &len)) return VAL_EXC;
  Value v = mx_str_new(l->ec, bytes, len, ENC_BINARY);
  if (klass) {
    Value own = load_allocate(l, klass);
    if (!val_is_string(own)) return mx_raise_arg(l->ec, "dump format error (user class)");
    mx_str_append_bytes(l->ec, own, mx_str_bytes(v), len);
    mx_str_set_enc(own, ENC_BINARY);
    v = own;
  }
  load_enter(l, v);
  return with_vars && !load_vars(l, v) ? VAL_EXC : v;
}

static Value load_regexp(Load *l, bool with_vars) {
  const char *bytes;
  size_t len;
  if (!load_bytes(l, &bytes, &len)) return VAL_EXC;
  Value source = mx_str_new(l->ec, bytes, len, ENC_BINARY);
  int options = load_byte(l);
  if (options < 0) return VAL_EXC;
  uint32_t number = load_enter(l, VAL_NIL);
  if (with_vars && !load_vars(l, source)) return VAL_EXC;
  Value re = mx_regexp_new(l->ec, source, (uint32_t)options);
  if (!val_is_exc(re)) mx_ivar_copy(l->ec, source, re);
  if (val_is_exc(re) || !mx_array_set(l->ec, l->objects, number, re)) return VAL_EXC;
  return re;
}

static Value load_array(Load *l, ClassObj *klass) {
  int64_t count;
  if (!load_count(l, &count)) return VAL_EXC;
  Value v = klass ? load_allocate(l, klass) : mx_array_new(l->ec, (uint32_t)count);
  if (!val_is_array(v)) return mx_raise_arg(l->ec, "dump format error (user class)");
  load_enter(l, v);
  for (; count > 0; count--) {
    Value item = load_value(l);
    if (val_is_exc(item)) return item;
    mx_array_push(l->ec, v, item);
  }
  return v;
}

static Value load_hash(Load *l, ClassObj *klass, bool with_default) {
  int64_t count;
  if (!load_count(l, &count)) return VAL_EXC;
  bool identity = klass == l->ec->vm->cls.Hash;
  Value v = klass ? load_allocate(l, klass) : mx_hash_new(l->ec);
  if (!val_is_hash(v)) return mx_raise_arg(l->ec, "dump format error (user class)");
  if (identity) val_to_hash(v)->h.flags |= FL_HASH_IDENTITY;
  load_enter(l, v);
  for (; count > 0; count--) {
    Value key = load_value(l);
    Value value = val_is_exc(key) ? key : load_value(l);
    if (val_is_exc(value) || !mx_hash_set(l->ec, v, key, value)) return VAL_EXC;
  }
  if (!with_default) return v;
  Value fallback = load_value(l);
  if (val_is_exc(fallback)) return fallback;
  val_to_hash(v)->fallback = fallback;
  return v;
}

static Value load_float(Load *l) {
  const char *text;
  size_t len, used;
  if (!load_bytes(l, &text, &len)) return VAL_EXC;
  double n;
  if (len == 3 && memcmp(text, "nan", 3) == 0)
    n = NAN;
  else if (len >= 3 && memcmp(text + len - 3, "inf", 3) == 0)
    n = text[0] == '-' ? -INFINITY : INFINITY;
  else
    n = mx_float_parse(text, len, false, &used);
  Value v = mx_float_new(l->ec, n);
  load_enter(l, v);
  return v;
}

// Read an Integer above 31 bits, from its highest 16-bit digit on.
static Value load_big(Load *l) {
  int sign = load_byte(l);
  int64_t shorts;
  if (sign < 0 || !load_long(l, &shorts)) return VAL_EXC;
  if (shorts < 0 || (uint64_t)shorts * 2 > mx_str_len(l->source) - l->at) {
    (void)load_short(l);
    return VAL_EXC;
  }
  const unsigned char *bytes = (const unsigned char *)mx_str_bytes(l->source) + l->at;
  StrBuf hex = STRBUF_INIT;
  for (int64_t i = shorts * 2; i-- > 0;) mx_strbuf_printf(&hex, "%02x", bytes[i]);
  l->at += (size_t)shorts * 2;
  Value v = mx_int_parse(l->ec, mx_strbuf_text(&hex), hex.len, 16);
  mx_strbuf_free(&hex);
  if (val_is_undef(v)) v = val_from_fixnum(0);
  if (sign == '-') v = mx_int_neg(l->ec, v);
  load_enter(l, v);
  return v;
}

// Read the parts of a range.
static Value load_range(Load *l, uint32_t number) {
  int64_t count;
  Value first = VAL_NIL, last = VAL_NIL, exclusive = VAL_FALSE;
  if (!load_count(l, &count)) return VAL_EXC;
  for (; count > 0; count--) {
    Sym name;
    if (!load_symbol(l, &name)) return VAL_EXC;
    Value value = load_value(l);
    if (val_is_exc(value)) return value;
    const char *text = mx_support_name(l->ec, name);
    if (strcmp(text, "begin") == 0) first = value;
    if (strcmp(text, "end") == 0) last = value;
    if (strcmp(text, "excl") == 0) exclusive = value;
  }
  Value range = mx_range_new(l->ec, first, last, val_truthy(exclusive));
  if (val_is_exc(range) || !mx_array_set(l->ec, l->objects, number, range)) return VAL_EXC;
  return range;
}

// Make the empty object of a record.
static Value load_shell(Load *l, ClassObj *klass, bool is_struct) {
  MarshalRecord record = mx_marshal_record(l->ec->vm, klass);
  Value v = load_allocate(l, klass);
  if (val_is_exc(v)) return v;
  if (is_struct && record != MARSHAL_STRUCT)
    return mx_raise_type(l->ec, "class %s not a struct", mx_support_path(l->ec, klass));
  bool fits = record == (is_struct ? MARSHAL_STRUCT : MARSHAL_OBJECT) && val_is_type(v, T_OBJECT);
  return fits ? v : mx_raise_arg(l->ec, "dump format error");
}

// Read an object with variables, or a struct with members.
static Value load_object(Load *l, bool is_struct) {
  ClassObj *klass = load_class(l);
  if (!klass) return VAL_EXC;
  if (klass == l->ec->vm->cls.Range && !is_struct) return load_range(l, load_enter(l, VAL_NIL));
  Value v = load_shell(l, klass, is_struct);
  int64_t count;
  if (val_is_exc(v)) return v;
  load_enter(l, v);
  if (!load_count(l, &count)) return VAL_EXC;
  for (; count > 0; count--) {
    Sym name;
    if (!load_symbol(l, &name)) return VAL_EXC;
    Value value = load_value(l);
    if (val_is_exc(value)) return value;
    if (name == mx_sym(l->ec->vm, "mesg")) name = SYM_iv_message;
    if (name == mx_sym(l->ec->vm, "bt")) name = SYM_iv_backtrace;
    if (name == SYM_cause) name = SYM_iv_cause;
    if (is_struct) {
      Value hidden = mx_str_printf(l->ec, "@__m_%s", mx_support_name(l->ec, name));
      name = mx_str_to_sym(l->ec, hidden);
    }
    if (!load_set_var(l, v, name, value)) return VAL_EXC;
  }
  if (is_struct && mx_class_inherits(klass, l->ec->vm->cls.Data)) mx_object_freeze(l->ec, v);
  return v;
}

// Make a Rational or Complex of its two parts.
static Value load_number(Load *l, const ClassObj *klass, Value parts) {
  if (!val_is_array(parts) || mx_array_len(parts) != 2)
    return mx_raise_arg(l->ec, "marshaled number must have an array of two elements");
  Value a = mx_array_get(l->ec, parts, 0), b = mx_array_get(l->ec, parts, 1);
  if (klass == l->ec->vm->cls.Complex) return mx_complex_new(l->ec, a, b);
  if (!val_is_integer(a) || !val_is_integer(b)) return mx_raise_arg(l->ec, "invalid dump");
  return mx_rational_new(l->ec, a, b);
}

// Read an object through marshal_load.
static Value load_by_marshal_load(Load *l) {
  ClassObj *klass = load_class(l);
  if (!klass) return VAL_EXC;
  const BootClasses *cls = &l->ec->vm->cls;
  if (klass == cls->Rational || klass == cls->Complex) {
    uint32_t number = load_enter(l, VAL_NIL);
    Value parts = load_value(l);
    Value v = val_is_exc(parts) ? parts : load_number(l, klass, parts);
    if (val_is_exc(v) || !mx_array_set(l->ec, l->objects, number, v)) return VAL_EXC;
    return v;
  }
  Value v = load_allocate(l, klass);
  if (val_is_exc(v)) return v;
  load_enter(l, v);
  Value data = load_value(l);
  if (val_is_exc(data)) return data;
  Value done = mx_send_if(l->ec, v, mx_sym(l->ec->vm, "marshal_load"), 1, &data);
  if (!val_is_undef(done)) return val_is_exc(done) ? done : v;
  return mx_raise_type(l->ec, "instance of %s needs to have method 'marshal_load'",
                       mx_support_path(l->ec, klass));
}

// Read an object through its class's _load.
static Value load_by_load(Load *l, bool with_vars) {
  ClassObj *klass = load_class(l);
  const char *bytes;
  size_t len;
  if (!klass || !load_bytes(l, &bytes, &len)) return VAL_EXC;
  Value data = mx_str_new(l->ec, bytes, len, ENC_BINARY);
  if (with_vars && !load_vars(l, data)) return VAL_EXC;
  Value v = mx_send_if(l->ec, val_from_ptr(klass), mx_sym(l->ec->vm, "_load"), 1, &data);
  if (val_is_undef(v))
    return mx_raise_type(l->ec, "class %s needs to have method '_load'",
                         mx_support_path(l->ec, klass));
  if (!val_is_exc(v)) load_enter(l, v);
  return v;
}

// Read a class or module by its path.
static Value load_module(Load *l, int type) {
  const char *path;
  size_t len;
  if (!load_bytes(l, &path, &len)) return VAL_EXC;
  Value v = load_find_module(l, path, len);
  if (val_is_exc(v)) return v;
  if ((type == 'c') != val_is_type(v, T_CLASS) && type != 'M')
    return mx_raise_arg(l->ec, "%.*s does not refer to %s", (int)len, path,
                        type == 'c' ? "class" : "module");
  load_enter(l, v);
  return v;
}

// Read a link to an object.
static Value load_link(Load *l) {
  int64_t number;
  if (!load_long(l, &number)) return VAL_EXC;
  if (number < 0 || number >= mx_array_len(l->objects))
    return mx_raise_arg(l->ec, "dump format error (unlinked)");
  return mx_array_get(l->ec, l->objects, number);
}

static Value load_typed(Load *l, int type, ClassObj *klass, bool with_vars);

// Read an object and extend it by a module.
static Value load_extended(Load *l, bool with_vars) {
  ClassObj *module = load_class(l);
  int type = module ? load_byte(l) : -1;
  Value v = type < 0 ? VAL_EXC : load_typed(l, type, NULL, with_vars);
  if (val_is_exc(v)) return v;
  Value argv[] = {val_from_ptr(module)};
  return val_is_exc(mx_send(l->ec, v, mx_sym(l->ec->vm, "extend"), 1, argv)) ? VAL_EXC : v;
}

// Read an instance of a subclass of a built-in class.
static Value load_user_class(Load *l, bool with_vars) {
  ClassObj *klass = load_class(l);
  int type = klass ? load_byte(l) : -1;
  return type < 0 ? VAL_EXC : load_typed(l, type, klass, with_vars);
}

// Read what follows 'I': an object whose variables come behind it.
static Value load_with_vars(Load *l) {
  int type = load_byte(l);
  if (type < 0) return VAL_EXC;
  if (type == ':') {
    Sym name;
    l->at -= 2;
    return load_symbol(l, &name) ? val_from_sym(name) : VAL_EXC;
  }
  bool reads_own = type == '"' || type == '/' || type == 'u' || type == 'C' || type == 'e';
  Value v = load_typed(l, type, NULL, true);
  return val_is_exc(v) || reads_own || load_vars(l, v) ? v : VAL_EXC;
}

// Read numbers, nil, true, false and Symbols; VAL_UNDEF when the type is none of them.
static Value load_simple(Load *l, int type) {
  int64_t n;
  Sym sym;
  switch (type) {
  case '0': return VAL_NIL;
  case 'T': return VAL_TRUE;
  case 'F': return VAL_FALSE;
  case 'i': return load_long(l, &n) ? val_from_fixnum(n) : VAL_EXC;
  case ':': return load_new_symbol(l, false, &sym) ? val_from_sym(sym) : VAL_EXC;
  case ';': return load_symbol_link(l, &sym) ? val_from_sym(sym) : VAL_EXC;
  default: return VAL_UNDEF;
  }
}

// Read an object of a type; klass: subclass that 'C' named, or NULL.
static Value load_typed(Load *l, int type, ClassObj *klass, bool with_vars) {
  switch (type) {
  case '"': return load_string(l, klass, with_vars);
  case '/': return load_regexp(l, with_vars);
  case '[': return load_array(l, klass);
  case '{':
  case '}': return load_hash(l, klass, type == '}');
  case 'f': return load_float(l);
  case 'l': return load_big(l);
  case 'o':
  case 'S': return load_object(l, type == 'S');
  case 'U': return load_by_marshal_load(l);
  case 'u': return load_by_load(l, with_vars);
  case 'c':
  case 'm':
  case 'M': return load_module(l, type);
  case 'C': return load_user_class(l, with_vars);
  case 'e': return load_extended(l, with_vars);
  default: return mx_raise_arg(l->ec, "dump format error(0x%x)", (unsigned)type);
  }
}

// Read any value.
static Value load_value(Load *l) {
  int type = load_byte(l);
  if (type < 0) return VAL_EXC;
  if (type == '@') return load_link(l);
  Value v = load_simple(l, type);
  if (!val_is_undef(v)) return val_is_exc(v) ? v : load_done(l, v);
  if (!mx_c_stack_check(l->ec)) return VAL_EXC;
  if (++l->depth > LOAD_MAX_DEPTH) return mx_raise_arg(l->ec, "dump format error (too deep)");
  v = type == 'I' ? load_with_vars(l) : load_typed(l, type, NULL, false);
  l->depth--;
  return val_is_exc(v) ? v : load_done(l, v);
}

// Load a value from a String of bytes.
Value mx_marshal_p_load(ExecCtx *ec, Value self, Value source, Value proc, Value freeze) {
  Load l = {.ec = ec, .source = source, .proc = proc, .freeze = val_truthy(freeze)};
  l.symbols = mx_array_new(ec, 8);
  l.objects = mx_array_new(ec, 8);
  int major = load_byte(&l);
  int minor = major < 0 ? -1 : load_byte(&l);
  if (minor < 0) return VAL_EXC;
  if (major != 4 || minor > 8)
    return mx_raise_type(ec,
                         "incompatible marshal file format (can't be read)\n"
                         "\tformat version 4.8 required; %d.%d given",
                         major, minor);
  return load_value(&l);
}
