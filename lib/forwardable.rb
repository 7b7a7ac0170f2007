# SPDX-License-Identifier: MIT
# Forwardable: methods that hand their call to another object.
module Forwardable
  VERSION = "1.3.3"

  def instance_delegate(hash)
    hash.each do |methods, accessor|
      Array(methods).each { |method| def_instance_delegator(accessor, method) }
    end
  end

  def def_instance_delegators(accessor, *methods)
    methods.each do |method|
      next if %w[__send__ __id__].include?(method.to_s)
      def_instance_delegator(accessor, method)
    end
  end

  def def_instance_delegator(accessor, method, new_name = method)
    method = method.to_sym
    Forwardable.define(self, accessor.to_s, method, new_name.to_sym)
  end

  alias delegate instance_delegate
  alias def_delegators def_instance_delegators
  alias def_delegator def_instance_delegator

  # Define a method that evaluates the accessor in the object it is called on.
  def self.define(target, accessor, method, new_name)
    variable = accessor.start_with?("@")
    definer = target.is_a?(Module) ? :define_method : :define_singleton_method
    target.send(definer, new_name) do |*args, **options, &block|
      receiver = variable ? instance_variable_get(accessor) : instance_eval(accessor)
      receiver.__send__(method, *args, **options, &block)
    end
    new_name
  end
end

module SingleForwardable
  def def_single_delegator(accessor, method, new_name = method)
    Forwardable.define(singleton_class, accessor.to_s, method.to_sym, new_name.to_sym)
  end

  def def_single_delegators(accessor, *methods)
    methods.each { |method| def_single_delegator(accessor, method) }
  end

  def single_delegate(hash)
    hash.each do |methods, accessor|
      Array(methods).each { |method| def_single_delegator(accessor, method) }
    end
  end

  alias delegate single_delegate
  alias def_delegators def_single_delegators
  alias def_delegator def_single_delegator
end
