package dev.snowshed.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/configuration.md has a row for each key of {@link HostConfig}, and no other. */
class ConfigurationDocsTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
  private static final Pattern ROW = Pattern.compile("\\| `(snowshed\\.[^`]*)` \\|.*");

  /** What the code says about a key; the default is empty where there is none. */
  private record Key(String name, String defaultValue) {
    String environmentVariable() {
      return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
  }

  @Test
  void documentsEachKeyAndNoOther() throws IOException {
    List<String> names = keys().stream().map(Key::name).sorted().toList();
    assertTrue(names.contains("snowshed.functions.watch-interval"), names.toString());
    assertTrue(names.contains("snowshed.function.{name}.config.{key}"), names.toString());
    assertEquals(names, List.copyOf(rows().keySet()));
  }

  @Test
  void documentsDefaultsAndEnvironmentVariables() throws IOException {
    Map<String, String> rows = rows();
    for (Key key : keys()) {
      String[] cells = rows.getOrDefault(key.name(), "").split(" \\| ", -1);
      assertEquals(5, cells.length, key.name());
      assertEquals("`" + key.environmentVariable() + "`", cells[1]);
      if (!key.defaultValue().isEmpty()) {
        assertTrue(
            cells[2].startsWith("`" + key.defaultValue() + "`"), key + " but \"" + cells[2] + '"');
      }
    }
  }

  private static Map<String, String> rows() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        String before = rows.put(row.group(1), line);
        assertEquals(null, before, "stands twice: " + row.group(1));
      }
    }
    return rows;
  }

  private static List<Key> keys() {
    List<Key> keys = new ArrayList<>();
    collect(HostConfig.class, HostConfig.class.getAnnotation(ConfigMapping.class).prefix(), keys);
    return keys;
  }

  private static void collect(Class<?> group, String prefix, List<Key> keys) {
    for (Method method : group.getDeclaredMethods()) {
      String name = prefix + '.' + nameOf(method);
      Type type = method.getGenericReturnType();
      if (method.getReturnType() == Map.class) {
        Type value = ((ParameterizedType) type).getActualTypeArguments()[1];
        boolean ofGroups = isGroup(value);
        String member = name + (ofGroups ? ".{name}" : ".{key}");
        if (ofGroups) {
          collect((Class<?>) value, member, keys);
        } else {
          keys.add(new Key(member, ""));
        }
      } else if (isGroup(type)) {
        collect(method.getReturnType(), name, keys);
      } else {
        WithDefault defaultValue = method.getAnnotation(WithDefault.class);
        keys.add(new Key(name, defaultValue == null ? "" : defaultValue.value()));
      }
    }
  }

  private static boolean isGroup(Type type) {
    return type instanceof Class<?> c && c.getEnclosingClass() == HostConfig.class;
  }

  private static String nameOf(Method method) {
    WithName given = method.getAnnotation(WithName.class);
    return given != null
        ? given.value()
        : method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
