// SPDX-License-Identifier: MIT
// Marshal.dump: a value as bytes, in Ruby's format 4.8.
//
// Symbols and objects met again are links to their first place. Objects of classes of the
// language are written with all their variables; hidden ones too, so that sets and the like come
// back; members of structs are the hidden variables @__m_<name>.
#include "runtime/float.h"
#include "runtime/integer.h"
#include "runtime/range.h"
#include "runtime/rational.h"
#include "runtime/regexp.h"
#include "runtime/builtins/marshal.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/support.h"
#include <math.h>

// A dump under way.
typedef struct Dump {
  ExecCtx *ec;   // context
  StrBuf out;    // bytes so far
  Value symbols; // Hash: Symbol -> number
  Value objects; // identity Hash: object -> number
} Dump;

static bool dump_value(Dump *d, Value v, int64_t limit);

// ---- primitives of the format

// Write an integer that fits 31 bits.
static void dump_long(Dump *d, int64_t n) {
  if (n == 0) {
    mx_strbuf_add_byte(&d->out, 0);
    return;
  }
  if (n > 0 && n < 123) {
    mx_strbuf_add_byte(&d->out, (int)n + 5);
    return;
  }
  if (n < 0 && n > -124) {
    mx_strbuf_add_byte(&d->out, (int)((n - 5) & 0xff));
    return;
  }
  uint8_t bytes[4];
  int count = 0;
  int64_t rest = n;
  while (count < 4) {
    bytes[count++] = (uint8_t)(rest & 0xff);
    rest >>= 8;
    if (rest == (n < 0 ? -1 : 0)) break;
  }
  mx_strbuf_add_byte(&d->out, n < 0 ? -count & 0xff : count);
  mx_strbuf_add(&d->out, bytes, (size_t)count);
}

// Write bytes with their length.
static void dump_bytes(Dump *d, const char *bytes, size_t len) {
  dump_long(d, (int64_t)len);
  mx_strbuf_add(&d->out, bytes, len);
}

// Note an object, so that meeting it again gives a link.
static bool dump_remember(Dump *d, Value v) {
  uint32_t number = mx_hash_count(d->objects);
  return mx_hash_set(d->ec, d->objects, v, val_from_fixnum(number));
}

// Write a Symbol, or a link to it.
static void dump_symbol(Dump *d, Sym sym) {
  Value known = mx_hash_get_sym(d->symbols, sym);
  if (!val_is_undef(known)) {
    mx_strbuf_add_byte(&d->out, ';');
    dump_long(d, val_to_fixnum(known));
    return;
  }
  SymName name = mx_sym_name(&d->ec->vm->symtab, sym);
  mx_hash_set_sym(d->ec, d->symbols, sym, val_from_fixnum(mx_hash_count(d->symbols)));
  bool utf8 = name.enc == SYM_ENC_UTF8;
  if (utf8) mx_strbuf_add_byte(&d->out, 'I');
  mx_strbuf_add_byte(&d->out, ':');
  dump_bytes(d, name.bytes, name.len);
  if (!utf8) return;
  dump_long(d, 1);
  dump_symbol(d, mx_sym(d->ec->vm, "E"));
  mx_strbuf_add_byte(&d->out, 'T');
}

// The path of a class that has a name; NULL + TypeError otherwise.
static const char *dump_path(Dump *d, ClassObj *klass) {
  Value name = mx_class_name(d->ec, klass);
  if (!val_is_nil(name)) return mx_str_bytes(name);
  const char *kind = val_heap_type(val_from_ptr(klass)) == T_CLASS ? "class" : "module";
  (void)mx_raise_type(d->ec, "can't dump anonymous %s %s", kind, mx_support_path(d->ec, klass));
  return NULL;
}

// Write the path of a class as a Symbol.
static bool dump_class_symbol(Dump *d, ClassObj *klass) {
  const char *path = dump_path(d, klass);
  if (path) dump_symbol(d, mx_sym(d->ec->vm, path));
  return path != NULL;
}

