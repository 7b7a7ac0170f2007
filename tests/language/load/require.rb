# Files are found with .mx before .rb, run once, and known by their path.
dir = "/tmp/metorex_require_#{$$}"
Dir.mkdir(dir)
File.write("#{dir}/one.rb", "puts 'one'; require_relative 'two'; ONE = 1")
File.write("#{dir}/two.rb", "puts 'two'; p require_relative('one')")
File.write("#{dir}/both.rb", "puts 'rb'")
File.write("#{dir}/both.mx", "puts 'mx'")
$LOAD_PATH.unshift(dir)
p require("one")
# => one
# => two
# => false
# => true
p require("one"), require("#{dir}/one.rb")
# => false
# => false
p require("both")
# => mx
# => true
p $LOADED_FEATURES.include?("#{dir}/one.rb") # => true
p load("#{dir}/both.rb")
# => rb
# => true
p require("set") # => false
%w[one.rb two.rb both.rb both.mx].each { |name| File.delete("#{dir}/#{name}") }
Dir.rmdir(dir)
require "no/such/library" # raises LoadError: cannot load such file -- no/such/library
