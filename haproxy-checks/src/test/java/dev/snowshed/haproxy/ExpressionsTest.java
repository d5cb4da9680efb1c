package dev.snowshed.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpressionsTest {
  @Test
  void findsMetricsAndNothingElse() {
    assertEquals(
        Set.of("up", "a:b:rate1m", "x_total"),
        Expressions.metrics(
            """
            sum by (fleet) (rate(x_total{proxy!~"a|b(c)"}[1m])) / on (fleet) group_left () up
            and label_replace(a:b:rate1m, "x", "$1", "y", "(.+)") > bool 0.5 or vector(0) offset 5m
            """
                .replace(" offset 5m", "")));
  }
}
