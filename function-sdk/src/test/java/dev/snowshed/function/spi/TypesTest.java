package dev.snowshed.function.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TypesTest {

  /** The types that reflection makes. */
  @SuppressWarnings("unused")
  private interface Reflected {
    List<String> list();

    Map<String, List<Integer>> map();

    Map.Entry<String, Long> nested();

    List<String>[] array();

    List<String>[][] arrays();

    Map<String, int[]> ofArrays();
  }

  static Stream<Arguments> pairs() {
    Type list = Types.parameterized(List.class, String.class);
    return Stream.of(
        Arguments.of("list", list),
        Arguments.of(
            "map",
            Types.parameterized(
                Map.class, String.class, Types.parameterized(List.class, Integer.class))),
        Arguments.of("nested", Types.parameterized(Map.Entry.class, String.class, Long.class)),
        Arguments.of("array", Types.arrayOf(list)),
        Arguments.of("arrays", Types.arrayOf(Types.arrayOf(list))),
        Arguments.of("ofArrays", Types.parameterized(Map.class, String.class, int[].class)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void equalsWhatReflectionMakesBothWays(String method, Type made) throws Exception {
    Type reflected = Reflected.class.getDeclaredMethod(method).getGenericReturnType();
    assertEquals(reflected, made);
    assertEquals(made, reflected);
    assertEquals(reflected.hashCode(), made.hashCode());
    assertEquals(reflected.getTypeName(), made.getTypeName());
  }

  @Test
  void differsByClassAndByArgument() {
    Type list = Types.parameterized(List.class, String.class);
    assertNotEquals(list, Types.parameterized(List.class, Integer.class));
    assertNotEquals(list, Types.parameterized(Iterable.class, String.class));
    assertNotEquals(list, List.class);
    assertNotEquals(Types.arrayOf(list), list);
    assertNotEquals(Types.arrayOf(list), Types.arrayOf(Types.arrayOf(list)));
  }
}
