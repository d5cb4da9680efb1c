package dev.snowshed.samples.greeting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.snowshed.function.ProblemException;
import dev.snowshed.samples.greeting.Greetings.Greeting;
import dev.snowshed.samples.greeting.Greetings.Person;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class GreetingsTest {
  private final Greetings greetings = new Greetings();

  @Test
  void greetsInTheLanguageAskedFor() {
    assertEquals(new Greeting("Bonjour, Ada!", "fr"), greetings.greet(new Person("Ada", "fr")));
  }

  @Test
  void greetsInEnglishWhenNoLanguageIsGiven() {
    assertEquals(new Greeting("Hello, Ada!", "en"), greetings.greet(new Person(" Ada ", null)));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void refusesAnEmptyName(String name) {
    var problem =
        assertThrows(ProblemException.class, () -> greetings.greet(new Person(name, "en")));

    assertEquals(400, problem.status());
    assertEquals("name must not be empty", problem.getMessage());
  }

  @Test
  void refusesToGreetNobody() {
    assertEquals(400, assertThrows(ProblemException.class, () -> greetings.greet(null)).status());
  }

  @Test
  void refusesALanguageItDoesNotSpeakAndNamesThoseItDoes() {
    var problem =
        assertThrows(ProblemException.class, () -> greetings.greet(new Person("Ada", "xx")));

    assertEquals(400, problem.status());
    assertEquals("language must be one of [de, en, es, fr, ja], was \"xx\"", problem.getMessage());
  }

  @Test
  void listsItsLanguagesInOrder() {
    assertEquals(
        List.of("de", "en", "es", "fr", "ja"), List.copyOf(greetings.languages().languages()));
  }
}
