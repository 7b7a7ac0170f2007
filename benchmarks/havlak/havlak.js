// SPDX-License-Identifier: MIT
// Finds the loops of a large control-flow graph as Paul Havlak described ("Nesting of Reducible and
// Irreducible Loops", 1997). Measures depth-first search, sets, union-find and many small objects.
"use strict";
const { benchmark } = require("../harness.js");

// A basic block, its number, and the blocks before and after it.
class Block {
  constructor(number) {
    this.number = number;
    this.predecessors = [];
    this.successors = [];
  }
}

class FlowGraph {
  constructor() {
    this.blocks = [];
  }

  addBlock() {
    const block = new Block(this.blocks.length);
    this.blocks.push(block);
    return block;
  }

  connect(from, to) {
    from.successors.push(to);
    to.predecessors.push(from);
  }

  // Append a block after another.
  extend(from) {
    const block = this.addBlock();
    this.connect(from, block);
    return block;
  }

  // Append two blocks that meet in a third; return that one.
  addDiamond(from) {
    const left = this.extend(from);
    const right = this.extend(from);
    const join = this.extend(left);
    this.connect(right, join);
    return join;
  }

  // Append a loop around whatever build(head) builds, up to the block that it returns; return the
  // block where the loop is left.
  addLoop(from, build) {
    const head = this.extend(from);
    const last = build(head);
    this.connect(last, head);
    return this.extend(last);
  }

  // Append a cycle of two blocks that can be entered at either; return the block after it.
  addIrreducible(from) {
    const first = this.extend(from);
    const second = this.extend(from);
    this.connect(first, second);
    this.connect(second, first);
    return this.extend(second);
  }
}

// A loop that was found.
class Loop {
  constructor(irreducible) {
    this.irreducible = irreducible;
    // The loop around it.
    this.parent = null;
    // How many blocks belong to this loop and to none inside it.
    this.blocks = 1;
  }

  depth() {
    return this.parent ? this.parent.depth() + 1 : 1;
  }
}

// What the search knows of a block that it has reached, and the set of union-find that the block is
// in: a loop that has been found is one set, represented by its head.
class Node {
  constructor(block, order) {
    this.block = block;
    this.order = order;
    // The last order number among the blocks below this one in the tree of the search.
    this.last = order;
    // Nodes with an edge to this one: from below in the tree, and from elsewhere.
    this.back = [];
    this.entries = [];
    // The loop of which the block is the head.
    this.loop = null;
    this.parent = this;
  }

  // Return the representative of the set, and shorten the way to it for the next time.
  find() {
    let root = this;
    while (root.parent !== root) root = root.parent;
    let node = this;
    while (node !== root) {
      const above = node.parent;
      node.parent = root;
      node = above;
    }
    return root;
  }

  // Tell whether a node is this one or below it in the tree of the search.
  isAncestorOf(node) {
    return this.order <= node.order && node.order <= this.last;
  }
}

class LoopFinder {
  constructor(graph) {
    this.graph = graph;
    // The nodes by order number and by block number.
    this.nodes = [];
    this.nodeOf = new Array(graph.blocks.length).fill(null);
  }

  // Return all loops, inner ones before outer ones.
  run() {
    this.numberNodes();
    for (const node of this.nodes) this.classifyEdges(node);
    const heads = this.nodes.filter((node) => node.back.length > 0).reverse();
    return heads.map((head) => this.findLoop(head));
  }

  // Number the blocks in the order of a depth-first search; without recursion, which would go as
  // deep as the graph is long.
  numberNodes() {
    const stack = [{ node: this.reach(this.graph.blocks[0]), position: 0 }];
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      const successors = top.node.block.successors;
      if (top.position === successors.length) {
        top.node.last = this.nodes.length - 1;
        stack.pop();
      } else {
        const block = successors[top.position];
        top.position += 1;
        if (!this.nodeOf[block.number]) stack.push({ node: this.reach(block), position: 0 });
      }
    }
  }

  reach(block) {
    const node = new Node(block, this.nodes.length);
    this.nodes.push(node);
    this.nodeOf[block.number] = node;
    return node;
  }

  classifyEdges(node) {
    for (const block of node.block.predecessors) {
      const before = this.nodeOf[block.number];
      if (before) (node.isAncestorOf(before) ? node.back : node.entries).push(before);
    }
  }

  // Find the loop of a head.
  findLoop(head) {
    const body = new Set();
    for (const node of head.back) {
      if (node !== head) body.add(node.find());
    }
    const found = new Loop(this.collect(head, body));
    for (const node of body) this.absorb(head, found, node);
    head.loop = found;
    return found;
  }

  // Add to the body of a loop all that lies between it and its head; tell whether it can be entered
  // from elsewhere.
  collect(head, body) {
    let irreducible = false;
    const todo = [...body];
    while (todo.length > 0) {
      for (const entry of todo.pop().entries) {
        const before = entry.find();
        if (!head.isAncestorOf(before)) {
          irreducible = true;
          head.entries.push(before);
        } else if (before !== head && !body.has(before)) {
          body.add(before);
          todo.push(before);
        }
      }
    }
    return irreducible;
  }

  // Make a node or the loop that it heads a part of a loop.
  absorb(head, found, node) {
    node.parent = head;
    if (node.loop) node.loop.parent = found;
    else found.blocks += 1;
  }
}

// One part of the graph: a loop with two in it, which hold a diamond and a loop of one block each,
// then an irreducible cycle.
function addSection(graph, from) {
  const buildInner = (head) =>
    graph.addDiamond(graph.addLoop(graph.addDiamond(head), (single) => single));
  const buildOuter = (head) => graph.addLoop(graph.addLoop(head, buildInner), buildInner);
  return graph.addIrreducible(graph.addLoop(from, buildOuter));
}

// So many sections in one loop.
function buildGraph(sections) {
  const graph = new FlowGraph();
  graph.addLoop(graph.addBlock(), (head) => {
    let block = head;
    for (let i = 0; i < sections; i++) block = addSection(graph, block);
    return block;
  });
  return graph;
}

function work(sections) {
  const graph = buildGraph(sections);
  return { graph, loops: new LoopFinder(graph).run() };
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

// A section has one loop of depth 2, two of depth 3 and two of depth 4, and an irreducible one of
// depth 2. All blocks but the first and the last are in a loop.
function isRight(sections, { graph, loops }) {
  return (
    loops.length === 6 * sections + 1 &&
    loops.filter((loop) => loop.irreducible).length === sections &&
    sum(loops.map((loop) => loop.blocks)) === graph.blocks.length - 2 &&
    sum(loops.map((loop) => loop.depth())) === 18 * sections + 1
  );
}

benchmark(1200, work, isRight);
