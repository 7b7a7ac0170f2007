# SPDX-License-Identifier: MIT
# Symbols and how they print.
p :abc # => :abc
p :"a b" # => :"a b"
p :"foo=" # => :foo=
p :[]= # => :[]=
p :"9a" # => :"9a"
p :"é" # => :é
p :a? # => :a?
p :"a?b" # => :"a?b"
p :+@ # => :+@
p :"&&" # => :"&&"
p :$1 # => :$1
p :@a # => :@a
p :@@b # => :@@b
p :"@1" # => :"@1"
p({a: 1, "b c": 2, "d?": 3, "e=": 4, :+ => 5, "É": 6}) # => {a: 1, "b c": 2, d?: 3, "e=": 4, "+": 5, É: 6}
p :abc <=> :abd # => -1
p :abc <=> "abc" # => nil
p :abc == :abc # => true
p :abc.to_proc.call("x") rescue p $!.class # => NoMethodError
p %w[a b].map(&:upcase) # => ["A", "B"]
p [[1, 2], [3]].map(&:length) # => [2, 1]
p :abc.length # => 3
p :abc[1] # => "b"
p :abc[0..1] # => "ab"
p :aBc.upcase # => :ABC
p :aBc.swapcase # => :AbC
p :abc.succ # => :abd
p :a.size # => 1
p :abc.start_with?("ab") # => true
p :abc =~ /c/ # => 2
p :abc.match(/b/) # => #<MatchData "b">
p :abc.match?(/x/) # => false
p :a.to_s.frozen? # => false
p :a.name.frozen? # => true
p :a.name.equal?(:a.name) # => true
p :a.to_s.encoding # => #<Encoding:US-ASCII>
p :"é".encoding # => #<Encoding:UTF-8>
p :Abc.casecmp(:aBC) # => 0
p :Abc.casecmp?(:aBC) # => true
p :a.empty? # => false
p "foo bar".to_sym # => :"foo bar"
p "abc".to_sym.equal?(:abc) # => true
p :a.frozen? # => true
p :a.to_proc.lambda? # => true
p :upcase.to_proc.arity # => -2
p %i[b a c].sort # => [:a, :b, :c]
p %i[b a].max # => :b
p :abc.id2name # => "abc"
p :a.instance_of?(Symbol) # => true
p (Symbol.new rescue $!.class) # => NoMethodError
