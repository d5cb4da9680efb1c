package dev.snowshed.runtime.drill.client;

import dev.snowshed.runtime.drill.DrillRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line that calls a function with {@code curl}, as in the file {@code curl} beside a function's
 * sources: {@code curl -H 'Content-Type: application/json' -d '{}' $H/NAME}.
 *
 * <p>Understood are quotes as in a POSIX shell, and of curl's options {@code -X}, {@code -H},
 * {@code -d} and its variants and {@code --url}; those that only change what curl prints are
 * skipped. Nothing is executed: pipes, variables other than {@code $H} and {@code @file} are
 * refused.
 *
 * @param function the function called
 * @param request the call
 */
record CurlLine(String function, DrillRequest request) {
  private static final Set<String> SKIPPED =
      Set.of("-i", "-s", "-S", "-sS", "-v", "-f", "-fs", "-k", "--include", "--silent", "--fail");
  private static final Set<String> DATA =
      Set.of("-d", "--data", "--data-raw", "--data-binary", "--data-ascii");
  private static final Pattern TARGET =
      Pattern.compile("(?:\\$H|https?://[^/]+/functions)/([a-z0-9-]+)([/?].*)?");

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is not understood; the message tells why
   */
  static CurlLine parse(String line) {
    Iterator<String> words = words(line).iterator();
    if (!words.hasNext() || !words.next().equals("curl")) {
      throw new IllegalArgumentException("a line begins with curl");
    }
    Reading reading = new Reading();
    try {
      while (words.hasNext()) {
        reading.take(words.next(), words);
      }
    } catch (NoSuchElementException e) {
      throw new IllegalArgumentException("the line ends where the value of an option belongs", e);
    }
    return reading.result();
  }

  /** What has been read of a line. */
  private static final class Reading {
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable String method;
    private @Nullable String body;
    private @Nullable String target;

    void take(String word, Iterator<String> rest) {
      if (word.equals("-X") || word.equals("--request")) {
        method = rest.next();
      } else if (word.equals("-H") || word.equals("--header")) {
        header(rest.next());
      } else if (DATA.contains(word)) {
        data(rest.next());
      } else if (word.equals("--json")) {
        data(rest.next());
        headers.putIfAbsent("Content-Type", "application/json");
        headers.putIfAbsent("Accept", "application/json");
      } else if (word.equals("--url")) {
        target = rest.next();
      } else if (!word.startsWith("-")) {
        target = word;
      } else if (!SKIPPED.contains(word)) {
        throw new IllegalArgumentException(
            "the option " + word + " of curl is not understood, only -X, -H, -d, --json and --url");
      }
    }

    private void header(String header) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("'" + header + "' is no header such as 'Accept: */*'");
      }
      headers.put(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }

    private void data(String data) {
      if (data.startsWith("@")) {
        throw new IllegalArgumentException("'" + data + "' names a file; give the body itself");
      }
      body = body == null ? data : body + '&' + data;
    }

    CurlLine result() {
      Matcher place = TARGET.matcher(target == null ? "" : target);
      if (!place.matches()) {
        throw new IllegalArgumentException(
            "the address is '"
                + (target == null ? "" : target)
                + "'; it has to be like $H/NAME or http://localhost:8080/functions/NAME");
      }
      if (body != null && headers.keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
        headers.put("Content-Type", "application/x-www-form-urlencoded");
      }
      return new CurlLine(
          place.group(1),
          new DrillRequest(
              method != null ? method : body == null ? "GET" : "POST",
              Optional.ofNullable(place.group(2)).orElse(""),
              headers,
              Optional.ofNullable(body)));
    }
  }

  private static List<String> words(String line) {
    return new Words(line).all();
  }

  /** Splits a line as a shell does (POSIX.1-2024, Shell Command Language, 2.2 Quoting). */
  private static final class Words {
    private static final String SPECIAL = "|&;<>()`";

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    Words(String line) {
      this.line = line;
    }

    List<String> all() {
      while (at < line.length()) {
        char c = line.charAt(at);
        switch (c) {
          case ' ', '\t' -> endWord();
          case '\'' -> single();
          case '"' -> quoted();
          case '\\' -> escaped();
          default -> plain(c);
        }
        at++;
      }
      endWord();
      return words;
    }

    private void endWord() {
      if (inWord) {
        words.add(word.toString());
        word.setLength(0);
        inWord = false;
      }
    }

    private void add(char c) {
      inWord = true;
      word.append(c);
    }

    private void plain(char c) {
      if (SPECIAL.indexOf(c) >= 0) {
        throw new IllegalArgumentException(
            "'" + c + "' outside of quotes is not understood: a line is one call of curl");
      }
      refuseVariable(c);
      add(c);
    }

    private void refuseVariable(char c) {
      if (c == '`' || (c == '$' && !line.startsWith("$H/", at))) {
        throw new IllegalArgumentException(
            "'" + c + "' is not understood, but in $H/ and in single quotes");
      }
    }

    private void single() {
      int end = line.indexOf('\'', at + 1);
      if (end < 0) {
        throw new IllegalArgumentException("a single quote is not closed");
      }
      inWord = true;
      word.append(line, at + 1, end);
      at = end;
    }

    private void quoted() {
      inWord = true;
      for (at++; at < line.length() && line.charAt(at) != '"'; at++) {
        char c = line.charAt(at);
        if (c == '\\' && at + 1 < line.length() && "\\\"$`".indexOf(line.charAt(at + 1)) >= 0) {
          at++;
          c = line.charAt(at);
        } else {
          refuseVariable(c);
        }
        word.append(c);
      }
      if (at >= line.length()) {
        throw new IllegalArgumentException("a double quote is not closed");
      }
    }

    private void escaped() {
      at++;
      if (at >= line.length()) {
        throw new IllegalArgumentException("a line cannot go on in the next");
      }
      add(line.charAt(at));
    }
  }
}
