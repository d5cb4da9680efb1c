package dev.snowshed.simulation.scenario;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A value in a scenario file. Every method throws {@link ScenarioException}, with file and line, if
 * the value is not what is asked for.
 *
 * @param file for messages
 * @param what it is called there
 * @param node the value
 */
record Entry(String file, String what, Node node) {
  private static final String DECIMAL = "[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)";
  private static final Pattern DURATION = Pattern.compile("(" + DECIMAL + ")(ms|s|m)");
  private static final Pattern NUMBER = Pattern.compile(DECIMAL + "(?:[eE][+-]?[0-9]{1,4})?");
  private static final Map<String, BigDecimal> NANOS =
      Map.of("ms", new BigDecimal("1e6"), "s", new BigDecimal("1e9"), "m", new BigDecimal("6e10"));

  /** A week: far below what could overflow a sum of times. */
  private static final BigDecimal LONGEST_NANOS = new BigDecimal("6048e11");

  /** How many characters a duration or a number may have. */
  private static final int LONGEST_TEXT = 40;

  /** An error at this value. */
  ScenarioException wrong(String problem) {
    return new ScenarioException(place(node) + problem);
  }

  private String place(Node at) {
    return at.getStartMark()
        .map(mark -> file + " line " + (mark.getLine() + 1) + ": ")
        .orElse(file + ": ");
  }

  private Entry inside(String name, Node value) {
    return new Entry(file, name, value);
  }

  /** The keys of a mapping, none of them twice, and no other than the allowed ones. */
  Fields fields(String... allowed) {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong(what + " must be a mapping with the keys " + String.join(", ", allowed) + was());
    }
    Map<String, Entry> found = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = key(tuple.getKeyNode(), Set.of(allowed), String.join(", ", allowed));
      if (found.put(key, inside(key, tuple.getValueNode())) != null) {
        throw new ScenarioException(place(tuple.getKeyNode()) + "'" + key + "' is here twice");
      }
    }
    return new Fields(this, found);
  }

  private String key(Node key, Set<String> allowed, String listed) {
    String name = key instanceof ScalarNode scalar ? scalar.getValue() : "?";
    if (!allowed.contains(name)) {
      throw new ScenarioException(place(key) + "unknown key '" + name + "'; allowed are " + listed);
    }
    return name;
  }

  /**
   * How many values this one holds, itself included, those of aliases as often as they are used.
   *
   * @param most where counting may end, at some number above it
   */
  int values(int most) {
    if (node.isRecursive()) {
      throw wrong(what + " must not contain itself");
    }
    int values = 1;
    for (Node child : children()) {
      if (values > most) {
        break;
      }
      values += inside("a value", child).values(most - values);
    }
    return values;
  }

  private List<Node> children() {
    return switch (node) {
      case SequenceNode sequence -> sequence.getValue();
      case MappingNode mapping -> mapping.getValue().stream().map(NodeTuple::getValueNode).toList();
      default -> List.of();
    };
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  /** The entries of a list that is not empty. */
  List<Entry> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw wrong(what + " must be a list" + was());
    }
    if (sequence.getValue().isEmpty()) {
      throw wrong(what + " must not be empty");
    }
    List<Entry> items = new ArrayList<>();
    sequence.getValue().forEach(item -> items.add(inside("an entry of " + what, item)));
    return items;
  }

  /** A text that is not blank. */
  String text() {
    String value = scalar("a text");
    if (value.isBlank()) {
      throw wrong(what + " must not be empty");
    }
    return value;
  }

  boolean truth() {
    return switch (plain("true or false")) {
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> throw wrong(what + " must be true or false" + was());
    };
  }

  /** A number between two bounds, which are allowed. */
  double number(double least, double most) {
    String allowed = "a number from " + brief(least) + " to " + brief(most);
    String value = plain(allowed);
    double number =
        value.length() <= LONGEST_TEXT && NUMBER.matcher(value).matches()
            ? Double.parseDouble(value)
            : Double.NaN;
    if (!(number >= least && number <= most)) {
      throw wrong(what + " must be " + allowed + was());
    }
    return number;
  }

  /** A number above 0. */
  double positive(double most) {
    double number = number(0, most);
    if (number == 0) {
      throw wrong(what + " must be above 0");
    }
    return number;
  }

  int whole(int least, int most) {
    double number = number(least, most);
    if (number != Math.rint(number)) {
      throw wrong(what + " must be a whole number" + was());
    }
    return (int) number;
  }

  private static String brief(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  /** A duration of 0 or more, in nanoseconds. */
  long nanos() {
    String value = scalar("a duration");
    Matcher matcher = DURATION.matcher(value);
    if (value.length() > LONGEST_TEXT || !matcher.matches()) {
      throw wrong(
          what + " must be a duration with a unit (ms, s, m), such as 20ms, 1.5s or 2m" + was());
    }
    BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(NANOS.get(matcher.group(2)));
    if (nanos.signum() < 0) {
      throw wrong(what + " must not be negative" + was());
    }
    if (nanos.compareTo(LONGEST_NANOS) > 0) {
      throw wrong(what + " must be at most 10080m, a week" + was());
    }
    return nanos.setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  /** A duration above 0, in nanoseconds. */
  long positiveNanos() {
    long nanos = nanos();
    if (nanos == 0) {
      throw wrong(what + " must be above 0");
    }
    return nanos;
  }

  private String plain(String wanted) {
    String value = scalar(wanted);
    if (((ScalarNode) node).getScalarStyle() != ScalarStyle.PLAIN) {
      throw wrong(what + " must be " + wanted + ", without quotes" + was());
    }
    return value;
  }

  private String scalar(String wanted) {
    if (!(node instanceof ScalarNode scalar)) {
      throw wrong(what + " must be " + wanted + was());
    }
    return scalar.getValue();
  }

  private String was() {
    return switch (node) {
      case ScalarNode scalar -> ", not '" + scalar.getValue() + "'";
      case SequenceNode _ -> ", not a list";
      case MappingNode _ -> ", not a mapping";
      default -> "";
    };
  }

  /**
   * The keys of a mapping that are there.
   *
   * @param of the mapping
   * @param byKey their values, in the order of the file
   */
  record Fields(Entry of, Map<String, Entry> byKey) {

    boolean has(String key) {
      return byKey.containsKey(key);
    }

    /** The value of a key that must be there. */
    Entry get(String key) {
      Entry entry = byKey.get(key);
      if (entry == null) {
        throw of.wrong(of.what() + " lacks the key '" + key + "'");
      }
      return entry;
    }
  }
}
