# encoding: euc-jp
# SPDX-License-Identifier: MIT
# The encoding that a text says it has.
p __ENCODING__
# => #<Encoding:EUC-JP>
