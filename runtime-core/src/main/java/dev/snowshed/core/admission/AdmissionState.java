package dev.snowshed.core.admission;

import java.util.List;

/**
 * What the controller knows at one moment. Immutable.
 *
 * @param mode how the limit comes about
 * @param limit how many requests may be in flight: the sum of the functions' limits, or as many as
 *     were when others last had to wait, whichever is less
 * @param inflight how many are
 * @param starting those of them that have not started to run
 * @param enoughReady how many may be ready to run before no more are let in
 * @param waiting how many wait
 * @param retries how many of those in flight are retries
 * @param bodyBytes announced bodies of those in flight
 * @param functions every function
 */
public record AdmissionState(
    AdmissionSettings.Mode mode,
    int limit,
    int inflight,
    int starting,
    int enoughReady,
    int waiting,
    int retries,
    long bodyBytes,
    List<FunctionState> functions) {

  /** Copies the list. */
  public AdmissionState {
    functions = List.copyOf(functions);
  }
}
