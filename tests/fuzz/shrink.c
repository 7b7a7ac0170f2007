// SPDX-License-Identifier: MIT
// Delta debugging on the tree of a program. Three changes are tried, the boldest first:
// runs of statements are deleted (halves, then quarters, down to one); a node gives way to one of
// its own parts; an expression becomes the simplest text of its kind. Each that keeps what is
// looked for stays, and rounds go on until one changes nothing.
#include "tests/fuzz/shrink.h"

#include <string.h>

typedef struct Shrink {
  GenNode *program; // the whole tree, changed in place
  ShrinkTest test;  // whether it still shows what is looked for
  void *data;       // of the test
  uint32_t tests;   // done so far
  uint32_t limit;   // of them
  bool changed;     // something became smaller in this round
} Shrink;

// Whether the program as it is now shows it; a change that does not is taken back by the caller.
static bool shrink_holds(Shrink *s) {
  if (s->tests >= s->limit) return false;
  s->tests++;
  StrBuf text = STRBUF_INIT;
  gen_print(s->program, &text);
  bool holds = s->test(s->data, mx_strbuf_text(&text));
  mx_strbuf_free(&text);
  s->changed |= holds;
  return holds;
}

// Take count children out, if the rest shows it.
static bool shrink_cut(Shrink *s, GenNode *list, uint32_t at, uint32_t count) {
  GenNode *cut[64];
  size_t behind = (list->count - at - count) * sizeof *cut;
  memcpy(cut, list->kids + at, count * sizeof *cut);
  memmove(list->kids + at, list->kids + at + count, behind);
  list->count -= count;
  if (shrink_holds(s)) return true;
  memmove(list->kids + at + count, list->kids + at, behind);
  memcpy(list->kids + at, cut, count * sizeof *cut);
  list->count += count;
  return false;
}

// Delete runs of statements: long ones first, from the end, since later ones need earlier ones.
static void shrink_list(Shrink *s, GenNode *list) {
  for (uint32_t run = list->count; run > 0; run /= 2) {
    uint32_t end = list->count;
    while (end > 0) {
      uint32_t count = end < run ? end : run;
      end -= count;
      (void)shrink_cut(s, list, end, count);
    }
  }
}

// Whether a node of the inner kind may stand where one of the outer kind does.
static bool shrink_fits(GenKind outer, const GenNode *inner) {
  bool value = inner->kind <= GEN_ATOM || inner->kind == GEN_TEXT || inner->kind == GEN_JOIN;
  if (outer == GEN_STMT || outer == GEN_TOP || outer == GEN_PROLOGUE || outer == GEN_MEMBER)
    return value || inner->kind == GEN_STMT || inner->kind == GEN_LIST;
  if (outer <= GEN_ATOM) return inner->kind <= GEN_ATOM;
  return inner->kind == outer;
}

// Put another node in the place, if that shows it.
static bool shrink_replace(Shrink *s, GenNode **place, GenNode *with) {
  GenNode *before = *place;
  *place = with;
  if (shrink_holds(s)) return true;
  *place = before;
  return false;
}

// Try the parts of a node in its place, those of its joins and lists of values too.
static bool shrink_lift(Shrink *s, GenNode **place, const GenNode *from) {
  for (uint32_t i = 0; i < from->count; i++) {
    GenNode *kid = from->kids[i];
    if (shrink_fits((*place)->kind, kid) && shrink_replace(s, place, kid)) return true;
    if ((kid->kind == GEN_LIST || kid->kind == GEN_JOIN) && shrink_lift(s, place, kid)) return true;
  }
  return false;
}

// Give the node the simplest text of its kind, if that shows it.
static void shrink_simplify(Shrink *s, GenNode *node) {
  const char *simplest = gen_simplest(node->kind);
  if (node->text || !*simplest || strcmp(simplest, node->row->template) == 0) return;
  node->text = simplest;
  uint32_t count = node->count;
  node->count = 0;
  if (shrink_holds(s)) return;
  node->text = NULL;
  node->count = count;
}

// Make what is in the place smaller, then its children.
static void shrink_place(Shrink *s, GenNode **place) {
  if ((*place)->kind == GEN_LIST) shrink_list(s, *place);
  if ((*place)->row && !(*place)->text) {
    while ((*place)->row && shrink_lift(s, place, *place)) continue;
    if ((*place)->row) shrink_simplify(s, *place);
  }
  for (uint32_t i = 0; i < (*place)->count; i++) shrink_place(s, &(*place)->kids[i]);
}

uint32_t shrink_program(GenNode *program, ShrinkTest test, void *data, uint32_t max_tests) {
  Shrink s = {.program = program, .test = test, .data = data, .limit = max_tests};
  do {
    s.changed = false;
    GenNode *root = program;
    shrink_place(&s, &root);
  } while (s.changed && s.tests < s.limit);
  return s.tests;
}
