# Paths as texts.
p File.expand_path("../x/./y", "/a/b") # => "/a/x/y"
p File.basename("/a/b.rb", ".rb"), File.basename("/a/b.tar.gz", ".*"), File.basename("/")
# => "b"
# => "b.tar"
# => "/"
p File.dirname("/a/b/c"), File.dirname("a"), File.dirname("/a/b/c", 2)
# => "/a/b"
# => "."
# => "/a"
p File.extname("a.rb"), File.extname(".profile"), File.extname("a.")
# => ".rb"
# => ""
# => "."
p File.join("a", "/b/", ["c", "d"]), File.join
# => "a/b/c/d"
# => ""
p File.split("/x/y") # => ["/x", "y"]
p File.fnmatch("*.rb", "a.rb"), File.fnmatch("*", ".a"), File.fnmatch("**/*.rb", "x/y/a.rb", File::FNM_PATHNAME)
# => true
# => false
# => true
p File.fnmatch("{a,b}[0-9]", "b7", File::FNM_EXTGLOB) # => true
