package dev.snowshed.processor;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.lang.model.element.AnnotationValue;

/** Reads and checks the members of {@link dev.snowshed.function.Function}. */
final class SettingsReader {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

  private final Problems problems;

  SettingsReader(Problems problems) {
    this.problems = problems;
  }

  /** The settings; what is wrong is reported, and stands in the result as zero or as written. */
  Settings read(Annotation function) {
    return new Settings(
        name(function),
        timeout(function),
        function.constant("criticality"),
        maxBodySize(function),
        function.constant("execution"),
        items(function, "methods", SettingsReader::methodProblem),
        items(function, "consumes", SettingsReader::consumesProblem),
        produces(function));
  }

  private String name(Annotation function) {
    String name = function.text("name");
    if (!NAME.matcher(name).matches()) {
      problems.error(
          function,
          function.value("name"),
          "\""
              + name
              + "\" is not a function name: use 1 to 63 lower-case letters, digits and hyphens,"
              + " starting with a letter, for example \"price-quote\"");
    }
    return name;
  }

  private long timeout(Annotation function) {
    String text = function.text("timeout");
    OptionalLong nanos = Units.timeoutNanos(text);
    if (nanos.isEmpty()) {
      problems.error(
          function,
          function.value("timeout"),
          "\""
              + text
              + "\" is not a timeout: write a whole number and a unit of ms, s, m or h without a"
              + " blank, between 1ms and 24h, for example \"800ms\"");
    }
    return nanos.orElse(0);
  }

  private long maxBodySize(Annotation function) {
    String text = function.text("maxBodySize");
    OptionalLong bytes = Units.bytes(text);
    if (bytes.isEmpty()) {
      problems.error(
          function,
          function.value("maxBodySize"),
          "\""
              + text
              + "\" is not a size: write a whole number and a unit of B, KiB, MiB or GiB without a"
              + " blank, for example \"64KiB\", or \"unlimited\"");
    }
    return bytes.orElse(0);
  }

  private String produces(Annotation function) {
    String text = function.text("produces");
    if (!text.isEmpty() && !MediaTypes.isType(text)) {
      problems.error(
          function,
          function.value("produces"),
          "\""
              + text
              + "\" is not a media type: write a type and a subtype without wildcards, for example"
              + " \"text/html\" or \"text/csv;charset=utf-8\"");
    }
    return text;
  }

  /** Reads a list; {@code check} answers what is wrong with an item, empty for nothing. */
  private List<String> items(Annotation function, String member, UnaryOperator<String> check) {
    Set<String> seen = new HashSet<>();
    for (AnnotationValue item : function.items(member)) {
      String text = item.getValue().toString();
      String problem =
          seen.add(text) ? check.apply(text) : "\"" + text + "\" stands twice: remove one";
      if (!problem.isEmpty()) {
        problems.error(function, item, problem);
      }
    }
    return function.items(member).stream().map(item -> item.getValue().toString()).toList();
  }

  private static String methodProblem(String text) {
    if (METHODS.contains(text)) {
      return "";
    }
    String allowed = String.join(", ", METHODS);
    if (METHODS.contains(text.toUpperCase(Locale.ROOT))) {
      return "\""
          + text
          + "\" is not in upper case: write \""
          + text.toUpperCase(Locale.ROOT)
          + '"';
    }
    return text.equals("OPTIONS")
        ? "OPTIONS is answered by the host: remove it; a function may accept " + allowed
        : "\"" + text + "\" is not an HTTP method that a function can accept: use " + allowed;
  }

  private static String consumesProblem(String text) {
    return MediaTypes.isRange(text)
        ? ""
        : "\""
            + text
            + "\" is not a media type: write a type and a subtype without parameters, for example"
            + " \"text/markdown\", \"text/*\" or \"application/*+json\"";
  }
}
