package dev.snowshed.function.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.snowshed.function.Criticality;
import dev.snowshed.function.Execution;
import dev.snowshed.function.Function;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionDescriptorTest {

  private static Object defaultOf(String member) throws ReflectiveOperationException {
    Method method = Function.class.getMethod(member);
    return method.getDefaultValue();
  }

  @Test
  void startsAtTheDefaultsOfTheAnnotation() throws ReflectiveOperationException {
    FunctionDescriptor descriptor = FunctionDescriptor.named("a").build();
    assertEquals("a", descriptor.name());
    assertEquals(Payload.NONE, descriptor.input());
    assertEquals(Payload.NONE, descriptor.output());
    assertEquals("30s", defaultOf("timeout"));
    assertEquals(Duration.ofSeconds(30), descriptor.timeout());
    assertEquals("1MiB", defaultOf("maxBodySize"));
    assertEquals(1_048_576, descriptor.maxBodyBytes());
    assertEquals(defaultOf("criticality"), descriptor.criticality());
    assertEquals(defaultOf("execution"), descriptor.execution());
    assertEquals(List.of((Object[]) defaultOf("methods")), descriptor.methods());
    assertEquals(List.of((Object[]) defaultOf("consumes")), descriptor.consumes());
    assertEquals(defaultOf("produces"), descriptor.produces());
  }

  @Test
  void carriesWhatWasSet() {
    Payload text = new Payload(Payload.Kind.TEXT, String.class);
    Payload json = new Payload(Payload.Kind.JSON, int.class);
    FunctionDescriptor descriptor =
        FunctionDescriptor.named("a")
            .input(text)
            .output(json)
            .timeoutNanos(5)
            .criticality(Criticality.SHEDDABLE)
            .maxBodyBytes(FunctionDescriptor.UNLIMITED)
            .execution(Execution.PLATFORM_THREAD)
            .methods("PUT", "POST")
            .consumes("text/*")
            .produces("text/html")
            .build();
    assertEquals(text, descriptor.input());
    assertEquals(json, descriptor.output());
    assertEquals(Duration.ofNanos(5), descriptor.timeout());
    assertEquals(Criticality.SHEDDABLE, descriptor.criticality());
    assertEquals(Long.MAX_VALUE, descriptor.maxBodyBytes());
    assertEquals(Execution.PLATFORM_THREAD, descriptor.execution());
    assertEquals(List.of("PUT", "POST"), descriptor.methods());
    assertEquals(List.of("text/*"), descriptor.consumes());
    assertEquals("text/html", descriptor.produces());
  }

  @Test
  @SuppressWarnings("NullAway")
  void refusesNull() {
    assertThrows(NullPointerException.class, () -> FunctionDescriptor.named(null));
    assertThrows(NullPointerException.class, () -> FunctionDescriptor.named("a").input(null));
    assertThrows(NullPointerException.class, () -> new Payload(Payload.Kind.JSON, null));
  }
}
