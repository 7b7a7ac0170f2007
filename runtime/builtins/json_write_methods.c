// SPDX-License-Identifier: MIT
// Writing JSON: Metorex.json_write, the generator behind JSON.generate.
//
// Core values are written here, containers by an explicit stack, so that nesting takes no C stack.
// Everything else is asked for its to_json, as are instances of subclasses, which may have their
// own. That runs with the State (lib/json.rb), whose depth is kept true around such calls; a call
// that begins inside one goes on at that depth. Without options there is no State until somebody
// needs one.
//
// Errors are raised by the State, which knows their classes and words.
// GC: frames lie in scanned memory; the pieces of layout are Strings of our own.
#include "runtime/array.h"
#include "runtime/encoding_convert.h"
#include "runtime/float.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/params.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

#include <math.h>

enum {
  WRITE_FIRST_ROOM = 16,    // frames of the first stack
  WRITE_MAX_NESTING = 100,  // without options
  WRITE_MAX_DEPTH = 100000, // containers under way, when there is no other limit
};

// A container being written.
typedef struct WriteFrame {
  Value container;
  uint32_t next; // position of mx_hash_next, or index of the next element
  bool is_hash;
  bool any; // a part was written
} WriteFrame;

// What is written between parts; Strings.
typedef struct WriteLayout {
  Value indent, space, space_before, object_nl, array_nl;
} WriteLayout;

typedef struct JsonWrite {
  ExecCtx *ec;
  Value state;         // State, or its class while there is no need for one
  StrBuf out;          // text so far
  WriteLayout layout;  // nil: nothing
  int64_t max_nesting; // 0: no limit
  int64_t outer;       // depth of the State when the call began
  bool allow_nan;
  bool script_safe;   // escape / and the line ends of JavaScript
  bool ascii_only;    // escape all that is not ASCII
  WriteFrame *frames; // containers under way, outermost first
  uint32_t depth, room;
} JsonWrite;

// ---- the State

// The State, made now if there was none.
static Value write_state(JsonWrite *w) {
  if (val_is_type(w->state, T_CLASS)) w->state = mx_send0(w->ec, w->state, SYM_new);
  return w->state;
}

// Tell the State how deep we are.
static void write_sync_depth(JsonWrite *w, int64_t depth) {
  if (val_is_type(w->state, T_CLASS) || val_is_exc(w->state)) return;
  mx_ivar_set_hidden(w->ec, w->state, mx_sym(w->ec->vm, "@depth"), val_from_fixnum(depth));
}

// Have the State raise.
static bool write_raise(JsonWrite *w, const char *method, Value about) {
  if (val_is_exc(write_state(w))) return false;
  CallArgs args = mx_args(1, &about);
  args.flags = CALL_FCALL;
  Value raised = w->ec->vm->up->send(w->ec, w->state, mx_sym(w->ec->vm, method), &args);
  MX_UNUSED(raised);
  return false;
}

// ---- text

// What to write for each byte of a string: 0 itself, else the letter of its escape, or 'u'.
static const char write_escapes[256] = {
    ['"'] = '"',  ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r',
    ['\t'] = 't', [0x00] = 'u',  [0x01] = 'u', [0x02] = 'u', [0x03] = 'u', [0x04] = 'u',
    [0x05] = 'u', [0x06] = 'u',  [0x07] = 'u', [0x0b] = 'u', [0x0e] = 'u', [0x0f] = 'u',
    [0x10] = 'u', [0x11] = 'u',  [0x12] = 'u', [0x13] = 'u', [0x14] = 'u', [0x15] = 'u',
    [0x16] = 'u', [0x17] = 'u',  [0x18] = 'u', [0x19] = 'u', [0x1a] = 'u', [0x1b] = 'u',
    [0x1c] = 'u', [0x1d] = 'u',  [0x1e] = 'u', [0x1f] = 'u',
};

// Write \uXXXX, or two for a code point beyond 16 bits.
static void write_code(JsonWrite *w, uint32_t code) {
  if (code < 0x10000) {
    mx_strbuf_printf(&w->out, "\\u%04x", code);
    return;
  }
  code -= 0x10000;
  mx_strbuf_printf(&w->out, "\\u%04x\\u%04x", 0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF));
}

