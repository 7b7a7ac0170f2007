-- SPDX-License-Identifier: MIT
-- Many short-lived binary trees beside one that stays: the cost of allocating small objects, of
-- recursion over them, and of collecting them.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

-- A node; a leaf has no children.
local function tree_of_depth(depth)
  if depth == 0 then
    return {}
  end
  return { left = tree_of_depth(depth - 1), right = tree_of_depth(depth - 1) }
end

local function count(tree)
  local left = tree.left
  if left then
    return count(left) + count(tree.right) + 1
  end
  return 1
end

local MIN_DEPTH = 4

-- How many trees of a depth are built: as many as make all depths cost the same.
local function trees_of(depth, max_depth)
  return 2 ^ (max_depth - depth + MIN_DEPTH)
end

-- Build and count the trees of all depths; return the number of nodes seen.
local function nodes_seen(max_depth)
  local stays = tree_of_depth(max_depth)
  local seen = 0
  for depth = MIN_DEPTH, max_depth, 2 do
    for _ = 1, trees_of(depth, max_depth) do
      seen = seen + count(tree_of_depth(depth))
    end
  end
  return seen + count(stays)
end

-- The same number without trees.
local function nodes_expected(max_depth)
  local nodes = 2 ^ (max_depth + 1) - 1
  for depth = MIN_DEPTH, max_depth, 2 do
    nodes = nodes + trees_of(depth, max_depth) * (2 ^ (depth + 1) - 1)
  end
  return nodes
end

benchmark(13, nodes_seen, function(depth, result)
  return result == nodes_expected(depth)
end)
