package dev.snowshed.runtime.drill.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.snowshed.runtime.drill.DrillRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Has a host drill its functions, one after another, and reports what was found. */
public final class DrillCommand {
  static final int AS_DECLARED = 0;
  static final int WEAK_BEHAVES_STRONG = 1;
  static final int MISUSE = 2;
  static final int NOT_RUN = 3;

  private static final long POLL_MILLIS = 200;
  private static final int POLLS_A_LINE = 10;

  private final DrillOptions options;
  private final HostClient host;
  private final PrintStream out;
  private final PrintStream progress;

  /** The drill that runs; empty if none does. Guarded by this. */
  private String running = "";

  private DrillCommand(
      DrillOptions options, HostClient host, PrintStream out, PrintStream progress) {
    this.options = options;
    this.host = host;
    this.out = out;
    this.progress = progress;
  }

  /**
   * Runs the command, and ends the process with its exit code.
   *
   * @param arguments see {@link DrillOptions#USAGE}
   */
  public static void main(String[] arguments) {
    System.exit(run(Arrays.asList(arguments), System.getenv(), System.out, System.err));
  }

  static int run(
      List<String> arguments,
      Map<String, String> environment,
      PrintStream out,
      PrintStream progress) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.print(DrillOptions.USAGE);
      return AS_DECLARED;
    }
    try {
      DrillOptions options = DrillOptions.parse(arguments, environment);
      try (HostClient host = new HostClient(options.against(), options.token())) {
        return new DrillCommand(options, host, out, progress).run();
      }
    } catch (Misuse e) {
      progress.println("snowshed: " + e.getMessage());
      return MISUSE;
    } catch (Failure e) {
      progress.println("snowshed: " + e.getMessage());
      return NOT_RUN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NOT_RUN;
    }
  }

  private int run() throws Misuse, Failure, InterruptedException {
    Thread abort = Thread.ofPlatform().unstarted(this::abort);
    Runtime.getRuntime().addShutdownHook(abort);
    try {
      List<JsonNode> drills = new ArrayList<>();
      for (String function : functions()) {
        JsonNode drill = drill(function);
        out.println(DrillText.of(drill));
        drills.add(drill);
      }
      write(drills);
      return exitCode(drills);
    } finally {
      abort();
      Runtime.getRuntime().removeShutdownHook(abort);
    }
  }

  private List<String> functions() throws Misuse, Failure, InterruptedException {
    if (options.function().isPresent()) {
      return List.of(options.function().get());
    }
    List<String> functions = new ArrayList<>();
    for (JsonNode function : host.list().path("functions")) {
      if (!function.path("dependencies").isEmpty()) {
        functions.add(function.path("name").asText());
      }
    }
    if (functions.isEmpty()) {
      throw new Failure(
          "no function of this host declares or has called a dependency; name the function");
    }
    return functions;
  }

  private JsonNode drill(String function) throws Misuse, Failure, InterruptedException {
    JsonNode drill = begin(order(function));
    String id = drill.path("id").asText();
    progress.println("snowshed: drilling " + function + " (" + id + ")");
    for (int polls = 1; drill.path("state").asText().equals("running"); polls++) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      drill = host.drill(id);
      if (polls % POLLS_A_LINE == 0) {
        tell(drill);
      }
    }
    String _ = ended();
    return drill;
  }

  /** Under the lock, so that who aborts meanwhile waits until it is known what has begun. */
  private synchronized JsonNode begin(ObjectNode order)
      throws Misuse, Failure, InterruptedException {
    JsonNode drill = host.begin(order);
    running = drill.path("id").asText();
    return drill;
  }

  /** Which drill ran; empty if none. */
  private synchronized String ended() {
    String id = running;
    running = "";
    return id;
  }

  private void tell(JsonNode drill) {
    JsonNode done = drill.path("progress");
    progress.printf(
        "snowshed: %s: %d of %d calls, %.0f s of %d s at most%n",
        drill.path("function").asText(),
        done.path("done").asInt(),
        done.path("of").asInt(),
        drill.path("elapsedSeconds").asDouble(),
        drill.path("maxSeconds").asInt());
  }

  private ObjectNode order(String function) throws Misuse {
    ObjectNode order = JsonNodeFactory.instance.objectNode();
    order.put("function", function);
    list(order, "dependencies", options.dependencies());
    list(order, "faults", options.faults());
    order.put("pairs", options.pairs());
    options.repetitions().ifPresent(number -> order.put("repetitions", number));
    options.maxSeconds().ifPresent(number -> order.put("maxSeconds", number));
    List<DrillRequest> requests = requests(function);
    if (!requests.isEmpty()) {
      ArrayNode array = order.putArray("requests");
      requests.forEach(request -> array.add(request.toJson()));
    }
    return order;
  }

  private static void list(ObjectNode order, String name, List<String> values) {
    if (!values.isEmpty()) {
      values.forEach(order.withArray(name)::add);
    }
  }

  private List<DrillRequest> requests(String function) throws Misuse {
    boolean isNamed = options.function().isPresent();
    if (options.requests().isPresent()) {
      List<DrillRequest> requests = RequestsFile.read(options.requests().get(), function, isNamed);
      if (requests.isEmpty()) {
        throw new Misuse(
            "'" + options.requests().get() + "' has no request for the function " + function);
      }
      return requests;
    }
    for (Path examples : options.examples()) {
      List<DrillRequest> requests = RequestsFile.read(examples, function, isNamed);
      if (!requests.isEmpty()) {
        return requests;
      }
    }
    return List.of();
  }

  private void write(List<JsonNode> drills) throws Failure {
    if (options.json().isEmpty()) {
      return;
    }
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    ArrayNode array = report.putArray("drills");
    drills.forEach(array::add);
    try {
      Files.writeString(options.json().get(), report.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new Failure("cannot write '" + options.json().get() + "': " + e);
    }
  }

  private int exitCode(List<JsonNode> drills) {
    if (drills.stream().anyMatch(DrillCommand::hasMismatch)) {
      return WEAK_BEHAVES_STRONG;
    }
    boolean all = true;
    for (JsonNode drill : drills) {
      all &= drill.path("state").asText().equals("finished");
      for (JsonNode dependency : drill.path("report").path("dependencies")) {
        if (dependency.path("declared").asText().equals("weak")
            && dependency.path("calls").asInt() == 0) {
          progress.println(
              "snowshed: no request called "
                  + dependency.path("name").asText()
                  + ", which is declared weak; give requests that do, with --requests");
          all = false;
        }
      }
    }
    return all ? AS_DECLARED : NOT_RUN;
  }

  private static boolean hasMismatch(JsonNode drill) {
    return !drill.path("report").path("declaredWeakBehavesStrong").isEmpty();
  }

  /** Leaves no drill running behind. */
  private void abort() {
    String id = ended();
    if (!id.isEmpty()) {
      try {
        JsonNode _ = host.abort(id);
      } catch (Misuse | Failure e) {
        progress.println("snowshed: could not end the drill " + id + ": " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
