package dev.snowshed.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemExceptionTest {

  @Test
  void carriesStatusAndDetail() {
    ProblemException problem = new ProblemException(409, "already paid");
    assertEquals(409, problem.status());
    assertEquals("already paid", problem.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 399, 600})
  void refusesStatusesThatAreNoErrors(int status) {
    assertEquals(
        "status must be between 400 and 599, was " + status,
        assertThrows(IllegalArgumentException.class, () -> new ProblemException(status, "x"))
            .getMessage());
  }
}
