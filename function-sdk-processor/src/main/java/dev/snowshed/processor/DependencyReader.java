package dev.snowshed.processor;

import dev.snowshed.function.spi.DependencyDescriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Reads and checks the members of {@link dev.snowshed.function.DependsOn}. */
final class DependencyReader {
  private static final int MAX_RETRIES = 10;
  private static final int MIN_BREAKER_CALLS = 2;
  private static final int MAX_BREAKER_CALLS = 10_000;

  private final Problems problems;

  DependencyReader(Problems problems) {
    this.problems = problems;
  }

  /** What one function declares; what is wrong is reported. */
  List<DependencySettings> read(List<Annotation> annotations) {
    Set<String> seen = new HashSet<>();
    List<DependencySettings> read = new ArrayList<>();
    for (Annotation annotation : annotations) {
      if (!seen.add(annotation.text("value"))) {
        problem(
            annotation,
            "value",
            "is declared twice: a function declares each dependency once, with all its settings");
      }
      read.add(read(annotation));
    }
    return read;
  }

  private DependencySettings read(Annotation annotation) {
    return new DependencySettings(
        name(annotation),
        annotation.constant("strength"),
        annotation.text("timeout").isEmpty() ? 0 : duration(annotation, "timeout"),
        range(annotation, "maxConcurrent", Integer.MAX_VALUE),
        range(annotation, "retries", MAX_RETRIES),
        breakerFailures(annotation),
        breakerCalls(annotation),
        duration(annotation, "breakerDelay"));
  }

  private String name(Annotation annotation) {
    String name = annotation.text("value");
    if (!DependencyDescriptor.isName(name)) {
      problem(
          annotation,
          "value",
          "is not the name of a dependency: use 1 to 64 letters A to Z, digits, '.', '_' and '-',"
              + " for example \"catalog\"");
    }
    return name;
  }

  private long duration(Annotation annotation, String member) {
    OptionalLong nanos = Units.timeoutNanos(annotation.text(member));
    if (nanos.isEmpty()) {
      problem(
          annotation,
          member,
          "is not a duration: write a whole number and a unit of ms, s, m or h without a blank,"
              + " between 1ms and 24h, for example \"500ms\"");
    }
    return nanos.orElse(0);
  }

  private int range(Annotation annotation, String member, int most) {
    int value = (Integer) annotation.value(member).getValue();
    if (value < 0 || value > most) {
      problem(
          annotation,
          member,
          most == Integer.MAX_VALUE
              ? "is negative: write 1 or more, or 0 for any number"
              : "is out of range: write 0 to " + most);
    }
    return value;
  }

  private double breakerFailures(Annotation annotation) {
    double value = (Double) annotation.value("breakerFailures").getValue();
    if (!(value >= 0 && value <= 1)) {
      problem(
          annotation,
          "breakerFailures",
          "is not a share: write a number above 0 and at most 1, or 0 for the default");
    }
    return value;
  }

  private int breakerCalls(Annotation annotation) {
    int value = (Integer) annotation.value("breakerCalls").getValue();
    if (value != 0 && (value < MIN_BREAKER_CALLS || value > MAX_BREAKER_CALLS)) {
      problem(
          annotation,
          "breakerCalls",
          "is out of range: write "
              + MIN_BREAKER_CALLS
              + " to "
              + MAX_BREAKER_CALLS
              + ", or 0 for no breaker");
    }
    return value;
  }

  private void problem(Annotation annotation, String member, String problem) {
    problems.error(
        annotation,
        annotation.value(member),
        member.equals("value")
            ? "\"" + annotation.text(member) + "\" " + problem
            : member + " = " + annotation.value(member) + " " + problem);
  }
}
