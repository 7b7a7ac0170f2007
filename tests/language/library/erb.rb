# SPDX-License-Identifier: MIT
# ERB: values, loops, trimming, escaping.
require "erb"
items = %w[a <b>]
p ERB.new("<%= items.size %> <%% %%> <%# note %>é").result(binding) # => "2 <% %%> é"
p ERB.new("<% items.each do |i| -%>\n* <%= ERB::Util.h(i) %>\n<% end -%>\n", trim_mode: "-").result(binding) # => "* a\n* &lt;b&gt;\n"
p ERB.new("<% if true %>\nyes\n<% end %>\n", trim_mode: "<>").result # => "yes\n"
p ERB.new("% 2.times do |i|\n<%= i %>\n% end\n%% x\n", trim_mode: "%").result # => "0\n1\n% x\n"
p ERB.new("<%= a + b %>").result_with_hash(a: 1, b: 2) # => "3"
