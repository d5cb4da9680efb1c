package dev.snowshed.simulation;

import dev.snowshed.core.admission.AdmissionSettings;
import dev.snowshed.simulation.engine.GateFactory;
import dev.snowshed.simulation.gate.SnowshedGate;
import dev.snowshed.simulation.oracle.FixedLimit;
import dev.snowshed.simulation.peer.Peers;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The limits that can be compared, by name. */
public final class Limits {
  /** The controller of the host. */
  static final String SNOWSHED = "snowshed";

  /** The best fixed limit in hindsight, always among the rows. */
  static final String ORACLE = "oracle";

  /** No limit at all, always among the rows. */
  static final String NONE = "none";

  private Limits() {}

  /** All but the oracle, which has to be searched, in the order of the rows. */
  public static SequencedMap<String, GateFactory> all() {
    SequencedMap<String, GateFactory> limits = new LinkedHashMap<>();
    limits.put(SNOWSHED, SnowshedGate.with(AdmissionSettings.DEFAULTS));
    limits.putAll(Peers.all());
    limits.put(NONE, FixedLimit.none());
    return limits;
  }
}