// Write the modules that extend an object; a singleton class with methods cannot be dumped.
static bool dump_extensions(Dump *d, Value v) {
  ClassObj *klass = mx_class_of(d->ec->vm, v);
  if (!(klass->flags & CLASS_SINGLETON)) return true;
  if (klass->methods && klass->methods->count > 0) {
    (void)mx_raise_type(d->ec, "singleton can't be dumped");
    return false;
  }
  for (uint32_t i = 0; i < klass->includes.count; i++) {
    mx_strbuf_add_byte(&d->out, 'e');
    if (!dump_class_symbol(d, klass->includes.at[i])) return false;
  }
  return true;
}

// Write 'C' and the class for an instance of a subclass of a built-in class.
static bool dump_user_class(Dump *d, Value v, const ClassObj *base) {
  if (!dump_extensions(d, v)) return false;
  ClassObj *klass = mx_class_real(mx_class_of(d->ec->vm, v));
  if (klass == base) return true;
  mx_strbuf_add_byte(&d->out, 'C');
  return dump_class_symbol(d, klass);
}

// ---- instance variables

// What collecting variables needs.
typedef struct DumpVars {
  ExecCtx *ec;
  Value list;       // Array of name, value, name, value, ...
  bool hidden_only; // members of a struct: names @__m_<member>
  bool shown_only;  // variables that a program sees
} DumpVars;

// Note one variable.
static void dump_note_var(void *ctx, Sym name, Value value) {
  DumpVars *vars = ctx;
  const char *text = mx_support_name(vars->ec, name);
  bool member = strncmp(text, "@__m_", 5) == 0;
  if (vars->hidden_only && !member) return;
  if (vars->shown_only && mx_support_is_hidden(vars->ec, name)) return;
  Sym written = vars->hidden_only ? mx_sym(vars->ec->vm, text + 5) : name;
  mx_array_push(vars->ec, vars->list, val_from_sym(written));
  mx_array_push(vars->ec, vars->list, value);
}

// Write names and values.
static bool dump_pairs(Dump *d, Value list, int64_t limit) {
  for (uint32_t i = 0; i + 1 < mx_array_len(list); i += 2) {
    dump_symbol(d, val_to_sym(mx_array_get(d->ec, list, i)));
    if (!dump_value(d, mx_array_get(d->ec, list, i + 1), limit)) return false;
  }
  return true;
}

// Collect the variables of an object.
static Value dump_vars(Dump *d, Value v, bool members) {
  DumpVars vars = {d->ec, mx_array_new(d->ec, 8), members, false};
  mx_ivar_each(d->ec, v, dump_note_var, &vars);
  return vars.list;
}

// Collect the variables that a program gave to an Array, a Hash or a struct.
static Value dump_own_vars(Dump *d, Value v) {
  DumpVars vars = {d->ec, mx_array_new(d->ec, 0), false, true};
  mx_ivar_each(d->ec, v, dump_note_var, &vars);
  return vars.list;
}

// Write the variables of a String or Regexp, its encoding first.
static bool dump_text_vars(Dump *d, Value v, EncIndex enc, Value vars, int64_t limit) {
  ExecCtx *ec = d->ec;
  bool has_encoding = enc != ENC_BINARY;
  dump_long(d, (int64_t)mx_array_len(vars) / 2 + has_encoding);
  if (enc == ENC_UTF_8 || enc == ENC_US_ASCII) {
    dump_symbol(d, mx_sym(ec->vm, "E"));
    mx_strbuf_add_byte(&d->out, enc == ENC_UTF_8 ? 'T' : 'F');
  } else if (has_encoding) {
    const char *name = mx_enc_info(enc)->name;
    dump_symbol(d, mx_sym(ec->vm, "encoding"));
    mx_strbuf_add_byte(&d->out, '"');
    dump_bytes(d, name, strlen(name));
  }
  return dump_pairs(d, vars, limit);
}

// ---- types

