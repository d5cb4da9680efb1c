package dev.snowshed.runtime.metrics;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.admission.AdmissionState;
import dev.snowshed.core.admission.FunctionState;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The controller's state, read at most once in {@link #FRESH_NANOS}, so that one scrape of many
 * meters takes the controller's lock once. Safe for concurrent use; racing readers may both read.
 */
final class StateView {
  private static final long FRESH_NANOS = 50_000_000;

  private final AdmissionController controller;
  private final LongSupplier clock;
  private volatile View view;

  /**
   * What was read.
   *
   * @param readAt when
   * @param state all of it
   * @param functions by name
   */
  private record View(long readAt, AdmissionState state, Map<String, FunctionState> functions) {}

  StateView(AdmissionController controller, LongSupplier clock) {
    this.controller = controller;
    this.clock = clock;
    this.view = read();
  }

  AdmissionState state() {
    return current().state();
  }

  /** A value of a function's state; 0 for a function without one. */
  double of(String function, ToDoubleFunction<FunctionState> value) {
    FunctionState state = current().functions().get(function);
    return state == null ? 0 : value.applyAsDouble(state);
  }

  private View current() {
    View current = view;
    if (clock.getAsLong() - current.readAt() > FRESH_NANOS) {
      current = read();
      view = current;
    }
    return current;
  }

  private View read() {
    long now = clock.getAsLong();
    AdmissionState state = controller.state(now);
    return new View(
        now,
        state,
        state.functions().stream()
            .collect(Collectors.toMap(FunctionState::function, Function.identity(), (a, b) -> b)));
  }
}
