# Starting programs and waiting for them.
p `echo hi; exit 3` # => "hi\n"
p $?.exitstatus, $?.success?
# => 3
# => false
p system("true"), system("exit 2"), system("no_such_program_at_all")
# => true
# => false
# => nil
r, w = IO.pipe
pid = spawn("echo out; echo err >&2", err: [:child, :out], out: w)
w.close
Process.wait(pid)
p r.read # => "out\nerr\n"
p IO.popen("cat", "r+") { |io| io.write("x"); io.close_write; io.read } # => "x"
p IO.popen(["echo", "a  b"], &:read) # => "a  b\n"
pid = fork { exit 7 }
p Process.wait2(pid)[1].exitstatus # => 7
ENV["METOREX_TEST"] = "set"
p `echo $METOREX_TEST` # => "set\n"
p ENV.delete("METOREX_TEST"), ENV["METOREX_TEST"]
# => "set"
# => nil
spawn("/no/such/program") # raises Errno::ENOENT: No such file or directory - /no/such/program
