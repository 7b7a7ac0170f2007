# SPDX-License-Identifier: MIT
# Text that C evaluates below a frame that stands for Method#call or public_send only.
def texts(count)
  evaluate = method(:eval)
  sum = i = 0
  while i < count
    sum += evaluate.call("3.times.sum { |k| k } + #{i % 2}")
    sum += binding.public_send(:eval, "[1, 2].map { |k| k * 2 }.sum")
    i += 1
  end
  sum
end
p texts(60)
