package dev.snowshed.function.spi;

import dev.snowshed.function.Configuration;
import dev.snowshed.function.Context;

/**
 * Connects the host to one function without reflection. Generated at the function's compile time,
 * found with {@link java.util.ServiceLoader}. Implementations have a public no-argument constructor
 * and no state, and are safe for concurrent use.
 */
public interface FunctionBinding {

  /** The level of this SDK. Raised when bindings come to need something that older hosts lack. */
  int API_LEVEL = 1;

  /**
   * The {@link #API_LEVEL} that the binding was generated for. A host refuses a binding with a
   * higher level than its own.
   */
  int apiLevel();

  /** What the function is called, takes, gives and needs. */
  FunctionDescriptor descriptor();

  /**
   * The class that {@link #create} instantiates. Bindings of one load that name the same class
   * share one instance.
   */
  Class<?> handlerType();

  /**
   * Makes an instance of the function's class.
   *
   * @return a new instance
   * @throws Exception whatever its constructor throws
   */
  Object create() throws Exception;

  /**
   * Runs the start hooks.
   *
   * @param instance an instance made by {@link #create}
   * @param configuration the function's settings
   * @throws Exception whatever a hook throws
   */
  void start(Object instance, Configuration configuration) throws Exception;

  /**
   * Calls the function.
   *
   * @param instance an instance made by {@link #create}
   * @param input an instance of the input's type; null for a function without input, or where the
   *     JSON input was {@code null}
   * @param context the call's context
   * @return the function's result; null if it has none
   * @throws Exception whatever the function throws
   */
  Object invoke(Object instance, Object input, Context context) throws Exception;

  /**
   * Runs the stop hooks.
   *
   * @param instance an instance made by {@link #create}
   * @throws Exception whatever a hook throws
   */
  void stop(Object instance) throws Exception;
}
