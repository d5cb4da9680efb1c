package dev.snowshed.runtime.dependency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.snowshed.core.dependency.drill.Fault;
import dev.snowshed.function.DependencyException;
import dev.snowshed.function.spi.DependencyDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A dependency's clients, on a real HTTP server and a real database. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class DependencyClientsTest {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          heard.add(
              path
                  + " "
                  + exchange.getRequestHeaders().getFirst("traceparent")
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Request-Timeout"));
          try (exchange) {
            if (path.equals("/hang")) {
              closing.await();
            }
            exchange.sendResponseHeaders(Integer.parseInt(path.substring(1)), -1);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    closing.countDown();
    server.stop(0);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
  }

  private static DependencyDescriptor.Builder named(String name) {
    return DependencyDescriptor.named(name).breakerCalls(0);
  }

  @Test
  void carriesTheCallOn() throws Exception {
    FakeCall call = FakeCall.of(named("shop").timeoutNanos(5_000_000_000L));

    var response =
        call.dependency("shop").http().send(request("/200").build(), BodyHandlers.discarding());

    assertEquals(200, response.statusCode());
    String[] parts = heard.get(0).split(" ", -1);
    assertEquals(call.trace().traceparent(), parts[1]);
    assertTrue(Long.parseLong(parts[2]) <= 5000, heard.get(0));
  }

  @Test
  void countsServerErrorsOnlyAndGivesEachAnswer() throws Exception {
    FakeCall call = FakeCall.of(named("shop"));
    var http = call.dependency("shop").http();

    for (int status : new int[] {200, 404, 503}) {
      assertEquals(
          status, http.send(request("/" + status).build(), BodyHandlers.discarding()).statusCode());
      assertEquals(
          status,
          http.sendAsync(request("/" + status).build(), BodyHandlers.discarding())
              .get()
              .statusCode());
    }

    assertEquals(6, call.seen("shop").calls());
    assertEquals(2, call.seen("shop").failures());
  }

  @Test
  void repeatsOnlyWhatMayBeRepeated() throws Exception {
    FakeCall call = FakeCall.of(named("shop").retries(2));
    var http = call.dependency("shop").http();

    assertEquals(503, http.send(request("/503").build(), BodyHandlers.discarding()).statusCode());
    assertEquals(3, heard.size());
    HttpRequest post = request("/503").POST(HttpRequest.BodyPublishers.noBody()).build();
    assertEquals(503, http.send(post, BodyHandlers.discarding()).statusCode());
    assertEquals(4, heard.size());
  }

  @Test
  void cutsARequestAtTheTimeout() {
    FakeCall call = FakeCall.of(named("shop").timeoutNanos(50_000_000));
    var http = call.dependency("shop").http();

    assertThrows(
        HttpTimeoutException.class,
        () -> http.send(request("/hang").build(), BodyHandlers.discarding()));
    ExecutionException late =
        assertThrows(
            ExecutionException.class,
            () -> http.sendAsync(request("/hang").build(), BodyHandlers.discarding()).get());
    assertInstanceOf(HttpTimeoutException.class, late.getCause());
    assertEquals(2, call.seen("shop").failures());
  }

  private static DataSource database() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:");
    return database;
  }

  @Test
  void takesConnectionsAndExecutesStatementsThroughTheDependency() throws Exception {
    FakeCall call = FakeCall.of(named("orders"));
    DataSource orders = call.dependency("orders").dataSource(database());

    try (Connection connection = orders.getConnection()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("create table orders(id int, sku varchar)");
        assertSame(connection, statement.getConnection());
      }
      try (PreparedStatement insert =
          connection.prepareStatement("insert into orders values(?, ?)")) {
        insert.setInt(1, 1);
        insert.setString(2, "tea");
        assertEquals(1, insert.executeUpdate());
      }
      try (Statement statement = connection.createStatement();
          ResultSet found = statement.executeQuery("select sku from orders")) {
        assertTrue(found.next());
        assertEquals("tea", found.getString(1));
        assertTrue(statement.getQueryTimeout() >= 1);
        assertThrows(SQLException.class, () -> statement.execute("select * from nothing"));
      }
      assertTrue(connection.isWrapperFor(JdbcConnection.class));
    }

    assertEquals(5, call.seen("orders").calls());
    assertEquals(1, call.seen("orders").failures());
  }

  @Test
  void failsLikeADatabaseInADrill() {
    Injections drill =
        new Injections() {
          @Override
          public Fault of(String dependency) {
            return new Fault.Failure();
          }

          @Override
          public void observed(String dependency) {}

          @Override
          public void ended(boolean failed, long latencyNanos, boolean injected) {}

          @Override
          public void left() {}
        };
    FakeCall call = FakeCall.in(drill, FakeCall.guards(named("orders").build()));

    SQLTransientException failure =
        assertThrows(
            SQLTransientException.class,
            () -> call.dependency("orders").dataSource(database()).getConnection());

    assertInstanceOf(DependencyException.class, failure.getCause());
  }
}
