package dev.snowshed.runtime.drill.client;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What the command is told.
 *
 * @param function which to drill; each that has dependencies if empty
 * @param against the management port of the host
 * @param requests a file of requests, if given
 * @param examples files to look for requests in otherwise
 * @param dependencies which to drill; empty for all
 * @param faults which to inject; empty for the host's choice
 * @param pairs whether to take away two at once, too
 * @param repetitions calls for each treatment
 * @param maxSeconds how long one function's drill may take
 * @param token the bearer of the management port, if it wants one
 * @param json where to write the report as JSON, if anywhere
 */
record DrillOptions(
    Optional<String> function,
    URI against,
    Optional<Path> requests,
    List<Path> examples,
    List<String> dependencies,
    List<String> faults,
    boolean pairs,
    Optional<Integer> repetitions,
    Optional<Integer> maxSeconds,
    Optional<String> token,
    Optional<Path> json) {

  static final String USAGE =
      """
      Usage: ./snowshed drill [FUNCTION] [OPTIONS]

      Finds out which dependencies a function cannot do without: sends it requests, takes one
      dependency away at a time (an error, a delay, a hang), and compares with requests from which
      nothing was taken. Only the requests that it sends are touched. Without FUNCTION: each function
      that has dependencies.

        --against URL        the management port of a running host, such as http://localhost:9000;
                             by default a host is started for the drill, with the samples or,
                             in a function's project, with that project
        --requests FILE      the requests, one a line: JSON such as
                               {"method":"POST","path":"","headers":{},"body":{"customer":"ada"}}
                             or a call such as
                               curl -H 'Content-Type: text/plain' -d 'hello' $H/NAME
                             JSON needs FUNCTION, a call names it itself.
                             By default the lines of the function's file 'curl', else the host's
                             own warm-up request.
        --dependencies A,B   only these
        --faults F,G         of error, delay:TIME (such as delay:500ms) and hang; by default
                             error,delay:500ms,hang
        --pairs              take away two at once, too
        --repetitions N      calls for each fault in each dependency, by default 60
        --max-seconds N      ends the drill of a function after so long; by default what it needs
                             if each hang lasts as long as the function's timeout, and at least 120
        --token T            of the management port; by default SNOWSHED_MANAGEMENT_TOKEN
        --json FILE          write the report there, too

      Exit code: 0 if nothing that is declared weak behaves strong; 1 if something does; 2 for a
      mistake in the call; 3 if the drill could not be run to its end, or a dependency that is
      declared weak was never called by the requests.
      """;

  private static final String DEFAULT_AGAINST = "http://localhost:9000";

  /**
   * Reads the arguments.
   *
   * @throws Misuse if they are none of those in {@link #USAGE}
   */
  static DrillOptions parse(List<String> arguments, Map<String, String> environment) throws Misuse {
    Builder options = new Builder();
    Optional.ofNullable(environment.get("SNOWSHED_MANAGEMENT_TOKEN"))
        .filter(token -> !token.isEmpty())
        .ifPresent(token -> options.token = Optional.of(token));
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      try {
        options.take(argument, rest);
      } catch (NoSuchElementException e) {
        throw new Misuse(argument + " needs a value; --help tells which");
      }
    }
    return options.build();
  }

  /** The options read so far. */
  private static final class Builder {
    private Optional<String> function = Optional.empty();
    private URI against = URI.create(DEFAULT_AGAINST);
    private Optional<Path> requests = Optional.empty();
    private final List<Path> examples = new ArrayList<>();
    private List<String> dependencies = List.of();
    private List<String> faults = List.of();
    private boolean pairs;
    private Optional<Integer> repetitions = Optional.empty();
    private Optional<Integer> maxSeconds = Optional.empty();
    private Optional<String> token = Optional.empty();
    private Optional<Path> json = Optional.empty();

    void take(String argument, Iterator<String> rest) throws Misuse {
      switch (argument) {
        case "--against" -> against = address(rest.next());
        case "--requests" -> requests = Optional.of(Path.of(rest.next()));
        // From the launcher, which knows where examples lie.
        case "--examples" -> examples.add(Path.of(rest.next()));
        case "--dependencies" -> dependencies = list(rest.next());
        case "--faults" -> faults = list(rest.next());
        case "--pairs" -> pairs = true;
        case "--repetitions" -> repetitions = Optional.of(number(argument, rest.next()));
        case "--max-seconds" -> maxSeconds = Optional.of(number(argument, rest.next()));
        case "--token" -> token = Optional.of(rest.next());
        case "--json" -> json = Optional.of(Path.of(rest.next()));
        default -> name(argument);
      }
    }

    private void name(String argument) throws Misuse {
      if (argument.startsWith("-")) {
        throw new Misuse("drill has no option '" + argument + "'; --help tells those it has");
      }
      if (function.isPresent()) {
        throw new Misuse(
            "drill takes one function, not both '" + function.get() + "' and '" + argument + "'");
      }
      function = Optional.of(argument);
    }

    DrillOptions build() {
      return new DrillOptions(
          function,
          against,
          requests,
          List.copyOf(examples),
          dependencies,
          faults,
          pairs,
          repetitions,
          maxSeconds,
          token,
          json);
    }
  }

  private static List<String> list(String value) {
    return Arrays.stream(value.split(",", -1)).map(String::strip).toList();
  }

  private static int number(String option, String value) throws Misuse {
    try {
      int number = Integer.parseInt(value);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new Misuse(option + " is '" + value + "'; it has to be a number, 1 or more");
  }

  private static URI address(String value) throws Misuse {
    try {
      URI address = URI.create(value);
      String scheme = address.getScheme() == null ? "" : address.getScheme();
      if (address.getHost() != null && scheme.toLowerCase(Locale.ROOT).startsWith("http")) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new Misuse(
        "--against is '"
            + value
            + "'; it has to be the address of a management port, such as "
            + DEFAULT_AGAINST);
  }
}
