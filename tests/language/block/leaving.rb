# break, next, redo, return and throw out of blocks, procs and lambdas.
def twice
  yield 1
  yield 2
  :end
end

p(twice { |x| break x * 10 }) # => 10
p twice { |x| next } # => :end
r = [1, 2, 3].map { |x| next x * 10 if x == 2; x }
p r # => [1, 20, 3]

def from_block
  [1, 2, 3].each { |x| return x if x > 1 }
  :none
end
p from_block # => 2

def from_proc
  pr = Proc.new { return :proc }
  pr.call
  :after
end
p from_proc # => :proc

def from_lambda
  l = -> { return :lambda }
  l.call
  :after
end
p from_lambda # => :after

count = 0
redone = [1].each do |x|
  count += 1
  redo if count < 3
end
p count # => 3

def nested
  [1, 2].each do |a|
    [3, 4].each do |b|
      return [a, b] if b == 4
    end
  end
end
p nested # => [1, 4]

p catch(:done) { 10.times { |i| throw :done, i if i == 3 }; :never } # => 3

orphan = twice_proc = nil
def keep(&block) = block
pr = keep { break 1 }
begin
  pr.call
rescue LocalJumpError => e
  puts e.message # => break from proc-closure
end

l = lambda { |x| break x + 1 }
p l.call(1) # => 2

def ensured
  yield
ensure
  $log << :ensure
end
$log = []
p([1].each { ensured { break :out } }) # => [1]
p $log # => [:ensure]

def while_in_block
  [1, 2].map do |x|
    i = 0
    while true
      i += 1
      break i * x if i == 3
    end
  end
end
p while_in_block # => [3, 6]
