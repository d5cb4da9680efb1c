package dev.snowshed.samples.slugold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OldSlugsTest {
  private final OldSlugs slugs = new OldSlugs();

  @ParameterizedTest
  @CsvSource({
    "Grüße aus Århus, gruesse-aus-aarhus",
    "Ærlig talt, aerlig-talt",
    "Привет мир, privet-mir"
  })
  void replacesTheLettersOfEveryLanguage(String title, String slug) {
    assertEquals(slug, slugs.slug(title));
  }
}
