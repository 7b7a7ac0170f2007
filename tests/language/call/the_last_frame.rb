# SPDX-License-Identifier: MIT
# At the last frame that fits, whatever is done by the library alone still works, in each engine: its
# frames do not count. What calls a method or block of the program is one frame too deep.
class Plain
end
Pair = Struct.new(:left, :right)

def at(frames, form)
  return at(frames - 1, form) if frames > 0
  case form
  when :nothing then nil
  when :new then Plain.new
  when :core_new then Object.new
  when :struct_new then Pair.new(1, 2)
  when :array_new then Array.new(2)
  when :class_new then Class.new
  when :send then 5.send(:+, 1)
  when :public_send then 5.public_send(:+, 1)
  when :raise_text then begin; raise "x"; rescue RuntimeError; 0; end
  when :raise_class then begin; raise ArgumentError, "x"; rescue ArgumentError; 0; end
  when :conversion then begin; Integer("x"); rescue ArgumentError; 0; end
  when :sort then [3, 1].sort
  when :fetch then { a: 1 }.fetch(:a)
  when :empty_map then [].map { 1 }
  when :map then [1].map { 1 }
  when :times then 1.times { }
  when :lambda then -> { 1 }.call
  when :eval then eval("1")
  when :method then nothing
  end
end

def nothing; end

def fits?(frames, form)
  at(frames, form)
  true
rescue SystemStackError
  false
end

most = (1..20_000).bsearch { |frames| !fits?(frames, :nothing) } - 1
forms = %i[new core_new struct_new array_new class_new send public_send raise_text raise_class
           conversion sort fetch empty_map map times lambda eval method]
forms.each { |form| puts "#{form}: #{fits?(most - 1, form)}, #{fits?(most, form)}" }
# => new: true, true
# => core_new: true, true
# => struct_new: true, true
# => array_new: true, true
# => class_new: true, true
# => send: true, true
# => public_send: true, true
# => raise_text: true, true
# => raise_class: true, true
# => conversion: true, true
# => sort: true, true
# => fetch: true, true
# => empty_map: true, true
# => map: true, false
# => times: true, false
# => lambda: true, false
# => eval: true, false
# => method: true, false
