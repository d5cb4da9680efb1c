package dev.snowshed.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a dependency of a function, and how its calls are protected. Stands where {@link
 * Function} stands. A dependency that is not declared works with the defaults, and is found when it
 * is first called. The host's configuration overrides each member.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(DependsOn.Several.class)
public @interface DependsOn {

  /**
   * The dependency's name, as given to {@link Context#dependency}: {@code [A-Za-z0-9._-]{1,64}}.
   */
  String value();

  /** How much the function needs it. Default {@code UNDECLARED}. */
  Strength strength() default Strength.UNDECLARED;

  /**
   * How long one attempt may take: a whole number and a unit of {@code ms}, {@code s}, {@code m} or
   * {@code h}, between 1 ms and 24 h. It never has more time than is left to the function, which is
   * also the default.
   */
  String timeout() default "";

  /** Most calls of it at once, over all calls of the function; 0 or more. Default 0: any number. */
  int maxConcurrent() default 0;

  /**
   * How often a failed call is tried again; 0 to 10. Retries are at most a tenth of the calls, and
   * end with the function's deadline. Default 0.
   */
  int retries() default 0;

  /**
   * The share of failed calls, of the last {@link #breakerCalls}, from which on the dependency is
   * left alone; above 0, at most 1, or 0 for the default: 0.5, and 0.9 for one declared strong.
   */
  double breakerFailures() default 0;

  /** How many calls are looked at for that; 2 to 10,000, or 0 for no breaker. Default 20. */
  int breakerCalls() default 20;

  /**
   * How long the dependency is left alone until one call tries it again, in the form of {@link
   * #timeout}. Default {@code 1s}.
   */
  String breakerDelay() default "1s";

  /** Several declarations. */
  @Documented
  @Retention(RetentionPolicy.CLASS)
  @Target({ElementType.METHOD, ElementType.TYPE})
  @interface Several {
    /** The declarations. */
    DependsOn[] value();
  }
}
