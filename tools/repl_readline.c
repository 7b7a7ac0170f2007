// SPDX-License-Identifier: MIT
// Lines that are edited, with history and completion: the only file that knows readline.
//
// The library is loaded when the interactive mode starts, so that no other run pays for it, and
// used through its callback interface: this side waits for input, readline gets one key at a
// time. So waiting is the runtime's own: signals are answered, and other threads run.
//
// WAIVER: readline keeps its state in globals and hands its callbacks no argument of ours, so
// what they need is one static struct. A process has one terminal and one interactive mode.
// OWNERSHIP: lines and words that cross the border are malloc memory; the receiver frees them.
#include "tools/repl.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define READLINE_LIBRARY "libreadline.so.8"
#define READLINE_HISTORY ".metorex_history"
// What ends a word, for completion: ? and ! too, since few complete what they have written out.
#define READLINE_BREAKS " \t\n\"'`\\><=;|&{}()[]+-*/%^~,.:?!#"

enum { READLINE_HISTORY_MAX = 1000 }; // lines kept

typedef void (*ReadlineTake)(char *line);
typedef char *(*ReadlineEntry)(const char *text, int state);
typedef char **(*ReadlineAttempt)(const char *text, int start, int end);

// What is used of the library.
#define READLINE_TABLE(FUNCTION, VARIABLE)                                              \
  FUNCTION(void, rl_callback_handler_install, (const char *prompt, ReadlineTake taker)) \
  FUNCTION(void, rl_callback_handler_remove, (void))                                    \
  FUNCTION(void, rl_callback_read_char, (void))                                         \
  FUNCTION(void, rl_callback_sigcleanup, (void))                                        \
  FUNCTION(void, rl_free_line_state, (void))                                            \
  FUNCTION(const char *, rl_variable_value, (const char *name))                         \
  FUNCTION(char **, rl_completion_matches, (const char *text, ReadlineEntry entry))     \
  FUNCTION(void, add_history, (const char *line))                                       \
  FUNCTION(void, stifle_history, (int max))                                             \
  FUNCTION(int, read_history, (const char *path))                                       \
  FUNCTION(int, append_history, (int count, const char *path))                          \
  FUNCTION(int, history_truncate_file, (const char *path, int lines))                   \
  VARIABLE(const char *, rl_readline_name)                                              \
  VARIABLE(const char *, rl_completer_word_break_characters)                            \
  VARIABLE(ReadlineAttempt, rl_attempted_completion_function)                           \
  VARIABLE(char *, rl_line_buffer)                                                      \
  VARIABLE(int, rl_attempted_completion_over)                                           \
  VARIABLE(int, rl_completion_append_character)                                         \
  VARIABLE(int, rl_catch_signals)

// The library's functions, and where its variables are.
typedef struct ReadlineApi {
#define READLINE_POINTER(type, name, params) type(*name) params;
#define READLINE_ADDRESS(type, name) type *name;
  READLINE_TABLE(READLINE_POINTER, READLINE_ADDRESS)
#undef READLINE_POINTER
#undef READLINE_ADDRESS
} ReadlineApi;

// A row of the table: where in ReadlineApi a symbol's address belongs.
typedef struct ReadlineSymbol {
  const char *name;
  size_t offset; // bytes
} ReadlineSymbol;

static const ReadlineSymbol readline_symbols[] = {
#define READLINE_FUNCTION_ROW(type, name, params) {#name, offsetof(ReadlineApi, name)},
#define READLINE_VARIABLE_ROW(type, name) {#name, offsetof(ReadlineApi, name)},
    READLINE_TABLE(READLINE_FUNCTION_ROW, READLINE_VARIABLE_ROW)
#undef READLINE_FUNCTION_ROW
#undef READLINE_VARIABLE_ROW
};

// What the callbacks share with the functions that caused them.
static struct {
  ReadlineApi api;
  int *eof_found;         // rl_eof_found, which is new in 8.2: NULL before
  Repl *repl;             // whom completion asks
  char *line;             // the line that was read, NULL at the end of input
  bool taken;             // line is set
  ReplWords words;        // completions being handed over
  uint32_t next_word;     // the next of them
  char last[256];         // beginning of the newest line of the history: repetitions are left out
  char history[PATH_MAX]; // file of the history, "" for none
} readline_state;

