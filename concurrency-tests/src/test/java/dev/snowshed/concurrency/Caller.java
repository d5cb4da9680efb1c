package dev.snowshed.concurrency;

import dev.snowshed.core.admission.AdmissionRequest;
import dev.snowshed.core.admission.FunctionGate;
import dev.snowshed.core.admission.Permit;
import dev.snowshed.core.admission.Rejection;
import dev.snowshed.core.admission.Ticket;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A request that counts its answers. */
final class Caller implements AdmissionRequest {
  private final AtomicInteger admitted = new AtomicInteger();
  private final AtomicInteger rejected = new AtomicInteger();
  private volatile @Nullable Permit permit;
  private @Nullable Ticket ticket;

  Caller ask(FunctionGate gate) {
    switch (gate.admit(this, Host.NOW)) {
      case Permit own -> admitted(own);
      case Rejection own -> rejected(own);
      case Ticket own -> ticket = own;
    }
    return this;
  }

  boolean cancel() {
    return Objects.requireNonNull(ticket).cancel(Host.NOW);
  }

  Permit permit() {
    return Objects.requireNonNull(permit);
  }

  int timesAdmitted() {
    return admitted.get();
  }

  int timesRejected() {
    return rejected.get();
  }

  @Override
  public long deadlineNanos() {
    return 2 * Host.NOW;
  }

  @Override
  public void admitted(Permit own) {
    permit = own;
    admitted.incrementAndGet();
  }

  @Override
  public void rejected(Rejection own) {
    rejected.incrementAndGet();
  }
}
