// SPDX-License-Identifier: MIT
// Completion: which words may stand where the cursor is.
//
// What stands before the word decides: behind a point the methods of the receiver, behind ::
// the constants of the module, at a line's first colon the commands, and else whatever the
// beginning of the word can be. Nothing with effects is run for it: a receiver is looked at only
// when it is a literal, a variable or a constant; of a call the value is not known, so that there
// are no completions behind one. What goes wrong on the way means no completions.
#include "runtime/array.h"
#include "runtime/global.h"
#include "runtime/string.h"
#include "runtime/upcall.h"
#include "tools/repl.h"

#include <stdlib.h>

// Words of the language, and those that are words in the metorex dialect alone.
static const char *const complete_keywords[] = {
#define KEYWORD(len, ID, text, state) text,
#define TOKEN(ID, text)
#define OPERATOR(ID, text, bp, assoc, method)
#define MODIFIER(ID, text, of)
#include "frontend/tokens.def"
};
static const char *const complete_metorex[] = {"continue", "match", "quote", "trait"};

// Words being collected.
typedef struct Complete {
  Repl *repl;
  const char *line;
  Span word;      // what is to be completed
  ReplWords *out; // those that begin with it
} Complete;

// May a byte stand in a name?
static bool complete_is_name(int c) {
  return c == '_' || c >= 128 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

// Offer a word if it begins with what is there.
static void complete_offer(const Complete *in, const char *word, size_t len) {
  size_t have = in->word.end - in->word.start;
  if (len < have || strncmp(word, in->line + in->word.start, have) != 0) return;
  vec_push(in->out, strndup(word, len));
}

// Offer words of a table.
static void complete_offer_table(const Complete *in, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++) complete_offer(in, words[i], strlen(words[i]));
}

// Offer what an Array of Symbols names, operators left out; a pending exception is dropped.
static void complete_offer_symbols(const Complete *in, Value names) {
  ExecCtx *ec = in->repl->ec;
  if (val_is_exc(names)) (void)mx_api_take_error(ec);
  if (!val_is_array(names)) return;
  for (uint32_t i = 0; i < mx_array_len(names); i++) {
    Value name = mx_array_get(ec, names, i);
    if (!val_is_symbol(name)) continue;
    const char *text = mx_sym_text(&ec->vm->symtab, val_to_sym(name));
    if (*text == '$' || *text == '@' || complete_is_name((uint8_t)*text))
      complete_offer(in, text, strlen(text));
  }
}

// Ask a value something with the method of a class, whatever methods of its own it has.
static Value complete_ask(const Complete *in, ClassObj *klass, Value receiver, const char *what) {
  ExecCtx *ec = in->repl->ec;
  Sym name = mx_sym(ec->vm, what);
  MethodRef ref = mx_method_find(ec->vm, klass, name);
  CallArgs args = {.flags = CALL_FCALL};
  return ref.me ? ec->vm->up->invoke(ec, receiver, ref, name, &args) : VAL_NIL;
}

// Offer what a value answers to a question of Object's or Module's.
static void complete_offer_asked(const Complete *in, Value receiver, const char *what) {
  const VM *vm = in->repl->ec->vm;
  bool of_module = val_is_class_or_module(receiver);
  ClassObj *klass = of_module ? vm->cls.Module : vm->cls.Object;
  complete_offer_symbols(in, complete_ask(in, klass, receiver, what));
}

// ---- the receiver

// Where the name or path of names begins that ends at an offset; sigils included.
static uint32_t complete_path_start(const char *line, uint32_t end) {
  uint32_t at = end;
  for (;;) {
    while (at > 0 && complete_is_name((uint8_t)line[at - 1])) at--;
    if (at < 3 || line[at - 1] != ':' || line[at - 2] != ':') break;
    at -= 2;
  }
  while (at > 0 && strchr("@$:", line[at - 1])) at--;
  return at;
}

// Is a lower-case name one that no method is called for?
static bool complete_is_plain(const Complete *in, const char *name) {
  static const char *const values[] = {"self", "nil", "true", "false"};
  ExecCtx *ec = in->repl->ec;
  for (size_t i = 0; i < MX_COUNT_OF(values); i++)
    if (strcmp(name, values[i]) == 0) return true;
  Value local = ec->vm->up->binding_get(ec, in->repl->binding, mx_sym(ec->vm, name));
  return local != VAL_UNDEF;
}

