package dev.snowshed.processor;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationValue;
import javax.tools.Diagnostic;

/**
 * Where annotations stand that are repeated: to a processor they are in a container that stands
 * nowhere. Knows javac's sources only; elsewhere nothing is found.
 */
final class Places {
  private final Optional<Trees> trees;

  private Places(Optional<Trees> trees) {
    this.trees = trees;
  }

  static Places of(ProcessingEnvironment environment) {
    try {
      return new Places(Optional.of(Trees.instance(environment)));
    } catch (IllegalArgumentException | LinkageError e) {
      return new Places(Optional.empty());
    }
  }

  /**
   * Reports an error at a value of a repeated annotation, or at the annotation if that value is a
   * default, or there is none.
   *
   * @return false if it is not known where that is
   */
  boolean error(Annotation at, Optional<AnnotationValue> value, String message) {
    if (at.index() < 0) {
      return false;
    }
    Optional<TreePath> path = trees.map(known -> known.getPath(at.element()));
    Optional<AnnotationTree> annotation = path.flatMap(found -> annotation(found.getLeaf(), at));
    annotation.ifPresent(
        tree ->
            trees
                .orElseThrow()
                .printMessage(
                    Diagnostic.Kind.ERROR,
                    message,
                    value.map(set -> argument(tree, at, set)).orElse(tree),
                    path.orElseThrow().getCompilationUnit()));
    return annotation.isPresent();
  }

  private static Optional<AnnotationTree> annotation(Tree annotated, Annotation at) {
    String name = at.mirror().getAnnotationType().asElement().getSimpleName().toString();
    List<AnnotationTree> repeated =
        annotationsOf(annotated).stream()
            .map(AnnotationTree.class::cast)
            .filter(each -> isNamed(each, name))
            .toList();
    return at.index() < repeated.size() ? Optional.of(repeated.get(at.index())) : Optional.empty();
  }

  private static List<? extends AnnotationTree> annotationsOf(Tree annotated) {
    if (annotated instanceof MethodTree method) {
      return method.getModifiers().getAnnotations();
    }
    return annotated instanceof ClassTree type ? type.getModifiers().getAnnotations() : List.of();
  }

  private static boolean isNamed(AnnotationTree annotation, String simpleName) {
    String name = annotation.getAnnotationType().toString();
    return name.substring(name.lastIndexOf('.') + 1).equals(simpleName);
  }

  private static Tree argument(AnnotationTree annotation, Annotation at, AnnotationValue value) {
    for (ExpressionTree argument : annotation.getArguments()) {
      boolean named = argument instanceof AssignmentTree;
      String member =
          argument instanceof AssignmentTree set ? set.getVariable().toString() : "value";
      if (value.equals(at.values().get(member))) {
        return named ? ((AssignmentTree) argument).getExpression() : argument;
      }
    }
    return annotation;
  }
}
