# load with a module or true wraps what the file defines; self is a copy of main.
require "tempfile"
file = Tempfile.new(["loaded", ".rb"])
file.write(<<~'RUBY')
  LOADED = [self.to_s, Module.nesting.size]
  def from_file = :from_file
  puts from_file, LOADED.inspect
  class Inner; def place = self.class.name; end
  $place = Inner.new.place
RUBY
file.close
p load(file.path, true)



p Object.const_defined?(:LOADED), Object.const_defined?(:Inner), $place.end_with?("::Inner")



begin
  from_file
rescue NameError => e
  puts e.message
end
module Box; end
p load(file.path, Box)



p Box::LOADED, Box::Inner.new.place, Box.private_instance_methods(false)



p load(file.path), LOADED, Inner.new.place





begin
  load(file.path + ".missing", true)
rescue LoadError => e
  puts e.message == "cannot load such file -- #{file.path}.missing"
end