// Value of a name or path of names; VAL_UNDEF when it is not known without a call.
static Value complete_path(const Complete *in, uint32_t start, uint32_t end) {
  if (start == end || (start > 0 && in->line[start - 1] == '.')) return VAL_UNDEF;
  StrBuf path = STRBUF_INIT;
  mx_strbuf_add(&path, in->line + start, end - start);
  const char *text = mx_strbuf_text(&path);
  bool call = *text == '_' || (*text >= 'a' && *text <= 'z') || (uint8_t)*text >= 128;
  Value value = VAL_UNDEF;
  if (!call || complete_is_plain(in, text)) value = mx_repl_eval(in->repl, text);
  mx_strbuf_free(&path);
  if (!val_is_exc(value)) return value;
  (void)mx_api_take_error(in->repl->ec);
  return VAL_UNDEF;
}

// Does the bracket that ends at an offset enclose an Array, and not an index?
static bool complete_is_array(const char *line, uint32_t end) {
  uint32_t at = end;
  int depth = 0;
  do {
    at--;
    depth += (line[at] == ']') - (line[at] == '[');
  } while (at > 0 && depth > 0);
  return depth == 0 &&
         (at == 0 || !(complete_is_name((uint8_t)line[at - 1]) || strchr(")]}?!", line[at - 1])));
}

// Offer the methods of the receiver that ends at an offset.
static void complete_methods(const Complete *in, uint32_t end) {
  const VM *vm = in->repl->ec->vm;
  char last = end > 0 ? in->line[end - 1] : 0;
  ClassObj *klass = last == '"' || last == '\''                       ? vm->cls.String
                    : last == ']' && complete_is_array(in->line, end) ? vm->cls.Array
                                                                      : NULL;
  if (klass) {
    complete_offer_asked(in, val_from_ptr(klass), "instance_methods");
    return;
  }
  Value receiver = complete_path(in, complete_path_start(in->line, end), end);
  if (receiver == VAL_UNDEF) return;
  complete_offer_symbols(in, complete_ask(in, vm->cls.Object, receiver, "methods"));
}

// Offer the constants of the module whose name ends at an offset.
static void complete_constants(const Complete *in, uint32_t end) {
  Value module = complete_path(in, complete_path_start(in->line, end), end);
  if (val_is_heap(module) && val_is_class_or_module(module))
    complete_offer_asked(in, module, "constants");
}

// ---- words that have nothing before them

// Offer the commands.
static void complete_commands(const Complete *in) {
  const char *name;
  for (size_t i = 0; (name = mx_repl_command_name(i)); i++) complete_offer(in, name, strlen(name));
}

// Offer locals, words of the language, and what self answers to without a receiver.
static void complete_bare(const Complete *in) {
  ExecCtx *ec = in->repl->ec;
  complete_offer_symbols(in, ec->vm->up->binding_names(ec, in->repl->binding));
  complete_offer_table(in, complete_keywords, MX_COUNT_OF(complete_keywords));
  complete_offer_table(in, complete_metorex, MX_COUNT_OF(complete_metorex));
  complete_offer_asked(in, ec->vm->main_object, "methods");
  complete_offer_asked(in, ec->vm->main_object, "private_methods");
}

// Offer what begins like the word.
static void complete_by_beginning(const Complete *in) {
  ExecCtx *ec = in->repl->ec;
  const char *word = in->line + in->word.start;
  Value object = val_from_ptr(ec->vm->cls.Object);
  if (in->word.start == in->word.end) return;
  if (*word == '$')
    complete_offer_symbols(in, mx_global_names(ec));
  else if (word[0] == '@' && word[1] == '@')
    complete_offer_asked(in, object, "class_variables");
  else if (*word == '@')
    complete_offer_asked(in, ec->vm->main_object, "instance_variables");
  else
    complete_bare(in);
  if (*word >= 'A' && *word <= 'Z') complete_offer_asked(in, object, "constants");
}

// Words that may stand in place of line[start, end).
void mx_repl_complete(Repl *repl, const char *line, Span word, ReplWords *out) {
  Complete in = {.repl = repl, .line = line, .word = word, .out = out};
  uint32_t at = word.start;
  char before = at > 0 ? line[at - 1] : 0, further = at > 1 ? line[at - 2] : 0;
  if (before == '.' && further != '.')
    complete_methods(&in, at - (further == '&' ? 2 : 1));
  else if (before == ':' && further == ':')
    complete_constants(&in, at - 2);
  else if (before == ':' && strspn(line, " \t") == at - 1)
    complete_commands(&in);
  else
    complete_by_beginning(&in);
}
