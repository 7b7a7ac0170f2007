# SPDX-License-Identifier: MIT
# ruby2_keywords marks a method's code: aliases made before share it, blocks in the method do not.
# What cannot pass keywords on is skipped with a warning.
$stderr = $stdout
class Passing
  def call(*rest) = take(*rest)
  alias early call
  ruby2_keywords :call

  def take(*rest, **keys) = p([rest, keys])

  def inner(*) = ->(*rest) { Hash.ruby2_keywords_hash?(rest.last) }.call(x: 1)
  ruby2_keywords :inner
end

passing = Passing.new
passing.call(1, a: 2)
# => [[1], {a: 2}]
passing.early(1, b: 3)
# => [[1], {b: 3}]
p passing.inner # => false
through = ->(*rest) { passing.take(*rest) }.ruby2_keywords
through.call(z: 1)
# => [[], {z: 1}]
unmarked = ->(*rest) { passing.take(*rest) }
unmarked.call(z: 1)
# => [[{z: 1}], {}]
def Warning.warn(text, **) = puts(text[/warning: .*/])
class Passing
  ruby2_keywords :take
end
# => warning: Skipping set of ruby2_keywords flag for take (method accepts keywords or post arguments or method does not accept argument splat)
->(one) { one }.ruby2_keywords
# => warning: Skipping set of ruby2_keywords flag for proc (proc accepts keywords or post arguments or proc does not accept argument splat)
begin
  Passing.send(:ruby2_keywords, :absent)
rescue NameError => error
  puts error.message # => undefined method 'absent' for class 'Passing'
end
