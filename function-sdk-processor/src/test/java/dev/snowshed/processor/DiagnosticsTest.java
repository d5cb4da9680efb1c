package dev.snowshed.processor;

import static dev.snowshed.processor.Compilation.shop;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the compiler says, and where. Bodies of {@code shop} start on line 4. */
class DiagnosticsTest {
  private static final String NAME_RULE =
      "is not a function name: use 1 to 63 lower-case letters, digits and hyphens, starting with a"
          + " letter, for example \"price-quote\"";
  private static final String TIMEOUT_RULE =
      "is not a timeout: write a whole number and a unit of ms, s, m or h without a blank, between"
          + " 1ms and 24h, for example \"800ms\"";
  private static final String SIZE_RULE =
      "is not a size: write a whole number and a unit of B, KiB, MiB or GiB without a blank, for"
          + " example \"64KiB\", or \"unlimited\"";

  private static void assertErrors(List<String> expected, String... sources) {
    Compilation compilation = Compilation.of(sources);
    assertEquals(expected, compilation.errors(), compilation::messages);
  }

  private static void assertError(String expected, String... sources) {
    assertErrors(List.of(expected), sources);
  }

  private static void assertMethodError(String expected, String method) {
    assertError(expected, shop("@Function(name = \"a\")\n" + method));
  }

