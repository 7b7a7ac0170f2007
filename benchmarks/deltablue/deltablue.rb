# SPDX-License-Identifier: MIT
# DeltaBlue, the incremental constraint solver of Freeman-Benson, Maloney and Borning: edits move
# through a chain of equal variables and through many linear equations. Measures polymorphic calls
# over a graph of objects, with lists that grow and shrink.
require_relative "../harness"

# How much a constraint matters; the lower number wins.
REQUIRED, PREFERRED, STRONG_DEFAULT, NORMAL, WEAKEST = *0..4

class Variable
  attr_accessor :value
  # The constraint that computes the value, if any does.
  attr_accessor :determined_by
  # The strength of the weakest constraint that could be given up to set the value freely.
  attr_accessor :strength
  # The last pass of the planner that has visited the variable.
  attr_accessor :mark
  # Whether the value is fixed while the plan is made.
  attr_accessor :stay
  # All constraints on the variable.
  attr_reader :constraints

  def initialize(value)
    @value = value
    @determined_by = nil
    @strength = WEAKEST
    @mark = 0
    @stay = true
    @constraints = []
  end

  # Tell whether a plan may use the value, as of a pass of the planner.
  def known?(mark)
    @mark == mark || @stay || @determined_by.nil?
  end
end

# What constraints share. A constraint is satisfied when it has a target, the variable that it
# computes.
class Constraint
  attr_reader :strength, :target

  def initialize(strength, variables)
    @strength = strength
    @variables = variables
    @target = nil
  end

  def satisfied?
    !@target.nil?
  end

  def give_up
    @target = nil
  end

  # Tell whether the constraint brings a value from outside.
  def input?
    false
  end

  def attach
    @variables.each { |variable| variable.constraints << self }
  end

  def detach
    @variables.each { |variable| variable.constraints.delete(self) }
    @target = nil
  end

  # Tell the target what depends on this constraint.
  def recalculate
    @target.strength = target_strength
    @target.stay = target_stays?
    execute if @target.stay
  end

  private

  # Return a variable if the constraint is allowed to compute it.
  def target_if_weaker(variable, mark)
    variable if variable.mark != mark && @strength < variable.strength
  end
end

# A constraint on one variable, which has its value from somewhere else.
class UnaryConstraint < Constraint
  def initialize(strength, variable)
    super(strength, [variable])
    @variable = variable
  end

  def choose_target(mark)
    @target = target_if_weaker(@variable, mark)
  end

  def mark_inputs(_mark) end

  def inputs_known?(_mark)
    true
  end

  def execute; end

  private

  def target_strength
    @strength
  end

  def target_stays?
    !input?
  end
end

# Keeps a variable as it is.
class Stay < UnaryConstraint
end

# Lets the user set a variable.
class Edit < UnaryConstraint
  def input?
    true
  end
end

# Makes two variables equal.
class Equal < Constraint
  def initialize(strength, left, right, *others)
    super(strength, [left, right, *others])
    @left = left
    @right = right
    @source = nil
  end

  def choose_target(mark)
    @target = target_if_weaker(weaker(mark), mark)
    @source = @target.equal?(@left) ? @right : @left
    @target
  end

  def mark_inputs(mark)
    @source.mark = mark
  end

  def inputs_known?(mark)
    @source.known?(mark)
  end

  def execute
    @target.value = @source.value
  end

  private

  # Of the two variables, find the one that should be computed: the one that the planner has not
  # visited, else the weaker one.
  def weaker(mark)
    return @right if @left.mark == mark
    return @left if @right.mark == mark

    @left.strength > @right.strength ? @left : @right
  end

  def target_strength
    @strength > @source.strength ? @strength : @source.strength
  end

  def target_stays?
    @source.stay
  end
end

# Makes the right variable the left one times a scale plus an offset, which are variables too.
class Scale < Equal
  def initialize(strength, left, scale, offset, right)
    super(strength, left, right, scale, offset)
    @scale = scale
    @offset = offset
  end

  def mark_inputs(mark)
    super
    @scale.mark = mark
    @offset.mark = mark
  end

  def inputs_known?(mark)
    super && @scale.known?(mark) && @offset.known?(mark)
  end

  def execute
    if @target.equal?(@right)
      @right.value = @left.value * @scale.value + @offset.value
    else
      @left.value = (@right.value - @offset.value) / @scale.value
    end
  end

  private

  def target_stays?
    super && @scale.stay && @offset.stay
  end
end

