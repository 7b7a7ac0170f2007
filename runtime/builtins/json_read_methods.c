// SPDX-License-Identifier: MIT
// Reading JSON: Metorex.json_read, the scanner behind JSON.parse.
//
// One pass over the bytes. Values that are complete wait on a stack until the array or object
// around them ends, which then gets its final size at once; so nesting takes no C stack and a
// text of n bytes takes O(n) time and room, however hostile.
//
//   values  [ outer's values | key | value | key | value ]     frames  [ base, is it an object ]
//
// Errors are raised by the parser object (lib/json.rb), which knows their classes and words.
// GC: `values` is scanned memory, and the key cache lies in the C frame of mx_json_s_read.
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

#include <math.h>

enum {
  READ_KEYS = 64,        // keys remembered; a power of two
  READ_FIRST_ROOM = 32,  // values and frames of the first stacks
  READ_SHORT_DIGITS = 18 // so many digits fit a fixnum
};

// An array or object that was opened.
typedef struct ReadFrame {
  uint32_t base;  // its first value on the stack of values
  bool is_object; // else an array
} ReadFrame;

typedef struct JsonRead {
  ExecCtx *ec;
  Value parser;            // asked to raise, and for decimals
  Value text;              // a String of our own, so that its bytes stay
  const char *at;          // next byte
  const char *start, *end; // of the text
  int64_t max_nesting;     // 0: no limit
  bool symbolize, allow_nan, freeze;
  Value object_class, array_class; // nil: Hash, Array
  Value decimal_class;             // nil: Float
  Value *values;                   // complete values of open containers
  uint32_t value_count, value_room;
  ReadFrame *frames; // open containers, outermost first
  uint32_t depth, frame_room;
  Value keys[READ_KEYS]; // frozen Strings by a hash of their bytes
} JsonRead;

// ---- errors

// Call a private method of the parser that raises.
static Value read_raise(JsonRead *r, const char *method, int argc, const Value *argv) {
  CallArgs args = mx_args(argc, argv);
  args.flags = CALL_FCALL;
  return r->ec->vm->up->send(r->ec, r->parser, mx_sym(r->ec->vm, method), &args);
}

// Raise ParserError about what stands at a place.
static Value read_fail_at(JsonRead *r, const char *what, const char *at) {
  Value argv[] = {mx_str_from_cstr(r->ec, what), val_from_fixnum(at - r->start)};
  return read_raise(r, "fail_at", 2, argv);
}

// Raise ParserError about what stands here.
static Value read_fail(JsonRead *r, const char *what) { return read_fail_at(r, what, r->at); }

// ---- blanks and words

// The byte here, 0 at the end.
static char read_peek(const JsonRead *r) { return r->at < r->end ? *r->at : 0; }

// Pass a comment; false when there is none, or no end of it.
static bool read_comment(JsonRead *r) {
  if (r->end - r->at < 2 || *r->at != '/') return false;
  size_t rest = (size_t)(r->end - r->at);
  if (r->at[1] == '/') {
    const char *stop = memchr(r->at, '\n', rest);
    r->at = stop ? stop + 1 : r->end;
    return true;
  }
  const char *stop = r->at[1] == '*' ? memmem(r->at + 2, rest - 2, "*/", 2) : NULL;
  if (stop) r->at = stop + 2;
  return stop != NULL;
}

// Pass blanks and comments.
static void read_space(JsonRead *r) {
  do
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r'))
      r->at++;
  while (MX_UNLIKELY(read_peek(r) == '/') && read_comment(r));
}

// Accept a byte.
static bool read_accept(JsonRead *r, char byte) {
  if (read_peek(r) != byte || r->at >= r->end) return false;
  r->at++;
  return true;
}

// Accept a word.
static bool read_accept_word(JsonRead *r, const char *word) {
  size_t len = strlen(word);
  if ((size_t)(r->end - r->at) < len || memcmp(r->at, word, len) != 0) return false;
  r->at += len;
  return true;
}

