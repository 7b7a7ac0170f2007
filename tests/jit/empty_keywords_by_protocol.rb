# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=5 --jit-log
# stderr: keys is called by the protocol
# A call by the protocol, as to protected methods of many classes, with an empty Hash of keywords
# passes none. So does one by a table.
class Base
  def run(list)
    i = s = 0
    while i < 300
      s += list[i % 12].keys(i, **given)
      s += list[i % 12].keys(i, **given(a: 1))
      i += 1
    end
    s
  end
  def given(**options) = options
  protected def keys(x, **o) = x + o.size
  def shown(list)
    i = s = 0
    while i < 300
      s += list[i % 12].open(i, **given) + list[i % 12].open(i, **given(a: 1))
      i += 1
    end
    s
  end
end
12.times do |k|
  Object.const_set("K#{k}", Class.new(Base) do
    define_method(:open) { |x, **o| x + o.size }
  end)
end
list = (0...12).map { |k| Object.const_get("K#{k}").new }
p list[0].run(list) # => 90000
p list[0].shown(list) # => 90000
