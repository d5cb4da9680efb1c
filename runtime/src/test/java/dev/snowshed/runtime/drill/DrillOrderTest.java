package dev.snowshed.runtime.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.snowshed.core.dependency.drill.Fault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillOrderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static DrillOrder order(String json) throws JsonProcessingException {
    return DrillOrder.of(JSON.readTree(json.replace('\'', '"')));
  }

  @Test
  void hasDefaults() throws Exception {
    assertEquals(
        new DrillOrder(
            "quote", Set.of(), Faults.DEFAULT, false, 60, Optional.empty(), Optional.empty()),
        order("{'function':'quote'}"));
  }

  @Test
  void readsEverything() throws Exception {
    DrillOrder order =
        order(
            "{'function':'quote','dependencies':['a','b'],'faults':['hang','delay:2s'],'pairs':true,"
                + "'repetitions':7,'maxSeconds':9,'requests':[{'body':{'x':1}},{'path':'/1'}]}");

    assertEquals(Set.of("a", "b"), order.dependencies());
    assertEquals(List.of(new Fault.Hang(), new Fault.Delay(2_000_000_000L)), order.faults());
    assertTrue(order.pairs());
    assertEquals(7, order.repetitions());
    assertEquals(Optional.of(9), order.maxSeconds());
    DrillRequest first = order.requests().orElseThrow().getFirst();
    assertEquals("POST", first.method());
    assertEquals(Optional.of("{\"x\":1}"), first.body());
    assertEquals("application/json", first.headers().get("content-type"));
    assertEquals("GET", order.requests().orElseThrow().getLast().method());
  }

  @Test
  void writesFaultsAsItReadsThem() {
    for (String fault : List.of("error", "hang", "delay:500ms")) {
      assertEquals(fault, Faults.label(Faults.parse(fault)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | needs the name of a function",
        "{'function':'f','fault':[]} | no field 'fault'",
        "{'function':'f','faults':['explode']} | a fault is error, hang or a delay",
        "{'function':'f','faults':['delay:11m']} | a fault is",
        "{'function':'f','faults':['delay:0ms']} | a fault is",
        "{'function':'f','faults':'error'} | faults is a JSON array",
        "{'function':'f','dependencies':['a b']} | a dependency's name",
        "{'function':'f','repetitions':0} | repetitions is a number from 1 to 10000",
        "{'function':'f','maxSeconds':3601} | maxSeconds is a number from 1 to 3600",
        "{'function':'f','requests':[3]} | a request is a JSON object",
        "{'function':'f','requests':[{'url':'x'}]} | no field 'url'",
        "{'function':'f','requests':[{'path':'x'}]} | the path is 'x'",
        "{'function':'f','requests':[{'method':'A B'}]} | method",
        "{'function':'f','requests':[{'headers':{'x-snowshed-drill':'1;1'}}]} | set by the drill",
        "{'function':'f','requests':[{'headers':[]}]} | headers are a JSON object",
        "[] | needs the name of a function",
      })
  void refusesTheRest(String json, String message) {
    Exception refusal = assertThrows(IllegalArgumentException.class, () -> order(json));

    assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal.getMessage());
  }
}
