-- SPDX-License-Identifier: MIT
-- DeltaBlue, the incremental constraint solver of Freeman-Benson, Maloney and Borning: edits move
-- through a chain of equal variables and through many linear equations. Measures polymorphic calls
-- over a graph of objects, with lists that grow and shrink.
local benchmark = dofile(arg[0]:match("^(.-)[^/]*$") .. "../harness.lua")

-- How much a constraint matters; the lower number wins.
local REQUIRED, PREFERRED, STRONG_DEFAULT, NORMAL, WEAKEST = 0, 1, 2, 3, 4

-- Make a class whose objects find what it lacks in `parent`.
local function class(parent)
  local result = setmetatable({}, { __index = parent })
  result.__index = result
  return result
end

-- Fields: value; determined_by, the constraint that computes it, if any does; strength, that of the
-- weakest constraint that could be given up to set the value freely; mark, the last pass of the
-- planner that has visited the variable; stay, whether the value is fixed while the plan is made;
-- constraints, all those on the variable.
local Variable = class()

function Variable.new(value)
  local variable = { value = value, strength = WEAKEST, mark = 0, stay = true, constraints = {} }
  return setmetatable(variable, Variable)
end

-- Tell whether a plan may use the value, as of a pass of the planner.
function Variable:is_known(mark)
  return self.mark == mark or self.stay or self.determined_by == nil
end

-- What constraints share. A constraint is satisfied when it has a target, the variable that it
-- computes.
local Constraint = class()

function Constraint:is_satisfied()
  return self.target ~= nil
end

function Constraint:give_up()
  self.target = nil
end

-- Tell whether the constraint brings a value from outside.
function Constraint:is_input()
  return false
end

function Constraint:attach()
  for _, variable in ipairs(self.variables) do
    table.insert(variable.constraints, self)
  end
end

local function remove_from(list, item)
  for i, other in ipairs(list) do
    if other == item then
      table.remove(list, i)
      return
    end
  end
end

function Constraint:detach()
  for _, variable in ipairs(self.variables) do
    remove_from(variable.constraints, self)
  end
  self.target = nil
end

-- Tell the target what depends on this constraint.
function Constraint:recalculate()
  local target = self.target
  target.strength = self:target_strength()
  target.stay = self:target_stays()
  if target.stay then
    self:execute()
  end
end

-- Return a variable if the constraint is allowed to compute it.
function Constraint:target_if_weaker(variable, mark)
  if variable.mark ~= mark and self.strength < variable.strength then
    return variable
  end
  return nil
end

-- A constraint on one variable, which has its value from somewhere else.
local UnaryConstraint = class(Constraint)

function UnaryConstraint.new(kind, strength, variable)
  local constraint = { strength = strength, variables = { variable }, variable = variable }
  return setmetatable(constraint, kind)
end

function UnaryConstraint:choose_target(mark)
  self.target = self:target_if_weaker(self.variable, mark)
  return self.target
end

function UnaryConstraint:mark_inputs() end

function UnaryConstraint:inputs_known()
  return true
end

function UnaryConstraint:execute() end

function UnaryConstraint:target_strength()
  return self.strength
end

function UnaryConstraint:target_stays()
  return not self:is_input()
end

-- Keeps a variable as it is.
local Stay = class(UnaryConstraint)

-- Lets the user set a variable.
local Edit = class(UnaryConstraint)

function Edit:is_input()
  return true
end

-- Makes two variables equal.
local Equal = class(Constraint)

function Equal.new(kind, strength, left, right, ...)
  local constraint =
    { strength = strength, variables = { left, right, ... }, left = left, right = right }
  return setmetatable(constraint, kind)
end

function Equal:choose_target(mark)
  self.target = self:target_if_weaker(self:weaker(mark), mark)
  self.source = self.target == self.left and self.right or self.left
  return self.target
end

function Equal:mark_inputs(mark)
  self.source.mark = mark
end

