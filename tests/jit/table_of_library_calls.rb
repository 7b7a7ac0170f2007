# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-log --dump=ir
# stderr: call.lookup
# `new` of many classes, `send` to objects of many, a Symbol as the block for many, Procs of many
# literals: C makes them, but for what it must not.
KLASSES = (0...12).map do |k|
  Class.new do
    Object.const_set("Made#{k}", self)
    attr_reader :value
    if k.even?
      class_eval "def initialize(value, more = #{k}) = @value = value + more"
    else
      class_eval "def initialize(*list, by: 1, **) = @value = list.sum * by"
    end
    class_eval "def name_of(x = 0) = x + #{k}"
    def where = __method__
    private def hidden(x) = x
  end
end
LIST = KLASSES.map { |c| c.new(1) }
PROCS = (0...12).map { |k| eval("k = #{k}; proc { |x| #{k.odd? ? 'next 0 if x > 50' : ''}; x + k }") } +
        [:succ.to_proc, method(:Integer).to_proc, ->(x, y = 2) { x * y }]

def made(n)
  total = i = 0
  while i < n
    total += KLASSES[i % 12].new(i).value
    i += 1
  end
  total
end
p made(500) # => 125992
KLASSES[4].class_eval { def initialize(value) = raise(IndexError, "no #{value}") }
begin
  made(20)
rescue IndexError => e
  p e.message, e.backtrace.first(2).map { |line| line[/\d+:in.*/] } # => "no 4"
  # => ["33:in 'Made4#initialize'", "27:in 'Object#made'"]
end

def sent(n)
  total = i = 0
  while i < n
    total += LIST[i % 12].send(:name_of, i) + LIST[i % 12].__send__(:hidden, 1)
    total += LIST[i % 12].send(i.even? ? :name_of : :value)
    total += 1 if LIST[i % 12].send(:where) == :where
    i += 1
  end
  total
end
p sent(300) # => 48000

def mapped(n)
  total = i = 0
  while i < n
    total += LIST.map(&:name_of).sum + [1, nil, :a, 2.5, "x", [1], {}, 1..2, LIST].count(&:frozen?)
    i += 1
  end
  total
end
p mapped(100) # => 7100

def called(n)
  total = i = 0
  while i < n
    total += PROCS[i % 15].call(i)
    i += 1
  end
  total
end
p called(300) # => 31419
def broken(n)
  i = 0
  while i < n
    PROCS[i % 15].call(*[i].first(i == 200 ? 0 : 1))
    i += 1
  end
rescue => e
  [i, e.class]
end
p broken(300) # => [200, NoMethodError]