// Write the escape of a byte.
static void write_escape(JsonWrite *w, unsigned char byte, char letter) {
  if (letter == 'u') {
    write_code(w, byte);
    return;
  }
  char pair[] = {'\\', letter};
  mx_strbuf_add(&w->out, pair, sizeof pair);
}

// Write bytes with what must be escaped always.
static void write_escaped(JsonWrite *w, const char *bytes, size_t len) {
  const char *end = bytes + len, *from = bytes;
  for (const char *p = bytes; p < end; p++) {
    char letter = write_escapes[(unsigned char)*p];
    if (MX_LIKELY(letter == 0)) continue;
    mx_strbuf_add(&w->out, from, (size_t)(p - from));
    write_escape(w, (unsigned char)*p, letter);
    from = p + 1;
  }
  mx_strbuf_add(&w->out, from, (size_t)(end - from));
}

// Code point of a valid UTF-8 character of so many bytes.
static uint32_t write_decode(const char *p, size_t len) {
  uint32_t code = (unsigned char)*p & (0xFFu >> (len + 1));
  for (size_t i = 1; i < len; i++) code = code << 6 | ((unsigned char)p[i] & 0x3F);
  return code;
}

// Write valid UTF-8 character by character, with what options want escaped, too.
static void write_escaped_more(JsonWrite *w, const char *bytes, size_t len) {
  const char *end = bytes + len;
  for (size_t step; bytes < end; bytes += step) {
    step = mx_enc_step(ENC_UTF_8, bytes, end);
    uint32_t code = step == 1 ? (unsigned char)*bytes : write_decode(bytes, step);
    bool line_end = code == 0x2028 || code == 0x2029;
    if (step > 1 && (w->ascii_only || (w->script_safe && line_end)))
      write_code(w, code);
    else if (w->script_safe && *bytes == '/')
      mx_strbuf_add(&w->out, "\\/", 2);
    else
      write_escaped(w, bytes, step);
  }
}

// The String in valid UTF-8; VAL_EXC + GeneratorError, or what encode raises.
static Value write_to_utf8(JsonWrite *w, Value str) {
  if (mx_str_enc(str) != ENC_UTF_8 && !mx_str_is_ascii(str)) {
    ConvertOptions options = {.replace = VAL_NIL, .fallback = VAL_NIL};
    str = mx_str_convert(w->ec, str, mx_str_enc(str), ENC_UTF_8, &options);
    if (val_is_exc(str)) return str;
  }
  if (mx_str_content(str) != STR_BROKEN) return str;
  (void)write_raise(w, "fail_text", str);
  return VAL_EXC;
}

// Write a String with quotes.
static bool write_string(JsonWrite *w, Value str) {
  str = write_to_utf8(w, str);
  if (val_is_exc(str)) return false;
  size_t len = mx_str_len(str);
  mx_strbuf_reserve(&w->out, len + 2);
  mx_strbuf_add_byte(&w->out, '"');
  if (w->ascii_only || w->script_safe)
    write_escaped_more(w, mx_str_bytes(str), len);
  else
    write_escaped(w, mx_str_bytes(str), len);
  mx_strbuf_add_byte(&w->out, '"');
  return true;
}

// Write text as it is.
static bool write_raw(JsonWrite *w, Value str) {
  str = write_to_utf8(w, str);
  if (val_is_exc(str)) return false;
  mx_strbuf_add(&w->out, mx_str_bytes(str), mx_str_len(str));
  return true;
}

// Write a piece of the layout so many times.
static void write_piece(JsonWrite *w, Value piece, int64_t times) {
  if (val_is_nil(piece)) return;
  for (; times > 0; times--) mx_strbuf_add(&w->out, mx_str_bytes(piece), mx_str_len(piece));
}

// ---- numbers

// Write a fixnum.
static void write_fixnum(JsonWrite *w, int64_t n) {
  char text[24], *at = text + sizeof text;
  uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;
  for (; rest >= 10; rest /= 10) *--at = (char)('0' + rest % 10);
  *--at = (char)('0' + rest);
  if (n < 0) *--at = '-';
  mx_strbuf_add(&w->out, at, (size_t)(text + sizeof text - at));
}

