// SPDX-License-Identifier: MIT
// What leaves of several topics share; see support.h.
#include "runtime/builtins/support.h"
#include <ctype.h>

// Give the path of a class as C text.
const char *mx_support_path(ExecCtx *ec, const ClassObj *klass) {
  return mx_str_bytes(mx_class_path(ec, (ClassObj *)klass));
}

// Give the path of a value's class as C text.
const char *mx_support_class(ExecCtx *ec, Value v) {
  return mx_support_path(ec, mx_class_real(mx_class_of(ec->vm, v)));
}

// Build the arguments of a forwarded call; argv is collected memory.
CallArgs mx_support_forward(ExecCtx *ec, Value args, Value keywords, uint32_t skip) {
  uint32_t count = mx_array_len(args);
  Value *argv = mx_gc_alloc_words((count + 1) * sizeof(Value));
  mx_array_copy_out(ec, args, argv);
  CallArgs call = {.argv = argv + skip, .argc = count - skip, .flags = 0};
  call.block = ec->vm->up->core_block(ec);
  if (val_is_hash(keywords) && mx_hash_count(keywords) > 0) {
    argv[count] = keywords;
    call.argc++;
    call.flags |= CALL_KW;
  }
  return call;
}

// Raise the error of reflection on a method that is not there.
Value mx_support_undefined_method(ExecCtx *ec, ClassObj *klass, Sym name) {
  Value of = klass->flags & CLASS_SINGLETON ? mx_class_attached(klass) : VAL_NIL;
  if (val_is_class_or_module(of)) klass = VAL_CAST(ClassObj, of);
  const char *kind = val_heap_type(val_from_ptr(klass)) == T_CLASS ? "class" : "module";
  return mx_raise_name_error(ec, val_from_ptr(klass), name, "undefined method '%s' for %s '%s'",
                             mx_support_name(ec, name), kind, mx_support_path(ec, klass));
}

// Find a method; modules see Object's methods too where `alias` and `undef` do.
MethodRef mx_support_find_method(ExecCtx *ec, ClassObj *klass, Sym name, Visibility *visibility) {
  MethodRef ref = ec->vm->up->find_method(ec, klass, name);
  if (!ref.me && klass->flags & CLASS_REFINEMENT)
    return mx_support_find_method(ec, VAL_CAST(ClassObj, mx_class_attached(klass)), name,
                                  visibility);
  if (!ref.me) return ref;
  *visibility = (Visibility)ref.me->visibility;
  while (ref.me && ref.me->kind == METHOD_ZSUPER)
    ref = mx_method_find_super(ec->vm, klass, ref.at, ref.me->original_name);
  return ref;
}

// Call the hook of a change to a method table.
bool mx_support_method_hook(ExecCtx *ec, ClassObj *klass, MethodEvent event, Sym name) {
  static const Sym own[] = {SYM_method_added, SYM_method_removed, SYM_method_undefined};
  static const Sym single[] = {SYM_singleton_method_added, SYM_singleton_method_removed,
                               SYM_singleton_method_undefined};
  bool is_singleton = klass->flags & CLASS_SINGLETON;
  Value receiver = is_singleton ? mx_class_attached(klass) : val_from_ptr(klass);
  Sym hook = is_singleton ? single[event] : own[event];
  if (mx_method_is_builtin(ec, receiver, hook)) return true;
  return !val_is_exc(mx_send1(ec, receiver, hook, val_from_sym(name)));
}

// Enter a method into a class and tell the class.
bool mx_support_method_add(ExecCtx *ec, ClassObj *klass, MethodEntry *me) {
  return mx_method_add(ec, klass, me) &&
         mx_support_method_hook(ec, klass, METHOD_EVENT_ADDED, me->name);
}

// Take a class or module argument.
ClassObj *mx_support_module(ExecCtx *ec, Value v) {
  if (val_is_class_or_module(v)) return VAL_CAST(ClassObj, v);
  (void)mx_raise_type(ec, "class or module required");
  return NULL;
}

// Is every byte from text on one that a name may go on with?
static bool support_is_word(const char *text, uint32_t len) {
  if (len == 0 || isdigit((unsigned char)text[0])) return false;
  for (uint32_t i = 0; i < len; i++) {
    unsigned char c = (unsigned char)text[i];
    if (c < 128 && !isalnum(c) && c != '_') return false;
  }
  return true;
}

// Check the form of a variable's name.
bool mx_support_is_variable_name(ExecCtx *ec, Sym name, const char *sigil) {
  SymName text = mx_sym_name(&ec->vm->symtab, name);
  size_t lead = strlen(sigil);
  if (text.len <= lead || memcmp(text.bytes, sigil, lead) != 0) return false;
  return support_is_word(text.bytes + lead, text.len - (uint32_t)lead);
}

// Check the form of a constant's name; letters beyond ASCII count as capitals.
bool mx_support_is_const_name(ExecCtx *ec, Sym name) {
  SymName text = mx_sym_name(&ec->vm->symtab, name);
  unsigned char first = (unsigned char)text.bytes[0];
  return (isupper(first) || first >= 128) && support_is_word(text.bytes, text.len);
}

// Check for the form of hidden variables.
bool mx_support_is_hidden(ExecCtx *ec, Sym name) {
  const char *text = mx_support_name(ec, name);
  return text[0] != '@' || strncmp(text, "@__", 3) == 0;
}
