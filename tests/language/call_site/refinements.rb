# SPDX-License-Identifier: MIT
# Refinements of methods and operators, switched on by `using` between two runs of like sites.
class Word
  attr_reader :s
  def initialize(s) = @s = s
  def m = [:plain, s]
  def +(other) = [:plus, s, other]
  def to_s = "word #{s}"
end
W = Word.new("w")
module Refined
  refine Word do
    def m = [:refined, *super]
    def +(other) = [:refined_plus, other]
    def extra = :extra
    def to_s = "refined"
  end
  refine Integer do
    def +(other) = "#{inspect} plus #{other}"
    def [](i) = :indexed
    def <(other) = :less
  end
  refine Array do
    def [](i) = :"at #{i}"
    def each = yield(:refined_each)
    def to_proc = proc { |x| [self, x] }
  end
  refine String do
    def ==(other) = :compared
    def length = :long
    def =~(other) = :matched
  end
  refine(NilClass) { def m = :nil_m }
end
module Before
  SITES = [-> { W.m }, -> { W + 1 }, -> { 1 + 2 }, -> { [1, 2][0] }, -> { "a" == "a" }, -> { "abc".length }, -> { "#{W}" }, -> { nil.m rescue :no }]
end
call_all = -> { Before::SITES.map { |s| 3.times.map { s.call }.uniq } }
p call_all.call # => [[[:plain, "w"]], [[:plus, "w", 1]], [3], [1], [true], [3], ["word w"], [:no]]
using Refined
p call_all.call # => [[[:plain, "w"]], [[:plus, "w", 1]], [3], [1], [true], [3], ["word w"], [:no]]
SITES_AFTER = [-> { W.m }, -> { W + 1 }, -> { 1 + 2 }, -> { [1, 2][0] }, -> { "a" == "a" }, -> { "abc".length }, -> { "#{W}" }, -> { nil.m }]
p SITES_AFTER.map { |s| 3.times.map { s.call }.uniq }, W.extra, 1 < 2, 5[1], "a" =~ /b/, ([3].each { |x| break x })
# => [[[:refined, :plain, "w"]], [[:refined_plus, 1]], ["1 plus 2"], [:"at 0"], [:compared], [:long], ["refined"], [:nil_m]]
# => :extra
# => :less
# => :indexed
# => :matched
# => :refined_each
p W.send(:m), [W].map(&:m), [W].map(&:extra), (W.public_send(:extra)), W.method(:m).call, W.then { _1 + 2 }, 3.then { |x| x + 4 }
# => [:refined, :plain, "w"]
# => [[:refined, :plain, "w"]]
# => [:extra]
# => :extra
# => [:refined, :plain, "w"]
# => [:refined_plus, 2]
# => "3 plus 4"
p W.respond_to?(:extra), (W.instance_eval { m }), 1.upto(2).map { |x| x + x }, [1, 2].sum, [4].first # => true
# => [:refined, :plain, "w"]
# => ["1 plus 1", "2 plus 2"]
# => 3
# => 4
class Word
  def m = [:changed, s]
  def via_self = m
  def via_method(x) = x + 1
end
p W.m, W.via_self, W.via_method(1), Before::SITES.first.call # => [:refined, :changed, "w"]
# => [:refined, :changed, "w"]
# => "1 plus 1"
# => [:changed, "w"]
module Refined
  refine(Word) { def m = [:refined_again, *super] }
end
p W.m, W.method(:m).owner.class, (x = 10; x += 5; x) # => [:refined_again, :changed, "w"]
# => Refinement
# => "10 plus 5"
eval("p 1 + 1, W.extra") # => "1 plus 1"
# => :extra
