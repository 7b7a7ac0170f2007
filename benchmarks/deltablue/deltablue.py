# SPDX-License-Identifier: MIT
"""DeltaBlue, the incremental constraint solver of Freeman-Benson, Maloney and Borning.

Edits move through a chain of equal variables and through many linear equations. Measures
polymorphic calls over a graph of objects, with lists that grow and shrink.
"""

import sys

sys.path.append(f"{sys.path[0]}/..")
from harness import benchmark

# How much a constraint matters; the lower number wins.
REQUIRED, PREFERRED, STRONG_DEFAULT, NORMAL, WEAKEST = range(5)


class Variable:
    """A value and the constraints on it.

    determined_by: the constraint that computes the value, if any does; strength: that of the
    weakest constraint that could be given up to set the value freely; mark: the last pass of the
    planner that has visited the variable; stay: whether the value is fixed while the plan is made.
    """

    def __init__(self, value):
        self.value = value
        self.determined_by = None
        self.strength = WEAKEST
        self.mark = 0
        self.stay = True
        self.constraints = []

    def is_known(self, mark):
        """Tell whether a plan may use the value, as of a pass of the planner."""
        return self.mark == mark or self.stay or self.determined_by is None


class Constraint:
    """What constraints share.

    A constraint is satisfied when it has a target, the variable that it computes.
    """

    def __init__(self, strength, variables):
        self.strength = strength
        self.variables = variables
        self.target = None

    def is_satisfied(self):
        """Tell whether the constraint computes a variable."""
        return self.target is not None

    def give_up(self):
        """Leave the target to a stronger constraint."""
        self.target = None

    def is_input(self):
        """Tell whether the constraint brings a value from outside."""
        return False

    def attach(self):
        """Enter the graph."""
        for variable in self.variables:
            variable.constraints.append(self)

    def detach(self):
        """Leave the graph."""
        for variable in self.variables:
            variable.constraints.remove(self)
        self.target = None

    def recalculate(self):
        """Tell the target what depends on this constraint."""
        self.target.strength = self.target_strength()
        self.target.stay = self.target_stays()
        if self.target.stay:
            self.execute()

    def target_if_weaker(self, variable, mark):
        """Return a variable if the constraint is allowed to compute it."""
        return variable if variable.mark != mark and self.strength < variable.strength else None


class UnaryConstraint(Constraint):
    """A constraint on one variable, which has its value from somewhere else."""

    def __init__(self, strength, variable):
        super().__init__(strength, [variable])
        self.variable = variable

    def choose_target(self, mark):
        """Set and return the target, None if there can't be one."""
        self.target = self.target_if_weaker(self.variable, mark)
        return self.target

    def mark_inputs(self, mark):
        """There are none."""

    def inputs_known(self, _):
        """There are none."""
        return True

    def execute(self):
        """The value comes from elsewhere."""

    def target_strength(self):
        """Return what the target's strength is."""
        return self.strength

    def target_stays(self):
        """Tell whether the target is fixed."""
        return not self.is_input()


class Stay(UnaryConstraint):
    """Keeps a variable as it is."""


class Edit(UnaryConstraint):
    """Lets the user set a variable."""

    def is_input(self):
        return True


class Equal(Constraint):
    """Makes two variables equal."""

    def __init__(self, strength, left, right, *others):
        super().__init__(strength, [left, right, *others])
        self.left = left
        self.right = right
        self.source = None

    def choose_target(self, mark):
        """Set and return the target, None if there can't be one."""
        self.target = self.target_if_weaker(self.weaker(mark), mark)
        self.source = self.right if self.target is self.left else self.left
        return self.target

    def mark_inputs(self, mark):
        """Take note that a pass has used the source."""
        self.source.mark = mark

    def inputs_known(self, mark):
        """Tell whether a plan may execute the constraint."""
        return self.source.is_known(mark)

    def execute(self):
        """Compute the target."""
        self.target.value = self.source.value

    def weaker(self, mark):
        """Of the two variables, find the one that should be computed.

        That is the one that the planner has not visited, else the weaker one.
        """
        if self.left.mark == mark:
            return self.right
        if self.right.mark == mark:
            return self.left
        return self.left if self.left.strength > self.right.strength else self.right

    def target_strength(self):
        """Return what the target's strength is."""
        return max(self.strength, self.source.strength)

    def target_stays(self):
        """Tell whether the target is fixed."""
        return self.source.stay


class Scale(Equal):
    """Makes the right variable the left one times a scale plus an offset, variables too."""

    def __init__(self, strength, left, scale, offset, right):
        super().__init__(strength, left, right, scale, offset)
        self.scale = scale
        self.offset = offset

    def mark_inputs(self, mark):
        super().mark_inputs(mark)
        self.scale.mark = mark
        self.offset.mark = mark

    def inputs_known(self, mark):
        return (
            super().inputs_known(mark) and self.scale.is_known(mark) and self.offset.is_known(mark)
        )

    def execute(self):
        if self.target is self.right:
            self.right.value = self.left.value * self.scale.value + self.offset.value
        else:
            self.left.value = (self.right.value - self.offset.value) // self.scale.value

    def target_stays(self):
        return super().target_stays() and self.scale.stay and self.offset.stay


