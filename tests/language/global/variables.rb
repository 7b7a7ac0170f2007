# SPDX-License-Identifier: MIT
# Global variables: undefined ones, aliases, special and frame-local ones, hooks, read-only ones.
p $undefined, defined?($undefined), [$undefined, ($undefined = 1), $undefined], defined?($undefined), global_variables.include?(:$undefined)
# => nil
# => nil
# => [nil, 1, 1]
# => "global-variable"
# => true
$count = 0
def bump = $count += 1
bump
[1, 2].each { bump }
-> { $count *= 10 }.call
p $count, ($count ||= 5), ($nothing ||= 6), ($count &&= nil), $count, ($a, $b = 1, [2]), $b # => 30
# => 30
# => 6
# => nil
# => nil
# => [1, [2]]
# => [2]
alias $old $count
$old = :through_alias
p $count, $old.equal?($count), ($count << 1 rescue $!.class), defined?($old) # => :through_alias
# => true
# => NoMethodError
# => "global-variable"
class Reader; def read = $count; def self.write(v) = $count = v; end
Reader.write([])
$count << 1
p Reader.new.read, eval("$count << 2"), binding.eval("$count.size"), Thread.new { $count << 3 }.value, Fiber.new { $count.size }.resume
# => [1, 2, 3]
# => [1, 2, 3]
# => 2
# => [1, 2, 3]
# => 3

# The last match belongs to the method's frame: blocks share it, called methods don't.
def other_match = ("zzz" =~ /z(z)/; [$~[0], $1])
"abc" =~ /b(c)?/
p $~[0], $&, $1, $`, $', $+, $2, other_match, $&, [1].map { $& }, [1].map { "q" =~ /q/; $& }, $& # => "bc"
# => "bc"
# => "c"
# => "a"
# => ""
# => "c"
# => nil
# => ["zz", "z"]
# => "bc"
# => ["bc"]
# => ["q"]
# => "q"
p ("no" =~ /x/), $~, $1, $& # => nil
# => nil
# => nil
# => nil
def match_in_block = (["k=v"].each { |s| s =~ /(\w)=(\w)/ }; [$1, $2])
p match_in_block, $1, "a-b".sub(/-(.)/) { $1.upcase }, $1, "xyz".gsub(/[xz]/) { |m| m == $& ? "<#{$~.begin(0)}>" : "?" }, $& # => ["k", "v"]
# => nil
# => "aB"
# => "b"
# => "<0>y<2>"
# => "z"
if "name: me" =~ /(\w+): (\w+)/ then p [$1, $2] end # => ["name", "me"]
p (case "v12" when /v(\d+)/ then $1 end), "ab".match?(/a/), $1, "ab".match(/b/)[0], $&, "a1b2".scan(/[a-z](\d)/) { (@scanned ||= []) << $1 }, @scanned
# => "12"
# => true
# => "12"
# => "b"
# => "b"
# => "a1b2"
# => ["1", "2"]
/(?<year>\d+)-(?<mon>\d+)/ =~ "2026-11"
p year, mon, $~[:year], (/(?<year>x)/ =~ "none"), year # => "2026"
# => "11"
# => "2026"
# => nil
# => nil
saved = $~
$~ = "other".match(/t(h)/)
p $1, $&, ($~ = nil), $1, ($~ = saved), (begin; $~ = 5; rescue TypeError; :refused; end) # => "h"
# => "th"
# => nil
# => nil
# => nil
# => :refused
proc_match = -> { "lambda" =~ /b(d)/; $1 }
"outer" =~ /u(t)/
p proc_match.call, $1 # => "d"
# => "d"
def deferred = ("own" =~ /(w)/; -> { $1 })
keep = deferred
"mine" =~ /(m)/
p keep.call, $1, eval("$1"), [3].each_with_index.map { |*| $1 }, define_singleton_method(:dsm) { "in" =~ /(n)/; $1 }.then { dsm }, $1
# => "w"
# => "m"
# => "m"
# => ["m"]
# => "n"
# => "n"

# Specials that convert, refuse or describe.
p ($; = nil), ($, = nil).inspect, ($/).inspect, $0.class, $$.class, $PROGRAM_NAME == $0, $*.equal?(ARGV), $:.equal?($LOAD_PATH), $".equal?($LOADED_FEATURES), $-w.inspect.size > 0
# => nil
# => "nil"
# => "\"\\n\""
# => String
# => Integer
# => true
# => true
# => true
# => true
# => true
%w[$~ $stdout $1 $& $! $$].each do |name|
  eval("#{name} = 5")
  p [name, :assigned]
rescue StandardError, SyntaxError => e
  p [name, e.class] # => ["$~", TypeError]
  # => ["$stdout", TypeError]
  # => ["$1", SyntaxError]
  # => ["$&", SyntaxError]
  # => ["$!", NameError]
  # => ["$$", NameError]
end
old_stdout = $stdout
text = Object.new
def text.write(*parts) = (@all ||= +"") << parts.join
def text.all = @all
$stdout = text
puts "captured"
print 1, 2
$stdout = old_stdout
p text.all, (begin; $stdout = 1; rescue => e; e.class; end), $stdout.equal?(old_stdout) # => "captured\n12"
# => TypeError
# => true
$_ = "line"
def underscore = $_
p $_, underscore, [1].map { $_ } # => "line"
# => nil
# => ["line"]
p $!, (raise "x" rescue [$!.message, $@.class]), $@, __FILE__ == $0, $DEBUG, $-d, $FILENAME # => nil
# => ["x", Array]
# => nil
# => true
# => false
# => false
# => "-"
