// SPDX-License-Identifier: MIT
// Formats of Array#pack and String#unpack, read directive by directive.
#include "runtime/builtins/pack_format.h"

#include <ctype.h>
#include <limits.h>

// What the letters of numbers mean; order is 0 native, 'b' big, 'l' little.
typedef struct PackNumber {
  char letter;         // directive
  uint8_t size;        // bytes
  uint8_t native_size; // bytes with _ or !
  bool is_signed;      // two's complement
  bool is_float;       // IEEE 754
  char order;          // of its bytes
} PackNumber;

static const PackNumber pack_numbers[] = {
    {'C', 1, 1, false, false, 0},   {'c', 1, 1, true, false, 0},    {'S', 2, 2, false, false, 0},
    {'s', 2, 2, true, false, 0},    {'I', 4, 4, false, false, 0},   {'i', 4, 4, true, false, 0},
    {'L', 4, 8, false, false, 0},   {'l', 4, 8, true, false, 0},    {'Q', 8, 8, false, false, 0},
    {'q', 8, 8, true, false, 0},    {'J', 8, 8, false, false, 0},   {'j', 8, 8, true, false, 0},
    {'n', 2, 2, false, false, 'b'}, {'N', 4, 4, false, false, 'b'}, {'v', 2, 2, false, false, 'l'},
    {'V', 4, 4, false, false, 'l'}, {'D', 8, 8, true, true, 0},     {'d', 8, 8, true, true, 0},
    {'F', 4, 4, true, true, 0},     {'f', 4, 4, true, true, 0},     {'E', 8, 8, true, true, 'l'},
    {'e', 4, 4, true, true, 'l'},   {'G', 8, 8, true, true, 'b'},   {'g', 4, 4, true, true, 'b'},
};

// Row of a letter, NULL when it is no number.
static const PackNumber *pack_number(char letter) {
  for (size_t i = 0; i < MX_COUNT_OF(pack_numbers); i++)
    if (pack_numbers[i].letter == letter) return &pack_numbers[i];
  return NULL;
}

// Skip blanks and comments.
static void pack_skip(PackFormat *f) {
  while (f->p < f->end) {
    if (*f->p == '#') {
      while (f->p < f->end && *f->p != '\n') f->p++;
    } else if (isspace((unsigned char)*f->p)) {
      f->p++;
    } else {
      return;
    }
  }
}

// Read _ ! < > behind a letter.
static bool pack_modifiers(ExecCtx *ec, PackFormat *f, const PackNumber *number, PackItem *item) {
  bool native = false, ordered = false;
  for (; f->p < f->end && *f->p && strchr("_!<>", *f->p); f->p++) {
    char c = *f->p;
    if (!strchr("sSiIlLqQjJ", item->type)) {
      mx_raise_arg(ec, "'%c' allowed only after types sSiIlLqQjJ", c);
      return false;
    }
    if ((c == '<' || c == '>') && ordered) {
      mx_raise_range(ec, "Can't use both '<' and '>'");
      return false;
    }
    if (c == '_' || c == '!')
      native = true;
    else
      ordered = true, item->big = c == '>';
  }
  if (native && number) item->size = number->native_size;
  return true;
}

// Read a count or *.
static bool pack_count(ExecCtx *ec, PackFormat *f, PackItem *item) {
  if (f->p < f->end && *f->p == '*') {
    item->star = true;
    f->p++;
    return true;
  }
  if (f->p == f->end || !isdigit((unsigned char)*f->p)) return true;
  item->has_count = true;
  for (item->count = 0; f->p < f->end && isdigit((unsigned char)*f->p); f->p++) {
    if (item->count > (INT64_MAX - 9) / 10) {
      mx_raise_range(ec, "pack length too big");
      return false;
    }
    item->count = item->count * 10 + (*f->p - '0');
  }
  return true;
}

// Read the next directive.
int mx_pack_next(ExecCtx *ec, PackFormat *f, const char *verb, PackItem *item) {
  pack_skip(f);
  if (f->p == f->end) return 0;
  *item = (PackItem){.type = *f->p++, .count = 1};
  const PackNumber *number = pack_number(item->type);
  if (number) {
    item->size = number->size;
    item->is_signed = number->is_signed;
    item->is_float = number->is_float;
    item->big = number->order == 'b';
  } else if (item->type == 0 || !strchr("UwAaZBbHhuMmPp@Xx", item->type)) {
    mx_raise_arg(ec, "unknown %s directive '%c' in '%.*s'", verb, item->type,
                 (int)(f->end - f->start), f->start);
    return -1;
  }
  if (!pack_modifiers(ec, f, number, item) || !pack_count(ec, f, item)) return -1;
  return 1;
}
