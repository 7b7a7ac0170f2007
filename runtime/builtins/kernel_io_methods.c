// SPDX-License-Identifier: MIT
// Kernel's functions that read and write: puts, print, p, printf, gets, ...
#include "runtime/array.h"
#include "runtime/format.h"
#include "runtime/hash.h"
#include "runtime/io.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

// $stdout
static Value kernel_stdout(ExecCtx *ec) { return mx_io_state(ec->vm)->var_out; }

// Call a method of $stdout, or write to it directly when that means the same.
Value mx_kernel_f_puts(ExecCtx *ec, Value self, int argc, const Value *argv) {
  Value out = kernel_stdout(ec);
  MethodRef ref = mx_method_find(ec->vm, mx_class_of(ec->vm, out), SYM_puts);
  bool plain =
      ref.me && ref.me->kind == METHOD_BUILTIN && ref.me->as.row->fn == (BuiltinFn)mx_io_m_puts;
  if (!plain && self != out) return mx_send(ec, out, SYM_puts, argc, argv);
  return mx_io_puts(ec, out, argc, argv) ? VAL_NIL : VAL_EXC;
}

// Kernel#print
Value mx_kernel_f_print(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return mx_io_print(ec, kernel_stdout(ec), argc, argv) ? VAL_NIL : VAL_EXC;
}

// Write what `inspect` says of a value, and a newline.
static bool kernel_p_one(ExecCtx *ec, Value v) {
  Value text = mx_inspect(ec, v);
  if (val_is_exc(text)) return false;
  text = mx_str_dup(ec, text);
  mx_str_append_bytes(ec, text, "\n", 1);
  Value out = kernel_stdout(ec);
  if (!mx_io_emit(ec, out, text)) return false;
  bool is_file = mx_io_peek(out) && mx_is_a(ec->vm, out, ec->vm->cls.File);
  return !is_file || mx_io_flush(ec, mx_io_peek(out));
}

// Kernel#p
Value mx_kernel_f_p(ExecCtx *ec, Value self, int argc, const Value *argv) {
  for (int i = 0; i < argc; i++)
    if (!kernel_p_one(ec, argv[i])) return VAL_EXC;
  if (argc == 0) return VAL_NIL;
  return argc == 1 ? argv[0] : mx_array_from(ec, argc, argv);
}

// Kernel#putc
Value mx_kernel_f_putc(ExecCtx *ec, Value self, Value a) {
  return mx_send1(ec, kernel_stdout(ec), mx_sym(ec->vm, "putc"), a);
}

// Kernel#printf: a first argument that is no String is where to write.
Value mx_kernel_f_printf(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (argc == 0) return VAL_NIL;
  Value out = kernel_stdout(ec);
  if (!val_is_string(argv[0])) {
    out = *argv++;
    argc--;
  }
  if (argc == 0) return VAL_NIL;
  Value text = mx_format(ec, argv[0], argc - 1, argv + 1);
  return val_is_exc(text) || !mx_io_emit(ec, out, text) ? VAL_EXC : VAL_NIL;
}

// Call a reading method of ARGF, or of $stdin when there are no files to read.
static Value kernel_read(ExecCtx *ec, const char *name, int argc, const Value *argv) {
  IoState *state = mx_io_state(ec->vm);
  return mx_send(ec, state->argf, mx_sym(ec->vm, name), argc, argv);
}

// Kernel#gets
Value mx_kernel_f_gets(ExecCtx *ec, Value self, int argc, const Value *argv) {
  Value line = kernel_read(ec, "gets", argc, argv);
  if (!val_is_exc(line)) ec->vm->up->set_last_line(ec, line, 0);
  return line;
}

// Kernel#readline
Value mx_kernel_f_readline(ExecCtx *ec, Value self, int argc, const Value *argv) {
  Value line = mx_kernel_f_gets(ec, self, argc, argv);
  if (!val_is_nil(line)) return line;
  return mx_raise(ec, ec->vm->cls.EOFError, "end of file reached");
}

// Kernel#readlines
Value mx_kernel_f_readlines(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return kernel_read(ec, "readlines", argc, argv);
}
