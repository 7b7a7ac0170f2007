// SPDX-License-Identifier: MIT
// Lines as the terminal gives them: what the interactive mode uses where readline is missing.
#include "runtime/io.h"
#include "tools/repl.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

// Wait until there is something to read.
ReplGot mx_repl_wait(Repl *repl) {
  if (repl->ec->poll && !mx_io_interrupted(repl->ec)) return REPL_RAISED;
  return mx_io_wait(repl->ec, STDIN_FILENO, POLLIN, -1) < 0 ? REPL_RAISED : REPL_LINE;
}

// Move the first line of what was read ahead to out; false when no line is complete.
static bool line_take(Repl *repl, StrBuf *out) {
  const char *text = mx_strbuf_text(&repl->ahead);
  const char *end = memchr(text, '\n', repl->ahead.len);
  if (!end) return false;
  size_t len = (size_t)(end - text);
  mx_strbuf_add(out, text, len);
  memmove(repl->ahead.at, end + 1, repl->ahead.len - len - 1);
  mx_strbuf_truncate(&repl->ahead, repl->ahead.len - len - 1);
  return true;
}

// The input ended: leave the prompt's line.
static ReplGot line_end(const Repl *repl) {
  mx_repl_print(repl, "\n", 1);
  return REPL_END;
}

// Read a line. Of one that is cut off by the end of input the rest comes first, then the end.
ReplGot mx_repl_read_plain(Repl *repl, const char *prompt, StrBuf *out) {
  mx_repl_print(repl, prompt, strlen(prompt));
  while (!line_take(repl, out)) {
    char chunk[4096];
    ReplGot ready = mx_repl_wait(repl);
    if (ready == REPL_RAISED) mx_strbuf_truncate(&repl->ahead, 0);
    if (ready == REPL_RAISED) return ready;
    ssize_t got = read(STDIN_FILENO, chunk, sizeof chunk);
    if (got > 0) {
      mx_strbuf_add(&repl->ahead, chunk, (size_t)got);
    } else if (got == 0 || errno != EINTR) {
      if (repl->ahead.len == 0) return line_end(repl);
      mx_strbuf_add_byte(&repl->ahead, '\n');
    }
  }
  return REPL_LINE;
}
