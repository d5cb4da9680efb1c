package dev.snowshed.function.test;

import dev.snowshed.function.Strength;
import dev.snowshed.function.spi.DependencyDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a {@link DependencyDrill}. Made by JUnit. */
final class DrillExtension implements TestTemplateInvocationContextProvider {

  DrillExtension() {}

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context.getRequiredTestMethod().isAnnotationPresent(DependencyDrill.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    DependencyDrill drill = context.getRequiredTestMethod().getAnnotation(DependencyDrill.class);
    List<DependencyDescriptor> declared =
        DeclaredDependencies.of(drill.function(), context.getRequiredTestClass().getClassLoader());
    Consumer<TestContext> timeouts = withTimeouts(declared);
    List<DrillCase> cases = new ArrayList<>();
    cases.add(DrillCase.untouched(timeouts));
    List<String> weak = names(drill, drill.weak(), declared, Strength.WEAK);
    for (String name : weak) {
      List<String> alone = List.of(name);
      cases.add(DrillCase.weak(alone, "fails", timeouts, TestDependency::fail));
      cases.add(
          DrillCase.weak(
              alone,
              "is " + drill.delayMillis() + " ms late",
              timeouts,
              dependency -> dependency.delay(Duration.ofMillis(drill.delayMillis()))));
      cases.add(DrillCase.weak(alone, "hangs", timeouts, TestDependency::hang));
    }
    for (int second = 1; drill.pairs() && second < weak.size(); second++) {
      for (String first : weak.subList(0, second)) {
        List<String> both = List.of(first, weak.get(second));
        cases.add(DrillCase.weak(both, "fail", timeouts, TestDependency::fail));
      }
    }
    for (String name : names(drill, drill.strong(), declared, Strength.STRONG)) {
      cases.add(DrillCase.strong(name, "fails", timeouts, TestDependency::fail));
    }
    if (cases.size() == 1) {
      throw new IllegalArgumentException(
          "there is nothing to drill: @DependencyDrill names no dependency as weak or strong, and"
              + " neither does a @DependsOn of the function"
              + (drill.function().isEmpty() ? "s on the class path" : " " + drill.function()));
    }
    return cases.stream().map(DrillExtension::invocation);
  }

  private static List<String> names(
      DependencyDrill drill,
      String[] named,
      List<DependencyDescriptor> declared,
      Strength strength) {
    if (drill.weak().length + drill.strong().length > 0) {
      return Arrays.asList(named);
    }
    return declared.stream()
        .filter(each -> each.strength() == strength)
        .map(DependencyDescriptor::name)
        .distinct()
        .toList();
  }

  private static Consumer<TestContext> withTimeouts(List<DependencyDescriptor> declared) {
    return context ->
        declared.forEach(
            each ->
                each.timeout()
                    .ifPresent(timeout -> context.dependency(each.name()).timeout(timeout)));
  }

  private static TestTemplateInvocationContext invocation(DrillCase each) {
    return new TestTemplateInvocationContext() {
      @Override
      public String getDisplayName(int invocationIndex) {
        return each.name();
      }

      @Override
      public List<Extension> getAdditionalExtensions() {
        return List.of(each);
      }
    };
  }
}
