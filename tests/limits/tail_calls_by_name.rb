# SPDX-License-Identifier: MIT
# tail_calls: true
# send, __send__ and public_send in tail position are calls of the method itself: they go deeper than
# the limit of frames and take no longer the deeper they go.
def by_symbol(n) = n == 0 ? :symbol : send(:by_symbol, n - 1)
def by_string(n) = n == 0 ? :string : __send__("by_string", n - 1)
class Walker
  def by_public(n) = n == 0 ? :public : public_send(:by_public, n - 1)
  def twice(n) = n == 0 ? :twice : send(:public_send, :twice, n - 1)
  def keys(n, k:, &b) = n == 0 ? [k, b.call] : public_send(:keys, n - 1, k: k + 1, &b)
  def list(*all) = all[0] == 0 ? all : send(*[:list, all[0] - 1], *all[1..])
  def mixed(n) = n == 0 ? :mixed : other(n - 1)
  def method_missing(name, *list) = list[0] < 3 ? [name, list] : send(:other_mixed, *list)

  private

  def other(n) = n == 0 ? :other : self.__send__(:mixed, n - 1)
  def other_mixed(n) = n == 1 ? :missed : mixed(n - 1)
end
p by_symbol(50_000) # => :symbol
p by_string(50_000) # => :string
walker = Walker.new
p walker.by_public(50_000) # => :public
p walker.twice(50_000) # => :twice
p walker.keys(50_000, k: 0) { :block } # => [50000, :block]
p walker.list(50_000, 1, 2) # => [0, 1, 2]
p walker.mixed(50_000) # => :mixed
p walker.missing(5), walker.missing(1) # => :mixed
# => [:missing, [1]]

# What send refuses it refuses as ever, and what it calls that is no method of the language returns.
class Hidden
  def hidden(how) = Walker.new.public_send(how, 1)
  def builtin = [3, 1].send(:sort)
  def unknown = nil.send(:nothing)
  def nameless = send
  def odd = send(3)
  def initialize(n = 0) = n == 0 ? send(:start) : nil
  def start = :not_the_object
  def redefined = Own.new.send(:start)
end
class Own
  def send(name) = [:own, name]
end
def attempt
  yield
rescue NoMethodError, ArgumentError, TypeError => error
  puts error.message
end
attempt { p Hidden.new.hidden(:mixed) } # => :other
attempt { p Hidden.new.hidden(:other) } # => [:other, [1]]
attempt { p Hidden.new.builtin } # => [1, 3]
attempt { p Hidden.new.unknown } # => undefined method 'nothing' for nil
attempt { p Hidden.new.nameless } # => no method name given
attempt { p Hidden.new.odd } # => 3 is not a symbol nor a string
attempt { p Hidden.new.redefined } # => [:own, :start]
p Hidden.new.class # => Hidden
