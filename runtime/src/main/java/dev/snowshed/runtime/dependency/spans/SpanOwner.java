package dev.snowshed.runtime.dependency.spans;

import dev.snowshed.function.TraceContext;
import dev.snowshed.runtime.dependency.CallDependencies;
import org.jspecify.annotations.Nullable;

/** A call of a function, to which spans belong. Safe for concurrent use. */
public interface SpanOwner {

  /** Its place in its trace. */
  TraceContext trace();

  /** What spans begin under; always the same. */
  SpanRoot spanRoot();

  /** What it meets on its dependencies; null if it is over. */
  @Nullable CallDependencies watched();
}
