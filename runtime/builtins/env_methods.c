// SPDX-License-Identifier: MIT
// Leaves behind ENV: the environment of the process.
#include "runtime/array.h"
#include "runtime/encoding.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

// A name or value as C text; NULL + exception.
static const char *env_text(ExecCtx *ec, Value v, const char *what) {
  Value text = mx_to_str(ec, v);
  if (val_is_exc(text)) return NULL;
  if (!mx_enc_info(mx_str_enc(text))->ascii_compat) {
    (void)mx_raise_arg(ec, "bad environment variable %s: ASCII incompatible encoding: %s", what,
                       mx_enc_info(mx_str_enc(text))->name);
    return NULL;
  }
  if (!memchr(mx_str_bytes(text), 0, mx_str_len(text))) return mx_str_bytes(text);
  (void)mx_raise_arg(ec, "bad environment variable %s: contains null byte", what);
  return NULL;
}

// A frozen String of the environment.
static Value env_string(ExecCtx *ec, const char *bytes, size_t len) {
  Value text = mx_str_new(ec, bytes, len, mx_enc_default_external(ec->vm));
  mx_object_freeze(ec, text);
  return text;
}

// Primitive.env_get(name): String or nil
Value mx_env_p_get(ExecCtx *ec, Value self, Value a) {
  const char *name = env_text(ec, a, "name");
  if (!name) return VAL_EXC;
  const char *value = getenv(name);
  return value ? env_string(ec, value, strlen(value)) : VAL_NIL;
}

// The C library looks at TZ when it is told to.
static void env_changed(const char *name) {
  if (strcmp(name, "TZ") == 0) tzset();
}

// Primitive.env_set(name, value): nil removes
Value mx_env_p_set(ExecCtx *ec, Value self, Value a, Value b) {
  const char *name = env_text(ec, a, "name");
  if (!name) return VAL_EXC;
  if (val_is_nil(b)) {
    unsetenv(name);
    env_changed(name);
    return VAL_NIL;
  }
  const char *value = env_text(ec, b, "value");
  if (!value) return VAL_EXC;
  if (setenv(name, value, 1) == 0) {
    env_changed(name);
    return b;
  }
  StrBuf detail = STRBUF_INIT;
  mx_strbuf_printf(&detail, "setenv(%s)", name);
  Value raised = mx_raise_errno(ec, errno, mx_strbuf_text(&detail));
  mx_strbuf_free(&detail);
  return raised;
}

// Primitive.env_pairs: [[name, value], ...]
Value mx_env_p_pairs(ExecCtx *ec, Value self) {
  Value pairs = mx_array_new(ec, 64);
  for (char **at = environ; *at; at++) {
    const char *equals = strchr(*at, '=');
    if (!equals) continue;
    Value name = env_string(ec, *at, (size_t)(equals - *at));
    Value value = env_string(ec, equals + 1, strlen(equals + 1));
    mx_array_push(ec, pairs, MX_ARRAY_OF(ec, name, value));
  }
  return pairs;
}
