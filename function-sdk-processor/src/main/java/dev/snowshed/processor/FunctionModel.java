package dev.snowshed.processor;

import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * A function, read and checked.
 *
 * @param handler its class
 * @param packageName the class's package, empty for the unnamed one
 * @param bindingName the simple name of the binding
 * @param annotation its annotation
 * @param settings what that says
 * @param dependencies what it depends on, as declared
 * @param call how to call it
 * @param hooks the class's hooks
 * @param deprecated whether the compiler would warn of what the binding mentions
 */
record FunctionModel(
    TypeElement handler,
    String packageName,
    String bindingName,
    Annotation annotation,
    Settings settings,
    List<DependencySettings> dependencies,
    Call call,
    Hooks hooks,
    boolean deprecated) {

  /** The qualified name of the binding. */
  String qualifiedBindingName() {
    return packageName.isEmpty() ? bindingName : packageName + "." + bindingName;
  }

  /** Where the function stands, for messages. */
  String place() {
    return handler.getQualifiedName() + "." + call.method();
  }
}
