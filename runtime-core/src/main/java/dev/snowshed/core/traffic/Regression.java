package dev.snowshed.core.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** What requests of each function take, by least squares on the functions' rates. Immutable. */
final class Regression {
  private final List<String> functions;
  private final LeastSquares squares;
  private final double[] costs;

  private Regression(List<String> functions, LeastSquares squares) {
    this.functions = functions;
    this.squares = squares;
    this.costs = squares.solve();
  }

  /**
   * A regression over windows.
   *
   * @param taken by all functions in a window
   */
  static Regression of(List<Window> windows, ToDoubleFunction<Window> taken) {
    TreeSet<String> names = new TreeSet<>();
    windows.forEach(window -> window.functions().forEach(names::add));
    List<String> functions = new ArrayList<>(names);
    LeastSquares squares = new LeastSquares(functions.size());
    for (Window window : windows) {
      double[] row = functions.stream().mapToDouble(each -> window.part(each).ended).toArray();
      squares.add(row, taken.applyAsDouble(window));
    }
    return new Regression(functions, squares);
  }

  /** What a request takes; 0 for a function that was not there. */
  double cost(String function) {
    int own = functions.indexOf(function);
    return own < 0 ? 0 : costs[own];
  }

  /** Its standard error; infinite if it cannot be told. */
  double error(String function) {
    int own = functions.indexOf(function);
    return own < 0 ? Double.POSITIVE_INFINITY : squares.error(costs, own);
  }
}
