package dev.snowshed.runtime.fleet;

import dev.snowshed.core.lifecycle.FleetBudget;
import dev.snowshed.core.lifecycle.LifecycleStatus;
import dev.snowshed.core.lifecycle.Member;
import java.util.List;
import java.util.function.Supplier;

/**
 * No view of the fleet: the host stays in rotation whatever ails it. Safe for concurrent use.
 *
 * @param ownId this host's name
 */
public record NoView(String ownId) implements FleetView {

  @Override
  public String kind() {
    return "none";
  }

  @Override
  public FleetBudget budget() {
    return FleetBudget.alone();
  }

  @Override
  public List<Member> members() {
    return List.of();
  }

  @Override
  public void start(Supplier<LifecycleStatus> own) {}

  @Override
  public void close() {}
}
