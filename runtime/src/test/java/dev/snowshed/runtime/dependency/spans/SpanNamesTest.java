package dev.snowshed.runtime.dependency.spans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.function.spi.DependencyDescriptor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanNamesTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          # attributes,                                                               name
          # the service, whatever else there is
          peer.service=catalog server.address=10.0.0.1 server.port=8080,              catalog
          service.peer.name=catalog peer.service=older,                               catalog
          peer.service=Orders-DB db.system.name=postgresql db.namespace=shop,         Orders-DB
          # a database, in new words and old
          db.system.name=postgresql db.namespace=shop server.address=db1,             postgresql.shop
          db.system=h2 db.name=test,                                                  h2.test
          db.system.name=postgresql db.namespace=shop|public,                         postgresql.shop_public
          db.system.name=redis server.address=cache.internal server.port=6379,        redis.cache.internal
          db.system=mongodb net.peer.name=mongo1,                                     mongodb.mongo1
          db.system.name=sqlite,                                                      sqlite
          # a broker; destinations of one conversation are not told apart
          messaging.system=kafka messaging.destination.name=orders server.address=b1, kafka.orders
          messaging.system=jms messaging.destination.name=replies-{id} messaging.destination.template=replies, jms.replies
          messaging.system=rabbitmq messaging.destination.name=amq.gen-X messaging.destination.anonymous=true server.address=mq, rabbitmq.mq
          messaging.system=jms messaging.destination=q messaging.destination.temporary=true, jms
          # an address, with a port that tells services of a machine apart
          server.address=catalog.svc server.port=443 http.request.method=GET,         catalog.svc
          server.address=catalog.svc server.port=80,                                  catalog.svc
          server.address=Catalog.svc server.port=8080,                                catalog.svc_8080
          server.address=::1 server.port=8080,                                        __1_8080
          net.peer.name=old.svc net.peer.port=9000,                                   old.svc_9000
          rpc.system=grpc rpc.service=shop.Stock server.address=stock,                stock
          rpc.system=aws-api rpc.service=S3,                                          S3
          # nothing but the span's own name
          http.request.method=GET,                                                    GET__item
          peer.service='',                                                            GET__item
          """)
  void namesWhatIsCalled(String attributes, String name) {
    SpanFacts span = new SpanFacts("GET /item");
    for (String each : attributes.split(" ", -1)) {
      int equals = each.indexOf('=');
      span.put(each.substring(0, equals), each.substring(equals + 1).replace("''", ""));
    }

    assertEquals(name, SpanNames.of(span));
  }

  @Test
  void givesNamesThatEveryDependencyCouldHave() {
    for (String name : List.of("", " ", "ü", "a".repeat(200), "SELECT * FROM \"t\"", "(other)")) {
      String named = SpanNames.of(new SpanFacts(name));
      assertEquals(named, DependencyDescriptor.checkedName(named));
      assertTrue(named.length() <= 64, named);
    }
  }
}