// Write a Float.
static bool write_float(JsonWrite *w, Value v) {
  double d = val_to_double(v);
  if (!isfinite(d) && !w->allow_nan) return write_raise(w, "fail_float", v);
  mx_float_print(&w->out, d);
  return true;
}

// ---- containers

// Put a container on the stack; SystemStackError.
static bool write_push(JsonWrite *w, Value container, bool is_hash) {
  if (w->depth >= WRITE_MAX_DEPTH) return val_is_exc(mx_raise_stack_error(w->ec)), false;
  if (w->depth == w->room) {
    uint32_t room = w->room ? w->room * 2 : WRITE_FIRST_ROOM;
    WriteFrame *grown = mx_gc_alloc_words(room * sizeof(WriteFrame));
    if (w->depth) memcpy(grown, w->frames, w->depth * sizeof(WriteFrame));
    w->frames = grown;
    w->room = room;
  }
  w->frames[w->depth++] = (WriteFrame){.container = container, .is_hash = is_hash};
  if (is_hash) val_to_hash(container)->iterating++;
  return true;
}

// Take the innermost container off the stack.
static void write_pop(JsonWrite *w) {
  WriteFrame *frame = &w->frames[--w->depth];
  if (frame->is_hash) val_to_hash(frame->container)->iterating--;
  frame->container = VAL_NIL;
}

// Begin a container; NestingError.
static bool write_open(JsonWrite *w, Value container, bool is_hash) {
  if (is_hash ? mx_hash_count(container) == 0 : mx_array_len(container) == 0) {
    mx_strbuf_add(&w->out, is_hash ? "{}" : "[]", 2);
    return true;
  }
  int64_t depth = w->outer + w->depth + 1;
  if (w->max_nesting > 0 && depth > w->max_nesting)
    return write_raise(w, "fail_depth", val_from_fixnum(depth));
  mx_strbuf_add_byte(&w->out, is_hash ? '{' : '[');
  return write_push(w, container, is_hash);
}

// End the innermost container.
static void write_close(JsonWrite *w) {
  bool is_hash = w->frames[w->depth - 1].is_hash;
  write_pop(w);
  write_piece(w, is_hash ? w->layout.object_nl : w->layout.array_nl, 1);
  write_piece(w, w->layout.indent, w->outer + w->depth);
  mx_strbuf_add_byte(&w->out, is_hash ? '}' : ']');
}

// Write what stands in front of the next part of the innermost container.
static void write_separator(JsonWrite *w) {
  WriteFrame *frame = &w->frames[w->depth - 1];
  if (frame->any) mx_strbuf_add_byte(&w->out, ',');
  frame->any = true;
  write_piece(w, frame->is_hash ? w->layout.object_nl : w->layout.array_nl, 1);
  write_piece(w, w->layout.indent, w->outer + w->depth);
}

// Write a key and the colon.
static bool write_key(JsonWrite *w, Value key) {
  if (val_is_symbol(key)) key = mx_sym_to_str(w->ec, val_to_sym(key));
  if (!val_is_string(key)) key = mx_to_s(w->ec, key);
  if (val_is_exc(key) || !write_string(w, key)) return false;
  write_piece(w, w->layout.space_before, 1);
  mx_strbuf_add_byte(&w->out, ':');
  write_piece(w, w->layout.space, 1);
  return true;
}

// ---- values

// Write what a value's to_json answers.
static bool write_by_method(JsonWrite *w, Value v) {
  Value state = write_state(w);
  if (val_is_exc(state)) return false;
  write_sync_depth(w, w->outer + w->depth);
  Value text = mx_send1(w->ec, v, mx_sym(w->ec->vm, "to_json"), state);
  write_sync_depth(w, w->outer);
  if (!val_is_exc(text)) text = mx_to_str(w->ec, text);
  return !val_is_exc(text) && write_raw(w, text);
}

