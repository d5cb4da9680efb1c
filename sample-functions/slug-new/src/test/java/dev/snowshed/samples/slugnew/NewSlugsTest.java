package dev.snowshed.samples.slugnew;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.function.Context;
import dev.snowshed.function.test.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewSlugsTest {

  @Test
  void speaksGermanByDefault() {
    assertEquals("gruesse-aus-arhus", slug(TestContext.create(), "Grüße aus Århus"));
  }

  @ParameterizedTest
  @CsvSource({
    "de, gruesse-ase",
    "da, grue-aase",
  })
  void replacesTheLettersOfItsLanguage(String language, String slug) {
    Context context = TestContext.builder().setting("language", language).build();

    assertEquals(slug, slug(context, "Grüße Åse"));
  }

  private static String slug(Context context, String title) {
    var slugs = new NewSlugs();
    slugs.start(context.configuration());
    return slugs.slug(title);
  }
}
