package dev.snowshed.processor;

import static dev.snowshed.processor.Compilation.binding;
import static dev.snowshed.processor.Compilation.shop;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.function.Configuration;
import dev.snowshed.function.Context;
import dev.snowshed.function.Criticality;
import dev.snowshed.function.Execution;
import dev.snowshed.function.Response;
import dev.snowshed.function.spi.FunctionBinding;
import dev.snowshed.function.spi.FunctionDescriptor;
import dev.snowshed.function.spi.Payload;
import dev.snowshed.function.spi.Types;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class BindingTest {
  private static final Context CONTEXT = proxy(Context.class);
  private static final Configuration SETTINGS =
      new Configuration() {
        @Override
        public Optional<String> get(String key) {
          return Optional.of("the " + key);
        }

        @Override
        public Optional<String> secret(String key) {
          return Optional.empty();
        }
      };

  private static <T> T proxy(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              throw new UnsupportedOperationException(method.toString());
            }));
  }

  private static Object call(FunctionBinding binding, Object input) throws Exception {
    return binding.invoke(binding.create(), input, CONTEXT);
  }

  private static Object callWithNull(FunctionBinding binding) throws Exception {
    return invokeWithNull(binding, binding.create());
  }

  /** The SDK has no annotations for null; its documentation allows it here. */
  @SuppressWarnings("NullAway")
  private static Object invokeWithNull(FunctionBinding binding, Object instance) throws Exception {
    return binding.invoke(instance, null, CONTEXT);
  }

  @Test
  void callsTheMethodWithItsInput() throws Exception {
    FunctionBinding binding =
        binding(
            shop(
                "@Function(name = \"up\") public String up(String s) { return s.toUpperCase(); }"));
    assertEquals("ABC", call(binding, "abc"));
    assertEquals("shop.Shop_up_Binding", binding.getClass().getName());
    assertEquals("shop.Shop", binding.handlerType().getName());
    assertSame(binding.handlerType(), binding.create().getClass());
    assertEquals(FunctionBinding.API_LEVEL, binding.apiLevel());
  }

  @Test
  void passesContextAndInputInEitherOrder() throws Exception {
    FunctionBinding first =
        binding(
            shop(
                "@Function(name = \"a\") public Object a(Context c, String s)"
                    + " { return java.util.List.of(c, s); }"));
    FunctionBinding last =
        binding(
            shop(
                "@Function(name = \"a\") public Object a(String s, Context c)"
                    + " { return java.util.List.of(c, s); }"));
    assertSame(CONTEXT, ((List<?>) call(first, "x")).get(0));
    assertSame(CONTEXT, ((List<?>) call(last, "x")).get(0));
  }

  @Test
  void takesContextAlone() throws Exception {
    FunctionBinding binding =
        binding(shop("@Function(name = \"a\") public Object a(Context c) { return c; }"));
    assertSame(CONTEXT, callWithNull(binding));
    assertEquals(Payload.NONE, binding.descriptor().input());
  }

  @Test
  void answersNullForVoid() throws Exception {
    FunctionBinding binding = binding(shop("@Function(name = \"a\") public void a() {}"));
    assertNull(callWithNull(binding));
    assertEquals(Payload.NONE, binding.descriptor().input());
    assertEquals(Payload.NONE, binding.descriptor().output());
  }

  @Test
  void unboxesPrimitives() throws Exception {
    FunctionBinding binding =
        binding(shop("@Function(name = \"twice\") public long twice(int n) { return 2L * n; }"));
    assertEquals(42L, call(binding, 21));
    assertEquals(new Payload(Payload.Kind.JSON, int.class), binding.descriptor().input());
    assertEquals(new Payload(Payload.Kind.JSON, long.class), binding.descriptor().output());
  }

  @Test
  void refusesNullForAPrimitive() {
    FunctionBinding binding =
        binding(shop("@Function(name = \"twice\") public long twice(int n) { return 2L * n; }"));
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> callWithNull(binding));
    assertEquals(
        "function twice takes a JSON value of type int, which cannot be null", thrown.getMessage());
  }

  @Test
  void lettingTheFunctionsOwnExceptionThrough() {
    FunctionBinding binding =
        binding(
            shop(
                "@Function(name = \"a\") public String a() throws Exception"
                    + " { throw new java.io.IOException(\"disk\"); }"));
    assertEquals(
        "disk", assertThrows(java.io.IOException.class, () -> callWithNull(binding)).getMessage());
  }

  @Test
  void callsAHandlerClass() throws Exception {
    FunctionBinding binding =
        binding(
            """
            package shop;
            import dev.snowshed.function.*;
            @Function(name = "size")
            public final class Size implements Handler<java.util.List<String>, Integer> {
              @Override public Integer handle(java.util.List<String> input, Context context) {
                return input.size();
              }
            }
            """);
    assertEquals(2, call(binding, List.of("a", "b")));
    assertEquals("shop.Size_handle_Binding", binding.getClass().getName());
    assertEquals(
        new Payload(Payload.Kind.JSON, Types.parameterized(List.class, String.class)),
        binding.descriptor().input());
    assertEquals(new Payload(Payload.Kind.JSON, Integer.class), binding.descriptor().output());
  }

  @Test
  void findsTheTypesOfAHandlerThroughAGenericSuperclass() throws Exception {
    FunctionBinding binding =
        binding(
            """
            package shop;
            import dev.snowshed.function.*;
            @Function(name = "len")
            public final class Len extends Base<String> {
              @Override Integer apply(String s) { return s.length(); }
            }
            abstract class Base<T> implements Handler<T, Integer> {
              abstract Integer apply(T t);
              @Override public Integer handle(T input, Context context) { return apply(input); }
            }
            """);
    assertEquals(3, call(binding, "abc"));
    assertEquals(new Payload(Payload.Kind.TEXT, String.class), binding.descriptor().input());
  }

  @Test
  void readsVoidAsNothing() throws Exception {
    FunctionBinding binding =
        binding(
            """
            package shop;
            import dev.snowshed.function.*;
            @Function(name = "ping")
            public final class Ping implements Handler<Void, Void> {
              @Override public Void handle(Void input, Context context) { return input; }
            }
            """);
    assertNull(callWithNull(binding));
    assertEquals(Payload.Kind.NONE, binding.descriptor().input().kind());
    assertEquals(Payload.Kind.NONE, binding.descriptor().output().kind());
  }

  @Test
  void carriesBytesAndTheRawExchange() throws Exception {
    FunctionBinding bytes =
        binding(shop("@Function(name = \"a\") public byte[] a(byte[] b) { return b; }"));
    assertArrayEquals(new byte[] {1}, (byte[]) call(bytes, new byte[] {1}));
    assertEquals(new Payload(Payload.Kind.BYTES, byte[].class), bytes.descriptor().input());
    FunctionBinding raw =
        binding(
            shop(
                "@Function(name = \"a\") public Response a(Request r)"
                    + " { return Response.status(202).build(); }"));
    assertEquals(Payload.Kind.HTTP, raw.descriptor().input().kind());
    assertEquals(new Payload(Payload.Kind.HTTP, Response.class), raw.descriptor().output());
    assertEquals(202, ((Response) call(raw, proxy(dev.snowshed.function.Request.class))).status());
  }

  @Test
  void knowsCloudEventsByName() {
    FunctionDescriptor descriptor =
        binding(
                "package io.cloudevents;\npublic interface CloudEvent {}",
                shop(
                    "@Function(name = \"a\") public io.cloudevents.CloudEvent"
                        + " a(io.cloudevents.CloudEvent e) { return e; }"))
            .descriptor();
    assertEquals(Payload.Kind.CLOUD_EVENT, descriptor.input().kind());
    assertEquals(Payload.Kind.CLOUD_EVENT, descriptor.output().kind());
    assertEquals("io.cloudevents.CloudEvent", descriptor.input().type().getTypeName());
  }

  @Test
  void unwrapsCompletionStages() throws Exception {
    FunctionBinding text =
        binding(
            shop(
                "@Function(name = \"a\") public java.util.concurrent.CompletableFuture<String> a()"
                    + " { return java.util.concurrent.CompletableFuture.completedFuture(\"x\"); }"));
    assertEquals(new Payload(Payload.Kind.TEXT, String.class), text.descriptor().output());
    assertEquals("x", ((CompletionStage<?>) callWithNull(text)).toCompletableFuture().get());
    FunctionBinding nothing =
        binding(
            shop(
                "@Function(name = \"a\") public java.util.concurrent.CompletionStage<Void> a()"
                    + " { return null; }"));
    assertEquals(Payload.Kind.NONE, nothing.descriptor().output().kind());
  }

  @Test
  void describesGenericTypesWithoutWildcards() {
    FunctionDescriptor descriptor =
        binding(
                shop(
                    """
                    public record Box<T extends Number>(T content) {}
                    @Function(name = "a")
                    public java.util.Map<String, Box<?>[]> a(
                        java.util.List<? extends java.util.Map<String, ? super Integer>>[] in) {
                      return null;
                    }
                    """))
            .descriptor();
    Class<?> box = rawBox(descriptor);
    assertEquals(
        Types.arrayOf(
            Types.parameterized(
                List.class, Types.parameterized(Map.class, String.class, Object.class))),
        descriptor.input().type());
    assertEquals(
        Types.parameterized(
            Map.class, String.class, Types.arrayOf(Types.parameterized(box, Number.class))),
        descriptor.output().type());
  }

  private static Class<?> rawBox(FunctionDescriptor descriptor) {
    String name = descriptor.output().type().getTypeName();
    assertTrue(name.contains("shop.Shop$Box"), name);
    java.lang.reflect.ParameterizedType map =
        (java.lang.reflect.ParameterizedType) descriptor.output().type();
    java.lang.reflect.GenericArrayType array =
        (java.lang.reflect.GenericArrayType) map.getActualTypeArguments()[1];
    return (Class<?>)
        ((java.lang.reflect.ParameterizedType) array.getGenericComponentType()).getRawType();
  }

  @Test
  void takesArraysVarargsObjectAndRawTypesWithoutAWarning() throws Exception {
    assertEquals(
        2,
        call(
            binding(shop("@Function(name = \"a\") public int a(String... s) { return s.length; }")),
            new String[] {"a", "b"}));
    assertEquals(
        "x",
        call(
            binding(shop("@Function(name = \"a\") public Object a(Object o) { return o; }")), "x"));
    assertEquals(
        1,
        call(
            binding(
                shop(
                    "@SuppressWarnings(\"rawtypes\") @Function(name = \"a\")"
                        + " public int a(java.util.List l) { return l.size(); }")),
            List.of("x")));
  }

  @Test
  void usesTheDocumentedDefaults() {
    FunctionDescriptor descriptor =
        binding(shop("@Function(name = \"a\") public void a() {}")).descriptor();
    assertEquals("a", descriptor.name());
    assertEquals(Duration.ofSeconds(30), descriptor.timeout());
    assertEquals(Criticality.CRITICAL, descriptor.criticality());
    assertEquals(1 << 20, descriptor.maxBodyBytes());
    assertEquals(Execution.VIRTUAL_THREAD, descriptor.execution());
    assertEquals(List.of(), descriptor.methods());
    assertEquals(List.of(), descriptor.consumes());
    assertEquals("", descriptor.produces());
  }

  @Test
  void carriesEverySetting() {
    FunctionDescriptor descriptor =
        binding(
                shop(
                    """
                    @Function(name = "price-2", timeout = "800ms",
                        criticality = Criticality.SHEDDABLE_PLUS, maxBodySize = "unlimited",
                        execution = Execution.EVENT_LOOP, methods = {"PUT", "POST"},
                        consumes = "text/*", produces = "text/csv; header=\\"present\\"")
                    public String a(String s) { return s; }
                    """))
            .descriptor();
    assertEquals("price-2", descriptor.name());
    assertEquals(Duration.ofMillis(800), descriptor.timeout());
    assertEquals(Criticality.SHEDDABLE_PLUS, descriptor.criticality());
    assertEquals(FunctionDescriptor.UNLIMITED, descriptor.maxBodyBytes());
    assertEquals(Execution.EVENT_LOOP, descriptor.execution());
    assertEquals(List.of("PUT", "POST"), descriptor.methods());
    assertEquals(List.of("text/*"), descriptor.consumes());
    assertEquals("text/csv; header=\"present\"", descriptor.produces());
  }

  @Test
  void runsHooksOfSuperclassesFirstAtStartAndLastAtStop() throws Exception {
    FunctionBinding binding =
        binding(
            """
            package shop;
            import dev.snowshed.function.*;
            public final class Shop extends Base {
              @Function(name = "log") public String log() { return log.toString(); }
              @OnStart public void open(Configuration c) { log.append("open ").append(c.get("x").get()); }
              @OnStop public void close() { log.append(" close"); }
              @Override public void replaced() { log.append("never"); }
            }
            abstract class Base {
              final StringBuilder log = new StringBuilder();
              @OnStart public void before() { log.append("before "); }
              @OnStart public void replaced() {}
              @OnStop public void after() { log.append(" after"); }
            }
            """);
    Object instance = binding.create();
    binding.start(instance, SETTINGS);
    binding.stop(instance);
    assertEquals("before open the x close after", invokeWithNull(binding, instance));
  }

  @Test
  void runsEveryStopHookWhateverOthersThrow() throws Exception {
    FunctionBinding binding =
        binding(
            shop(
                """
                private final StringBuilder log = new StringBuilder();
                @Function(name = "log") public String log() { return log.toString(); }
                @OnStop public void third() { log.append("third"); }
                @OnStop public void second() { log.append("second "); throw new IllegalStateException(); }
                @OnStop public void first() { log.append("first "); }
                """));
    Object instance = binding.create();
    assertThrows(IllegalStateException.class, () -> binding.stop(instance));
    assertEquals("first second third", invokeWithNull(binding, instance));
  }

  @Test
  void servesSeveralFunctionsOfOneClass() {
    List<FunctionBinding> bindings =
        Compilation.of(
                shop(
                    """
                    @Function(name = "a") public void a() {}
                    @Function(name = "b-text") public void b(String s) {}
                    @Function(name = "b-number") public void b(int n) {}
                    """))
            .bindings();
    assertEquals(
        List.of(
            "shop.Shop_a_Binding", "shop.Shop_b_b_number_Binding", "shop.Shop_b_b_text_Binding"),
        bindings.stream().map(binding -> binding.getClass().getName()).toList());
    assertEquals(
        List.of("a", "b-number", "b-text"),
        bindings.stream().map(binding -> binding.descriptor().name()).toList());
  }

  @Test
  void namesBindingsOfNestedClassesAfterTheirEnclosingClasses() throws Exception {
    FunctionBinding binding =
        binding(
            shop(
                "public static class In { public static class Most {\n"
                    + "@Function(name = \"a\") public int a() { return 1; } } }"));
    assertEquals("shop.Shop_In_Most_a_Binding", binding.getClass().getName());
    assertEquals(1, callWithNull(binding));
  }

  @Test
  void worksInTheUnnamedPackage() throws Exception {
    FunctionBinding binding =
        binding(
            """
            import dev.snowshed.function.*;
            public class Top { @Function(name = "a") public int a() { return 1; } }
            """);
    assertEquals("Top_a_Binding", binding.getClass().getName());
    assertEquals(1, callWithNull(binding));
  }

  @Test
  void isCleanOfWarningsForDeprecatedFunctions() {
    Compilation.of(
            """
            package shop;
            import dev.snowshed.function.*;
            @Deprecated(forRemoval = true)
            public class Shop { @Deprecated @Function(name = "a") public void a() {} }
            """)
        .mustSucceed();
  }

  @Test
  void standsBesideClassesNamedLikeThoseOfTheJdk() throws Exception {
    FunctionBinding binding =
        binding(
            "package shop;\npublic record Class(int pupils) {}",
            "package shop;\npublic record Object(int n) {}",
            "package shop;\npublic record Exception(int n) {}",
            "package shop;\npublic record Override(int n) {}",
            "package shop;\npublic record Function(int n) {}",
            """
            package shop;
            public class Shop {
              @dev.snowshed.function.Function(name = "a") public int a(int n) { return n; }
            }
            """);
    assertEquals(3, call(binding, 3));
  }

  @Test
  void isMarkedAsGenerated() {
    Compilation compilation =
        Compilation.of(shop("@Function(name = \"a\") public void a() {}")).mustSucceed();
    assertTrue(
        compilation
            .source("shop.Shop_a_Binding")
            .contains(
                "@javax.annotation.processing.Generated("
                    + "\"dev.snowshed.processor.FunctionProcessor\")"));
  }
}
