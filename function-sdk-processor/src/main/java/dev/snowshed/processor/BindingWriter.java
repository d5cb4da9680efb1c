package dev.snowshed.processor;

import dev.snowshed.function.Configuration;
import dev.snowshed.function.Context;
import dev.snowshed.function.Criticality;
import dev.snowshed.function.Execution;
import dev.snowshed.function.Strength;
import dev.snowshed.function.spi.DependencyDescriptor;
import dev.snowshed.function.spi.FunctionBinding;
import dev.snowshed.function.spi.FunctionDescriptor;
import dev.snowshed.function.spi.Payload;
import dev.snowshed.processor.Call.Parameter;
import dev.snowshed.processor.Hooks.Hook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.type.TypeMirror;

/**
 * Writes the source of a binding: plain Java 17, qualified names that no class of the author can
 * hide, no reflection.
 */
final class BindingWriter {
  private static final String OBJECT = "java.lang.Object";
  private static final String DESCRIPTOR = FunctionDescriptor.class.getCanonicalName();
  private static final String DEPENDENCY = DependencyDescriptor.class.getCanonicalName();
  private static final String PAYLOAD = Payload.class.getCanonicalName();

  private final TypeText text;
  private final int apiLevel;
  private final boolean generatedIsVisible;

  /**
   * A writer.
   *
   * @param text writes types
   * @param apiLevel the level of the SDK that the function is compiled against
   * @param generatedIsVisible whether {@code javax.annotation.processing.Generated} can be used
   */
  BindingWriter(TypeText text, int apiLevel, boolean generatedIsVisible) {
    this.text = text;
    this.apiLevel = apiLevel;
    this.generatedIsVisible = generatedIsVisible;
  }

  String write(FunctionModel function) {
    List<String> lines = new ArrayList<>();
    if (!function.packageName().isEmpty()) {
      lines.add("package " + function.packageName() + ";\n");
    }
    lines.add(
        "/** Connects the host to the function {@code " + function.settings().name() + "}. */");
    if (generatedIsVisible) {
      lines.add(
          "@javax.annotation.processing.Generated(\"" + FunctionProcessor.class.getName() + "\")");
    }
    if (function.deprecated()) {
      lines.add("@java.lang.SuppressWarnings({\"deprecation\", \"removal\"})");
    }
    lines.add("public final class " + function.bindingName());
    lines.add("    implements " + FunctionBinding.class.getCanonicalName() + " {");
    lines.add("  private static final " + DESCRIPTOR + " DESCRIPTOR =");
    lines.add(descriptor(function) + "\n");
    lines.add("  /** Called by {@link java.util.ServiceLoader}. */");
    lines.add("  public " + function.bindingName() + "() {}\n");
    lines.add(method("int apiLevel()", "return " + apiLevel + ";"));
    lines.add(method(DESCRIPTOR + " descriptor()", "return DESCRIPTOR;"));
    String handler = function.handler().getQualifiedName().toString();
    lines.add(method("java.lang.Class<?> handlerType()", "return " + handler + ".class;"));
    lines.add(
        method(handler + " create() throws java.lang.Exception", "return new " + handler + "();"));
    lines.add(
        method(
            "void start(java.lang.Object instance, "
                + Configuration.class.getCanonicalName()
                + " configuration) throws java.lang.Exception",
            calls(handler, function.hooks().start())));
    lines.add(invoke(function, handler));
    lines.add(
        method(
            "void stop(java.lang.Object instance) throws java.lang.Exception",
            callsInAnyCase(handler, function.hooks().stop())));
    lines.add("}\n");
    return String.join("\n", lines);
  }

  private static String method(String signature, String body) {
    return method("", signature, body);
  }

  private static String method(String annotation, String signature, String body) {
    String start = annotation.isEmpty() ? "" : "  " + annotation + "\n";
    String indented = body.isEmpty() ? "" : "    " + body.replace("\n", "\n    ") + "\n";
    return start + "  @java.lang.Override\n  public " + signature + " {\n" + indented + "  }\n";
  }

