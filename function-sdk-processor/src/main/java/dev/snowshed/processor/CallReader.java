package dev.snowshed.processor;

import dev.snowshed.function.Context;
import dev.snowshed.function.Handler;
import dev.snowshed.function.spi.Payload;
import dev.snowshed.processor.Call.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** Reads how functions are called, and reports signatures that cannot be. */
final class CallReader {
  /** The method of {@link Handler}. */
  static final String HANDLE = "handle";

  private final Types types;
  private final Hierarchy hierarchy;
  private final MethodChecks checks;
  private final PayloadReader payloads;
  private final Deprecation deprecation;
  private final Problems problems;

  CallReader(
      Types types,
      Hierarchy hierarchy,
      MethodChecks checks,
      PayloadReader payloads,
      Deprecation deprecation,
      Problems problems) {
    this.types = types;
    this.hierarchy = hierarchy;
    this.checks = checks;
    this.payloads = payloads;
    this.deprecation = deprecation;
    this.problems = problems;
  }

  /** The call of a class that is a function as a whole. */
  Optional<Call> handler(TypeElement handler, Annotation function) {
    Optional<DeclaredType> implemented = hierarchy.supertype(handler.asType(), Handler.class);
    if (implemented.isEmpty()) {
      problems.error(
          function,
          handler.getSimpleName()
              + " does not implement dev.snowshed.function.Handler: implement it, or move"
              + " @Function to a public method");
      return Optional.empty();
    }
    List<? extends TypeMirror> arguments = implemented.get().getTypeArguments();
    if (arguments.isEmpty()) {
      problems.error(
          handler,
          handler.getSimpleName()
              + " implements Handler without its input and output: write for example"
              + " Handler<Order, Price>");
      return Optional.empty();
    }
    return Optional.of(
        new Call(
            HANDLE,
            List.of(Parameter.INPUT, Parameter.CONTEXT),
            payloads.input(arguments.get(0), handler),
            payloads.output(arguments.get(1), handler),
            false,
            arguments.stream().anyMatch(deprecation::mentionsDeprecated)));
  }

  /** The call of a function that is a method. */
  Optional<Call> method(ExecutableElement method) {
    Optional<String> problem = checks.problem(method);
    if (problem.isPresent()) {
      problems.error(method, "function method " + method.getSimpleName() + problem.get());
      return Optional.empty();
    }
    return parameters(method)
        .map(
            parameters ->
                new Call(
                    method.getSimpleName().toString(),
                    parameters,
                    input(method, parameters),
                    payloads.output(method.getReturnType(), method),
                    method.getReturnType().getKind() == TypeKind.VOID,
                    isDeprecated(method)));
  }

  private Optional<List<Parameter>> parameters(ExecutableElement method) {
    List<Parameter> parameters = new ArrayList<>();
    for (VariableElement parameter : method.getParameters()) {
      boolean context = Hierarchy.is(parameter.asType(), Context.class);
      Parameter kind = context ? Parameter.CONTEXT : Parameter.INPUT;
      if (parameters.contains(kind)) {
        problems.error(
            parameter,
            context
                ? "a function takes at most one Context: remove this parameter"
                : "a function takes at most one input, beside its Context: combine the inputs in"
                    + " one record");
        return Optional.empty();
      }
      parameters.add(kind);
    }
    return Optional.of(parameters);
  }

  private PayloadModel input(ExecutableElement method, List<Parameter> parameters) {
    int index = parameters.indexOf(Parameter.INPUT);
    if (index < 0) {
      return new PayloadModel(Payload.Kind.NONE, types.getNoType(TypeKind.VOID));
    }
    VariableElement parameter = method.getParameters().get(index);
    return payloads.input(parameter.asType(), parameter);
  }

  private boolean isDeprecated(ExecutableElement method) {
    return deprecation.isDeprecated(method)
        || Stream.concat(
                Stream.of(method.getReturnType()),
                method.getParameters().stream().map(VariableElement::asType))
            .anyMatch(deprecation::mentionsDeprecated);
  }
}