class Planner
  def initialize
    @mark = 0
  end

  # Add a constraint and satisfy it if it is strong enough, at the cost of weaker ones.
  def add(constraint)
    constraint.attach
    satisfy(constraint)
  end

  # Remove a constraint and satisfy those that it kept from being so, the strongest first.
  def remove(constraint)
    target = constraint.target
    constraint.detach
    return unless target

    unsatisfied = release(target)
    REQUIRED.upto(WEAKEST) do |strength|
      unsatisfied.each { |other| satisfy(other) if other.strength == strength }
    end
  end

  # List the constraints to execute, in order, when the values change that some of them bring in.
  def plan(inputs)
    mark = next_mark
    todo = inputs.select { |constraint| constraint.input? && constraint.satisfied? }
    plan = []
    while (constraint = todo.pop)
      target = constraint.target
      next if target.mark == mark || !constraint.inputs_known?(mark)

      plan << constraint
      target.mark = mark
      add_consumers(target, todo)
    end
    plan
  end

  private

  def next_mark
    @mark += 1
  end

  # Satisfy a constraint, then those whose variables it took over, elsewhere.
  def satisfy(constraint)
    mark = next_mark
    constraint = take_over(constraint, mark) while constraint
  end

  # Let a constraint compute a variable; return the constraint that did so before.
  def take_over(constraint, mark)
    target = constraint.choose_target(mark)
    unless target
      raise "a required constraint fails" if constraint.strength == REQUIRED

      return nil
    end
    constraint.mark_inputs(mark)
    loser = target.determined_by
    loser&.give_up
    target.determined_by = constraint
    propagate(constraint, mark)
    target.mark = mark
    loser
  end

  # Tell all that depend on a constraint.
  def propagate(constraint, mark)
    todo = [constraint]
    while (current = todo.pop)
      raise "the constraints make a cycle" if current.target.mark == mark

      current.recalculate
      add_consumers(current.target, todo)
    end
  end

  # Tell all that depend on a variable that nothing determines it any more; return the constraints
  # nearby that are not satisfied.
  def release(variable)
    variable.determined_by = nil
    variable.strength = WEAKEST
    variable.stay = true
    unsatisfied = []
    todo = [variable]
    while (current = todo.pop)
      current.constraints.each { |other| unsatisfied << other unless other.satisfied? }
      each_consumer(current) do |consumer|
        consumer.recalculate
        todo << consumer.target
      end
    end
    unsatisfied
  end

  def add_consumers(variable, list)
    each_consumer(variable) { |constraint| list << constraint }
  end

  # Yield the constraints that compute other variables from this one.
  def each_consumer(variable)
    variable.constraints.each do |constraint|
      if constraint.satisfied? && !constraint.equal?(variable.determined_by)
        yield constraint
      end
    end
  end
end

# How often an edited variable is set.
CHAIN_EDITS = 100
SCALE_EDITS = 10

# Edit the first of `length` + 1 equal variables, whose last one would rather stay; return the
# length of the plan and the sum of what the last one was.
def chain(length)
  planner = Planner.new
  variables = Array.new(length + 1) { Variable.new(0) }
  variables.each_cons(2) { |left, right| planner.add(Equal.new(REQUIRED, left, right)) }
  planner.add(Stay.new(STRONG_DEFAULT, variables.last))
  edit = Edit.new(PREFERRED, variables.first)
  planner.add(edit)
  plan = planner.plan([edit])
  sum = (1..CHAIN_EDITS).sum do |value|
    variables.first.value = value
    plan.each(&:execute)
    variables.last.value
  end
  planner.remove(edit)
  [plan.size, sum]
end

# Set a variable as a user would; return the length of the plan.
def change(planner, variable, value)
  edit = Edit.new(PREFERRED, variable)
  planner.add(edit)
  plan = planner.plan([edit])
  SCALE_EDITS.times do
    variable.value = value
    plan.each(&:execute)
  end
  planner.remove(edit)
  plan.size
end

# Tie `count` pairs of variables by one scale and one offset, and change a variable of each kind;
# return the lengths of the plans and what else has changed.
def projection(count)
  planner = Planner.new
  scale = Variable.new(10)
  offset = Variable.new(1000)
  pairs = Array.new(count) { |i| [Variable.new(i), Variable.new(i)] }
  pairs.each do |left, right|
    planner.add(Stay.new(NORMAL, left))
    planner.add(Scale.new(REQUIRED, left, scale, offset, right))
  end
  left, right = pairs.last
  [
    change(planner, left, 17), right.value,
    change(planner, right, 1050), left.value,
    change(planner, scale, 5), pairs.sum { |pair| pair[1].value },
    change(planner, offset, 2000), pairs.sum { |pair| pair[1].value }
  ]
end

# What all that must have counted.
def expected(size)
  lefts = (0..size - 2).sum + 5
  [
    size + 1, (1..CHAIN_EDITS).sum,
    2, 1170,
    2, 5,
    size + 1, lefts * 5 + size * 1000,
    size + 1, lefts * 5 + size * 2000
  ]
end

benchmark(6000, ->(size) { chain(size) + projection(size) },
          ->(size, result) { result == expected(size) })
