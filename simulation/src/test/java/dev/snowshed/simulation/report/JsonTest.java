package dev.snowshed.simulation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void writesWhatItIsGiven() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("text", "a \"b\" \\ \n é");
    map.put("number", 0.123456789);
    map.put("small", 1.5e-9);
    map.put("whole", 1200000.0);
    map.put("count", 7L);
    map.put("none", null);
    map.put("nan", Double.NaN);
    map.put("list", Arrays.asList(1, List.of(), Double.POSITIVE_INFINITY));

    assertEquals(
        """
        {
          "text": "a \\"b\\" \\\\ \\u000a é",
          "number": 0.123457,
          "small": 0.0000000015,
          "whole": 1200000,
          "count": 7,
          "none": null,
          "nan": null,
          "list": [
            1,
            [],
            null
          ]
        }
        """,
        Json.write(map));
  }
}