static bool dump_string(Dump *d, Value v, int64_t limit) {
  Value vars = dump_vars(d, v, false);
  bool has_vars = mx_str_enc(v) != ENC_BINARY || mx_array_len(vars) > 0;
  if (has_vars) mx_strbuf_add_byte(&d->out, 'I');
  if (!dump_user_class(d, v, d->ec->vm->cls.String)) return false;
  mx_strbuf_add_byte(&d->out, '"');
  dump_bytes(d, mx_str_bytes(v), mx_str_len(v));
  return !has_vars || dump_text_vars(d, v, mx_str_enc(v), vars, limit);
}

static bool dump_regexp(Dump *d, Value v, int64_t limit) {
  const RegexpObj *re = VAL_CAST(RegexpObj, v);
  mx_strbuf_add_byte(&d->out, 'I');
  if (!dump_user_class(d, v, d->ec->vm->cls.Regexp)) return false;
  mx_strbuf_add_byte(&d->out, '/');
  dump_bytes(d, mx_str_bytes(re->source), mx_str_len(re->source));
  mx_strbuf_add_byte(&d->out, (int)(re->options & 0xff));
  return dump_text_vars(d, v, mx_str_enc(re->source), dump_own_vars(d, v), limit);
}

static bool dump_array(Dump *d, Value v, int64_t limit) {
  if (!dump_user_class(d, v, d->ec->vm->cls.Array)) return false;
  mx_strbuf_add_byte(&d->out, '[');
  dump_long(d, mx_array_len(v));
  for (uint32_t i = 0; i < mx_array_len(v); i++)
    if (!dump_value(d, mx_array_get(d->ec, v, i), limit)) return false;
  return true;
}

static bool dump_hash(Dump *d, Value v, int64_t limit) {
  const Hash *hash = val_to_hash(v);
  if (hash->h.flags & FL_HASH_PROC_DEFAULT) {
    (void)mx_raise_type(d->ec, "can't dump hash with default proc");
    return false;
  }
  if (!dump_user_class(d, v, d->ec->vm->cls.Hash)) return false;
  if (hash->h.flags & FL_HASH_IDENTITY) {
    mx_strbuf_add_byte(&d->out, 'C');
    dump_symbol(d, mx_sym(d->ec->vm, "Hash"));
  }
  mx_strbuf_add_byte(&d->out, val_is_nil(hash->fallback) ? '{' : '}');
  dump_long(d, mx_hash_count(v));
  uint32_t position = 0;
  Value key, value;
  while (mx_hash_next(v, &position, &key, &value))
    if (!dump_value(d, key, limit) || !dump_value(d, value, limit)) return false;
  return val_is_nil(hash->fallback) || dump_value(d, hash->fallback, limit);
}

// Write shortest digits with an exponent where Ruby does.
static void dump_double(Dump *d, double n) {
  char digits[17];
  StrBuf text = STRBUF_INIT;
  if (n < 0 || (n == 0 && signbit(n))) mx_strbuf_add_byte(&text, '-');
  if (n == 0) {
    mx_strbuf_add_byte(&text, '0');
  } else {
    int point, count = mx_float_digits(fabs(n), digits, &point);
    if (point < -3 || point > 15) {
      mx_strbuf_add_byte(&text, digits[0]);
      if (count > 1) mx_strbuf_printf(&text, ".%.*s", count - 1, digits + 1);
      mx_strbuf_printf(&text, "e%d", point - 1);
    } else if (point > 0) {
      mx_strbuf_add(&text, digits, (size_t)(count < point ? count : point));
      if (count < point) mx_strbuf_add_repeat(&text, '0', (size_t)(point - count));
      if (count > point) mx_strbuf_printf(&text, ".%.*s", count - point, digits + point);
    } else {
      mx_strbuf_add_str(&text, "0.");
      mx_strbuf_add_repeat(&text, '0', (size_t)-point);
      mx_strbuf_add(&text, digits, (size_t)count);
    }
  }
  dump_bytes(d, mx_strbuf_text(&text), text.len);
  mx_strbuf_free(&text);
}

static void dump_float(Dump *d, double n) {
  mx_strbuf_add_byte(&d->out, 'f');
  if (isnan(n))
    dump_bytes(d, "nan", 3);
  else if (isinf(n))
    dump_bytes(d, n < 0 ? "-inf" : "inf", n < 0 ? 4 : 3);
  else
    dump_double(d, n);
}

