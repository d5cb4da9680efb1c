package dev.snowshed.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @ParameterizedTest
  @CsvSource({"00, false", "01, true", "03, true", "02, false", "ff, true", "fe, false"})
  void readsTheSampledFlagAmongOthers(String flags, boolean sampled) {
    assertEquals(
        Optional.of(new TraceContext(TRACE, SPAN, sampled, "a=1")),
        TraceContext.parse("00-" + TRACE + "-" + SPAN + "-" + flags, "a=1"));
  }

  @Test
  void ignoresBlanksAround() {
    assertEquals(
        Optional.of(new TraceContext(TRACE, SPAN, true, "")),
        TraceContext.parse(" 00-" + TRACE + "-" + SPAN + "-01\t", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "-what-the-future-will-bring"})
  void readsLaterVersionsAsFarAsItKnowsThem(String more) {
    assertEquals(
        Optional.of(new TraceContext(TRACE, SPAN, true, "")),
        TraceContext.parse("cc-" + TRACE + "-" + SPAN + "-01" + more, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-011",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "0-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-001",
        "0g-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "CC-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00F067AA0BA902B7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0A",
        "00-4bf92f3577b34da6a3ce929d0e0e473-600f067aa0ba902b7-01",
        "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01"
      })
  void takesNothingElse(String traceparent) {
    assertEquals(Optional.empty(), TraceContext.parse(traceparent, ""));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void writesWhatItReads(boolean sampled) {
    TraceContext trace = new TraceContext(TRACE, SPAN, sampled, "vendor=x");
    assertEquals(Optional.of(trace), TraceContext.parse(trace.traceparent(), trace.state()));
  }

  @Test
  void writesVersionZero() {
    assertEquals(
        "00-" + TRACE + "-" + SPAN + "-01", new TraceContext(TRACE, SPAN, true, "").traceparent());
  }

  @Test
  void namesTheIdThatIsWrong() {
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class, () -> new TraceContext(TRACE, "xyz", true, ""));
    assertEquals(
        "spanId must be 16 lower-case hexadecimal digits, not all zero, was xyz",
        thrown.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> new TraceContext("0".repeat(32), SPAN, true, ""));
  }
}
