# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=2 --jit-calls=1000 --jit-optimize=20 --stress=gc:20:1
# The Array and the Hash of a bare super's arguments are seen by the collector while they are made.
load File.join(__dir__, "../language/call/super_forms.rb")
