// SPDX-License-Identifier: MIT
// Texts of errors: printf with %V for guest values, receivers described as Ruby 4.0 does.
#include "runtime/semantics.h"
#include "runtime/string.h"

#include <stdio.h>

enum {
  MESSAGE_SPEC_MAX = 32,       // bytes of one conversion, NUL included
  MESSAGE_INSPECT_MAX = 10000, // bytes of an inspected value; the rest is cut off
};

// One conversion of a format: its text and what its argument is.
typedef struct MessageSpec {
  char text[MESSAGE_SPEC_MAX]; // "%-5ld", NUL-terminated
  size_t len;                  // bytes of it
  int longs;                   // number of l, or 2 for z, j and t, which are as wide
  int stars;                   // arguments that give width and precision
  char conversion;             // its last character
} MessageSpec;

// Read the conversion that begins at the % of fmt.
static MessageSpec message_read_spec(const char *fmt) {
  MessageSpec spec = {0};
  do {
    char c = fmt[spec.len];
    MX_ASSERT(c && spec.len < MESSAGE_SPEC_MAX - 1, "conversion in '%s'", fmt);
    spec.text[spec.len++] = c;
    spec.longs += c == 'l' || c == 'z' || c == 'j' || c == 't';
    spec.stars += c == '*';
  } while (spec.len == 1 || strchr("-+ #0123456789.*lhzjt", spec.text[spec.len - 1]));
  spec.conversion = spec.text[spec.len - 1];
  return spec;
}

// Append v.inspect. An error in there gives way to the default text.
static void message_add_value(ExecCtx *ec, StrBuf *buf, Value v) {
  UnwindState state = mx_unwind_save(ec);
  Value text = mx_inspect(ec, v);
  if (val_is_exc(text)) text = mx_any_to_s(ec, v);
  mx_unwind_restore(ec, state);
  size_t len = mx_str_len(text);
  mx_strbuf_add(buf, mx_str_bytes(text), len < MESSAGE_INSPECT_MAX ? len : MESSAGE_INSPECT_MAX);
}

// Append a value of the conversions that take an integer.
static void message_add_integer(StrBuf *buf, const MessageSpec *spec, va_list *args) {
  int width[2] = {0, 0};
  for (int i = 0; i < spec->stars && i < 2; i++) width[i] = va_arg(*args, int);
  char text[96];
  int n = 0;
#define MESSAGE_PRINT(v)                                                     \
  (spec->stars == 0   ? snprintf(text, sizeof text, spec->text, v)           \
   : spec->stars == 1 ? snprintf(text, sizeof text, spec->text, width[0], v) \
                      : snprintf(text, sizeof text, spec->text, width[0], width[1], v))
  if (spec->longs > 0)
    n = MESSAGE_PRINT(va_arg(*args, long));
  else
    n = MESSAGE_PRINT(va_arg(*args, int));
#undef MESSAGE_PRINT
  mx_strbuf_add(buf, text, n < (int)sizeof text ? (size_t)n : sizeof text - 1);
}

// Append a C string, with an optional precision from the arguments.
static void message_add_text(StrBuf *buf, const MessageSpec *spec, va_list *args) {
  int limit = spec->stars > 0 ? va_arg(*args, int) : -1;
  const char *text = va_arg(*args, const char *);
  if (limit < 0)
    mx_strbuf_add_str(buf, text);
  else
    mx_strbuf_add(buf, text, strnlen(text, (size_t)limit));
}

// Append what one conversion gives.
static void message_add_spec(ExecCtx *ec, StrBuf *buf, const MessageSpec *spec, va_list *args) {
  switch (spec->conversion) {
  case '%': mx_strbuf_add_byte(buf, '%'); break;
  case 'V': message_add_value(ec, buf, va_arg(*args, Value)); break;
  case 's': message_add_text(buf, spec, args); break;
  case 'c': mx_strbuf_add_byte(buf, va_arg(*args, int)); break;
  case 'p': mx_strbuf_printf(buf, "%p", va_arg(*args, void *)); break;
  case 'f':
  case 'g': mx_strbuf_printf(buf, "%g", va_arg(*args, double)); break;
  default: message_add_integer(buf, spec, args);
  }
}

// Format as mx_raise does, into a String.
Value mx_format_message(ExecCtx *ec, const char *fmt, va_list args) {
  StrBuf buf = STRBUF_INIT;
  va_list rest;
  va_copy(rest, args);
  while (*fmt) {
    size_t plain = strcspn(fmt, "%");
    mx_strbuf_add(&buf, fmt, plain);
    fmt += plain;
    if (!*fmt) break;
    MessageSpec spec = message_read_spec(fmt);
    message_add_spec(ec, &buf, &spec, &rest);
    fmt += spec.len;
  }
  va_end(rest);
  return mx_str_from_buf(ec, &buf);
}

// Name of a special constant in messages, NULL for other values.
static const char *message_special(Value v) {
  if (val_is_nil(v)) return "nil";
  if (v == VAL_TRUE) return "true";
  return v == VAL_FALSE ? "false" : NULL;
}

// Describe a plain object that has a singleton class: main, or its default text.
static Value message_describe_single(ExecCtx *ec, Value v) {
  if (v == ec->vm->main_object) return mx_str_from_cstr(ec, "main");
  return mx_any_to_s(ec, v);
}

// Name of a class or module in messages: what its `name` answers, if a program has redefined that.
Value mx_error_class_name(ExecCtx *ec, ClassObj *klass) {
  Value object = val_from_ptr(klass);
  if (ec->vm->up && !mx_method_is_builtin(ec, object, SYM_name)) {
    UnwindState state = mx_unwind_save(ec);
    Value name = mx_send_if(ec, object, SYM_name, 0, NULL);
    mx_unwind_restore(ec, state);
    if (val_is_string(name)) return name;
  }
  return mx_class_path(ec, klass);
}

// Describe a receiver for messages: "nil", "an instance of Foo", "class Foo".
Value mx_describe_receiver(ExecCtx *ec, Value v) {
  const char *special = message_special(v);
  if (special) return mx_str_from_cstr(ec, special);
  ClassObj *klass = mx_class_of(ec->vm, v);
  if (val_is_type(v, T_OBJECT) && klass->flags & CLASS_SINGLETON)
    return message_describe_single(ec, v);
  const char *kind = "an instance of";
  if (val_is_type(v, T_CLASS)) kind = "class";
  if (val_is_type(v, T_MODULE)) kind = "module";
  if (val_is_class_or_module(v)) klass = VAL_CAST(ClassObj, v);
  Value path = mx_error_class_name(ec, val_is_class_or_module(v) ? klass : mx_class_real(klass));
  return mx_str_printf(ec, "%s %s", kind, mx_str_bytes(path));
}

// "no implicit conversion of X into Y", with nil, true and false spelled as such.
Value mx_raise_no_conversion(ExecCtx *ec, Value v, const char *into) {
  const char *special = message_special(v);
  if (special) return mx_raise_type(ec, "no implicit conversion of %s into %s", special, into);
  Value path = mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, v)));
  return mx_raise_type(ec, "no implicit conversion of %s into %s", mx_str_bytes(path), into);
}