// Read a word that is a value.
static Value read_word(JsonRead *r) {
  if (read_accept_word(r, "true")) return VAL_TRUE;
  if (read_accept_word(r, "false")) return VAL_FALSE;
  if (read_accept_word(r, "null")) return VAL_NIL;
  if (r->allow_nan && read_accept_word(r, "NaN")) return mx_float_new(r->ec, (double)NAN);
  if (r->allow_nan && read_accept_word(r, "Infinity")) return mx_float_new(r->ec, (double)INFINITY);
  return read_fail(r, "unexpected token");
}

// ---- numbers

// Is it a decimal digit?
static bool read_is_digit(char c) { return c >= '0' && c <= '9'; }

// Pass digits; their number.
static size_t read_digits(JsonRead *r) {
  const char *from = r->at;
  while (r->at < r->end && read_is_digit(*r->at)) r->at++;
  return (size_t)(r->at - from);
}

// Pass a point and digits, or nothing.
static bool read_fraction(JsonRead *r) {
  if (r->end - r->at < 2 || *r->at != '.' || !read_is_digit(r->at[1])) return false;
  r->at++;
  read_digits(r);
  return true;
}

// Pass an exponent, or nothing.
static bool read_exponent(JsonRead *r) {
  const char *from = r->at;
  if ((read_peek(r) | 0x20) != 'e') return false;
  r->at++;
  if (read_peek(r) == '-' || read_peek(r) == '+') r->at++;
  if (read_digits(r) > 0) return true;
  r->at = from;
  return false;
}

// Make an Integer of a sign and digits.
static Value read_make_integer(JsonRead *r, const char *from) {
  size_t len = (size_t)(r->at - from);
  if (len > READ_SHORT_DIGITS) return mx_int_parse(r->ec, from, len, 10);
  bool negative = *from == '-';
  int64_t n = 0;
  for (const char *p = from + negative; p < r->at; p++) n = n * 10 + (*p - '0');
  return val_from_fixnum(negative ? -n : n);
}

// Make a Float of the text of a number, or what the parser's decimal_class makes of it.
static Value read_make_float(JsonRead *r, const char *from) {
  size_t used, len = (size_t)(r->at - from);
  if (val_is_nil(r->decimal_class))
    return mx_float_value(r->ec, mx_float_parse(from, len, false, &used));
  Value text = mx_str_utf8(r->ec, from, len);
  return read_raise(r, "decimal", 1, &text);
}

// Read a number.
static Value read_number(JsonRead *r) {
  const char *from = r->at;
  if (r->allow_nan && read_accept_word(r, "-Infinity"))
    return mx_float_new(r->ec, -(double)INFINITY);
  if (*r->at == '-') r->at++;
  if (read_peek(r) == '0') {
    r->at++;
  } else if (read_digits(r) == 0) {
    return read_fail_at(r, "unexpected token", from);
  }
  bool fraction = read_fraction(r), exponent = read_exponent(r);
  return fraction || exponent ? read_make_float(r, from) : read_make_integer(r, from);
}

// ---- strings

// The bytes between quotes.
typedef struct ReadText {
  const char *bytes;
  size_t len;
  bool escaped; // there are backslashes
  bool ascii;   // there are no bytes above 127
} ReadText;

// Can the byte stand in a string as it is, with nothing to do?
static bool read_is_plain(unsigned char c) { return c != '"' && c != '\\' && c >= 0x20; }

// Find the end of a string whose quote is here.
static bool read_span(JsonRead *r, ReadText *text) {
  const char *p = r->at + 1;
  unsigned char all = 0;
  *text = (ReadText){.bytes = p};
  for (; p < r->end; p++) {
    unsigned char c = (unsigned char)*p;
    all |= c;
    if (MX_LIKELY(read_is_plain(c))) continue;
    if (c != '\\' || p + 1 >= r->end || (unsigned char)p[1] < 0x20) break;
    text->escaped = true;
    all |= (unsigned char)*++p;
  }
  if (p >= r->end || *p != '"') return false;
  text->len = (size_t)(p - text->bytes);
  text->ascii = all < 0x80;
  r->at = p + 1;
  return true;
}

