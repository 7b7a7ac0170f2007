# Writing, appending, reading, moving about, asking.
path = "/tmp/metorex_read_write_#{$$}"
p File.write(path, "l1\nl2\n") # => 6
File.open(path, "a") { |f| f.puts "l3" }
p File.read(path) # => "l1\nl2\nl3\n"
p File.readlines(path, chomp: true) # => ["l1", "l2", "l3"]
File.open(path, "r+") do |f|
  f.seek(-3, IO::SEEK_END)
  p f.read # => "l3\n"
  p f.pos # => 9
  f.rewind
  f.write("L")
  f.rewind
  p f.gets # => "L1\n"
end
p File.size(path) # => 9
p File.file?(path), File.directory?(path), File.zero?(path)
# => true
# => false
# => false
p File.stat(path).ftype # => "file"
File.rename(path, path + "x")
p File.exist?(path) # => false
p File.delete(path + "x") # => 1
begin
  File.open("/nonexistent/file")
rescue Errno::ENOENT => e
  puts e.message # => No such file or directory @ rb_sysopen - /nonexistent/file
end
