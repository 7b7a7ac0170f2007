# SPDX-License-Identifier: MIT
# initialize and its kin are private, also as aliases of methods of a class and by define_method.
class Named
  def plain = :plain
  alias_method :initialize_copy, :plain
  alias respond_to_missing? plain
  define_method(:initialize, instance_method(:plain))
end
p Named.private_instance_methods(false).sort # => [:initialize, :initialize_copy, :respond_to_missing?]

p IO::EWOULDBLOCKWaitReadable, IO::EWOULDBLOCKWaitWritable
# => IO::EAGAINWaitReadable
# => IO::EAGAINWaitWritable