// Fill the table from the library; false when it lacks something.
static bool readline_load(void) {
  const char *path = getenv("METOREX_READLINE");
  void *library = dlopen(path ? path : READLINE_LIBRARY, RTLD_NOW);
  if (!library || (path && !*path)) return false;
  for (size_t i = 0; i < MX_COUNT_OF(readline_symbols); i++) {
    void *address = dlsym(library, readline_symbols[i].name);
    if (!address) return false;
    memcpy((char *)&readline_state.api + readline_symbols[i].offset, &address, sizeof address);
  }
  readline_state.eof_found = dlsym(library, "rl_eof_found");
  return true;
}

// ---- history

// Choose the file: METOREX_HISTORY, or one in the user's home folder; none when that is empty.
static void readline_choose_history(void) {
  const char *path = getenv("METOREX_HISTORY"), *home = getenv("HOME");
  char *out = readline_state.history;
  if (path)
    snprintf(out, PATH_MAX, "%s", path);
  else if (home && *home)
    snprintf(out, PATH_MAX, "%s/" READLINE_HISTORY, home);
}

// Read the history; its file is made for the user alone.
static void readline_open_history(void) {
  const ReadlineApi *api = &readline_state.api;
  readline_choose_history();
  api->stifle_history(READLINE_HISTORY_MAX);
  if (!*readline_state.history) return;
  int fd = open(readline_state.history, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0) close(fd);
  (void)api->history_truncate_file(readline_state.history, READLINE_HISTORY_MAX);
  (void)api->read_history(readline_state.history);
}

// Put a line into the history and at once into its file: nothing is lost when the process is.
static void readline_remember(const char *line) {
  const ReadlineApi *api = &readline_state.api;
  char *last = readline_state.last;
  if (!*line || strcmp(line, last) == 0) return;
  snprintf(last, sizeof readline_state.last, "%s", line);
  api->add_history(line);
  if (*readline_state.history) (void)api->append_history(1, readline_state.history);
}

// ---- completion

// rl_compentry_func_t: hand over one word after the other.
static char *readline_next_word(const char *text, int state) {
  (void)text;
  (void)state;
  if (readline_state.next_word == readline_state.words.count) return NULL;
  return readline_state.words.at[readline_state.next_word++];
}

// rl_completion_func_t: the words that may stand in place of text.
static char **readline_attempt(const char *text, int start, int end) {
  const ReadlineApi *api = &readline_state.api;
  *api->rl_attempted_completion_over = 1; // no names of files instead
  *api->rl_completion_append_character = 0;
  readline_state.next_word = 0;
  vec_free(&readline_state.words);
  Span word = {(uint32_t)start, (uint32_t)end};
  mx_repl_complete(readline_state.repl, *api->rl_line_buffer, word, &readline_state.words);
  if (readline_state.words.count == 0) return NULL;
  return api->rl_completion_matches(text, readline_next_word);
}

// ---- lines

// rl_vcpfunc_t: a line is complete.
static void readline_take(char *line) {
  readline_state.api.rl_callback_handler_remove();
  readline_state.line = line;
  readline_state.taken = true;
}

// Load the library and the history.
bool mx_repl_open_readline(Repl *repl) {
  const ReadlineApi *api = &readline_state.api;
  if (!readline_load()) return false;
  readline_state.repl = repl;
  *api->rl_readline_name = "metorex";
  *api->rl_completer_word_break_characters = READLINE_BREAKS;
  *api->rl_attempted_completion_function = readline_attempt;
  *api->rl_catch_signals = 0; // signals are the runtime's
  readline_open_history();
  return true;
}

// Give up the line being edited.
static ReplGot readline_drop(void) {
  readline_state.api.rl_free_line_state();
  readline_state.api.rl_callback_sigcleanup();
  readline_state.api.rl_callback_handler_remove();
  return REPL_RAISED;
}

// The input ended: leave the prompt's line, which readline itself does under bracketed paste, and
// would do at every line from now on.
static ReplGot readline_end(const Repl *repl) {
  const char *paste = readline_state.api.rl_variable_value("enable-bracketed-paste");
  if (!paste || strcmp(paste, "on") != 0) mx_repl_print(repl, "\n", 1);
  if (readline_state.eof_found) *readline_state.eof_found = 0;
  return REPL_END;
}

// Read a line.
ReplGot mx_repl_read_edited(Repl *repl, const char *prompt, StrBuf *out) {
  const ReadlineApi *api = &readline_state.api;
  readline_state.taken = false;
  api->rl_callback_handler_install(prompt, readline_take);
  while (!readline_state.taken) {
    if (mx_repl_wait(repl) == REPL_RAISED) return readline_drop();
    api->rl_callback_read_char();
  }
  char *line = readline_state.line;
  if (!line) return readline_end(repl);
  mx_strbuf_add_str(out, line);
  readline_remember(line);
  free(line);
  return REPL_LINE;
}