class Planner:
    """Keeps constraints satisfied and makes plans of them."""

    def __init__(self):
        self.mark = 0

    def add(self, constraint):
        """Add a constraint and satisfy it if it is strong enough, at the cost of weaker ones."""
        constraint.attach()
        self.satisfy(constraint)

    def remove(self, constraint):
        """Remove a constraint and satisfy those that it kept from being so, strongest first."""
        target = constraint.target
        constraint.detach()
        if target is None:
            return
        unsatisfied = self.release(target)
        for strength in range(REQUIRED, WEAKEST + 1):
            for other in unsatisfied:
                if other.strength == strength:
                    self.satisfy(other)

    def plan(self, inputs):
        """List the constraints to execute, in order, when inputs change."""
        mark = self.next_mark()
        todo = [item for item in inputs if item.is_input() and item.is_satisfied()]
        plan = []
        while todo:
            constraint = todo.pop()
            target = constraint.target
            if target.mark != mark and constraint.inputs_known(mark):
                plan.append(constraint)
                target.mark = mark
                todo.extend(self.consumers(target))
        return plan

    def next_mark(self):
        """Begin a pass."""
        self.mark += 1
        return self.mark

    def satisfy(self, constraint):
        """Satisfy a constraint, then those whose variables it took over, elsewhere."""
        mark = self.next_mark()
        while constraint:
            constraint = self.take_over(constraint, mark)

    def take_over(self, constraint, mark):
        """Let a constraint compute a variable; return the constraint that did so before."""
        target = constraint.choose_target(mark)
        if target is None:
            if constraint.strength == REQUIRED:
                raise RuntimeError("a required constraint fails")
            return None
        constraint.mark_inputs(mark)
        loser = target.determined_by
        if loser:
            loser.give_up()
        target.determined_by = constraint
        self.propagate(constraint, mark)
        target.mark = mark
        return loser

    def propagate(self, constraint, mark):
        """Tell all that depend on a constraint."""
        todo = [constraint]
        while todo:
            current = todo.pop()
            if current.target.mark == mark:
                raise RuntimeError("the constraints make a cycle")
            current.recalculate()
            todo.extend(self.consumers(current.target))

    def release(self, variable):
        """Tell all that depend on a variable that nothing determines it any more.

        Returns the constraints nearby that are not satisfied.
        """
        variable.determined_by = None
        variable.strength = WEAKEST
        variable.stay = True
        unsatisfied = []
        todo = [variable]
        while todo:
            current = todo.pop()
            unsatisfied.extend(item for item in current.constraints if not item.is_satisfied())
            for consumer in self.consumers(current):
                consumer.recalculate()
                todo.append(consumer.target)
        return unsatisfied

    def consumers(self, variable):
        """Yield the constraints that compute other variables from this one."""
        for constraint in variable.constraints:
            if constraint.is_satisfied() and constraint is not variable.determined_by:
                yield constraint


# How often an edited variable is set.
CHAIN_EDITS = 100
SCALE_EDITS = 10


def chain(length):
    """Edit the first of `length` + 1 equal variables, whose last one would rather stay.

    Returns the length of the plan and the sum of what the last one was.
    """
    planner = Planner()
    variables = [Variable(0) for _ in range(length + 1)]
    for left, right in zip(variables, variables[1:]):
        planner.add(Equal(REQUIRED, left, right))
    first, last = variables[0], variables[-1]
    planner.add(Stay(STRONG_DEFAULT, last))
    edit = Edit(PREFERRED, first)
    planner.add(edit)
    plan = planner.plan([edit])
    total = 0
    for value in range(1, CHAIN_EDITS + 1):
        first.value = value
        for constraint in plan:
            constraint.execute()
        total += last.value
    planner.remove(edit)
    return [len(plan), total]


def change(planner, variable, value):
    """Set a variable as a user would; return the length of the plan."""
    edit = Edit(PREFERRED, variable)
    planner.add(edit)
    plan = planner.plan([edit])
    for _ in range(SCALE_EDITS):
        variable.value = value
        for constraint in plan:
            constraint.execute()
    planner.remove(edit)
    return len(plan)


def projection(count):
    """Tie pairs of variables by one scale and one offset, and change a variable of each kind.

    Returns the lengths of the plans and what else has changed.
    """
    planner = Planner()
    scale = Variable(10)
    offset = Variable(1000)
    pairs = [(Variable(i), Variable(i)) for i in range(count)]
    for left, right in pairs:
        planner.add(Stay(NORMAL, left))
        planner.add(Scale(REQUIRED, left, scale, offset, right))
    left, right = pairs[-1]
    return [
        *(change(planner, left, 17), right.value),
        *(change(planner, right, 1050), left.value),
        *(change(planner, scale, 5), sum(right.value for _, right in pairs)),
        *(change(planner, offset, 2000), sum(right.value for _, right in pairs)),
    ]


def expected(size):
    """Return what all that must have counted."""
    lefts = sum(range(size - 1)) + 5
    return [
        *(size + 1, sum(range(CHAIN_EDITS + 1))),
        *(2, 1170),
        *(2, 5),
        *(size + 1, lefts * 5 + size * 1000),
        *(size + 1, lefts * 5 + size * 2000),
    ]


benchmark(
    6000,
    lambda size: chain(size) + projection(size),
    lambda size, result: result == expected(size),
)
