package dev.snowshed.runtime.admission;

import dev.snowshed.core.admission.FunctionGate;
import dev.snowshed.runtime.metrics.FunctionMeters;

/**
 * What every call of a function passes, the same over all versions of the function.
 *
 * @param gate admits
 * @param meters counts
 */
public record Door(FunctionGate gate, FunctionMeters meters) {}
