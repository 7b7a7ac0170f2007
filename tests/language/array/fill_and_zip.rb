# SPDX-License-Identifier: MIT
# fill in all its forms, and zip with Arrays and with what only iterates.
def e; yield; rescue => x; "#{x.class}: #{x.message}"; end
p [1, 2].fill(5, 1, -1), [1, 2].fill(5, 0, 0)
# => [1, 2]
# => [1, 2]
p [1, 2].zip([3], [4, 5, 6]), [].zip([1]), [1].zip, [1, 2].zip(1..2), [1, 2].zip([1].each), e { [1].zip(1) }
# => [[1, 3, 4], [2, nil, 5]]
# => []
# => [[1]]
# => [[1, 1], [2, 2]]
# => [[1, 1], [2, nil]]
# => "TypeError: wrong argument type Integer (must respond to :each)"
class TA; def to_ary = [7, 8]; end
p [1, 2].zip(TA.new), [1, 2].zip([3, 4]) { |q| p q }
# => [1, 3]
# => [2, 4]
# => [[1, 7], [2, 8]]
# => nil
