package dev.snowshed.runtime.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.snowshed.core.admission.AdmissionController;
import dev.snowshed.core.admission.AdmissionSettings;
import dev.snowshed.core.admission.HostSignals;
import dev.snowshed.core.lifecycle.FleetBudget;
import dev.snowshed.core.lifecycle.Lifecycle;
import dev.snowshed.core.lifecycle.LifecycleSettings;
import dev.snowshed.runtime.admission.Doors;
import dev.snowshed.runtime.admission.LimitMemory;
import dev.snowshed.runtime.loading.FunctionRegistry;
import dev.snowshed.runtime.metrics.HostMeters;
import dev.snowshed.runtime.signals.LoopDelays;
import dev.snowshed.runtime.signals.MachineSignals;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AgentAnswerTest {
  private static final int LIMIT = 40;

  private final Lifecycle life =
      new Lifecycle(LifecycleSettings.DEFAULTS, FleetBudget.alone(), new Random(1), 0);
  private final MachineSignals signals = MachineSignals.ofThisProcess();
  private final AdmissionController controller =
      new AdmissionController(
          new AdmissionSettings(AdmissionSettings.Mode.ADAPTIVE, 1000, 0.2, 3, 100, 0.2, 1000, 4),
          (HostSignals) signals,
          new Random(1));
  private final FunctionRegistry registry = new FunctionRegistry();
  private final Doors doors =
      new Doors(
          controller,
          new HostMeters(
              new SimpleMeterRegistry(),
              controller,
              signals,
              new LoopDelays(),
              life::status,
              List::of,
              registry),
          registry,
          LimitMemory.read(Optional.empty(), LIMIT));

  @Test
  void isDownUntilTheHostIsInRotation() {
    assertEquals("down #functions are being loaded\n", answer(1).line(""));
    life.loaded(0);
    assertEquals("down #functions are called for the first time\n", answer(1).line(""));
  }

  @Test
  void tellsWeightAndConnectionsOfTheHostOrOfAFunction() {
    var _ = doors.of("one");
    var _ = doors.of("other");
    life.warmed(0);
    assertEquals("up ready 10% maxconn:50\n", answer(1).line("one"));
    assertEquals("up ready 10% maxconn:100\n", answer(1).line(""));
    assertEquals("up ready 10% maxconn:100\n", answer(1).line("none of that name"));
    assertEquals("up ready 10% maxconn:17\n", answer(3).line("one"));
  }

  @Test
  void drainsForGood() {
    life.warmed(0);
    life.drain("told to", 0);
    assertEquals("drain\n", answer(1).line(""));
    life.stopped(0);
    assertEquals("drain\n", answer(1).line(""));
  }

  @Test
  void leavesRoomAboveTheLimit() {
    assertEquals(3, AgentAnswer.maxConnections(1, 1));
    assertEquals(10, AgentAnswer.maxConnections(8, 1));
    assertEquals(15, AgentAnswer.maxConnections(12, 1));
    assertEquals(1, AgentAnswer.maxConnections(1, 100));
    assertEquals(1_000_000, AgentAnswer.maxConnections(Integer.MAX_VALUE, 1));
  }

  private AgentAnswer answer(int balancers) {
    return new AgentAnswer(life, controller, doors, balancers);
  }
}
