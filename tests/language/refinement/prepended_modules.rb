# SPDX-License-Identifier: MIT
# What refines a class or module comes before what is prepended to it, and its super finds that.
module M; def get = super + 1000; end
class P; prepend M; def get = 3; end
module R; refine(P) { def get = super + 1 } end
class S < P; end
class T < P; def get = super * 2; end
class Q; def get = 3; end
module R2; refine(Q) { def get = super + 1 } end
module R3; refine(M) { def get = super + 7 } end
module R4; refine(Comparable) { def cmp = 4 } end
module Plain; def get = 50; end
module R5; refine(Plain) { def get = super + 5 } end
class U; include Plain; end
class V; prepend Plain; def get = 1; end
using R
using R2
p P.new.get, S.new.get, T.new.get # => 1004
# => 1004
# => 2006
p Q.new.get # => 4
class Q; prepend M; end
p Q.new.get # => 1004
using R3
p P.new.get # => 1004
p Q.new.get # => 1004
using R4
p 3.cmp # => 4
using R5
p U.new.get, V.new.get # => 55
# => 55
o = P.new
def o.get = super + 20
p o.get # => 1024
class W < P; prepend Comparable; end
p W.new.get # => 1004
p [P.new, S.new].map(&:get) # => [1004, 1004]
p P.new.send(:get) # => 1004
