package dev.snowshed.core.traffic;

import java.util.Arrays;

/**
 * Non-negative least squares: x ≥ 0 that makes |A·x − b| least, by coordinate descent on the normal
 * equations, which converges since the problem is convex. For few unknowns. Not safe for concurrent
 * use.
 */
final class LeastSquares {
  private static final int ROUNDS = 2_000;
  private static final double ENOUGH = 1e-10;

  /** How far a column must stand out of the others for its unknown to be told. */
  private static final double LEAST_PIVOT = 1e-9;

  private final int unknowns;
  private final double[][] gram;
  private final double[] right;
  private double squares;
  private int rows;

  LeastSquares(int unknowns) {
    this.unknowns = unknowns;
    this.gram = new double[unknowns][unknowns];
    this.right = new double[unknowns];
  }

  /** Adds a row of A and of b. */
  void add(double[] row, double value) {
    for (int i = 0; i < unknowns; i++) {
      for (int j = 0; j < unknowns; j++) {
        gram[i][j] += row[i] * row[j];
      }
      right[i] += row[i] * value;
    }
    squares += value * value;
    rows++;
  }

  double[] solve() {
    double[] solution = new double[unknowns];
    for (int round = 0; round < ROUNDS; round++) {
      double moved = 0;
      for (int i = 0; i < unknowns; i++) {
        if (gram[i][i] > 0) {
          double step = (right[i] - dot(gram[i], solution)) / gram[i][i];
          double next = Math.max(0, solution[i] + step);
          moved = Math.max(moved, Math.abs(next - solution[i]) / Math.max(next, ENOUGH));
          solution[i] = next;
        }
      }
      if (moved < ENOUGH) {
        break;
      }
    }
    return solution;
  }

  /** Mean square of what the solution leaves, by degrees of freedom. */
  double residualVariance(double[] solution) {
    double left = squares;
    for (int i = 0; i < unknowns; i++) {
      left += solution[i] * (dot(gram[i], solution) - 2 * right[i]);
    }
    return Math.max(0, left) / Math.max(1, rows - unknowns);
  }

  /** Standard error of an unknown; infinite if its column does not stand apart. */
  double error(double[] solution, int unknown) {
    double apart = apart(unknown);
    return apart > 0 ? Math.sqrt(residualVariance(solution) / apart) : Double.POSITIVE_INFINITY;
  }

  /** What of a column's square the others do not explain: the inverse of (AᵀA)⁻¹ᵢᵢ. */
  private double apart(int unknown) {
    double[][] left = new double[unknowns][];
    for (int i = 0; i < unknowns; i++) {
      left[i] = Arrays.copyOf(gram[i], unknowns);
    }
    for (int pivot = 0; pivot < unknowns; pivot++) {
      if (pivot != unknown && left[pivot][pivot] > LEAST_PIVOT * gram[pivot][pivot]) {
        eliminate(left, pivot);
      }
    }
    double rest = left[unknown][unknown];
    return rest > LEAST_PIVOT * gram[unknown][unknown] ? rest : 0;
  }

  private void eliminate(double[][] matrix, int pivot) {
    double[] by = matrix[pivot];
    for (int i = 0; i < unknowns; i++) {
      double factor = i == pivot ? 0 : matrix[i][pivot] / by[pivot];
      for (int j = 0; factor != 0 && j < unknowns; j++) {
        matrix[i][j] -= factor * by[j];
      }
    }
  }

  private double dot(double[] row, double[] solution) {
    double sum = 0;
    for (int i = 0; i < unknowns; i++) {
      sum += row[i] * solution[i];
    }
    return sum;
  }
}
