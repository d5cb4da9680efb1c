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

/** One run of a {@link DependencyDrill}, with one dependency lost in one way, or none. */
final class DrillCase implements ParameterResolver, InvocationInterceptor {

  /** What is expected of the test. */
  private enum Expected {
    PASS,
    PASS_WITHOUT,
    FAIL_WITHOUT
  }

  private final Expected expected;
  private final String dependency;
  private final String trouble;
  private final Consumer<TestContext> prepare;

  /** The contexts that the test was given or has built. */
  private final List<TestContext> contexts = new ArrayList<>();

  private DrillCase(
      Expected expected, String dependency, String trouble, Consumer<TestContext> prepare) {
    this.expected = expected;
    this.dependency = dependency;
    this.trouble = trouble;
    this.prepare = prepare;
  }

  /** Nothing is lost. */
  static DrillCase untouched(Consumer<TestContext> prepare) {
    return new DrillCase(Expected.PASS, "", "", prepare);
  }

  /** A weak dependency is lost: the test has to pass. */
  static DrillCase weak(
      String dependency,
      String trouble,
      Consumer<TestContext> prepare,
      Consumer<TestDependency> lose) {
    return new DrillCase(
        Expected.PASS_WITHOUT,
        dependency,
        trouble,
        prepare.andThen(context -> lose.accept(context.dependency(dependency))));
  }

  /** A strong dependency is lost: the test has to fail. */
  static DrillCase strong(
      String dependency,
      String trouble,
      Consumer<TestContext> prepare,
      Consumer<TestDependency> lose) {
    return new DrillCase(
        Expected.FAIL_WITHOUT,
        dependency,
        trouble,
        prepare.andThen(context -> lose.accept(context.dependency(dependency))));
  }

  /** Such as {@code recommendations hangs}. */
  String name() {
    return expected == Expected.PASS ? "all is well" : dependency + " " + trouble;
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
      throw new AssertionFailedError(
          dependency
              + " is said to be weak, but behaves strong: the test fails when it "
              + trouble
              + ", with "
              + failure,
          failure);
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
        dependency
            + " is said to be strong, but behaves weak: the test passes when it "
            + trouble
            + "; say that it is weak");
  }

  private boolean isCalled() {
    return contexts.stream().anyMatch(each -> each.dependency(dependency).calls() > 0);
  }

  /** A test that does not call the dependency shows nothing by passing. */
  private void requireCalled() {
    if (!isCalled()) {
      throw new AssertionFailedError(
          "the test does not call "
              + dependency
              + ", so it cannot drill it; call the function with the context that the test gets");
    }
  }
}
