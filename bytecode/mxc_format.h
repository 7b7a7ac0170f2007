// SPDX-License-Identifier: MIT
// Layout of compiled files; only the mxc_*.c files include this.
//
//   header | program info | sections of bodies | names | source text, NUL
//
//   section   own length: 4 bytes | max_stack once_count code constants handlers lines nested
//   nested    count, for each: kind, reference, length of info: 4 bytes, info
//   info      kind flags name start length node_id scope params
//   program   tree_flags node_count data_start encoding encoding_name lines warnings info reference
//   lines     newlines in each block of the text | for each, its place in the block: 2 bytes
//   reference start, end of the section and all below it: 4 bytes each | digest of its own bytes
//   names     end of each name: 4 bytes, counted from the first | for each: encoding, bytes
//
// Numbers of fixed size are little-endian; all others are varints, seven bits a byte, the lowest
// first. A name is 0 for none or its index plus 1; names are interned when they are met first.
// The sections of nested bodies fill exactly the space between the end of their parent's own
// bytes and the end of its reference, in order, so that sections form a tree whatever they say.
// Digests form a chain: the header's own covers it, and the digests in it cover the source, the
// program info and the names; a reference covers a section with the references in it. One more
// in the header covers all that follows it.
//
// The text comes last, so that it can stay in the file until somebody asks for it. All before it is
// the image's head.
#ifndef MX_BYTECODE_MXC_FORMAT_H
#define MX_BYTECODE_MXC_FORMAT_H

#include "bytecode/mxc.h"

// The eighth byte and the line ends show when a file went through a transfer that changes text.
#define MXC_MAGIC "\x89MXC\r\n\x1a\n"

// Offsets of the header's fields. FORMAT and MAGIC stay where they are in every version.
enum {
  MXC_AT_MAGIC = 0,
  MXC_AT_FORMAT = 8,       // MXC_FORMAT
  MXC_AT_LENGTH = 12,      // of the image, bytes
  MXC_AT_VERSION = 16,     // of the engine: text, padded with NULs
  MXC_AT_ENGINE = 32,      // digest of the engine's sources
  MXC_AT_HEADER_SUM = 48,  // digest of the header, this field being zero
  MXC_AT_IMAGE_SUM = 64,   // of all behind the header
  MXC_AT_SOURCE_SUM = 80,  // of the source text
  MXC_AT_INFO_SUM = 96,    // of the program info
  MXC_AT_NAMES_SUM = 112,  // of the names
  MXC_AT_MODULE_ID = 128,  // plan of modules: reserved
  MXC_AT_MODULE_VER = 144, // likewise
  MXC_AT_DIALECT = 148,    // Dialect
  MXC_AT_FLAGS = 152,      // MXC_*
  MXC_AT_SOURCE = 156,     // offset, then bytes
  MXC_AT_INFO = 164,       // likewise
  MXC_AT_NAMES = 172,      // likewise
  MXC_AT_NAME_COUNT = 180, // names
  MXC_HEADER = 184,        // bytes

  MXC_FORMAT = 3,        // version of this layout
  MXC_VERSION_ROOM = 16, // bytes
  MXC_REFERENCE = 24,    // bytes of a reference
  MXC_NESTED_MIN = 41,   // bytes of the smallest entry of a nested body
  MXC_SECTION_MIN = 9,   // bytes of the smallest section
  MXC_MAX_LEN = 0x7fffffff,
  MXC_MAX_DEPTH = 1100, // nested bodies; a little more than the parser takes
  MXC_CONST_DEPTH = 4,  // constants inside constants
};

// What a constant's first byte says.
typedef enum MxcConst {
  MXC_NIL,
  MXC_TRUE,
  MXC_FALSE,
  MXC_FIXNUM,   // zigzag varint
  MXC_BIGNUM,   // length, hexadecimal digits with a sign
  MXC_FLOAT,    // eight bytes
  MXC_STRING,   // encoding, length, bytes
  MXC_LITERAL,  // likewise: the one String of these bytes in the VM
  MXC_SYMBOL,   // name
  MXC_RANGE,    // exclusive, first, last
  MXC_RATIONAL, // numerator, denominator
  MXC_COMPLEX,  // real, imaginary
  MXC_ARRAY,    // count, elements
  MXC_CONST_COUNT
} MxcConst;