  private String descriptor(FunctionModel function) {
    Settings settings = function.settings();
    List<String> calls = new ArrayList<>();
    calls.add(DESCRIPTOR + ".named(" + quote(settings.name()) + ")");
    calls.add("input(" + payload(function.call().input()) + ")");
    calls.add("output(" + payload(function.call().output()) + ")");
    calls.add("timeoutNanos(" + settings.timeoutNanos() + "L)");
    calls.add(
        "criticality(" + Criticality.class.getCanonicalName() + "." + settings.criticality() + ")");
    calls.add("maxBodyBytes(" + settings.maxBodyBytes() + "L)");
    calls.add("execution(" + Execution.class.getCanonicalName() + "." + settings.execution() + ")");
    calls.add("methods(" + quote(settings.methods()) + ")");
    calls.add("consumes(" + quote(settings.consumes()) + ")");
    calls.add("produces(" + quote(settings.produces()) + ")");
    if (!function.dependencies().isEmpty()) {
      calls.add("dependencies(" + dependencies(function.dependencies()) + ")");
    }
    calls.add("build();");
    return "      " + String.join("\n          .", calls);
  }

  private static String dependencies(List<DependencySettings> dependencies) {
    return dependencies.stream()
        .map(BindingWriter::dependency)
        .collect(Collectors.joining(",", "", ""));
  }

  private static String dependency(DependencySettings settings) {
    List<String> calls = new ArrayList<>();
    calls.add("\n              " + DEPENDENCY + ".named(" + quote(settings.name()) + ")");
    calls.add("strength(" + Strength.class.getCanonicalName() + "." + settings.strength() + ")");
    if (settings.timeoutNanos() > 0) {
      calls.add("timeoutNanos(" + settings.timeoutNanos() + "L)");
    }
    calls.add("maxConcurrent(" + settings.maxConcurrent() + ")");
    calls.add("retries(" + settings.retries() + ")");
    calls.add("breakerFailures(" + settings.breakerFailures() + ")");
    calls.add("breakerCalls(" + settings.breakerCalls() + ")");
    calls.add("breakerDelayNanos(" + settings.breakerDelayNanos() + "L)");
    calls.add("build()");
    return String.join("\n                  .", calls);
  }

  private String payload(PayloadModel payload) {
    return payload.kind() == Payload.Kind.NONE
        ? PAYLOAD + ".NONE"
        : "new "
            + PAYLOAD
            + "("
            + PAYLOAD
            + ".Kind."
            + payload.kind()
            + ", "
            + text.expression(payload.type())
            + ")";
  }

  private String invoke(FunctionModel function, String handler) {
    Call call = function.call();
    String arguments =
        call.parameters().stream()
            .map(parameter -> parameter == Parameter.CONTEXT ? "context" : input(call))
            .collect(Collectors.joining(", "));
    String expression = "((" + handler + ") instance)." + call.method() + "(" + arguments + ");";
    String body = call.returnsNothing() ? expression + "\nreturn null;" : "return " + expression;
    TypeMirror type = call.input().type();
    return method(
        text.isUnchecked(type) ? "@java.lang.SuppressWarnings(\"unchecked\")" : "",
        "java.lang.Object invoke(java.lang.Object instance, java.lang.Object input, "
            + Context.class.getCanonicalName()
            + " context) throws java.lang.Exception",
        nullCheck(function, type) + body);
  }

  private String input(Call call) {
    String cast = text.cast(call.input().type());
    return cast.equals(OBJECT) ? "input" : "(" + cast + ") input";
  }

  private String nullCheck(FunctionModel function, TypeMirror type) {
    if (!type.getKind().isPrimitive()) {
      return "";
    }
    return "if (input == null) {\n  throw new java.lang.IllegalArgumentException(\n      "
        + quote(
            "function "
                + function.settings().name()
                + " takes a JSON value of type "
                + text.cast(type)
                + ", which cannot be null")
        + ");\n}\n";
  }

  private static String calls(String handler, List<Hook> hooks) {
    return hooks.stream().map(hook -> call(handler, hook)).collect(Collectors.joining("\n"));
  }

  /** Calls every hook, whatever those before it throw. */
  private static String callsInAnyCase(String handler, List<Hook> hooks) {
    List<Hook> lastFirst = new ArrayList<>(hooks);
    Collections.reverse(lastFirst);
    String body = "";
    for (Hook hook : lastFirst) {
      String call = call(handler, hook);
      body =
          body.isEmpty()
              ? call
              : "try {\n  " + call + "\n} finally {\n  " + body.replace("\n", "\n  ") + "\n}";
    }
    return body;
  }

  private static String call(String handler, Hook hook) {
    String argument = hook.takesConfiguration() ? "configuration" : "";
    return "((" + handler + ") instance)." + hook.method() + "(" + argument + ");";
  }

  private static String quote(List<String> texts) {
    return texts.stream().map(BindingWriter::quote).collect(Collectors.joining(", "));
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