function Equal:inputs_known(mark)
  return self.source:is_known(mark)
end

function Equal:execute()
  self.target.value = self.source.value
end

-- Of the two variables, find the one that should be computed: the one that the planner has not
-- visited, else the weaker one.
function Equal:weaker(mark)
  local left, right = self.left, self.right
  if left.mark == mark then
    return right
  end
  if right.mark == mark then
    return left
  end
  return left.strength > right.strength and left or right
end

function Equal:target_strength()
  return math.max(self.strength, self.source.strength)
end

function Equal:target_stays()
  return self.source.stay
end

-- Makes the right variable the left one times a scale plus an offset, which are variables too.
local Scale = class(Equal)

function Scale.new(kind, strength, left, scale, offset, right)
  local constraint = Equal.new(kind, strength, left, right, scale, offset)
  constraint.scale = scale
  constraint.offset = offset
  return constraint
end

function Scale:mark_inputs(mark)
  Equal.mark_inputs(self, mark)
  self.scale.mark = mark
  self.offset.mark = mark
end

function Scale:inputs_known(mark)
  return Equal.inputs_known(self, mark)
    and self.scale:is_known(mark)
    and self.offset:is_known(mark)
end

function Scale:execute()
  local left, right = self.left, self.right
  if self.target == right then
    right.value = left.value * self.scale.value + self.offset.value
  else
    left.value = math.floor((right.value - self.offset.value) / self.scale.value)
  end
end

function Scale:target_stays()
  return Equal.target_stays(self) and self.scale.stay and self.offset.stay
end

local Planner = class()

function Planner.new()
  return setmetatable({ mark = 0 }, Planner)
end

function Planner:next_mark()
  self.mark = self.mark + 1
  return self.mark
end