// How a parameter list begins.
enum { MXC_PARAMS_TRAILING = 1, MXC_PARAMS_ANNOTATED = 2, MXC_PARAMS_FOR_MANY = 4 };

// Bit of ParamSpec.destructures in the byte of its kind.
enum { MXC_PARAM_DESTRUCTURES = 0x10 };

struct MxcFile {
  const uint8_t *bytes; // the image, or its head
  uint32_t len;         // bytes of them
  const char *name;     // for messages
  const char *path;     // where the text is read from; NULL: it was there from the beginning
  MxcSource source;     // text points into the image, or is NULL until it is given
  const uint8_t *names; // the section of names
  uint32_t names_len;   // bytes
  uint32_t name_count;
  bool whole;         // the digest of the whole image was right
  Sym *syms;          // by name, SYM_NONE until it is met
  Arena arena;        // collected memory: small parts of what was read
  Chunk *root;        // the program, a stub until it is loaded
  uint32_t reference; // offset of the reference to its section
};

// The six hidden slots of a scope, in the order of the format.
typedef struct MxcSlots {
  uint32_t *at[6];
} MxcSlots;

// The hidden locals of a scope, in the order of the format.
static inline MxcSlots mxc_slots(Scope *scope) {
  return (MxcSlots){{&scope->match_slot, &scope->line_slot, &scope->rest_slot, &scope->keyrest_slot,
                     &scope->block_slot, &scope->forward_slot}};
}

// Build of this engine: images of another one are refused.
MX_FUNC Digest mx_mxc_engine(void);
// Its version, as a user knows it.
MX_FUNC const char *mx_mxc_version(void);

// Read 32 bits, the lowest byte first.
static inline uint32_t mxc_get_fixed(const uint8_t *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

// ---- mxc_get.c: reading; once something is wrong, all that is read is 0
typedef struct MxcReader {
  const uint8_t *at;  // next byte
  const uint8_t *end; // behind the last one
  const char *why;    // what is wrong, NULL while all is well
  ExecCtx *ec;
  MxcFile *file; // whose names count
} MxcReader;

// Note that something is wrong; answers 0.
MX_FUNC uint32_t mx_mxc_bad(MxcReader *r, const char *why);
// One byte.
MX_FUNC uint32_t mx_mxc_get_byte(MxcReader *r);
MX_FUNC uint64_t mx_mxc_get(MxcReader *r);   // varint
MX_FUNC uint32_t mx_mxc_get32(MxcReader *r); // varint of at most 32 bits
// Signed varint.
MX_FUNC int64_t mx_mxc_get_signed(MxcReader *r);
// Number of things that follow, each of at least so many bytes.
MX_FUNC uint32_t mx_mxc_get_count(MxcReader *r, uint32_t bytes_each);
MX_FUNC const uint8_t *mx_mxc_get_bytes(MxcReader *r, uint32_t len); // NULL when there are fewer
// Length and bytes; a NUL-terminated copy in collected memory.
MX_FUNC const char *mx_mxc_get_text(MxcReader *r);
// Length of four bytes and as many bytes; NULL when there are fewer.
MX_FUNC const uint8_t *mx_mxc_get_part(MxcReader *r, uint32_t *len);
// A name, by its number.
MX_FUNC Sym mx_mxc_get_name(MxcReader *r);
// A constant; depth: constants that it lies in.
MX_FUNC Value mx_mxc_get_const(MxcReader *r, int depth);

// ---- mxc_body.c
// A stub of what follows: kind, scope, params, name and place of a body inside the scope `parent`.
MX_FUNC Chunk *mx_mxc_get_info(MxcReader *r, const Scope *parent);

#endif
