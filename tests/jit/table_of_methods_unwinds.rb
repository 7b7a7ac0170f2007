# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-log --dump=ir
# stderr: call.lookup
# What a method that was looked up raises, throws and returns lands where it does without machine
# code, with the same backtrace; methods that change meanwhile are found at the next call; deep
# recursion ends as it does always.
COUNT = 12
CLASSES = (0...COUNT).map do |k|
  Class.new do
    Object.const_set("Node#{k}", self)
    class_eval <<~RUBY, "nodes.rb", 10 * k + 1
      def initialize(child) = @child = child
      def visit(x)
        raise ArgumentError, "at #{k}" if x == 72 + #{k}
        throw :done, x + #{k} if x == 520 + #{k}
        x + #{k}
      end
      def deep(n) = n == 0 ? 0 : @child.deep(n - 1) + 1
      def each_of(list) = list.each { |x| return x if x > #{k} }
      def place = caller(1, 1)[0][/\\d+:in .*/]
      protected def hidden = #{k}
      def shows(other) = other.hidden
      private def secret = #{k}
    RUBY
  end
end
NODES = CLASSES.map { |c| c.new(nil) }
COUNT.times { |k| NODES[k].instance_variable_set(:@child, NODES[(k + 1) % COUNT]) }

def walk(n)
  seen = []
  total = i = 0
  while i < n
    node = NODES[i % COUNT]
    begin
      total += node.visit(i)
      total += node.each_of([1, 5, 20])
    rescue ArgumentError => e
      seen << e.message << e.backtrace[0] << e.backtrace[1][/\d+:in.*/]
    end
    i += 1
  end
  [total, seen]
end
p walk(300)[0] # => 49368
p walk(300)[1].last(3) # => ["at 11", "nodes.rb:113:in 'Node11#visit'", "36:in 'Object#walk'"]

def thrown(n)
  total = i = 0
  while i < n
    total += catch(:done) { NODES[i % COUNT].visit(i + 40) && 1 }
    i += 1
  end
  total
rescue ArgumentError => e
  [e.message, i]
end
p thrown(30) # => 30
p thrown(500) # => 6860

def changed(n)
  total = i = 0
  while i < n
    total += NODES[i % COUNT].visit(1000)
    CLASSES[i % COUNT].class_eval("def visit(x) = -x") if i == 150
    CLASSES[3].class_eval("undef visit") if i == 180
    i += 1
  end
rescue NoMethodError => e
  [total, i, e.message[/undefined method 'visit'/], e.backtrace.size]
end
p changed(300) # => [179981, 183, "undefined method 'visit'", 2]

def deep(n)
  sum = i = 0
  while i < n
    sum += NODES[i % COUNT].deep(30)
    i += 1
  end
  sum
end
p deep(100) # => 3000
begin
  NODES[0].deep(10_000_000)
rescue SystemStackError => e
  p e.message # => "stack level too deep"
end

def protected_call(n)
  fails = i = 0
  while i < n
    begin
      fails += NODES[i % COUNT].shows(NODES[i % COUNT]) > 100 ? 1 : 0
      NODES[i % COUNT].secret
    rescue NoMethodError
      fails += 1
    end
    i += 1
  end
  fails
end
p protected_call(200) # => 200

def places(n)
  seen = {}
  i = 0
  while i < n
    seen[NODES[i % COUNT].place] = true
    i += 1
  end
  seen.keys
end
p places(200) # => ["108:in 'Object#places'"]