// Value of four hexadecimal digits, -1 when they are none.
static int32_t read_hex4(const char *p, const char *end) {
  int32_t code = 0;
  if (end - p < 4) return -1;
  for (int i = 0; i < 4; i++) {
    char c = p[i], low = (char)(c | 0x20);
    if (read_is_digit(c))
      code = code << 4 | (c - '0');
    else if (low >= 'a' && low <= 'f')
      code = code << 4 | (low - 'a' + 10);
    else
      return -1;
  }
  return code;
}

// Write a code point as UTF-8, a lone surrogate in its three-byte form; the bytes written.
static size_t read_put_utf8(char *to, uint32_t code) {
  size_t len = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  for (size_t i = len; i-- > 1; code >>= 6) to[i] = (char)(0x80 | (code & 0x3F));
  to[0] = (char)(lead[len] | code);
  return len;
}

// Read the code behind \u, with the second half of a pair; NULL when it is none.
static const char *read_code(const char *p, const char *end, uint32_t *code) {
  int32_t unit = read_hex4(p, end);
  if (unit < 0) return NULL;
  *code = (uint32_t)unit;
  p += 4;
  bool pair = (unit & 0xFC00) == 0xD800 && end - p >= 6 && p[0] == '\\' && p[1] == 'u';
  int32_t low = pair ? read_hex4(p + 2, end) : -1;
  if (low < 0 || (low & 0xFC00) != 0xDC00) return p;
  *code = 0x10000 + ((uint32_t)(unit & 0x3FF) << 10) + (uint32_t)(low & 0x3FF);
  return p + 6;
}

// The byte that an escape of one letter stands for; letters without a meaning are themselves.
static char read_letter(char c) {
  switch (c) {
  case 'b': return '\b';
  case 'f': return '\f';
  case 'n': return '\n';
  case 'r': return '\r';
  case 't': return '\t';
  default: return c;
  }
}

// Write the bytes that a span with escapes stands for, which are no more than the span has.
// The end of what was written; NULL + ParserError.
static char *read_unescape(JsonRead *r, const ReadText *text, char *to) {
  const char *p = text->bytes, *end = p + text->len;
  while (p < end) {
    const char *stop = memchr(p, '\\', (size_t)(end - p));
    size_t plain = (size_t)((stop ? stop : end) - p);
    memcpy(to, p, plain);
    to += plain;
    if (!stop) return to;
    p = stop + 2;
    if (stop[1] != 'u') {
      *to++ = read_letter(stop[1]);
      continue;
    }
    uint32_t code;
    p = read_code(p, end, &code);
    if (!p)
      return (void)read_fail_at(r, "incomplete unicode character escape sequence", stop), NULL;
    to += read_put_utf8(to, code);
  }
  return to;
}

// Make a String of a span.
static Value read_make_text(JsonRead *r, const ReadText *text) {
  if (!text->escaped) {
    Value plain = mx_str_utf8(r->ec, text->bytes, text->len);
    if (text->ascii) mx_str_set_content(plain, STR_ASCII);
    return plain;
  }
  Value str = mx_str_utf8(r->ec, NULL, text->len);
  char *stop = read_unescape(r, text, mx_str_bytes(str));
  if (!stop) return VAL_EXC;
  mx_str_resize(r->ec, str, (size_t)(stop - mx_str_bytes(str)));
  return str;
}

// Read a string that is a value.
static Value read_text(JsonRead *r) {
  ReadText text;
  if (!read_span(r, &text)) return read_fail(r, "unexpected token");
  return read_make_text(r, &text);
}

// Place of a short key in the cache.
static uint32_t read_key_place(const ReadText *text) {
  uint64_t word = 0;
  memcpy(&word, text->bytes, text->len < sizeof word ? text->len : sizeof word);
  word ^= (uint64_t)(unsigned char)text->bytes[text->len - 1] << 32 ^ text->len;
  return (uint32_t)((word * 0x9E3779B97F4A7C15u) >> 40) & (READ_KEYS - 1);
}

