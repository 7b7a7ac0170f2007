# SPDX-License-Identifier: MIT
# Procs that come from elsewhere as blocks, in hot loops.
A = [1, 2, 3, 4]
ADD = proc { |x| x + 1 }
LAM = ->(x) { x * 2 }
PAIR = proc { |x, y| [x, y] }
def consts(n)
  t = 0
  i = 0
  while i < n
    t += A.map(&ADD).sum
    t += A.map(&LAM).sum
    t += A.each_with_index.map(&PAIR).size
    t += A.inject(&:+)
    t += A.sum(&ADD) + A.count(&:even?)
    i += 1
  end
  t
end
p consts(40)
def through(list, &b) = list.map(&b)
def each_twice(list, &b)
  list.each(&b)
  list.each(&b)
end
def given(n, &b)
  t = 0
  i = 0
  while i < n
    t += A.map(&b).sum
    t += through(A, &b).sum
    each_twice(A) { |x| t += x }
    i += 1
  end
  t
end
p given(40) { |x| x * 3 }
k = 5
p given(40) { |x| k += 1; x + k }, k
def several(n)
  procs = [proc { |x| x }, proc { |x| x + 1 }, lambda { |x| x + 2 }, :succ.to_proc, 5.method(:+).to_proc, nil]
  t = 0
  i = 0
  while i < n
    pr = procs[i % 6]
    t += pr ? A.map(&pr).sum : A.map(&pr).class.name.size
    i += 1
  end
  t
end
p several(60)
def two(n)
  procs = [proc { |x| x }, proc { |x, y = 4| x + y }]
  t = 0
  i = 0
  while i < n
    t += A.map(&procs[i % 2]).sum
    t += [[1, 2], [3, 4]].map(&procs[1]).sum
    i += 1
  end
  t
end
p two(60)
def leaving(n)
  out = []
  i = 0
  while i < n
    pr = proc { |x| next 0 if x == 2; x }
    out << A.map(&pr)
    br = proc { |x| break x }
    out << (A.each(&br) rescue $!.class)
    i += 1
  end
  out.uniq
end
p leaving(30)
def ret(pr) = A.each(&pr)
def returns(n)
  out = []
  n.times do |i|
    out << returner(i % 5)
  end
  out.tally
end
def returner(k)
  pr = proc { |x| return [:r, x] if x == k }
  ret(pr)
  :end
end
p returns(50)
def raising(n)
  out = []
  pr = proc { |x| x == 3 && raise("three") }
  i = 0
  while i < n
    begin
      A.each(&pr)
    rescue => e
      out << e.message
      puts e.backtrace.map { |l| l[/\d+:in.*/] } if i == 20
    end
    i += 1
  end
  out.tally
end
p raising(30)
def selves(n)
  o = Object.new
  def o.pr = proc { |x| [self.class, x, @z = x] }
  out = []
  n.times { out << A.map(&o.pr).last }
  out.uniq
end
p selves(30)
def hashes(n)
  h = { a: 1, b: 2 }
  out = []
  f = proc { |k, v| [v, k] }
  g = proc { |kv| kv }
  n.times { out << h.map(&f) << h.map(&g) << h.each_with_index.map(&f) }
  out.uniq
end
p hashes(30)
def yields = yield(1, 2)
def kw(n)
  f = proc { |a, b = 3, *c| [a, b, c] }
  out = []
  n.times { out << yields(&f) << [[1, 2, 3]].each(&f) << A.each_slice(3).map(&f) }
  out.uniq
end
p kw(30)
