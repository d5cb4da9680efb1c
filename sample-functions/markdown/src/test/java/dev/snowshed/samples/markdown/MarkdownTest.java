package dev.snowshed.samples.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.commonmark.testutil.TestResources;
import org.commonmark.testutil.example.Example;
import org.commonmark.testutil.example.ExampleReader;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MarkdownTest {
  private final Markdown markdown = new Markdown();

  @Test
  void rendersAHeading() {
    assertEquals("<h1>Hello <em>you</em></h1>\n", markdown.render("# Hello *you*"));
  }

  @TestFactory
  Stream<DynamicTest> rendersTheExamplesOfTheSpecification() {
    List<Example> examples = ExampleReader.readExamples(TestResources.getSpec());
    assertTrue(examples.size() > 600, () -> examples.size() + " examples");
    return examples.stream()
        .map(example -> DynamicTest.dynamicTest(example.toString(), () -> check(example)));
  }

  private void check(Example example) {
    // The specification shows tabs as arrows.
    assertEquals(example.getHtml().replace('→', '\t'), markdown.render(example.getSource()));
  }
}
