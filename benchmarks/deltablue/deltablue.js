// SPDX-License-Identifier: MIT
// DeltaBlue, the incremental constraint solver of Freeman-Benson, Maloney and Borning: edits move
// through a chain of equal variables and through many linear equations. Measures polymorphic calls
// over a graph of objects, with lists that grow and shrink.
"use strict";
const { benchmark } = require("../harness.js");

// How much a constraint matters; the lower number wins.
const [REQUIRED, PREFERRED, STRONG_DEFAULT, NORMAL, WEAKEST] = [0, 1, 2, 3, 4];

class Variable {
  constructor(value) {
    this.value = value;
    // The constraint that computes the value, if any does.
    this.determinedBy = null;
    // The strength of the weakest constraint that could be given up to set the value freely.
    this.strength = WEAKEST;
    // The last pass of the planner that has visited the variable.
    this.mark = 0;
    // Whether the value is fixed while the plan is made.
    this.stay = true;
    // All constraints on the variable.
    this.constraints = [];
  }

  // Tell whether a plan may use the value, as of a pass of the planner.
  isKnown(mark) {
    return this.mark === mark || this.stay || this.determinedBy === null;
  }
}

// What constraints share. A constraint is satisfied when it has a target, the variable that it
// computes.
class Constraint {
  constructor(strength, variables) {
    this.strength = strength;
    this.variables = variables;
    this.target = null;
  }

  isSatisfied() {
    return this.target !== null;
  }

  giveUp() {
    this.target = null;
  }

  // Tell whether the constraint brings a value from outside.
  isInput() {
    return false;
  }

  attach() {
    for (const variable of this.variables) variable.constraints.push(this);
  }

  detach() {
    for (const { constraints } of this.variables) {
      constraints.splice(constraints.indexOf(this), 1);
    }
    this.target = null;
  }

  // Tell the target what depends on this constraint.
  recalculate() {
    this.target.strength = this.targetStrength();
    this.target.stay = this.targetStays();
    if (this.target.stay) this.execute();
  }

  // Return a variable if the constraint is allowed to compute it.
  targetIfWeaker(variable, mark) {
    return variable.mark !== mark && this.strength < variable.strength ? variable : null;
  }
}

// A constraint on one variable, which has its value from somewhere else.
class UnaryConstraint extends Constraint {
  constructor(strength, variable) {
    super(strength, [variable]);
    this.variable = variable;
  }

  chooseTarget(mark) {
    this.target = this.targetIfWeaker(this.variable, mark);
    return this.target;
  }

  markInputs() {}

  inputsKnown() {
    return true;
  }

  execute() {}

  targetStrength() {
    return this.strength;
  }

  targetStays() {
    return !this.isInput();
  }
}

// Keeps a variable as it is.
class Stay extends UnaryConstraint {}

// Lets the user set a variable.
class Edit extends UnaryConstraint {
  isInput() {
    return true;
  }
}

// Makes two variables equal.
class Equal extends Constraint {
  constructor(strength, left, right, ...others) {
    super(strength, [left, right, ...others]);
    this.left = left;
    this.right = right;
    this.source = null;
  }

  chooseTarget(mark) {
    this.target = this.targetIfWeaker(this.weaker(mark), mark);
    this.source = this.target === this.left ? this.right : this.left;
    return this.target;
  }

  markInputs(mark) {
    this.source.mark = mark;
  }

  inputsKnown(mark) {
    return this.source.isKnown(mark);
  }

  execute() {
    this.target.value = this.source.value;
  }

  // Of the two variables, find the one that should be computed: the one that the planner has not
  // visited, else the weaker one.
  weaker(mark) {
    if (this.left.mark === mark) return this.right;
    if (this.right.mark === mark) return this.left;
    return this.left.strength > this.right.strength ? this.left : this.right;
  }

  targetStrength() {
    return Math.max(this.strength, this.source.strength);
  }

  targetStays() {
    return this.source.stay;
  }
}

// Makes the right variable the left one times a scale plus an offset, which are variables too.
class Scale extends Equal {
  constructor(strength, left, scale, offset, right) {
    super(strength, left, right, scale, offset);
    this.scale = scale;
    this.offset = offset;
  }

  markInputs(mark) {
    super.markInputs(mark);
    this.scale.mark = mark;
    this.offset.mark = mark;
  }

  inputsKnown(mark) {
    return super.inputsKnown(mark) && this.scale.isKnown(mark) && this.offset.isKnown(mark);
  }

  execute() {
    if (this.target === this.right) {
      this.right.value = this.left.value * this.scale.value + this.offset.value;
    } else {
      this.left.value = Math.floor((this.right.value - this.offset.value) / this.scale.value);
    }
  }

  targetStays() {
    return super.targetStays() && this.scale.stay && this.offset.stay;
  }
}

class Planner {
  constructor() {
    this.mark = 0;
  }

  // Add a constraint and satisfy it if it is strong enough, at the cost of weaker ones.
  add(constraint) {
    constraint.attach();
    this.satisfy(constraint);
  }

  // Remove a constraint and satisfy those that it kept from being so, the strongest first.
  remove(constraint) {
    const target = constraint.target;
    constraint.detach();
    if (!target) return;
    const unsatisfied = this.release(target);
    for (let strength = REQUIRED; strength <= WEAKEST; strength++) {
      for (const other of unsatisfied) {
        if (other.strength === strength) this.satisfy(other);
      }
    }
  }

