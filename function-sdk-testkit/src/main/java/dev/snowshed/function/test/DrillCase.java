package dev.snowshed.function.test;

import dev.snowshed.function.Context;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** One run of a {@link DependencyDrill}, with one or two dependencies lost in one way, or none. */
final class DrillCase implements ParameterResolver, InvocationInterceptor {

  /** What is expected of the test. */
  private enum Expected {
    PASS,
    PASS_WITHOUT,
    FAIL_WITHOUT
  }

  private final Expected expected;
  private final List<String> dependencies;
  private final String trouble;
  private final Consumer<TestContext> prepare;

  /** The contexts that the test was given or has built. */
  private final List<TestContext> contexts = new ArrayList<>();

  private DrillCase(
      Expected expected, List<String> dependencies, String trouble, Consumer<TestContext> prepare) {
    this.expected = expected;
    this.dependencies = dependencies;
    this.trouble = trouble;
    this.prepare = prepare;
  }

  /** Nothing is lost. */
  static DrillCase untouched(Consumer<TestContext> prepare) {
    return new DrillCase(Expected.PASS, List.of(), "", prepare);
  }

  /** Weak dependencies are lost at once, mostly a single one: the test has to pass. */
  static DrillCase weak(
      List<String> dependencies,
      String trouble,
      Consumer<TestContext> prepare,
      Consumer<TestDependency> lose) {
    return losing(Expected.PASS_WITHOUT, dependencies, trouble, prepare, lose);
  }

  /** A strong dependency is lost: the test has to fail. */
  static DrillCase strong(
      String dependency,
      String trouble,
      Consumer<TestContext> prepare,
      Consumer<TestDependency> lose) {
    return losing(Expected.FAIL_WITHOUT, List.of(dependency), trouble, prepare, lose);
  }

  private static DrillCase losing(
      Expected expected,
      List<String> dependencies,
      String trouble,
      Consumer<TestContext> prepare,
      Consumer<TestDependency> lose) {
    return new DrillCase(
        expected,
        dependencies,
        trouble,
        prepare.andThen(
            context -> dependencies.forEach(name -> lose.accept(context.dependency(name)))));
  }

  /** Such as {@code recommendations hangs} or {@code promotions + recommendations fail}. */
  String name() {
    return expected == Expected.PASS ? "all is well" : lost() + " " + trouble;
  }

  private String lost() {
    return String.join(" + ", dependencies);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == TestContext.class || type == Context.class || type == TestContext.Builder.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    TestContext.Builder builder = TestContext.builder().whenBuilt(contexts::add).whenBuilt(prepare);
    return parameter.getParameter().getType() == TestContext.Builder.class
        ? builder
        : builder.build();
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    switch (expected) {
      case PASS -> invocation.proceed();
      case PASS_WITHOUT -> passWithout(invocation);
      case FAIL_WITHOUT -> failWithout(invocation);
    }
  }

  private void passWithout(Invocation<Void> invocation) throws Throwable {
    try {
      invocation.proceed();
    } catch (TestAbortedException e) {
      throw e;
    } catch (Throwable failure) {
      if (!isCalled()) {
        throw failure;
      }
      String how =
          dependencies.size() == 1
              ? " is said to be weak, but behaves strong: the test fails when it "
              : " are said to be weak, but behave strong together: the test fails when both ";
      throw new AssertionFailedError(lost() + how + trouble + ", with " + failure, failure);
    }
    requireCalled();
  }

  private void failWithout(Invocation<Void> invocation) throws Throwable {
    try {
      invocation.proceed();
    } catch (TestAbortedException e) {
      throw e;
    } catch (Throwable failure) {
      if (!isCalled()) {
        throw failure;
      }
      return;
    }
    requireCalled();
    throw new AssertionFailedError(
        lost()
            + " is said to be strong, but behaves weak: the test passes when it "
            + trouble
            + "; say that it is weak");
  }

  private boolean isCalled() {
    return contexts.stream()
        .anyMatch(
            each -> dependencies.stream().anyMatch(name -> each.dependency(name).calls() > 0));
  }

  /** A test that does not call the dependency shows nothing by passing. */
  private void requireCalled() {
    if (!isCalled()) {
      throw new AssertionFailedError(
          "the test does not call "
              + lost()
              + ", so it cannot drill it; call the function with the context that the test gets");
    }
  }
}