// Is the String one of these bytes?
static bool read_is_key(Value key, const ReadText *text) {
  return val_is_string(key) && mx_str_len(key) == text->len &&
         memcmp(mx_str_bytes(key), text->bytes, text->len) == 0;
}

// Make the frozen String of a key, or find the one that was made for the same bytes.
static Value read_make_key(JsonRead *r, const ReadText *text) {
  bool cached = !text->escaped && text->len > 0 && text->len <= STR_INLINE_MAX;
  Value *place = cached ? &r->keys[read_key_place(text)] : NULL;
  if (place && read_is_key(*place, text)) return *place;
  Value key = read_make_text(r, text);
  if (val_is_exc(key)) return key;
  if (r->symbolize) return val_from_sym(mx_str_to_sym(r->ec, key));
  if (!val_is_nil(r->object_class)) return key;
  mx_object_freeze(r->ec, key);
  if (place) *place = key;
  return key;
}

// ---- containers

// Put a value on the stack.
static void read_push(JsonRead *r, Value v) {
  if (r->value_count == r->value_room) {
    uint32_t room = r->value_room ? r->value_room * 2 : READ_FIRST_ROOM;
    Value *grown = mx_gc_alloc_words(room * sizeof(Value));
    if (r->value_count) memcpy(grown, r->values, r->value_count * sizeof(Value));
    r->values = grown;
    r->value_room = room;
  }
  r->values[r->value_count++] = v;
}

// Read a key and the colon behind it and put the key on the stack.
static bool read_key(JsonRead *r) {
  ReadText text;
  if (read_peek(r) != '"') return val_is_exc(read_fail(r, "expected object key")), false;
  if (!read_span(r, &text)) return val_is_exc(read_fail(r, "unexpected token")), false;
  Value key = read_make_key(r, &text);
  if (val_is_exc(key)) return false;
  read_push(r, key);
  read_space(r);
  if (!read_accept(r, ':')) return val_is_exc(read_fail(r, "expected ':' after object key")), false;
  read_space(r);
  return true;
}

// Make an object of a class by `method` for every `step` values.
static Value read_fill(JsonRead *r, Value klass, const char *method, const ReadFrame *frame) {
  Value made = mx_send0(r->ec, klass, SYM_new);
  Sym name = mx_sym(r->ec->vm, method);
  int step = frame->is_object ? 2 : 1;
  for (uint32_t i = frame->base; !val_is_exc(made) && i < r->value_count; i += (uint32_t)step)
    if (val_is_exc(mx_send(r->ec, made, name, step, r->values + i))) return VAL_EXC;
  return made;
}

// Make a Hash of the values on top of the stack.
static Value read_make_hash(JsonRead *r, const ReadFrame *frame) {
  if (!val_is_nil(r->object_class)) return read_fill(r, r->object_class, "[]=", frame);
  Value hash = mx_hash_new(r->ec);
  uint32_t pairs = (r->value_count - frame->base) / 2;
  if (pairs) mx_hash_reserve(r->ec, hash, pairs);
  for (uint32_t i = frame->base; i < r->value_count; i += 2)
    if (!mx_hash_set(r->ec, hash, r->values[i], r->values[i + 1])) return VAL_EXC;
  return hash;
}

// Make an Array of the values on top of the stack.
static Value read_make_array(JsonRead *r, const ReadFrame *frame) {
  if (!val_is_nil(r->array_class)) return read_fill(r, r->array_class, "<<", frame);
  return mx_array_from(r->ec, r->value_count - frame->base, r->values + frame->base);
}

// A value is complete.
static Value read_done(JsonRead *r, Value v) {
  if (!r->freeze || val_is_exc(v) || !val_is_heap(v)) return v;
  if (!val_is_type(v, T_OBJECT)) return mx_object_freeze(r->ec, v), v;
  return mx_send0(r->ec, v, mx_sym(r->ec->vm, "freeze"));
}

