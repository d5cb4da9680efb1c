package dev.snowshed.haproxy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The expressions of PromQL in {@code deploy/}, and the metrics that they name. */
final class Expressions {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final ObjectMapper JSON = new ObjectMapper(new JsonFactory());

  /** What is no metric: strings, label matchers, ranges, lists of labels. */
  private static final Pattern NOISE =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*\"|\\{[^}]*}|\\[[^\\]]*]|\\boffset\\s+\\w+"
              + "|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\w)(?!\\s*\\()");
  private static final Set<String> OPERATORS =
      Set.of("and", "or", "unless", "bool", "offset", "by", "without", "on", "ignoring");

  private Expressions() {}

  /** All of them, by where they stand. */
  static Map<String, String> of(Path deploy) throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (JsonNode rule : rules(deploy)) {
      String name = rule.path("record").asText() + rule.path("alert").asText();
      all.put("rule " + name, rule.path("expr").asText());
    }
    JsonNode trigger = YAML.readTree(deploy.resolve("keda/scaled-object.yaml").toFile());
    all.put("scaled object", trigger.at("/spec/triggers/0/metadata/query").asText());
    JsonNode adapter = YAML.readTree(deploy.resolve("prometheus/adapter.yaml").toFile());
    for (String list : List.of("rules", "externalRules")) {
      adapter.path(list).forEach(it -> all.put("adapter " + list, it.path("seriesQuery").asText()));
    }
    all.putAll(dashboard(deploy));
    return all;
  }

  private static List<JsonNode> rules(Path deploy) throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    YAML.readTree(deploy.resolve("prometheus/snowshed.rules.yaml").toFile())
        .path("groups")
        .forEach(group -> group.path("rules").forEach(rules::add));
    return rules;
  }

  /** Those of the dashboard, by the titles of their panels. */
  static Map<String, String> dashboard(Path deploy) throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (JsonNode panel :
        JSON.readTree(deploy.resolve("grafana/snowshed.json").toFile()).path("panels")) {
      int number = 0;
      for (JsonNode target : panel.path("targets")) {
        String title = "panel " + panel.path("title").asText() + ' ' + number++;
        all.put(title, target.path("expr").asText().replace("$fleet", ".*"));
      }
    }
    return all;
  }

  /** The names of the metrics in an expression. */
  static Set<String> metrics(String expression) {
    Set<String> names = new TreeSet<>();
    Matcher name = NAME.matcher(NOISE.matcher(expression).replaceAll(" "));
    while (name.find()) {
      if (!OPERATORS.contains(name.group())) {
        names.add(name.group());
      }
    }
    return names;
  }
}
