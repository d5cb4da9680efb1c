package dev.snowshed.samples.greeting;

import dev.snowshed.function.Function;
import dev.snowshed.function.ProblemException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Greets people in their language. */
public final class Greetings {
  private static final Map<String, String> BY_LANGUAGE =
      Map.of("de", "Guten Tag", "en", "Hello", "es", "Hola", "fr", "Bonjour", "ja", "こんにちは");

  /**
   * Whom to greet.
   *
   * @param name the person's name
   * @param language one of {@link #languages}; English if absent
   */
  public record Person(String name, String language) {}

  /**
   * A greeting.
   *
   * @param text for the person to read
   * @param language the language of the text
   */
  public record Greeting(String text, String language) {}

  /** The languages that {@link #greet} speaks. */
  public record Languages(Set<String> languages) {}

  /** Greets a person. */
  @Function(name = "greeting", timeout = "2s")
  public Greeting greet(Person person) {
    if (person == null || person.name() == null || person.name().isBlank()) {
      throw new ProblemException(400, "name must not be empty");
    }
    String language = person.language() == null ? "en" : person.language();
    String hello = BY_LANGUAGE.get(language);
    if (hello == null) {
      throw new ProblemException(
          400, "language must be one of " + languages().languages() + ", was \"" + language + '"');
    }
    return new Greeting(hello + ", " + person.name().strip() + '!', language);
  }

  /** Tells the languages. */
  @Function(name = "greeting-languages", timeout = "2s")
  public Languages languages() {
    return new Languages(new TreeMap<>(BY_LANGUAGE).keySet());
  }
}