// The innermost container ends: make it of its values.
static Value read_close(JsonRead *r) {
  ReadFrame frame = r->frames[--r->depth];
  Value made = frame.is_object ? read_make_hash(r, &frame) : read_make_array(r, &frame);
  // Nothing may hold on to what the stack has dropped.
  for (uint32_t i = frame.base; i < r->value_count; i++) r->values[i] = VAL_NIL;
  r->value_count = frame.base;
  return read_done(r, made);
}

// Note that a container begins; NestingError.
static bool read_open(JsonRead *r, bool is_object) {
  if (r->max_nesting > 0 && r->depth >= r->max_nesting) {
    Value depth = val_from_fixnum((int64_t)r->depth + 1);
    return val_is_exc(read_raise(r, "fail_depth", 1, &depth)), false;
  }
  if (r->depth == r->frame_room) {
    uint32_t room = r->frame_room ? r->frame_room * 2 : READ_FIRST_ROOM;
    ReadFrame *grown = mx_gc_alloc_atomic(room * sizeof(ReadFrame));
    if (r->depth) memcpy(grown, r->frames, r->depth * sizeof(ReadFrame));
    r->frames = grown;
    r->frame_room = room;
  }
  r->frames[r->depth++] = (ReadFrame){.base = r->value_count, .is_object = is_object};
  r->at++;
  read_space(r);
  return true;
}

// Read what begins here: a complete value, or VAL_UNDEF when it is a container that goes on.
static Value read_start(JsonRead *r) {
  switch (read_peek(r)) {
  case '{':
    if (!read_open(r, true)) return VAL_EXC;
    if (read_accept(r, '}')) return read_close(r);
    return read_key(r) ? VAL_UNDEF : VAL_EXC;
  case '[':
    if (!read_open(r, false)) return VAL_EXC;
    return read_accept(r, ']') ? read_close(r) : VAL_UNDEF;
  case '"': return read_done(r, read_text(r));
  case '-':
  case '0' ... '9': return read_done(r, read_number(r));
  default: return read_done(r, read_word(r));
  }
}

// Add a value to the innermost container: VAL_UNDEF when it goes on, itself when it ends.
static Value read_add(JsonRead *r, Value v) {
  bool is_object = r->frames[r->depth - 1].is_object;
  read_push(r, v);
  read_space(r);
  if (read_accept(r, is_object ? '}' : ']')) return read_close(r);
  if (!read_accept(r, ','))
    return read_fail(r, is_object ? "expected ',' or '}' after object value"
                                  : "expected ',' or ']' after array value");
  read_space(r);
  return !is_object || read_key(r) ? VAL_UNDEF : VAL_EXC;
}

// Read the whole text.
static Value read_document(JsonRead *r) {
  read_space(r);
  for (;;) {
    Value v = read_start(r);
    while (!val_is_undef(v)) {
      if (val_is_exc(v)) return v;
      if (r->depth == 0) {
        read_space(r);
        return r->at < r->end ? read_fail(r, "unexpected token") : v;
      }
      v = read_add(r, v);
    }
  }
}

// Metorex.json_read(parser, text, max_nesting, [symbolize, allow_nan, freeze, object_class,
// array_class, decimal_class])
Value mx_json_s_read(ExecCtx *ec, Value self, Value a, Value b, Value c, Value d) {
  Value text = mx_to_str(ec, b), options = mx_to_ary(ec, d);
  int64_t limit;
  if (val_is_exc(text) || val_is_exc(options) || !mx_to_int64(ec, c, &limit)) return VAL_EXC;
  text = mx_str_dup(ec, text);
  const char *bytes = mx_str_bytes(text);
  JsonRead r = {.ec = ec,
                .parser = a,
                .text = text,
                .at = bytes,
                .start = bytes,
                .end = bytes + mx_str_len(text),
                .max_nesting = limit,
                .symbolize = val_truthy(mx_array_get(ec, options, 0)),
                .allow_nan = val_truthy(mx_array_get(ec, options, 1)),
                .freeze = val_truthy(mx_array_get(ec, options, 2)),
                .object_class = mx_array_get(ec, options, 3),
                .array_class = mx_array_get(ec, options, 4),
                .decimal_class = mx_array_get(ec, options, 5)};
  return read_document(&r);
}
