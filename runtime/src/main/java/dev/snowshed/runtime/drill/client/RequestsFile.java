package dev.snowshed.runtime.drill.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.snowshed.runtime.drill.DrillRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of requests, one a line: JSON objects as {@link DrillRequest#of} reads them, or calls of
 * curl as {@link CurlLine} does. Empty lines and those that begin with {@code #} are skipped.
 */
final class RequestsFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RequestsFile() {}

  /**
   * The requests for a function: all that are JSON, and the calls of curl that call it. Lines for
   * other functions are not looked at.
   *
   * @param isNamed whether the function was asked for by name: without, nobody knows for which
   *     function JSON is meant
   * @throws Misuse if the file cannot be read or a line is neither; the message names the line
   */
  static List<DrillRequest> read(Path file, String function, boolean isNamed) throws Misuse {
    List<DrillRequest> requests = new ArrayList<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      try {
        add(requests, line.strip(), function, isNamed);
      } catch (IllegalArgumentException e) {
        throw new Misuse(file + ", line " + number + ": " + e.getMessage());
      }
    }
    return requests;
  }

  private static List<String> lines(Path file) throws Misuse {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new Misuse("cannot read the requests in '" + file + "': " + e);
    }
  }

  private static void add(
      List<DrillRequest> requests, String line, String function, boolean isNamed) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    if (line.startsWith("{")) {
      if (!isNamed) {
        throw new IllegalArgumentException(
            "JSON does not say for which function it is: name the function (drill FUNCTION), or"
                + " give a call of curl, such as curl -d 'hello' $H/NAME");
      }
      requests.add(DrillRequest.of(json(line)));
      return;
    }
    if (line.contains('/' + function)) {
      CurlLine call = CurlLine.parse(line);
      if (call.function().equals(function)) {
        requests.add(call.request());
      }
    }
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("this is no JSON: " + e.getOriginalMessage(), e);
    }
  }
}
