// SPDX-License-Identifier: MIT
// Encoding objects: one per row of encodings.def, made at boot, with their constants.
//
// The names external, internal, locale and filesystem mean what the process is set to; they are
// looked up after the names of encodings.
// GC: vm->encodings holds all objects; an object's payload is only its index.
#include "runtime/encoding.h"

#include "runtime/array.h"
#include "runtime/semantics.h"
#include "runtime/string.h"

#include <ctype.h>
#include <strings.h>

static const ForeignType encoding_type = {.name = "encoding", .size = sizeof(uint64_t)};

// The Encoding object of an index.
Value mx_enc_object(ExecCtx *ec, EncIndex enc) {
  return mx_array_get(ec, ec->vm->encodings, (int64_t)enc);
}

// Read the index out of an Encoding object; false when v is none.
bool mx_enc_from_object(Value v, EncIndex *out) {
  const uint64_t *payload = mx_foreign_get(v, &encoding_type);
  if (payload) *out = (EncIndex)*payload;
  return payload != NULL;
}

// Names that mean a setting of the process instead of one encoding; ENC_NONE for other names.
static EncIndex encoding_special(VM *vm, const char *name, size_t len) {
  if (len == 8 && strncasecmp(name, "internal", 8) == 0) return mx_enc_default_internal(vm);
  bool external = (len == 8 && strncasecmp(name, "external", 8) == 0) ||
                  (len == 10 && strncasecmp(name, "filesystem", 10) == 0);
  if (external) return mx_enc_default_external(vm);
  return len == 6 && strncasecmp(name, "locale", 6) == 0 ? ENC_UTF_8 : ENC_NONE;
}

// Index of an Encoding or of an encoding's name; ArgumentError for an unknown name.
bool mx_enc_from_value(ExecCtx *ec, Value v, EncIndex *out) {
  if (mx_enc_from_object(v, out)) return true;
  Value name = mx_to_str(ec, v);
  if (val_is_exc(name)) return false;
  *out = mx_enc_find(mx_str_bytes(name), mx_str_len(name));
  if (*out == ENC_NONE) *out = encoding_special(ec->vm, mx_str_bytes(name), mx_str_len(name));
  if (*out != ENC_NONE) return true;
  mx_raise_arg(ec, "unknown encoding name - %.*s", (int)mx_str_len(name), mx_str_bytes(name));
  return false;
}

// Default external encoding.
EncIndex mx_enc_default_external(VM *vm) {
  EncIndex enc;
  return mx_enc_from_object(vm->default_external, &enc) ? enc : ENC_UTF_8;
}

// Default internal encoding, ENC_NONE when there is none.
EncIndex mx_enc_default_internal(VM *vm) {
  EncIndex enc;
  return mx_enc_from_object(vm->default_internal, &enc) ? enc : ENC_NONE;
}

// Define one constant of class Encoding.
static void encoding_define(ExecCtx *ec, const char *name, Value object) {
  bool set = mx_const_set(ec, ec->vm->cls.Encoding, mx_sym(ec->vm, name), object);
  MX_ASSERT(set, "constant %s", name);
  MX_UNUSED(set);
}

// Define the constants that a name gives: upper case, and as it is with a capital in front.
static void encoding_define_names(ExecCtx *ec, const char *name, Value object) {
  char upper[32], plain[32];
  size_t len = strlen(name);
  MX_ASSERT(len < sizeof upper, "encoding name %s", name);
  for (size_t i = 0; i <= len; i++) {
    plain[i] = (char)(name[i] && !isalnum((unsigned char)name[i]) ? '_' : name[i]);
    upper[i] = (char)toupper((unsigned char)plain[i]);
  }
  plain[0] = upper[0];
  if (isdigit((unsigned char)name[0])) return;
  encoding_define(ec, upper, object);
  if (strcmp(upper, plain) != 0) encoding_define(ec, plain, object);
}

// Make the Encoding object of an index.
static Value encoding_new(ExecCtx *ec, EncIndex enc) {
  Foreign *object = mx_foreign_new(ec, ec->vm->cls.Encoding, &encoding_type);
  object->payload[0] = (uint64_t)enc;
  mx_object_freeze(ec, val_from_ptr(object));
  return val_from_ptr(object);
}

// Boot: make the Encoding objects, their constants and the defaults.
void mx_enc_boot(ExecCtx *ec) {
  EncIndex enc;
  const char *alias;
  ec->vm->encodings = mx_array_new(ec, ENC_COUNT);
  for (EncIndex e = 0; e < ENC_COUNT; e++) {
    Value object = encoding_new(ec, e);
    mx_array_push(ec, ec->vm->encodings, object);
    encoding_define_names(ec, mx_enc_info(e)->name, object);
  }
  for (size_t i = 0; (alias = mx_enc_alias(i, &enc)) != NULL; i++)
    encoding_define_names(ec, alias, mx_enc_object(ec, enc));
  ec->vm->default_external = mx_enc_object(ec, ENC_UTF_8);
}
