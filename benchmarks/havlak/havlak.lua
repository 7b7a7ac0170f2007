-- SPDX-License-Identifier: MIT
-- Finds the loops of a large control-flow graph as Paul Havlak described ("Nesting of Reducible and
-- Irreducible Loops", 1997). Measures depth-first search, sets, union-find and many small objects.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

local function append(list, item)
  list[#list + 1] = item
end

-- Basic blocks; each has its number and the blocks before and after it.
local FlowGraph = {}
FlowGraph.__index = FlowGraph

function FlowGraph.new()
  return setmetatable({ blocks = {} }, FlowGraph)
end

function FlowGraph:add_block()
  local block = { number = #self.blocks + 1, predecessors = {}, successors = {} }
  append(self.blocks, block)
  return block
end

function FlowGraph:connect(from, to)
  append(from.successors, to)
  append(to.predecessors, from)
end

-- Append a block after another.
function FlowGraph:extend(from)
  local block = self:add_block()
  self:connect(from, block)
  return block
end

-- Append two blocks that meet in a third; return that one.
function FlowGraph:add_diamond(from)
  local left, right = self:extend(from), self:extend(from)
  local join = self:extend(left)
  self:connect(right, join)
  return join
end

-- Append a loop around whatever build(head) builds, up to the block that it returns; return the
-- block where the loop is left.
function FlowGraph:add_loop(from, build)
  local head = self:extend(from)
  local last = build(head)
  self:connect(last, head)
  return self:extend(last)
end

-- Append a cycle of two blocks that can be entered at either; return the block after it.
function FlowGraph:add_irreducible(from)
  local first, second = self:extend(from), self:extend(from)
  self:connect(first, second)
  self:connect(second, first)
  return self:extend(second)
end

-- A loop that was found is a table with the loop around it (parent), the number of blocks that
-- belong to it and to none inside it (blocks), and whether it is irreducible.
local function depth(loop)
  return loop.parent and depth(loop.parent) + 1 or 1
end

-- What the search knows of a block that it has reached, and the set of union-find that the block is
-- in: a loop that has been found is one set, represented by its head. Fields: last, the last order
-- number among the blocks below this one in the tree of the search; back and entries, nodes with an
-- edge to this one, from below in the tree and from elsewhere; loop, that of which the block is the
-- head.
local Node = {}
Node.__index = Node

function Node.new(block, order)
  local node = { block = block, order = order, last = order, back = {}, entries = {} }
  node.parent = node
  return setmetatable(node, Node)
end

-- Return the representative of the set, and shorten the way to it for the next time.
function Node:find()
  local root = self
  while root.parent ~= root do
    root = root.parent
  end
  local node = self
  while node ~= root do
    node.parent, node = root, node.parent
  end
  return root
end

-- Tell whether a node is this one or below it in the tree of the search.
function Node:is_ancestor_of(node)
  return self.order <= node.order and node.order <= self.last
end

-- Fields: nodes by order number, node_of by block number.
local LoopFinder = {}
LoopFinder.__index = LoopFinder

function LoopFinder.new(graph)
  return setmetatable({ graph = graph, nodes = {}, node_of = {} }, LoopFinder)
end

function LoopFinder:reach(block)
  local node = Node.new(block, #self.nodes + 1)
  append(self.nodes, node)
  self.node_of[block.number] = node
  return node
end

-- Number the blocks in the order of a depth-first search; without recursion, which would go as deep
-- as the graph is long.
function LoopFinder:number_nodes()
  local stack = { { node = self:reach(self.graph.blocks[1]), position = 0 } }
  while #stack > 0 do
    local top = stack[#stack]
    top.position = top.position + 1
    local block = top.node.block.successors[top.position]
    if not block then
      top.node.last = #self.nodes
      stack[#stack] = nil
    elseif not self.node_of[block.number] then
      append(stack, { node = self:reach(block), position = 0 })
    end
  end
end

function LoopFinder:classify_edges(node)
  for _, block in ipairs(node.block.predecessors) do
    local before = self.node_of[block.number]
    if before then
      append(node:is_ancestor_of(before) and node.back or node.entries, before)
    end
  end
end

-- Add to the body of a loop all that lies between it and its head; tell whether it can be entered
-- from elsewhere. The body is a list, and in_body has its nodes as keys.
local function collect(head, body, in_body)
  local irreducible = false
  local todo = { unpack(body) }
  while #todo > 0 do
    for _, entry in ipairs(table.remove(todo).entries) do
      local before = entry:find()
      if not head:is_ancestor_of(before) then
        irreducible = true
        append(head.entries, before)
      elseif before ~= head and not in_body[before] then
        in_body[before] = true
        append(body, before)
        append(todo, before)
      end
    end
  end
  return irreducible
end

-- Make a node or the loop that it heads a part of a loop.
local function absorb(head, found, node)
  node.parent = head
  if node.loop then
    node.loop.parent = found
  else
    found.blocks = found.blocks + 1
  end
end

-- Find the loop of a head.
local function find_loop(head)
  local body, in_body = {}, {}
  for _, node in ipairs(head.back) do
    local member = node:find()
    if node ~= head and not in_body[member] then
      in_body[member] = true
      append(body, member)
    end
  end
  local found = { irreducible = collect(head, body, in_body), blocks = 1 }
  for _, node in ipairs(body) do
    absorb(head, found, node)
  end
  head.loop = found
  return found
end

-- Return all loops, inner ones before outer ones.
function LoopFinder:run()
  self:number_nodes()
  for _, node in ipairs(self.nodes) do
    self:classify_edges(node)
  end
  local loops = {}
  for order = #self.nodes, 1, -1 do
    local node = self.nodes[order]
    if #node.back > 0 then
      append(loops, find_loop(node))
    end
  end
  return loops
end

-- One part of the graph: a loop with two in it, which hold a diamond and a loop of one block each,
-- then an irreducible cycle.
local function add_section(graph, from)
  local function build_single(head)
    return head
  end
  local function build_inner(head)
    return graph:add_diamond(graph:add_loop(graph:add_diamond(head), build_single))
  end
  local function build_outer(head)
    return graph:add_loop(graph:add_loop(head, build_inner), build_inner)
  end
  return graph:add_irreducible(graph:add_loop(from, build_outer))
end

-- So many sections in one loop.
local function build_graph(sections)
  local graph = FlowGraph.new()
  graph:add_loop(graph:add_block(), function(block)
    for _ = 1, sections do
      block = add_section(graph, block)
    end
    return block
  end)
  return graph
end

local function work(sections)
  local graph = build_graph(sections)
  return { graph = graph, loops = LoopFinder.new(graph):run() }
end

-- A section has one loop of depth 2, two of depth 3 and two of depth 4, and an irreducible one of
-- depth 2. All blocks but the first and the last are in a loop.
local function right(sections, result)
  local irreducible, blocks, depths = 0, 0, 0
  for _, loop in ipairs(result.loops) do
    irreducible = irreducible + (loop.irreducible and 1 or 0)
    blocks = blocks + loop.blocks
    depths = depths + depth(loop)
  end
  return #result.loops == 6 * sections + 1
    and irreducible == sections
    and blocks == #result.graph.blocks - 2
    and depths == 18 * sections + 1
end

benchmark(1200, work, right)
