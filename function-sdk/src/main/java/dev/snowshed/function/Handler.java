package dev.snowshed.function;

/**
 * A function written as a class. Annotate the implementing class with {@link Function}.
 *
 * @param <I> the input, one of the types that {@link Function} lists; {@link Void} for none, which
 *     is passed as null
 * @param <O> the output, one of the types that {@link Function} lists; {@link Void} for none
 */
@FunctionalInterface
public interface Handler<I, O> {

  /**
   * Handles one call. Called concurrently.
   *
   * @param input the request's input
   * @param context the call's context
   * @return the output; null is JSON {@code null}, or an empty answer (204) for other types
   * @throws Exception any failure; the caller gets status 500 and an id, the log the stack trace.
   *     Throw {@link ProblemException} to choose the status
   */
  O handle(I input, Context context) throws Exception;
}
