package dev.snowshed.samples.slugnew;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.function.Configuration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewSlugsTest {

  @Test
  void speaksGermanByDefault() {
    assertEquals("gruesse-aus-arhus", slug(Map.of(), "Grüße aus Århus"));
  }

  @ParameterizedTest
  @CsvSource({
    "de, gruesse-ase",
    "da, grue-aase",
  })
  void replacesTheLettersOfItsLanguage(String language, String slug) {
    assertEquals(slug, slug(Map.of("language", language), "Grüße Åse"));
  }

  private static String slug(Map<String, String> settings, String title) {
    var slugs = new NewSlugs();
    slugs.start(new Settings(settings));
    return slugs.slug(title);
  }

  private record Settings(Map<String, String> values) implements Configuration {
    @Override
    public Optional<String> get(String key) {
      return Optional.ofNullable(values.get(key));
    }

    @Override
    public Optional<String> secret(String key) {
      return Optional.empty();
    }
  }
}
