package dev.snowshed.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads YAML; a key that is there twice is an error. */
final class Yaml {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final YAMLFactory FACTORY = YAMLFactory.builder().loaderOptions(options()).build();

  private Yaml() {}

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return options;
  }

  /** The documents of a file. */
  static List<JsonNode> documents(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file);
        YAMLParser parser = FACTORY.createParser(reader)) {
      return MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(parser).readAll();
    }
  }

  /** The only document of a file. */
  static JsonNode document(Path file) throws IOException {
    List<JsonNode> documents = documents(file);
    if (documents.size() != 1) {
      throw new IOException(file + " holds " + documents.size() + " documents instead of one");
    }
    return documents.getFirst();
  }
}
