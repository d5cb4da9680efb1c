package dev.snowshed.core.dependency;

/**
 * Counts a call of a function at each of its dependencies. Where one dependency was in trouble, the
 * call tells something of that one only; where several were, of none, as nobody can know which one
 * it was.
 */
record CallSorter(
    long ok,
    long failed,
    long slow,
    long cancelled,
    boolean drill,
    boolean bad,
    boolean badOrLate) {

  CallSorter(CallRecord call, boolean drill, boolean bad, boolean badOrLate) {
    this(
        call.okBits(),
        call.failedBits(),
        call.slowBits(),
        call.cancelledBits(),
        drill,
        bad,
        badOrLate);
  }

  void sort(Edge[] edges) {
    long trouble = failed | slow | cancelled;
    if (trouble == 0) {
      fine(edges);
    } else if (Long.bitCount(trouble) == 1) {
      alone(edges[Long.numberOfTrailingZeros(trouble)]);
    } else {
      together(edges, trouble);
    }
  }

  private void fine(Edge[] edges) {
    for (long left = ok; left != 0; left &= left - 1) {
      edges[Long.numberOfTrailingZeros(left)].tally(drill).fine(bad, badOrLate);
    }
  }

  private void alone(Edge edge) {
    Tally tally = edge.tally(drill);
    if (failed != 0) {
      failed(tally);
    }
    if (slow != 0) {
      tally.slow(badOrLate);
    }
  }

  private void failed(Tally tally) {
    if ((ok & failed) != 0) {
      tally.partly(bad);
    } else {
      tally.failed(bad);
    }
  }

  private static void together(Edge[] edges, long trouble) {
    for (long left = trouble; left != 0; left &= left - 1) {
      Edge edge = edges[Long.numberOfTrailingZeros(left)];
      edge.together(trouble & ~edge.bit());
    }
  }
}