  // List the constraints to execute, in order, when the values change that some of them bring in.
  plan(inputs) {
    const mark = this.nextMark();
    const todo = inputs.filter((constraint) => constraint.isInput() && constraint.isSatisfied());
    const plan = [];
    while (todo.length > 0) {
      const constraint = todo.pop();
      const target = constraint.target;
      if (target.mark !== mark && constraint.inputsKnown(mark)) {
        plan.push(constraint);
        target.mark = mark;
        this.addConsumers(target, todo);
      }
    }
    return plan;
  }

  nextMark() {
    this.mark += 1;
    return this.mark;
  }

  // Satisfy a constraint, then those whose variables it took over, elsewhere.
  satisfy(constraint) {
    const mark = this.nextMark();
    while (constraint) constraint = this.takeOver(constraint, mark);
  }

  // Let a constraint compute a variable; return the constraint that did so before.
  takeOver(constraint, mark) {
    const target = constraint.chooseTarget(mark);
    if (!target) {
      if (constraint.strength === REQUIRED) throw new Error("a required constraint fails");
      return null;
    }
    constraint.markInputs(mark);
    const loser = target.determinedBy;
    if (loser) loser.giveUp();
    target.determinedBy = constraint;
    this.propagate(constraint, mark);
    target.mark = mark;
    return loser;
  }

  // Tell all that depend on a constraint.
  propagate(constraint, mark) {
    const todo = [constraint];
    while (todo.length > 0) {
      const current = todo.pop();
      if (current.target.mark === mark) throw new Error("the constraints make a cycle");
      current.recalculate();
      this.addConsumers(current.target, todo);
    }
  }

  // Tell all that depend on a variable that nothing determines it any more; return the constraints
  // nearby that are not satisfied.
  release(variable) {
    variable.determinedBy = null;
    variable.strength = WEAKEST;
    variable.stay = true;
    const unsatisfied = [];
    const todo = [variable];
    while (todo.length > 0) {
      const current = todo.pop();
      for (const other of current.constraints) {
        if (!other.isSatisfied()) unsatisfied.push(other);
      }
      this.eachConsumer(current, (consumer) => {
        consumer.recalculate();
        todo.push(consumer.target);
      });
    }
    return unsatisfied;
  }

  addConsumers(variable, list) {
    this.eachConsumer(variable, (constraint) => list.push(constraint));
  }

  // Call `action` with the constraints that compute other variables from this one.
  eachConsumer(variable, action) {
    for (const constraint of variable.constraints) {
      if (constraint.isSatisfied() && constraint !== variable.determinedBy) action(constraint);
    }
  }
}

// How often an edited variable is set.
const CHAIN_EDITS = 100;
const SCALE_EDITS = 10;

// Edit the first of `length` + 1 equal variables, whose last one would rather stay; return the
// length of the plan and the sum of what the last one was.
function chain(length) {
  const planner = new Planner();
  const variables = Array.from({ length: length + 1 }, () => new Variable(0));
  for (let i = 0; i < length; i++) {
    planner.add(new Equal(REQUIRED, variables[i], variables[i + 1]));
  }
  const [first, last] = [variables[0], variables[length]];
  planner.add(new Stay(STRONG_DEFAULT, last));
  const edit = new Edit(PREFERRED, first);
  planner.add(edit);
  const plan = planner.plan([edit]);
  let sum = 0;
  for (let value = 1; value <= CHAIN_EDITS; value++) {
    first.value = value;
    for (const constraint of plan) constraint.execute();
    sum += last.value;
  }
  planner.remove(edit);
  return [plan.length, sum];
}

// Set a variable as a user would; return the length of the plan.
function change(planner, variable, value) {
  const edit = new Edit(PREFERRED, variable);
  planner.add(edit);
  const plan = planner.plan([edit]);
  for (let i = 0; i < SCALE_EDITS; i++) {
    variable.value = value;
    for (const constraint of plan) constraint.execute();
  }
  planner.remove(edit);
  return plan.length;
}

// Tie `count` pairs of variables by one scale and one offset, and change a variable of each kind;
// return the lengths of the plans and what else has changed.
function projection(count) {
  const planner = new Planner();
  const scale = new Variable(10);
  const offset = new Variable(1000);
  const lefts = Array.from({ length: count }, (_, i) => new Variable(i));
  const rights = Array.from({ length: count }, (_, i) => new Variable(i));
  for (let i = 0; i < count; i++) {
    planner.add(new Stay(NORMAL, lefts[i]));
    planner.add(new Scale(REQUIRED, lefts[i], scale, offset, rights[i]));
  }
  const sumOfRights = () => rights.reduce((sum, right) => sum + right.value, 0);
  const [left, right] = [lefts[count - 1], rights[count - 1]];
  return [
    [change(planner, left, 17), right.value],
    [change(planner, right, 1050), left.value],
    [change(planner, scale, 5), sumOfRights()],
    [change(planner, offset, 2000), sumOfRights()],
  ].flat();
}

// What all that must have counted.
function expected(size) {
  const sumOfLefts = ((size - 2) * (size - 1)) / 2 + 5;
  return [
    [size + 1, (CHAIN_EDITS * (CHAIN_EDITS + 1)) / 2],
    [2, 1170],
    [2, 5],
    [size + 1, sumOfLefts * 5 + size * 1000],
    [size + 1, sumOfLefts * 5 + size * 2000],
  ].flat();
}

benchmark(
  6000,
  (size) => chain(size).concat(projection(size)),
  (size, result) => expected(size).every((number, i) => number === result[i]),
);
