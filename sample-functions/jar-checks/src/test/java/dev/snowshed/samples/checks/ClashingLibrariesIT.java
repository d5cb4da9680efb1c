package dev.snowshed.samples.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import dev.snowshed.function.Context;
import dev.snowshed.function.spi.FunctionBinding;
import dev.snowshed.function.test.TestContext;
import org.junit.jupiter.api.Test;

/** Two samples that need two versions of slugify work side by side. */
class ClashingLibrariesIT {
  @Test
  void eachUsesItsOwn() throws Exception {
    try (SampleJar oldJar = SampleJar.open("slug-old");
        SampleJar newJar = SampleJar.open("slug-new")) {
      assertEquals("gruesse-aus-aarhus", slug(oldJar, "slug-old"));
      assertEquals("gruesse-aus-arhus", slug(newJar, "slug-new"));
      assertNotSame(slugify(oldJar), slugify(newJar));
    }
  }

  private static Object slug(SampleJar jar, String name) throws Exception {
    FunctionBinding function = jar.functions().get(name);
    Context context = TestContext.create();
    return jar.inside(
        () -> {
          Object instance = function.create();
          function.start(instance, context.configuration());
          return function.invoke(instance, "Grüße aus Århus", context);
        });
  }

  private static Class<?> slugify(SampleJar jar) throws Exception {
    return jar.inside(
        () ->
            Thread.currentThread().getContextClassLoader().loadClass("com.github.slugify.Slugify"));
  }
}
