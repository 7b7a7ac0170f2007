# Reading lines: separators, limits, chomp, paragraphs.
r, w = IO.pipe
w.write("one\ntwo\n\n\nthree;four\nfive")
w.close
p r.gets # => "one\n"
p r.lineno # => 1
p r.gets(chomp: true) # => "two"
p r.gets("") # => "three;four\nfive"
p r.gets # => nil
p r.eof? # => true
r.close
begin
  r.read
rescue IOError => e
  puts e.message # => closed stream
end

r, w = IO.pipe
w << "a;b;c"
w.close
p r.each_line(";").to_a # => ["a;", "b;", "c"]

r, w = IO.pipe
w << "été\n"
w.close
p r.gets(1) # => "é"
p r.getc # => "t"
p r.getbyte # => 195
r.ungetc("z")
p r.read # => "z\xA9\n"