-- Append the constraints that compute other variables from this one.
local function add_consumers(variable, list)
  local determined_by = variable.determined_by
  for _, constraint in ipairs(variable.constraints) do
    if constraint ~= determined_by and constraint:is_satisfied() then
      list[#list + 1] = constraint
    end
  end
end

-- Tell all that depend on a constraint.
local function propagate(constraint, mark)
  local todo = { constraint }
  while #todo > 0 do
    local current = table.remove(todo)
    if current.target.mark == mark then
      error("the constraints make a cycle")
    end
    current:recalculate()
    add_consumers(current.target, todo)
  end
end

-- Let a constraint compute a variable; return the constraint that did so before.
local function take_over(constraint, mark)
  local target = constraint:choose_target(mark)
  if not target then
    if constraint.strength == REQUIRED then
      error("a required constraint fails")
    end
    return nil
  end
  constraint:mark_inputs(mark)
  local loser = target.determined_by
  if loser then
    loser:give_up()
  end
  target.determined_by = constraint
  propagate(constraint, mark)
  target.mark = mark
  return loser
end

-- Satisfy a constraint, then those whose variables it took over, elsewhere.
function Planner:satisfy(constraint)
  local mark = self:next_mark()
  while constraint do
    constraint = take_over(constraint, mark)
  end
end

-- Add a constraint and satisfy it if it is strong enough, at the cost of weaker ones.
function Planner:add(constraint)
  constraint:attach()
  self:satisfy(constraint)
end

-- Tell all that depend on a variable that nothing determines it any more; return the constraints
-- nearby that are not satisfied.
local function release(variable)
  variable.determined_by = nil
  variable.strength = WEAKEST
  variable.stay = true
  local unsatisfied = {}
  local todo = { variable }
  while #todo > 0 do
    local current = table.remove(todo)
    for _, other in ipairs(current.constraints) do
      if not other:is_satisfied() then
        table.insert(unsatisfied, other)
      end
    end
    local consumers = {}
    add_consumers(current, consumers)
    for _, consumer in ipairs(consumers) do
      consumer:recalculate()
      table.insert(todo, consumer.target)
    end
  end
  return unsatisfied
end

-- Remove a constraint and satisfy those that it kept from being so, the strongest first.
function Planner:remove(constraint)
  local target = constraint.target
  constraint:detach()
  if not target then
    return
  end
  local unsatisfied = release(target)
  for strength = REQUIRED, WEAKEST do
    for _, other in ipairs(unsatisfied) do
      if other.strength == strength then
        self:satisfy(other)
      end
    end
  end
end

-- List the constraints to execute, in order, when the value changes that `input` brings in.
function Planner:plan(input)
  local mark = self:next_mark()
  local todo = input:is_satisfied() and { input } or {}
  local plan = {}
  while #todo > 0 do
    local constraint = table.remove(todo)
    local target = constraint.target
    if target.mark ~= mark and constraint:inputs_known(mark) then
      table.insert(plan, constraint)
      target.mark = mark
      add_consumers(target, todo)
    end
  end
  return plan
end

-- How often an edited variable is set.
local CHAIN_EDITS = 100
local SCALE_EDITS = 10

local function execute(plan)
  for _, constraint in ipairs(plan) do
    constraint:execute()
  end
end

-- Edit the first of `length` + 1 equal variables, whose last one would rather stay; return the
-- length of the plan and the sum of what the last one was.
local function chain(length)
  local planner = Planner.new()
  local variables = { Variable.new(0) }
  for i = 1, length do
    variables[i + 1] = Variable.new(0)
  end
  for i = 1, length do
    planner:add(Equal:new(REQUIRED, variables[i], variables[i + 1]))
  end
  local first, last = variables[1], variables[#variables]
  planner:add(Stay:new(STRONG_DEFAULT, last))
  local edit = Edit:new(PREFERRED, first)
  planner:add(edit)
  local plan = planner:plan(edit)
  local sum = 0
  for value = 1, CHAIN_EDITS do
    first.value = value
    execute(plan)
    sum = sum + last.value
  end
  planner:remove(edit)
  return #plan, sum
end

-- Set a variable as a user would; return the length of the plan.
local function change(planner, variable, value)
  local edit = Edit:new(PREFERRED, variable)
  planner:add(edit)
  local plan = planner:plan(edit)
  for _ = 1, SCALE_EDITS do
    variable.value = value
    execute(plan)
  end
  planner:remove(edit)
  return #plan
end

local function sum_of_values(variables)
  local sum = 0
  for _, variable in ipairs(variables) do
    sum = sum + variable.value
  end
  return sum
end

-- Tie `count` pairs of variables by one scale and one offset, and change a variable of each kind;
-- return the lengths of the plans and what else has changed.
local function projection(count)
  local planner = Planner.new()
  local scale, offset = Variable.new(10), Variable.new(1000)
  local lefts, rights = {}, {}
  for i = 1, count do
    lefts[i], rights[i] = Variable.new(i - 1), Variable.new(i - 1)
    planner:add(Stay:new(NORMAL, lefts[i]))
    planner:add(Scale:new(REQUIRED, lefts[i], scale, offset, rights[i]))
  end
  return {
    change(planner, lefts[count], 17), rights[count].value,
    change(planner, rights[count], 1050), lefts[count].value,
    change(planner, scale, 5), sum_of_values(rights),
    change(planner, offset, 2000), sum_of_values(rights),
  }
end

local function work(size)
  local plan_length, sum = chain(size)
  return { plan_length, sum, unpack(projection(size)) }
end

-- What all that must have counted.
local function expected(size)
  local lefts = (size - 2) * (size - 1) / 2 + 5
  return {
    size + 1, CHAIN_EDITS * (CHAIN_EDITS + 1) / 2,
    2, 1170,
    2, 5,
    size + 1, lefts * 5 + size * 1000,
    size + 1, lefts * 5 + size * 2000,
  }
end

local function right(size, result)
  for i, number in ipairs(expected(size)) do
    if result[i] ~= number then
      return false
    end
  end
  return true
end

benchmark(6000, work, right)