// Write a heap object by its type.
static bool write_heap(JsonWrite *w, Value v) {
  switch (val_heap_type(v)) {
  case T_STRING: return write_string(w, v);
  case T_HASH: return write_open(w, v, true);
  case T_ARRAY: return write_open(w, v, false);
  case T_FLOAT: return write_float(w, v);
  case T_BIGNUM: return write_raw(w, mx_int_to_s(w->ec, v, 10));
  default: return write_by_method(w, v);
  }
}

// Is a heap object an instance of a core class itself, and not of a subclass?
static bool write_is_core(VM *vm, Value v) {
  const ClassObj *klass = mx_class_of(vm, v);
  return klass == vm->cls.String || klass == vm->cls.Hash || klass == vm->cls.Array ||
         klass == vm->cls.Float || klass == vm->cls.Integer;
}

// Write a value, or begin it.
static bool write_value(JsonWrite *w, Value v, bool by_type) {
  if (val_is_fixnum(v)) return write_fixnum(w, val_to_fixnum(v)), true;
  if (val_is_flonum(v)) return write_float(w, v);
  if (val_is_heap(v))
    return by_type || write_is_core(w->ec->vm, v) ? write_heap(w, v) : write_by_method(w, v);
  if (val_is_symbol(v)) return write_string(w, mx_sym_to_str(w->ec, val_to_sym(v)));
  mx_strbuf_add_str(&w->out, v == VAL_TRUE ? "true" : v == VAL_FALSE ? "false" : "null");
  return true;
}

// Write the next part of the innermost container, or end it.
static bool write_step(JsonWrite *w) {
  WriteFrame *frame = &w->frames[w->depth - 1];
  Value key = VAL_UNDEF, value;
  if (frame->is_hash) {
    if (!mx_hash_next(frame->container, &frame->next, &key, &value)) return write_close(w), true;
  } else {
    const Array *array = val_to_array(frame->container);
    if (frame->next >= array->len) return write_close(w), true;
    value = mx_array_at(w->ec, array, frame->next++);
  }
  write_separator(w);
  return (val_is_undef(key) || write_key(w, key)) && write_value(w, value, false);
}

// Write a value and everything in it.
static bool write_document(JsonWrite *w, Value v, bool by_type) {
  bool fine = write_value(w, v, by_type);
  while (fine && w->depth > 0) fine = write_step(w);
  while (w->depth > 0) write_pop(w);
  return fine;
}

// ---- options

// Instance variable of the State.
static Value write_option(JsonWrite *w, const char *name) {
  return mx_ivar_get(w->ec, w->state, mx_sym(w->ec->vm, name));
}

// A piece of the layout: a copy, or nil when it is empty.
static Value write_option_text(JsonWrite *w, const char *name) {
  Value text = write_option(w, name);
  return val_is_string(text) && mx_str_len(text) > 0 ? mx_str_dup(w->ec, text) : VAL_NIL;
}

// Read the options of the State.
static bool write_read_state(JsonWrite *w) {
  w->layout.indent = write_option_text(w, "@indent");
  w->layout.space = write_option_text(w, "@space");
  w->layout.space_before = write_option_text(w, "@space_before");
  w->layout.object_nl = write_option_text(w, "@object_nl");
  w->layout.array_nl = write_option_text(w, "@array_nl");
  w->allow_nan = val_truthy(write_option(w, "@allow_nan"));
  w->script_safe = val_truthy(write_option(w, "@script_safe"));
  w->ascii_only = val_truthy(write_option(w, "@ascii_only"));
  return mx_to_int64(w->ec, write_option(w, "@max_nesting"), &w->max_nesting) &&
         mx_to_int64(w->ec, write_option(w, "@depth"), &w->outer);
}

// Metorex.json_write(state, value, by_type): with by_type the value itself is written by its type,
// for it is its to_json that asks.
Value mx_json_s_write(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  JsonWrite w = {.ec = ec, .state = a, .max_nesting = WRITE_MAX_NESTING};
  if (!val_is_type(a, T_CLASS) && !write_read_state(&w)) return VAL_EXC;
  bool fine = write_document(&w, b, val_truthy(c));
  if (fine) return mx_str_from_buf(ec, &w.out);
  write_sync_depth(&w, w.outer);
  mx_strbuf_free(&w.out);
  return VAL_EXC;
}