  private static void assertSettingError(String expected, String setting) {
    assertError(
        expected, shop("@Function(name = \"a\",\n  " + setting + ")\npublic void a(String s) {}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "1a", "a_b", "a.b", "-a", "ä", "a b"})
  void rejectsBadNamesAtTheName(String name) {
    assertError(
        "5:8 \"" + name + "\" " + NAME_RULE,
        shop("@Function(\nname = \"" + name + "\") public void a() {}"));
  }

  @Test
  void rejectsANameThatIsTooLong() {
    String longest = "a".repeat(63);
    Compilation.of(shop("@Function(name = \"" + longest + "\") public void a() {}")).mustSucceed();
    assertError(
        "4:18 \"" + longest + "a\" " + NAME_RULE,
        shop("@Function(name = \"" + longest + "a\") public void a() {}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "s",
        "0ms",
        "0s",
        "1.5s",
        "-1s",
        "1 s",
        "1d",
        "1S",
        "1us",
        "25h",
        "86400001ms",
        "86401s",
        "1441m",
        "99999999999999999999s",
        "999999999999999999h",
        "1s2ms",
        "+1s"
      })
  void rejectsBadTimeouts(String timeout) {
    assertSettingError("5:13 \"" + timeout + "\" " + TIMEOUT_RULE, "timeout = \"" + timeout + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "MiB",
        "1MB",
        "1kib",
        "1 KiB",
        "-1B",
        "1.5MiB",
        "1TiB",
        "Unlimited",
        "9223372036854775808B",
        "999999999999GiB"
      })
  void rejectsBadSizes(String size) {
    assertSettingError("5:17 \"" + size + "\" " + SIZE_RULE, "maxBodySize = \"" + size + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get | "get" is not in upper case: write "GET"
          OPTIONS | OPTIONS is answered by the host: remove it; a function may accept GET, HEAD, POST, PUT, PATCH, DELETE
          BREW | "BREW" is not an HTTP method that a function can accept: use GET, HEAD, POST, PUT, PATCH, DELETE
          POST | "POST" stands twice: remove one
          """)
  void rejectsBadMethodsAtTheOneThatIsWrong(String method, String message) {
    assertSettingError("5:22 " + message, "methods = {\"POST\", \"" + method + "\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "text/",
        "/plain",
        "text/plain;charset=utf-8",
        "*/plain",
        "text/pl ain",
        "text/*x",
        "te*t/plain"
      })
  void rejectsBadMediaRanges(String type) {
    assertSettingError(
        "5:14 \""
            + type
            + "\" is not a media type: write a type and a subtype without parameters, for example"
            + " \"text/markdown\", \"text/*\" or \"application/*+json\"",
        "consumes = \"" + type + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "text/*", "application/*+json", "application/vnd.api+json"})
  void acceptsMediaRanges(String type) {
    Compilation.of(
            shop("@Function(name = \"a\", consumes = \"" + type + "\") public void a(String s) {}"))
        .mustSucceed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        "text/*",
        "*/*",
        "text/html;",
        "text/html;charset",
        "text/html; charset=\u00fc"
      })
  void rejectsBadOutputTypes(String type) {
    assertSettingError(
        "5:14 \""
            + type
            + "\" is not a media type: write a type and a subtype without wildcards, for example"
            + " \"text/html\" or \"text/csv;charset=utf-8\"",
        "produces = \"" + type + "\"");
  }

  @Test
  void reportsEverySettingThatIsWrong() {
    assertErrors(
        List.of("4:29 \"x\" " + TIMEOUT_RULE, "4:48 \"y\" " + SIZE_RULE),
        shop("@Function(name=\"a\", timeout=\"x\", maxBodySize = \"y\") public void a() {}"));
  }

  @Test
  void rejectsASecondFunctionOfTheSameNameAtItsName() {
    assertError(
        "4:18 the function name \"a\" is taken by shop.Other.first: function names are unique,"
            + " choose another",
        """
        package shop;
        import dev.snowshed.function.*;
        public class Other { @Function(name = "a") public void first() {} }
        """,
        shop("@Function(name = \"a\") public void second() {}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          private void a() {}          | 5:14 function method a is private: make it public
          void a() {}                  | 5:6 function method a is package-private: make it public
          protected void a() {}        | 5:16 function method a is protected: make it public
          public static void a() {}    | 5:20 function method a is static: make it an instance method
          public <T> void a(T t) {}    | 5:17 function method a has type parameters, but nobody can choose them: write the types themselves
          public void a() throws Throwable {} | 5:13 function method a throws java.lang.Throwable: declare Exception or something narrower
          """)
  void rejectsMethodsThatCannotBeCalled(String method, String message) {
    assertMethodError(message, method);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          public void a(Context c, Context d) {}          | 5:34 a function takes at most one Context: remove this parameter
          public void a(String s, Context c, int n) {}    | 5:40 a function takes at most one input, beside its Context: combine the inputs in one record
          public void a(Response r) {}                    | 5:24 dev.snowshed.function.Response cannot be an input of a function: a Response is only ever an output; take a Request
          public Request a() { return null; }             | 5:16 dev.snowshed.function.Request cannot be an output of a function: a Request is only ever an input; return a Response
          public Context a() { return null; }             | 5:16 dev.snowshed.function.Context cannot be an output of a function: take the Context as a parameter of its own
          public Deadline a() { return null; }            | 5:17 dev.snowshed.function.Deadline cannot be an output of a function: types of the SDK are not JSON; use a record of the values you need
          public void a(java.util.Optional<String> s) {}  | 5:42 java.util.Optional<java.lang.String> cannot be an input of a function: use the type itself, where null stands for nothing; a component of a record may be Optional
          public void a(Thread t) {}                      | 5:22 java.lang.Thread cannot be an input of a function: it is a part of the running program; use a record of the values you need
          public Class<?> a() { return null; }            | 5:17 java.lang.Class<?> cannot be an output of a function: it is a part of the running program; use a record of the values you need
          public void a(java.util.concurrent.CompletionStage<String> s) {} | 5:60 java.util.concurrent.CompletionStage<java.lang.String> cannot be an input of a function: a CompletionStage can be the whole of an output only
          public Override a() { return null; }            | 5:17 java.lang.Override cannot be an output of a function: an annotation is not JSON; use a record
          public java.util.List<Void> a() { return null; } | 5:29 java.util.List<java.lang.Void> cannot be an output of a function: use it alone, not inside of another type
          """)
  void rejectsUnsupportedSignatures(String method, String message) {
    assertMethodError(message, method);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.io.InputStream",
        "java.io.Reader",
        "java.io.File",
        "java.util.List<java.io.InputStream>",
        "java.util.Map<java.lang.String, java.io.InputStream[]>",
        "java.nio.channels.ReadableByteChannel"
      })
  void pointsFromStreamsToTheRawExchange(String type) {
    String column = String.valueOf("public void a(".length() + type.length() + 2);
    assertMethodError(
        "5:"
            + column
            + " "
            + type
            + " cannot be an input of a function: for a streaming body take a"
            + " dev.snowshed.function.Request or return a dev.snowshed.function.Response",
        "public void a(" + type + " i) {}");
  }

  @Test
  void rejectsPrivateTypesAsTheBindingCannotNameThem() {
    assertError(
        "5:42 shop.Shop.Hidden cannot be an input of a function: Hidden is private; make it public"
            + " or package-private",
        shop(
            "private record Hidden(int n) {}\n"
                + "@Function(name=\"a\") public void a(Hidden h) {}"));
  }

  @Test
  void rejectsJsonTreesOfLibraries() {
    assertError(
        "4:74 com.fasterxml.jackson.databind.JsonNode cannot be an input of a function: JSON trees"
            + " of a library do not cross to the host; use java.util.Map<String, Object>, or String"
            + " to parse the text yourself",
        "package com.fasterxml.jackson.databind;\npublic class JsonNode {}",
        shop(
            "@Function(name=\"a\") public int a(com.fasterxml.jackson.databind.JsonNode n)"
                + " { return 1; }"));
  }

  @Test
  void wantsToKnowWhatARawStageGives() {
    Compilation compilation =
        new Compilation.Compiler()
            .tolerant()
            .compile(
                shop(
                    "@Function(name=\"a\") public java.util.concurrent.CompletionStage a()"
                        + " { return null; }"));
    assertEquals(
        List.of(
            "4:65 java.util.concurrent.CompletionStage<?> cannot be an output of a function: say"
                + " what it gives, for example CompletionStage<String>"),
        compilation.errors());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          public interface Bad {              | 3:8 Bad cannot be a function's class: it is an interface; move the function to a class that can be instantiated
          public enum Bad { X;                | 3:8 Bad cannot be a function's class: it is an enum; move the function to a class that can be instantiated
          public abstract class Bad {         | 3:17 Bad cannot be a function's class: it is abstract; move the function to a class that can be instantiated
          public class Bad<T> {               | 3:8 Bad cannot be a function's class: it has type parameters, but nobody can choose them; remove them
          class Bad {                         | 3:1 Bad cannot be a function's class: it is not public; make it public
          public class Bad { Bad() {}         | 3:8 Bad cannot be a function's class: it has no public constructor without parameters; add one, and read settings in an @OnStart method
          public class Bad { public Bad(int n) {} | 3:8 Bad cannot be a function's class: it has no public constructor without parameters; add one, and read settings in an @OnStart method
          public record Bad(int n) {          | 3:8 Bad cannot be a function's class: it has no public constructor without parameters; add one, and read settings in an @OnStart method
          public class Bad { public Bad() throws Throwable {} | 3:8 Bad cannot be a function's class: its constructor throws java.lang.Throwable: declare Exception or something narrower
          """)
  void rejectsClassesThatCannotBeInstantiated(String start, String message) {
    String method = start.contains("interface") ? "default void a() {}" : "public void a() {}";
    assertError(
        message,
        "package shop;\nimport dev.snowshed.function.*;\n"
            + start
            + "\n@Function(name = \"a\") "
            + method
            + "\n}");
  }

  @Test
  void rejectsInnerClassesAndHiddenEnclosingClasses() {
    assertError(
        "4:8 Inner cannot be a function's class: it is an inner class; make it static",
        shop("public class Inner { @Function(name=\"a\") public void a() {} }"));
    assertError(
        "5:17 Most cannot be a function's class: its enclosing class In is not public; make it"
            + " public",
        shop(
            "static class In {\n"
                + "  public static class Most { @Function(name=\"a\") public void a() {} } }"));
  }

  @Test
  void rejectsAnAnnotatedClassThatIsNoHandler() {
    assertError(
        "3:1 Shop does not implement dev.snowshed.function.Handler: implement it, or move @Function"
            + " to a public method",
        """
        package shop;
        import dev.snowshed.function.*;
        @Function(name = "a")
        public class Shop {}
        """);
  }

  @Test
  void wantsToKnowTheTypesOfARawHandler() {
    Compilation compilation =
        new Compilation.Compiler()
            .tolerant()
            .compile(
                """
                package shop;
                import dev.snowshed.function.*;
                @Function(name = "a")
                public class Shop implements Handler {
                  public Object handle(Object input, Context context) { return input; }
                }
                """);
    assertEquals(
        List.of(
            "4:8 Shop implements Handler without its input and output: write for example"
                + " Handler<Order, Price>"),
        compilation.errors());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          @OnStart void h() {}                    | 5:15 @OnStart method h is package-private: make it public
          @OnStop public static void h() {}       | 5:28 @OnStop method h is static: make it an instance method
          @OnStart public int h() { return 1; }   | 5:21 @OnStart method h returns a value: declare it void
          @OnStart public void h(String s) {}     | 5:22 @OnStart method h has parameters that it cannot be given: a hook of this kind takes nothing or a dev.snowshed.function.Configuration
          @OnStart public void h(Configuration a, Configuration b) {} | 5:22 @OnStart method h has parameters that it cannot be given: a hook of this kind takes nothing or a dev.snowshed.function.Configuration
          @OnStop public void h(Configuration c) {} | 5:21 @OnStop method h has parameters that it cannot be given: a hook of this kind takes nothing
          @OnStop public void h() throws Throwable {} | 5:21 @OnStop method h throws java.lang.Throwable: declare Exception or something narrower
          @OnStart @Function(name = "h") public void h() {} | 5:44 a method cannot be a function and a hook: remove one annotation
          """)
  void rejectsHooksThatCannotBeCalled(String hook, String message) {
    assertError(message, shop("@Function(name=\"a\") public void a() {}\n" + hook));
  }

  @Test
  void warnsOfHooksInAClassWithoutFunction() {
    Compilation compilation =
        new Compilation.Compiler().tolerant().compile(shop("@OnStart public void open() {}"));
    compilation.mustSucceed();
    assertEquals(
        List.of(
            "4:22 hook open is never called: Shop declares no function; add a @Function, or remove"
                + " the hook"),
        compilation.warnings());
  }

  @Test
  void expectsHooksInAbstractClassesToBeInherited() {
    Compilation.of(
            """
            package shop;
            import dev.snowshed.function.*;
            public abstract class Base { @OnStart public void open() {} }
            """)
        .mustSucceed();
  }
}
