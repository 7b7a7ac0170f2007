# SPDX-License-Identifier: MIT
# Methods, constants and operators that change while a hot loop runs: what comes next has the new meaning.
class Foo; def v = 1; end
def flip(i) = (Foo.class_eval { def v = 2 } if i == 20; i)
f = Foo.new
s = []
i = 0
while i < 40
  flip(i)
  s << f.v
  i += 1
end
p s
class Integer; def foo(x) = self + x; end
K = 5
def const(i)
  if i == 15
    Object.send(:remove_const, :K); Object.const_set(:K, 7)
  end
  0
end
r = []
30.times { |i| a = K; const(i); r << a + K }
p r
# redefine Integer#+ inside the loop
def redef(i)
  if i == 12
    Integer.class_eval { alias_method :old_plus, :+; def +(o) = old_plus(o).old_plus(1000) }
  elsif i == 14
    Integer.class_eval { alias_method :+, :old_plus }
  end
  0
end
out = []
i = 0
until i >= 25
  x = i
  redef(i)
  out << (x + 1)
  i = i.succ
end
p out