// Write an Integer above 31 bits: sign, 16-bit digits, the lowest first.
static void dump_big(Dump *d, Value v) {
  bool negative = mx_int_sign(v) < 0;
  uint64_t small;
  const uint64_t *limbs = &small;
  size_t count = 1;
  if (val_is_fixnum(v)) {
    int64_t n = val_to_fixnum(v);
    small = negative ? -(uint64_t)n : (uint64_t)n;
  } else {
    const BignumObj *big = VAL_CAST(BignumObj, v);
    limbs = big->limbs;
    count = (size_t)(negative ? -big->size : big->size);
  }
  size_t shorts = count * 4;
  while (shorts > 1 && (limbs[(shorts - 1) / 4] >> ((shorts - 1) % 4 * 16) & 0xffff) == 0) shorts--;
  mx_strbuf_add_byte(&d->out, 'l');
  mx_strbuf_add_byte(&d->out, negative ? '-' : '+');
  dump_long(d, (int64_t)shorts);
  mx_strbuf_add(&d->out, limbs, shorts * 2);
}

static bool dump_range(Dump *d, Value v, int64_t limit) {
  const RangeObj *range = VAL_CAST(RangeObj, v);
  mx_strbuf_add_byte(&d->out, 'o');
  if (!dump_class_symbol(d, mx_class_real(mx_class_of(d->ec->vm, v)))) return false;
  dump_long(d, 3);
  VM *vm = d->ec->vm;
  Value parts[] = {val_from_sym(mx_sym(vm, "excl")),  val_bool(val_truthy(range->exclusive)),
                   val_from_sym(mx_sym(vm, "begin")), range->first,
                   val_from_sym(mx_sym(vm, "end")),   range->last};
  return dump_pairs(d, mx_array_from(d->ec, 6, parts), limit);
}

MarshalRecord mx_marshal_record(const VM *vm, const ClassObj *klass) {
  const BootClasses *cls = &vm->cls;
  const ClassObj *with_members[] = {cls->Struct, cls->Data};
  const ClassObj *none[] = {cls->Enumerator, cls->Mutex, cls->Queue, cls->ConditionVariable,
                            cls->Dir};
  for (size_t i = 0; i < MX_COUNT_OF(with_members); i++)
    if (mx_class_inherits(klass, with_members[i])) return MARSHAL_STRUCT;
  for (size_t i = 0; i < MX_COUNT_OF(none); i++)
    if (mx_class_inherits(klass, none[i])) return MARSHAL_NONE;
  return MARSHAL_OBJECT;
}

// Is the value an instance of a Struct or Data class?
static bool dump_is_struct(Dump *d, Value v) {
  VM *vm = d->ec->vm;
  return val_is_type(v, T_OBJECT) && mx_marshal_record(vm, mx_class_of(vm, v)) == MARSHAL_STRUCT;
}

// Complain of an object that has no form in the stream.
static bool dump_refuse(Dump *d, Value v) {
  (void)mx_raise_type(d->ec, "no _dump_data is defined for class %s", mx_support_class(d->ec, v));
  return false;
}

// Variables of an exception: Ruby's names for message and backtrace, then those of the program.
static Value dump_error_vars(Dump *d, Value v) {
  VM *vm = d->ec->vm;
  Value list =
      MX_ARRAY_OF(d->ec, val_from_sym(mx_sym(vm, "mesg")), mx_ivar_get(d->ec, v, SYM_iv_message),
                  val_from_sym(mx_sym(vm, "bt")), mx_error_backtrace(d->ec, v));
  Value cause = mx_ivar_get(d->ec, v, SYM_iv_cause);
  if (!val_is_nil(cause)) {
    mx_array_push(d->ec, list, val_from_sym(SYM_cause));
    mx_array_push(d->ec, list, cause);
  }
  mx_array_concat(d->ec, list, dump_own_vars(d, v));
  return list;
}

