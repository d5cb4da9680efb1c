package dev.snowshed.runtime.admission;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.snowshed.core.admission.AdmissionState;
import dev.snowshed.core.admission.FunctionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Keeps the limits that were learnt over a restart, in a file such as {@code
 * {"limits":{"quote":34}}}.
 *
 * <p>What was learnt is where learning begins again, and no truth: another machine, version or
 * neighbour may carry less. So a function begins with half of it. A limit that has not moved since
 * the start has taught nothing, and leaves what the file said of it. A file that is missing or not
 * readable is the same as none. Safe for concurrent use.
 */
public final class LimitMemory {
  private static final Logger LOG = Logger.getLogger(LimitMemory.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LIMITS = "limits";

  private final Optional<Path> file;
  private final int otherwise;

  /** Guarded by this: the limits learnt before and since. */
  private final Map<String, Integer> learnt;

  /** Guarded by this: where the limits began that have not been seen elsewhere since. */
  private final Map<String, Integer> unmoved = new HashMap<>();

  private LimitMemory(Optional<Path> file, int otherwise, Map<String, Integer> learnt) {
    this.file = file;
    this.otherwise = otherwise;
    this.learnt = learnt;
  }

  /**
   * What a file says.
   *
   * @param file where it is kept; empty to keep nothing
   * @param otherwise where the limit of a function begins that it does not know
   */
  public static LimitMemory read(Optional<Path> file, int otherwise) {
    return new LimitMemory(file, otherwise, file.map(LimitMemory::limits).orElseGet(TreeMap::new));
  }

  /** Where the limit of a function begins; 1 or more. */
  public synchronized int initialLimit(String function) {
    Integer before = learnt.get(function);
    int initial = before == null ? otherwise : Math.max(1, before / 2);
    unmoved.put(function, initial);
    return initial;
  }

  /** Notes what has been learnt, and writes it down in one step. Reads and writes files. */
  public synchronized void save(AdmissionState state) {
    if (file.isEmpty()) {
      return;
    }
    for (FunctionState function : state.functions()) {
      String name = function.function();
      if (!Objects.equals(unmoved.get(name), function.limit())) {
        unmoved.remove(name);
        learnt.put(name, function.limit());
      }
    }
    try {
      write(file.get());
    } catch (IOException e) {
      LOG.warnf(
          "The learnt limits could not be written to %s (snowshed.admission.state-file): %s",
          file.get(), e);
    }
  }

  private void write(Path target) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode limits = root.putObject(LIMITS);
    learnt.forEach(limits::put);
    Path absolute = target.toAbsolutePath();
    Path part = absolute.resolveSibling(absolute.getFileName() + ".part");
    Files.createDirectories(part.resolveSibling("."));
    Files.write(part, JSON.writeValueAsBytes(root));
    Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Map<String, Integer> limits(Path file) {
    Map<String, Integer> limits = new TreeMap<>();
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (root.path(LIMITS).isObject()) {
        root.get(LIMITS)
            .properties()
            .forEach(
                limit -> {
                  if (limit.getValue().canConvertToInt() && limit.getValue().intValue() >= 1) {
                    limits.put(limit.getKey(), limit.getValue().intValue());
                  }
                });
      } else {
        ignore(file, "it has no object \"limits\"");
      }
    } catch (NoSuchFileException e) {
      LOG.infof("%s does not exist yet: limits are learnt from the start", file);
    } catch (JacksonException e) {
      ignore(file, e.getOriginalMessage());
    } catch (IOException e) {
      ignore(file, e.toString());
    }
    return limits;
  }

  private static void ignore(Path file, String why) {
    LOG.warnf(
        "%s (snowshed.admission.state-file) is ignored, and limits are learnt from the start: %s",
        file, why);
  }
}
