// SPDX-License-Identifier: MIT
// Which engine compiled files belong to: its version, and a digest of its sources.
//
// The digest is written at build time by tools/gen_engine_id. It keeps builds apart that have one
// version, so that no cache is ever read by another compiler than the one that filled it.
#include "bytecode/mxc_format.h"

Digest mx_mxc_engine(void) {
  return (Digest){{
#include "engine_id.inc"
  }};
}

const char *mx_mxc_version(void) { return MX_VERSION; }

Digest mx_mxc_key(const MxcSource *source) {
  // The key of a key: what else the image depends on.
  uint64_t k[2];
  Digest engine = mx_mxc_engine();
  memcpy(k, engine.bytes, sizeof k);
  k[0] ^= (uint64_t)source->dialect << 8 | source->flags;
  k[1] ^= MXC_FORMAT;
  return mx_digest_keyed(k[0], k[1], source->text, source->len);
}
