// SPDX-License-Identifier: MIT
// Talking to `ruby`, which runs oracle.rb: programs go there, outcomes come back.
#include "tests/fuzz/outcome.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The child: become ruby.
static void oracle_become(const char *script, int in, int out) {
  dup2(in, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  execlp("ruby", "ruby", "--disable=gems", "-W0", script, (char *)NULL);
  _exit(127);
}

void oracle_open(Oracle *oracle, const char *script) {
  int in[2], out[2];
  if (pipe(in) < 0 || pipe(out) < 0) abort();
  if (fork() == 0) {
    close(in[1]);
    close(out[0]);
    oracle_become(script, in[0], out[1]);
  }
  close(in[0]);
  close(out[1]);
  oracle->to = in[1];
  oracle->from = fdopen(out[0], "r");
}

// Write all bytes.
static bool oracle_write(int to, const char *bytes, size_t len) {
  while (len > 0) {
    ssize_t done = write(to, bytes, len);
    if (done <= 0) return false;
    bytes += done;
    len -= (size_t)done;
  }
  return true;
}

bool oracle_run(const Oracle *oracle, const char *text, Outcome *outcome) {
  char head[32];
  size_t size = 0;
  *outcome = (Outcome){0};
  int len = snprintf(head, sizeof head, "%zu\n", strlen(text));
  if (!oracle_write(oracle->to, head, (size_t)len)) return false;
  if (!oracle_write(oracle->to, text, strlen(text))) return false;
  if (!fgets(head, sizeof head, oracle->from)) return false;
  if (sscanf(head, "%d %zu", &outcome->status, &size) != 2) return false;
  mx_strbuf_add_repeat(&outcome->out, 0, size);
  return size == 0 || fread(outcome->out.at, 1, size, oracle->from) == size;
}
