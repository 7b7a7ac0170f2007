# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=3 --jit-log --dump=ir
# stderr: call.leaf
# stderr-count: 0 call.send
# C leaves whose arguments rule out guest code are called at their address.
def work(n)
  list = []
  text = +""
  sum = 0
  i = 0
  while i < n
    list.push(i, i)
    sum += list.pop if i.odd?
    text << "abc" [0, 2] if text.length < 50
    sum += text.getbyte(0) unless text.empty?
    i += 1
  end
  [sum, list.length, text]
end
p work(300) # => [51600, 450, "ababababababababababababababababababababababababab"]
