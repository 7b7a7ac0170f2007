// SPDX-License-Identifier: MIT
// Commands of the interactive mode: lines that begin with a colon and a name of the table below.
// Any other line that begins with a colon is a Symbol of the program's.
#include "runtime/string.h"
#include "runtime/upcall.h"
#include "interp/bytecode_object.h"
#include "interp/program.h"
#include "tools/repl.h"

typedef struct ReplCommand {
  const char *name;                             // without its colon
  const char *arg;                              // what the help calls the argument, "" for none
  const char *doc;                              // what it does
  bool (*run)(Repl *repl, const char *operand); // false: raised
} ReplCommand;

static bool command_help(Repl *repl, const char *operand);

// Print a text and the end of its line, unless it has one.
static void command_say(const Repl *repl, const char *text, size_t len) {
  mx_repl_print(repl, text, len);
  if (len == 0 || text[len - 1] != '\n') mx_repl_print(repl, "\n", 1);
}

// Choose the engine of what is compiled from here on.
static bool command_choose(Repl *repl, bool walker) {
  const char *text = walker ? "new code runs by walking the tree" : "new code runs as bytecode";
  mx_interp(repl->ec->vm)->options.walker = walker;
  command_say(repl, text, strlen(text));
  return true;
}

// :ast
static bool command_ast(Repl *repl, const char *operand) { return command_choose(repl, true); }

// :bytecode
static bool command_bytecode(Repl *repl, const char *operand) {
  return command_choose(repl, false);
}

// The Method that an operand names: foo, receiver.foo, or Class#foo.
static Value command_method(Repl *repl, const char *operand) {
  ExecCtx *ec = repl->ec;
  const char *name = strpbrk(operand, "#.");
  bool instance = name && *name == '#';
  Value receiver = ec->vm->main_object;
  if (name && name > operand) {
    StrBuf text = STRBUF_INIT;
    mx_strbuf_add(&text, operand, (size_t)(name - operand));
    receiver = mx_repl_eval(repl, mx_strbuf_text(&text));
    mx_strbuf_free(&text);
    if (val_is_exc(receiver)) return receiver;
    operand = name + 1;
  }
  Sym ask = mx_sym(ec->vm, instance ? "instance_method" : "method");
  return mx_send1(ec, receiver, ask, val_from_sym(mx_sym(ec->vm, operand)));
}

// :disasm NAME
static bool command_disasm(Repl *repl, const char *operand) {
  ExecCtx *ec = repl->ec;
  if (!*operand) return !val_is_exc(mx_raise_arg(ec, ":disasm needs the name of a method"));
  Value method = command_method(repl, operand);
  if (val_is_exc(method)) return false;
  Value listing = mx_bytecode_c_method_text(ec, method);
  if (val_is_nil(listing))
    return !val_is_exc(mx_raise_arg(ec, "%s is not written in the language", operand));
  if (val_is_exc(listing)) return false;
  command_say(repl, mx_str_bytes(listing), mx_str_len(listing));
  return true;
}

// :quit
static bool command_quit(Repl *repl, const char *operand) { return repl->done = true; }

static const ReplCommand command_rows[] = {
    {"ast", "", "run new code by walking the syntax tree", command_ast},
    {"bytecode", "", "run new code as bytecode", command_bytecode},
    {"disasm", "NAME", "print the bytecode of a method: name, receiver.name or Class#name",
     command_disasm},
    {"help", "", "print this help", command_help},
    {"quit", "", "leave, as exit and Ctrl-D do", command_quit},
};

// :help
static bool command_help(Repl *repl, const char *operand) {
  static const char about[] =
      "An input is evaluated when it is complete; its value is printed, and kept in _.\n"
      "Tab completes, the arrow keys recall earlier lines, Ctrl-C drops the input or stops it.\n";
  StrBuf text = STRBUF_INIT;
  for (size_t i = 0; i < MX_COUNT_OF(command_rows); i++) {
    const ReplCommand *row = &command_rows[i];
    int width = 14 - (int)strlen(row->name);
    mx_strbuf_printf(&text, ":%s %-*s %s\n", row->name, width, row->arg, row->doc);
  }
  mx_strbuf_add_str(&text, about);
  mx_repl_print(repl, text.at, text.len);
  mx_strbuf_free(&text);
  return true;
}

// Name of a command, NULL behind the last.
const char *mx_repl_command_name(size_t index) {
  return index < MX_COUNT_OF(command_rows) ? command_rows[index].name : NULL;
}

// Row of the command that a line is, or NULL.
static const ReplCommand *command_find(const char *line) {
  if (*line != ':') return NULL;
  size_t len = strcspn(line + 1, " \t\r\n");
  for (size_t i = 0; i < MX_COUNT_OF(command_rows); i++) {
    const char *name = command_rows[i].name;
    if (strlen(name) == len && strncmp(line + 1, name, len) == 0) return &command_rows[i];
  }
  return NULL;
}

// Is a line a command? One that takes no operand is none when more follows.
bool mx_repl_is_command(const char *line) {
  const ReplCommand *row = command_find(line);
  if (!row || *row->arg) return row;
  const char *rest = line + 1 + strlen(row->name);
  return rest[strspn(rest, " \t\r\n")] == 0;
}

// Obey a line that is a command.
bool mx_repl_obey(Repl *repl, const char *line) {
  const ReplCommand *row = command_find(line);
  const char *rest = line + 1 + strlen(row->name);
  rest += strspn(rest, " \t");
  StrBuf operand = STRBUF_INIT;
  mx_strbuf_add(&operand, rest, strcspn(rest, " \t\r\n"));
  bool fine = row->run(repl, mx_strbuf_text(&operand));
  mx_strbuf_free(&operand);
  return fine;
}
