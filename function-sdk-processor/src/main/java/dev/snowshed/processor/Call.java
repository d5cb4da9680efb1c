package dev.snowshed.processor;

import java.util.List;

/**
 * How a function is called.
 *
 * @param method the method's name
 * @param parameters what it takes, in order
 * @param input what the function takes
 * @param output what it gives
 * @param returnsNothing whether the method is {@code void}
 * @param deprecated whether the compiler would warn of the method or of a type in its signature
 */
record Call(
    String method,
    List<Parameter> parameters,
    PayloadModel input,
    PayloadModel output,
    boolean returnsNothing,
    boolean deprecated) {

  /** What a parameter stands for. */
  enum Parameter {
    INPUT,
    CONTEXT
  }
}
