package dev.snowshed.simulation.fleet;

import dev.snowshed.simulation.engine.Job;
import dev.snowshed.simulation.engine.Sender;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One attempt of a client, through the balancer, at one host after the other. */
final class Attempt implements Sender {
  private final Fleet fleet;
  private final Request request;
  private final int number;
  private final long sentNanos;
  private final List<Integer> tried = new ArrayList<>(0);
  private int host = Balancer.NONE;
  private @Nullable HostProcess process;

  /** Whether its client has stopped waiting for it. */
  private boolean over;

  /** Whether the balancer still counts it at {@link #host}. */
  private boolean counted;

  Attempt(Fleet fleet, Request request, int number, long sentNanos) {
    this.fleet = fleet;
    this.request = request;
    this.number = number;
    this.sentNanos = sentNanos;
  }

  Request request() {
    return request;
  }

  int number() {
    return number;
  }

  List<Integer> tried() {
    return tried;
  }

  boolean isOver() {
    return over;
  }

  void over() {
    over = true;
  }

  /** Whether it is where nobody answers. */
  boolean isUnheard() {
    return process == null;
  }

  /** Where it is nobody answers any more. */
  void silenced() {
    process = null;
  }

  void sentTo(int chosen, Backend backend) {
    host = chosen;
    counted = true;
    backend.sent();
  }

  void heardBy(HostProcess listener, Job job) {
    process = listener;
    listener.offer(this, job);
  }

  /** The connection of the balancer to the host is free again. */
  void release(Balancer balancer) {
    if (counted) {
      counted = false;
      balancer.backend(host).answered();
    }
  }

  @Override
  public void refused(Job job) {
    HostProcess at = leave();
    at.counts().refused++;
    fleet.refused(this);
  }

  @Override
  public void completed(Job job) {
    count(leave(), job);
    fleet.completed(this, job);
  }

  @Override
  public void failed(Job job) {
    count(leave(), job);
    fleet.failed(this);
  }

  private HostProcess leave() {
    HostProcess at = Objects.requireNonNull(process);
    at.ended(this);
    return at;
  }

  private void count(HostProcess at, Job job) {
    long now = fleet.now();
    boolean late = now >= job.deadlineNanos();
    at.counts().nanos += now - sentNanos;
    if (late) {
      at.counts().late++;
    } else {
      at.counts().good++;
    }
  }
}
