package dev.snowshed.function.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of JUnit that is a drill: it runs once as it is, and again for each way in which a
 * dependency can be lost. It has to pass when a weak dependency fails, is slow or hangs, and to
 * fail when a strong one fails. The build so fails when what is said to be weak behaves strong:
 *
 * <pre>{@code
 * @DependencyDrill(weak = {"promotions", "recommendations"}, strong = "catalog")
 * void pricesAnOrder(TestContext context) throws Exception {
 *   assertEquals(2340, quotes.quote(ORDER, context).totalCents());
 * }
 * }</pre>
 *
 * <p>The method takes the {@link TestContext} that it hands to the function, or a {@link
 * TestContext.Builder} if it sets something. A call of a dependency has the timeout that its
 * {@code @DependsOn} declares, on the context's clock: a hang costs no real time.
 */
@Documented
@TestTemplate
@ExtendWith(DrillExtension.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface DependencyDrill {

  /**
   * What the function does without. With neither this nor {@link #strong}, both are as the
   * function's {@code @DependsOn} declare them.
   */
  String[] weak() default {};

  /** What the function cannot do without. */
  String[] strong() default {};

  /**
   * The function's name; needed where the project has several that declare dependencies, unless
   * they agree.
   */
  String function() default "";

  /**
   * Whether two weak dependencies are lost at once, too, each with each other: finds fallbacks that
   * fall back on each other.
   */
  boolean pairs() default false;

  /** How long a slow dependency takes longer: a whole number of milliseconds, above 0. */
  long delayMillis() default 500;
}