// Write an object of a class of the language, or a struct.
static bool dump_object(Dump *d, Value v, int64_t limit) {
  ClassObj *klass = mx_class_real(mx_class_of(d->ec->vm, v));
  MarshalRecord record = mx_marshal_record(d->ec->vm, klass);
  if (record == MARSHAL_NONE) return dump_refuse(d, v);
  bool is_struct = record == MARSHAL_STRUCT;
  bool is_error = mx_class_inherits(klass, d->ec->vm->cls.Exception);
  if (!dump_extensions(d, v)) return false;
  mx_strbuf_add_byte(&d->out, is_struct ? 'S' : 'o');
  if (!dump_class_symbol(d, klass)) return false;
  Value vars = is_error ? dump_error_vars(d, v) : dump_vars(d, v, is_struct);
  dump_long(d, (int64_t)mx_array_len(vars) / 2);
  return dump_pairs(d, vars, limit);
}

// Write two parts of a number under the name of its class.
static bool dump_number(Dump *d, const char *name, Value a, Value b, int64_t limit) {
  mx_strbuf_add_byte(&d->out, 'U');
  dump_symbol(d, mx_sym(d->ec->vm, name));
  return dump_value(d, MX_ARRAY_OF(d->ec, a, b), limit);
}

// Write a class or module by its path.
static bool dump_module(Dump *d, Value v) {
  if (VAL_CAST(ClassObj, v)->flags & CLASS_SINGLETON) {
    (void)mx_raise_type(d->ec, "singleton class can't be dumped");
    return false;
  }
  const char *path = dump_path(d, VAL_CAST(ClassObj, v));
  if (!path) return false;
  mx_strbuf_add_byte(&d->out, val_is_type(v, T_CLASS) ? 'c' : 'm');
  dump_bytes(d, path, strlen(path));
  return true;
}

static bool dump_typed(Dump *d, Value v, int64_t limit);

// Write a heap object that has no dump method of its own, with variables behind it if it is of a
// type whose form has no place for them.
static bool dump_heap(Dump *d, Value v, int64_t limit) {
  bool apart = val_is_array(v) || val_is_hash(v) || dump_is_struct(d, v);
  Value vars = apart ? dump_own_vars(d, v) : VAL_NIL;
  if (!apart || mx_array_len(vars) == 0) return dump_typed(d, v, limit);
  mx_strbuf_add_byte(&d->out, 'I');
  if (!dump_typed(d, v, limit)) return false;
  dump_long(d, (int64_t)mx_array_len(vars) / 2);
  return dump_pairs(d, vars, limit);
}

// Write a heap object by its type.
static bool dump_typed(Dump *d, Value v, int64_t limit) {
  switch (val_heap_type(v)) {
  case T_STRING: return dump_string(d, v, limit);
  case T_ARRAY: return dump_array(d, v, limit);
  case T_HASH: return dump_hash(d, v, limit);
  case T_REGEXP: return dump_regexp(d, v, limit);
  case T_RANGE: return dump_range(d, v, limit);
  case T_OBJECT: return dump_object(d, v, limit);
  case T_CLASS:
  case T_MODULE: return dump_module(d, v);
  case T_RATIONAL:
    return dump_number(d, "Rational", VAL_CAST(RationalObj, v)->num, VAL_CAST(RationalObj, v)->den,
                       limit);
  case T_COMPLEX:
    return dump_number(d, "Complex", VAL_CAST(ComplexObj, v)->re, VAL_CAST(ComplexObj, v)->im,
                       limit);
  default: return dump_refuse(d, v);
  }
}

// Write what marshal_dump gives. 1 done, 0 there is no such method, -1 raised.
static int dump_by_marshal_dump(Dump *d, Value v, int64_t limit) {
  Sym method = mx_sym(d->ec->vm, "marshal_dump");
  Value data = mx_send_if(d->ec, v, method, 0, NULL);
  if (val_is_undef(data)) return 0;
  if (val_is_exc(data) || !dump_remember(d, v)) return -1;
  mx_strbuf_add_byte(&d->out, 'U');
  if (!dump_class_symbol(d, mx_class_real(mx_class_of(d->ec->vm, v)))) return -1;
  return dump_value(d, data, limit) ? 1 : -1;
}

