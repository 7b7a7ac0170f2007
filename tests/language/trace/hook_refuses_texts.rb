# SPDX-License-Identifier: MIT
# A hook on script_compiled that raises: the text does not run, and what loads it raises.
require "tempfile"
file = Tempfile.new(["script", ".rb"])
file.write("puts 'loaded'\n")
file.close
refuse = TracePoint.new(:script_compiled) { |tp| raise "not #{tp.eval_script.inspect}" }
refuse.enable
a = begin; load(file.path); rescue => e; e.message; end
b = begin; eval("puts 1"); rescue => e; e.message; end
refuse.disable
p a, b
# => "not nil"
# => "not \"puts 1\""
load(file.path) # => loaded
