package dev.snowshed.function;

/**
 * What a function does without when a dependency fails. Safe for concurrent use if it is shared by
 * calls.
 *
 * @param <T> what the dependency gives
 */
@FunctionalInterface
public interface Fallback<T> {

  /**
   * Stands in for a call that has failed.
   *
   * @param failure why: what the call threw, or a {@link DependencyException} if it was refused or
   *     took too long
   * @return the value to go on with
   * @throws Exception if there is none for this failure: the call then fails with it
   */
  T instead(Exception failure) throws Exception;
}
