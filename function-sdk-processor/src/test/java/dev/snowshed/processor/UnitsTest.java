package dev.snowshed.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

  @ParameterizedTest
  @CsvSource({
    "1ms, 1000000",
    "800ms, 800000000",
    "30s, 30000000000",
    "007s, 7000000000",
    "1m, 60000000000",
    "24h, 86400000000000",
    "1440m, 86400000000000",
    "86400000ms, 86400000000000"
  })
  void readsTimeouts(String text, long nanos) {
    assertEquals(OptionalLong.of(nanos), Units.timeoutNanos(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0B, 0",
    "1B, 1",
    "64KiB, 65536",
    "1MiB, 1048576",
    "2GiB, 2147483648",
    "8589934591GiB, 9223372035781033984",
    "unlimited, 9223372036854775807"
  })
  void readsSizes(String text, long bytes) {
    assertEquals(OptionalLong.of(bytes), Units.bytes(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8589934592GiB", "1kB", "unlimited "})
  void knowsWhatIsNoSize(String text) {
    assertEquals(OptionalLong.empty(), Units.bytes(text));
  }
}
