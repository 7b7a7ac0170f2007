# SPDX-License-Identifier: MIT
# An OpenStruct is marshalled as the Hash of its attributes, like Ruby's.
require "ostruct"
data = Marshal.dump(OpenStruct.new(a: 1, b: [2]))
p data
# => "\x04\bU:\x0FOpenStruct{\a:\x06ai\x06:\x06b[\x06i\a"
copy = Marshal.load(data)
p copy, copy.b
# => #<OpenStruct a=1, b=[2]>
# => [2]
copy.c = 3
p copy.to_h
# => {a: 1, b: [2], c: 3}
