# SPDX-License-Identifier: MIT
# hash[key] asks the key for its hash once, found or not, and is no line of a backtrace.
class Key
  def initialize(name) = @name = name

  def hash
    raise "no hash" unless @name
    puts "hash of #{@name}"
    @name.hash
  end
end

table = { 1 => :one }
2.times { p table[Key.new(:a)] }
# => hash of a
# => nil
# => hash of a
# => nil
falling = Hash.new { |_, key| key.class }
falling[1] = :one
p falling[Key.new(:b)]
# => hash of b
# => Key

def lines(table, key)
  table[key]
rescue => error
  error.backtrace.map { |line| line[/'(.*)'/, 1] }
end

p lines(table, Key.new(nil)) # => ["Key#hash", "Object#lines", "<main>"]
raising = Hash.new { raise "none" }
p lines(raising, 1) # => ["block in <main>", "Object#lines", "<main>"]

class Hash
  def default(key) = [:default, key]
end

class Sub < Hash; end
p Sub.new[3] # => [:default, 3]
p({}[4]) # => [:default, 4]
