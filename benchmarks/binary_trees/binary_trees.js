// SPDX-License-Identifier: MIT
// Many short-lived binary trees beside one that stays: the cost of allocating small objects, of
// recursion over them, and of collecting them.
"use strict";
const { benchmark } = require("../harness.js");

// A node; a leaf has no children.
class Tree {
  constructor(left, right) {
    this.left = left;
    this.right = right;
  }

  static ofDepth(depth) {
    if (depth === 0) return new Tree(null, null);
    return new Tree(Tree.ofDepth(depth - 1), Tree.ofDepth(depth - 1));
  }

  count() {
    return this.left ? this.left.count() + this.right.count() + 1 : 1;
  }
}

const MIN_DEPTH = 4;

// How many trees of a depth are built: as many as make all depths cost the same.
function treesOf(depth, maxDepth) {
  return 2 ** (maxDepth - depth + MIN_DEPTH);
}

// Build and count the trees of all depths; return the number of nodes seen.
function nodesSeen(maxDepth) {
  const stays = Tree.ofDepth(maxDepth);
  let seen = 0;
  for (let depth = MIN_DEPTH; depth <= maxDepth; depth += 2) {
    const trees = treesOf(depth, maxDepth);
    for (let i = 0; i < trees; i++) seen += Tree.ofDepth(depth).count();
  }
  return seen + stays.count();
}

// The same number without trees.
function nodesExpected(maxDepth) {
  let nodes = 2 ** (maxDepth + 1) - 1;
  for (let depth = MIN_DEPTH; depth <= maxDepth; depth += 2) {
    nodes += treesOf(depth, maxDepth) * (2 ** (depth + 1) - 1);
  }
  return nodes;
}

benchmark(13, nodesSeen, (depth, result) => result === nodesExpected(depth));
