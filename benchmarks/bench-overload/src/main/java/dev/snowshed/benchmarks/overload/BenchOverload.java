package dev.snowshed.benchmarks.overload;

import dev.snowshed.benchmarks.http.BenchException;
import dev.snowshed.benchmarks.http.Command;
import dev.snowshed.benchmarks.http.Probe;
import dev.snowshed.benchmarks.http.Scratch;
import dev.snowshed.benchmarks.http.Server;
import dev.snowshed.benchmarks.http.Target;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Answers: what does this host still do, beside its peers, when it is offered more than it can
 * carry, and what does a refusal cost? Command: {@code ./snowshed bench overload}; {@code --help}
 * tells the options and describes the JSON. Needs Linux and taskset.
 */
public final class BenchOverload {
  private final Options options;
  private final Path folder;
  private final Services services;
  private final List<Result> results = new ArrayList<>();

  private BenchOverload(Options options, Path folder, Services services) {
    this.options = options;
    this.folder = folder;
    this.services = services;
    for (Workload workload : options.workloads()) {
      for (Target target : options.targets()) {
        results.add(new Result(workload, target.name()));
      }
    }
  }

  /**
   * Runs the benchmark. Exits with 1 and a message if something is missing, or a target could never
   * be measured; the others' figures are shown all the same.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Command.run("overload", Options.HELP, arguments, () -> run(Options.parse(arguments)));
  }

  private static void run(Options options) throws IOException, InterruptedException {
    Target.requireBuilt(options.targets(), options.root(), "overload");
    options.pinning().pinGenerator();
    try (Scratch scratch = Scratch.create("snowshed-bench");
        Services services = new Services()) {
      new BenchOverload(options, scratch.folder(), services).measureAll();
    }
  }

  private void measureAll() throws IOException, InterruptedException {
    for (int round = 0; round < options.rounds(); round++) {
      for (Workload workload : options.workloads()) {
        List<Target> order = new ArrayList<>(options.targets());
        Collections.rotate(order, -round);
        for (Target target : order) {
          attempt(workload, target, round);
        }
      }
    }
    System.out.print("\n" + Report.tables(options, results));
    if (options.json().isPresent()) {
      Files.writeString(options.json().get(), Report.json(options, results));
    }
    for (Result result : results) {
      if (result.phases() == 0) {
        throw new BenchException(
            result.target() + " could never be measured with " + result.workload().title());
      }
    }
  }

  /** A target that does not stand the load must not take the others' figures with it. */
  private void attempt(Workload workload, Target target, int round)
      throws IOException, InterruptedException {
    try {
      visit(workload, target, round);
    } catch (BenchException | IOException e) {
      Progress.say("  " + target.name() + ", " + workload.title() + ": " + e.getMessage());
    }
  }

  private void visit(Workload workload, Target target, int round)
      throws IOException, InterruptedException {
    Progress.say("round %d, %s".formatted(round + 1, target.name()));
    try (Server server =
            Server.start(
                target.with(services.environment()),
                options.pinning().target(),
                options.flags(),
                options.root(),
                folder);
        HttpClient client = HttpClient.newHttpClient()) {
      Probe probe = probe(client, workload);
      server.awaitAnswer(probe);
      try (Visitor visitor = new Visitor(options, workload, server, round)) {
        result(workload, target).add(visitor.visit());
      }
      probe
          .complaint(server.uri())
          .ifPresent(
              complaint ->
                  Progress.say(
                      "  %s does not answer rightly after it: %s"
                          .formatted(target.name(), complaint)));
    }
  }

  private Result result(Workload workload, Target target) {
    return results.stream()
        .filter(it -> it.workload() == workload && it.target().equals(target.name()))
        .findFirst()
        .orElseThrow();
  }

  static Probe probe(HttpClient client, Workload workload) {
    return base -> {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + workload.key()))
              .version(HttpClient.Version.HTTP_1_1)
              .timeout(Duration.ofSeconds(5))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(Workload.BODY))
              .build();
      try {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        return response.statusCode() == 200 && response.body().contains("\"proof\"")
            ? Optional.empty()
            : Optional.of("answered " + response.statusCode() + ": " + response.body());
      } catch (IOException e) {
        return Optional.of("did not answer: " + e);
      }
    };
  }
}
