# Looking for files.
dir = "/tmp/metorex_glob_#{$$}"
Dir.mkdir(dir)
Dir.mkdir("#{dir}/sub")
%w[a.rb b.rb .hidden sub/c.rb].each { |name| File.write("#{dir}/#{name}", "") }
Dir.chdir(dir) do
  p Dir["*.rb"] # => ["a.rb", "b.rb"]
  p Dir.glob("**/*.rb") # => ["a.rb", "b.rb", "sub/c.rb"]
  p Dir.glob("{b,a}.rb") # => ["b.rb", "a.rb"]
  p Dir.glob("*", File::FNM_DOTMATCH) # => [".", ".hidden", "a.rb", "b.rb", "sub"]
  p Dir.glob("**/") # => ["sub/"]
end
p Dir.glob("*.rb", base: "#{dir}/sub") # => ["c.rb"]
p Dir.children(dir).sort # => [".hidden", "a.rb", "b.rb", "sub"]
%w[a.rb b.rb .hidden sub/c.rb].each { |name| File.delete("#{dir}/#{name}") }
Dir.rmdir("#{dir}/sub")
Dir.rmdir(dir)
p Dir.exist?(dir) # => false
