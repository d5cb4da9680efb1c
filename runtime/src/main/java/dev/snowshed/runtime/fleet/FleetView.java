package dev.snowshed.runtime.fleet;

import dev.snowshed.core.lifecycle.FleetBudget;
import dev.snowshed.core.lifecycle.LifecycleStatus;
import dev.snowshed.core.lifecycle.Member;
import java.util.List;
import java.util.function.Supplier;

/** A view of the fleet, kept up to date in the background. Safe for concurrent use. */
public interface FleetView extends AutoCloseable {

  /** What kind of view it is, as in {@code snowshed.fleet.view}. */
  String kind();

  /** This host's name in the fleet. */
  String ownId();

  /** Says whether the fleet can do without this host. */
  FleetBudget budget();

  /** The news that was last heard of others. */
  List<Member> members();

  /**
   * Begins to look.
   *
   * @param own this host's status, to be told to the others
   */
  void start(Supplier<LifecycleStatus> own);

  @Override
  void close();
}
