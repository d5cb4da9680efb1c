package dev.snowshed.processor;

import static dev.snowshed.processor.Compilation.shop;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NativeMetadataTest {
  private static final String PATH =
      "META-INF/native-image/dev.snowshed.functions/shop.Shop_a_Binding/reachability-metadata.json";
  private static final Pattern WITH_MEMBERS =
      Pattern.compile("\"type\": \"([^\"]+)\", \"allDeclaredConstructors\"");

  private static Set<String> types(String... sources) {
    String json =
        new Compilation.Compiler().tolerant().compile(sources).mustSucceed().resource(PATH);
    return WITH_MEMBERS
        .matcher(json)
        .results()
        .map(MatchResult::group)
        .map(text -> text.replaceFirst(".*: \"([^\"]+)\", .*", "$1"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> types(String function, String declarations) {
    return types(shop("@Function(name = \"a\") " + function + "\n" + declarations));
  }

  private static Set<String> shopTypes(String... names) {
    return Arrays.stream(names)
        .map("shop.Shop$"::concat)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void followsTheFormatOfGraalVm() {
    assertEquals(
        """
        {
          "reflection": [
            {"type": "shop.Shop$Order", "allDeclaredConstructors": true, "allDeclaredMethods": true, "allDeclaredFields": true},
            {"type": "shop.Shop$Order[]"},
            {"type": "shop.Shop_a_Binding", "methods": [{"name": "<init>", "parameterTypes": []}]}
          ],
          "resources": [
            {"glob": "META-INF/services/dev.snowshed.function.spi.FunctionBinding"}
          ]
        }
        """,
        Compilation.of(
                shop(
                    "public record Order(int n) {}\n"
                        + "@Function(name = \"a\") public void a(Order[] o) {}"))
            .mustSucceed()
            .resource(PATH));
  }

  @Test
  void namesNoTypesForTextBytesAndTheRawExchange() {
    assertEquals(Set.of(), types("public String a(byte[] b) { return \"\"; }", ""));
    assertEquals(Set.of(), types("public Response a(Request r) { return null; }", ""));
    assertEquals(
        Set.of(),
        types("public java.util.Map<String, java.time.Instant> a(int n) { return null; }", ""));
  }

  @Test
  void followsRecordsThroughGenericsArraysAndEnums() {
    assertEquals(
        shopTypes("Box", "Colour", "Deep", "In", "Line", "Out", "Tag"),
        types(
            "public java.util.concurrent.CompletionStage<Out> a(In in) { return null; }",
            """
            public record In(java.util.List<? extends Line> lines, Tag[][] tags) {}
            public record Line(Box<Deep> box) {}
            public record Box<T>(T content) {}
            public record Deep(java.util.Optional<In> again) {}
            public record Tag(java.util.Map<Colour, String> colours) {}
            public enum Colour { RED }
            public record Out(int n) {}
            record Unrelated(int n) {}
            """));
  }

  @Test
  void listsArraysOfEveryDimension() {
    String json =
        Compilation.of(
                shop(
                    "public record Tag(int n) {}\n"
                        + "@Function(name = \"a\") public void a(java.util.List<Tag[][]> tags) {}"))
            .mustSucceed()
            .resource(PATH);
    assertEquals(
        2,
        json.lines()
            .map(String::strip)
            .filter(
                line ->
                    line.equals("{\"type\": \"shop.Shop$Tag[]\"},")
                        || line.equals("{\"type\": \"shop.Shop$Tag[][]\"},"))
            .count(),
        json);
  }

  @Test
  void followsBeansThroughFieldsAccessorsConstructorsAndSupertypes() {
    assertEquals(
        shopTypes(
            "Base", "Bean", "ByConstructor", "ByGetter", "BySetter", "InBase", "Field", "Marked"),
        types(
            "public void a(Bean b) {}",
            """
            public interface Marked {}
            public static class Base { public InBase inherited; }
            public static class Bean extends Base implements Marked {
              private Field field;
              private static Unrelated unrelated;
              public Bean(ByConstructor c) {}
              public ByGetter getIt() { return null; }
              public void setIt(BySetter s) {}
              public Unrelated compute() { return null; }
              public static Unrelated getShared() { return unrelated; }
            }
            public record InBase(int n) {}
            public record Field(int n) {}
            public record ByConstructor(int n) {}
            public record ByGetter(int n) {}
            public record BySetter(int n) {}
            public record Unrelated(int n) {}
            """));
  }

  @Test
  void followsPermittedSubclasses() {
    assertEquals(
        shopTypes("Circle", "Shape", "Size", "Square"),
        types(
            "public void a(Shape s) {}",
            """
            public sealed interface Shape permits Circle, Square {}
            public record Circle(int radius) implements Shape {}
            public record Square(Size size) implements Shape {}
            public record Size(int n) {}
            """));
  }

  @Test
  void followsClassesNamedByAnnotationsAndCreators() {
    Set<String> types =
        types(
            """
            package com.fasterxml.jackson.annotation;
            public @interface JsonSubTypes {
              Type[] value();
              @interface Type { Class<?> value(); String name() default "<error>"; }
            }
            """,
            "package com.fasterxml.jackson.annotation;\npublic @interface JsonCreator {}",
            """
            package shop;
            import com.fasterxml.jackson.annotation.*;
            @JsonSubTypes({
                @JsonSubTypes.Type(value = Cat.class, name = "<error>"),
                @JsonSubTypes.Type(Dog.class)})
            public interface Animal {
              @JsonCreator static Animal of(Raw raw) { return null; }
            }
            """,
            "package shop;\npublic record Cat(int n) implements Animal {}",
            "package shop;\npublic record Dog(int n) implements Animal {}",
            "package shop;\npublic record Raw(int n) {}",
            shop("@Function(name = \"a\") public void a(Animal a) {}"));
    assertEquals(Set.of("shop.Animal", "shop.Cat", "shop.Dog", "shop.Raw"), types);
  }

  @Test
  void endsOnRecursiveTypeVariables() {
    assertEquals(
        shopTypes("Tree", "Leaf"),
        types(
            "public void a(Leaf l) {}",
            """
            public abstract static class Tree<T extends Tree<T>> { public java.util.List<T> kids; }
            public static class Leaf extends Tree<Leaf> {}
            """));
  }
}
