package dev.snowshed.samples.downstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The decoded parameters of a request. */
record Query(Map<String, List<String>> parameters) {

  static Query of(URI uri) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    String query = uri.getRawQuery();
    if (query != null && !query.isEmpty()) {
      for (String parameter : query.split("&", -1)) {
        String[] parts = parameter.split("=", 2);
        String value = parts.length == 2 ? URLDecoder.decode(parts[1], UTF_8) : "";
        parameters
            .computeIfAbsent(URLDecoder.decode(parts[0], UTF_8), name -> new ArrayList<>())
            .add(value);
      }
    }
    return new Query(parameters);
  }

  List<String> all(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  /** The first value of each parameter. */
  Map<String, String> first() {
    Map<String, String> first = new LinkedHashMap<>();
    parameters.forEach((name, values) -> first.put(name, values.getFirst()));
    return first;
  }
}
