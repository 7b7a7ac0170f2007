# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=5 --jit-log
# stderr: keys is called by the protocol
# A call by the protocol with an empty Hash of keywords passes none.
def keys(x, **o) = x + o.size + (block_given? ? 1 : 0)
def given(**options) = options
12.times { |k| Object.const_set("K#{k}", Class.new { define_method(:keys) { |x, **o| x + o.size } }) }
list = (0...12).map { |k| Object.const_get("K#{k}").new }
i = s = 0
while i < 300
  s += list[i % 12].keys(i, **given)
  s += list[i % 12].keys(i, **given(a: 1))
  i += 1
end
p s # => 90000
