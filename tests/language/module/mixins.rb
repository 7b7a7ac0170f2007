# SPDX-License-Identifier: MIT
# include, prepend, extend and their hooks; order of ancestors.
module Traced
  def self.included(base) = puts("included in #{base}")

  def self.prepended(base) = puts("prepended to #{base}")

  def self.extended(base) = puts("extended #{base.class}")

  def run = "traced(#{super})"
end

class Job
  def run = "job"
end

class Fast < Job
  include Traced # => included in Fast
end

class Slow < Job
  prepend Traced # => prepended to Slow

  def run = "slow"
end

p Fast.new.run, Slow.new.run # => "traced(job)"
# => "traced(slow)"
p Fast.ancestors.first(3) # => [Fast, Traced, Job]
p Slow.ancestors.first(3) # => [Traced, Slow, Job]
Job.new.extend(Traced) # => extended Job
p Fast.include?(Traced), Fast.included_modules.first # => true
# => Traced
p Fast <= Traced, Job <= Traced, Traced > Slow, Fast <=> Job # => true
# => nil
# => true
# => -1
Fast.include(Job) # raises TypeError: wrong argument type Class (expected Module)
