# SPDX-License-Identifier: MIT
# Delegator, SimpleDelegator and DelegateClass: objects that stand for another one.
class Delegator < BasicObject
  kernel = ::Kernel.dup
  kernel.class_eval do
    alias_method :__raise__, :raise
    [:to_s, :=~, :!~, :===, :<=>, :hash].each { |name| undef_method(name) if method_defined?(name) }
    private_instance_methods.each do |name|
      next if /\Abind_call\z|\Ainstance_variable_|\Aobject_id\z/.match?(name)
      next if [:initialize_copy, :initialize_clone, :initialize_dup, :respond_to_missing?, :__raise__].include?(name)
    end
  end
  include kernel

  def self.const_missing(name) = ::Object.const_get(name)

  def initialize(object)
    __setobj__(object)
  end

  def method_missing(name, *args, **options, &block)
    target = __getobj__
    if target.respond_to?(name)
      target.__send__(name, *args, **options, &block)
    elsif ::Kernel.method_defined?(name) || ::Kernel.private_method_defined?(name)
      ::Kernel.instance_method(name).bind_call(self, *args, **options, &block)
    else
      super(name, *args, **options, &block)
    end
  end

  def respond_to_missing?(name, include_private) = __getobj__.respond_to?(name, include_private)

  def methods(all = true) = __getobj__.methods(all) | super

  def public_methods(all = true) = __getobj__.public_methods(all) | super

  def ==(other)
    return true if other.equal?(self)
    __getobj__ == other
  end

  def !=(other)
    return false if other.equal?(self)
    __getobj__ != other
  end

  def eql?(other)
    return true if other.equal?(self)
    other.eql?(__getobj__)
  end

  def ! = !__getobj__

  def to_s = __getobj__.to_s

  def inspect = __getobj__.inspect

  def hash = __getobj__.hash

  def ===(other) = __getobj__ === other

  def =~(other) = __getobj__ =~ other

  def <=>(other) = __getobj__ <=> other

  def marshal_dump = __getobj__

  def marshal_load(object)
    __setobj__(object)
  end

  def initialize_clone(object, freeze: nil)
    __setobj__(object.__getobj__.clone(freeze: freeze))
  end

  def initialize_dup(object)
    __setobj__(object.__getobj__.dup)
  end
end

class SimpleDelegator < Delegator
  def __getobj__
    unless defined?(@delegate_sd_obj)
      return yield if block_given?
      __raise__ ::ArgumentError, "not delegated"
    end
    @delegate_sd_obj
  end

  def __setobj__(object)
    @delegate_sd_obj = object
  end
end

def DelegateClass(superclass, &block)
  klass = Class.new(Delegator)
  klass.class_eval do
    def __getobj__
      unless defined?(@delegate_dc_obj)
        return yield if block_given?
        __raise__ ::ArgumentError, "not delegated"
      end
      @delegate_dc_obj
    end

    def __setobj__(object)
      @delegate_dc_obj = object
    end
    known = instance_methods + [:to_s, :=~, :!~, :===]
    (superclass.instance_methods - known).each do |name|
      define_method(name) do |*args, **options, &inner|
        __getobj__.__send__(name, *args, **options, &inner)
      end
    end
  end
  klass.class_eval(&block) if block
  klass
end
