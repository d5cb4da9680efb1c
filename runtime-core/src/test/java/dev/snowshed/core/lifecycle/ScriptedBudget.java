package dev.snowshed.core.lifecycle;

/** Answers what a test wants, and keeps a wish. */
final class ScriptedBudget implements FleetBudget {
  Answer answer = new Granted();
  boolean needed;
  boolean wished;

  @Override
  public Answer mayLeave(long nowNanos) {
    wished = true;
    return answer;
  }

  @Override
  public boolean mustReturn(long nowNanos) {
    return needed;
  }

  @Override
  public void released(long nowNanos) {
    wished = false;
  }
}