// Write what _dump gives: a String.
static int dump_by_dump(Dump *d, Value v, int64_t limit) {
  Value argv[] = {val_from_fixnum(limit)};
  Value data = mx_send_if(d->ec, v, mx_sym(d->ec->vm, "_dump"), 1, argv);
  if (val_is_undef(data)) return 0;
  if (val_is_exc(data)) return -1;
  if (!val_is_string(data)) {
    (void)mx_raise_type(d->ec, "_dump() must return string");
    return -1;
  }
  Value vars = dump_vars(d, data, false);
  bool has_vars = mx_str_enc(data) != ENC_BINARY || mx_array_len(vars) > 0;
  if (has_vars) mx_strbuf_add_byte(&d->out, 'I');
  mx_strbuf_add_byte(&d->out, 'u');
  if (!dump_class_symbol(d, mx_class_real(mx_class_of(d->ec->vm, v)))) return -1;
  dump_bytes(d, mx_str_bytes(data), mx_str_len(data));
  if (has_vars && !dump_text_vars(d, data, mx_str_enc(data), vars, limit)) return -1;
  return dump_remember(d, v) ? 1 : -1;
}

// Write immediates; false when v is none.
static bool dump_immediate(Dump *d, Value v) {
  if (val_is_fixnum(v) && (int64_t)(int32_t)(val_to_fixnum(v) * 2) == val_to_fixnum(v) * 2) {
    mx_strbuf_add_byte(&d->out, 'i');
    dump_long(d, val_to_fixnum(v));
  } else if (val_is_symbol(v)) {
    dump_symbol(d, val_to_sym(v));
  } else if (val_is_nil(v) || v == VAL_TRUE || v == VAL_FALSE) {
    mx_strbuf_add_byte(&d->out, val_is_nil(v) ? '0' : v == VAL_TRUE ? 'T' : 'F');
  } else {
    return false;
  }
  return true;
}

// Write a number that is an object of the format; false when v is none.
static bool dump_boxed(Dump *d, Value v) {
  if (!val_is_integer(v) && !val_is_float(v)) return false;
  if (val_is_float(v))
    dump_float(d, val_to_double(v));
  else
    dump_big(d, v);
  return true;
}

// Write any value.
static bool dump_value(Dump *d, Value v, int64_t limit) {
  ExecCtx *ec = d->ec;
  if (limit == 0) {
    (void)mx_raise_arg(ec, "exceed depth limit");
    return false;
  }
  if (!mx_c_stack_check(ec)) return false;
  if (limit > 0) limit--;
  if (dump_immediate(d, v)) return true;
  Value known = mx_hash_get(ec, d->objects, v);
  if (val_is_exc(known)) return false;
  if (!val_is_undef(known)) {
    mx_strbuf_add_byte(&d->out, '@');
    dump_long(d, val_to_fixnum(known));
    return true;
  }
  bool builtin_number = val_is_integer(v) || val_is_float(v);
  if (!builtin_number) {
    int done = dump_by_marshal_dump(d, v, limit);
    if (done == 0) done = dump_by_dump(d, v, limit);
    if (done != 0) return done > 0;
  }
  if (!dump_remember(d, v)) return false;
  return dump_boxed(d, v) || dump_heap(d, v, limit);
}

// Dump a value; limit is the depth, -1 for none.
Value mx_marshal_p_dump(ExecCtx *ec, Value self, Value v, Value limit) {
  Dump d = {.ec = ec, .symbols = mx_hash_new(ec), .objects = mx_hash_new(ec)};
  val_to_hash(d.objects)->h.flags |= FL_HASH_IDENTITY;
  mx_strbuf_add(&d.out, "\x04\x08", 2);
  bool ok = dump_value(&d, v, val_to_fixnum(limit));
  Value bytes = mx_str_new(ec, mx_strbuf_text(&d.out), d.out.len, ENC_BINARY);
  mx_strbuf_free(&d.out);
  return ok ? bytes : VAL_EXC;
}
