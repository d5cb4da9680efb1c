package dev.snowshed.core.admission;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A request of a test, which remembers what became of it. */
final class Asker implements AdmissionRequest {
  private final AtomicInteger answers = new AtomicInteger();
  private long deadlineNanos = Long.MAX_VALUE / 4;
  private Criticality criticality = Criticality.CRITICAL;
  private String tenant = "";
  private boolean retry;
  private long bodyBytes;

  private volatile @Nullable Permit permit;
  private volatile @Nullable Rejection rejection;
  private @Nullable Ticket ticket;
  private boolean cancelled;

  /** Called on each answer of a callback; for what callers do at once. */
  private Runnable reaction = () -> {};

  Asker by(long nanos) {
    deadlineNanos = nanos;
    return this;
  }

  Asker mattering(Criticality level) {
    criticality = level;
    return this;
  }

  Asker of(String name) {
    tenant = name;
    return this;
  }

  Asker again() {
    retry = true;
    return this;
  }

  Asker withBody(long bytes) {
    bodyBytes = bytes;
    return this;
  }

  Asker reacting(Runnable run) {
    reaction = run;
    return this;
  }

  /** Asks; what is answered at once counts as no callback. */
  Asker ask(FunctionGate gate, long nowNanos) {
    switch (gate.admit(this, nowNanos)) {
      case Permit own -> {
        permit = own;
        answers.incrementAndGet();
      }
      case Rejection own -> {
        rejection = own;
        answers.incrementAndGet();
      }
      case Ticket own -> ticket = own;
    }
    return this;
  }

  boolean cancel(long nowNanos) {
    Ticket own = ticket;
    boolean waited = own != null && own.cancel(nowNanos);
    cancelled |= waited;
    return waited;
  }

  @Override
  public long deadlineNanos() {
    return deadlineNanos;
  }

  @Override
  public Criticality criticality() {
    return criticality;
  }

  @Override
  public String tenant() {
    return tenant;
  }

  @Override
  public boolean isRetry() {
    return retry;
  }

  @Override
  public long bodyBytes() {
    return bodyBytes;
  }

  @Override
  public void admitted(Permit own) {
    permit = own;
    answers.incrementAndGet();
    reaction.run();
  }

  @Override
  public void rejected(Rejection own) {
    rejection = own;
    answers.incrementAndGet();
    reaction.run();
  }

  /** How often it was answered with a permit or a rejection, in whichever way. */
  int answers() {
    return answers.get();
  }

  boolean isCancelled() {
    return cancelled;
  }

  boolean isWaiting() {
    return answers.get() == 0 && !cancelled;
  }

  boolean wasQueued() {
    return ticket != null;
  }

  boolean isAdmitted() {
    return permit != null;
  }

  Permit permit() {
    Permit own = permit;
    if (own == null) {
      throw new AssertionError("has no permit: " + this);
    }
    return own;
  }

  Rejection.Reason reason() {
    Rejection own = rejection;
    if (own == null) {
      throw new AssertionError("was not rejected: " + this);
    }
    return own.reason();
  }

  Ticket ticket() {
    Ticket own = ticket;
    if (own == null) {
      throw new AssertionError("was not queued: " + this);
    }
    return own;
  }

  @Override
  public String toString() {
    Rejection refusal = rejection;
    String fate = permit != null ? "admitted" : refusal != null ? refusal.reason().name() : "none";
    return "answer " + fate + (ticket != null ? ", queued" : "") + (cancelled ? ", cancelled" : "");
  }
}
