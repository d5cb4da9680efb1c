package dev.snowshed.samples.quote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.snowshed.function.Context;
import dev.snowshed.function.DependencyException;
import dev.snowshed.function.ProblemException;
import dev.snowshed.function.test.TestContext;
import dev.snowshed.samples.quote.FakeShop.Trouble;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuotesTest {
  private static final Order ORDER =
      new Order("ada", List.of(new Order.Line("tea", 3), new Order.Line("mug", 1)));
  private static final Quote QUOTE =
      new Quote(
          List.of(new Quote.Line("tea", "Tea", 3, 1350), new Quote.Line("mug", "Mug", 1, 1250)),
          2600,
          260,
          2340,
          List.of("pot"));

  private final Quotes quotes = new Quotes();
  private FakeShop shop;

  @BeforeEach
  void open() throws IOException {
    shop = new FakeShop();
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
    quotes.stop();
  }

  @Test
  void pricesAnOrder() throws Exception {
    assertEquals(QUOTE, quotes.quote(ORDER, context()));
    assertEquals(
        Set.of(
            "/catalog?sku=tea&sku=mug",
            "/promotions?customer=ada",
            "/recommendations?sku=tea&sku=mug"),
        shop.requests());
  }

  @Test
  void recommendsNothingThatIsBoughtAlready() throws Exception {
    Order order = new Order("ada", List.of(new Order.Line("tea", 1)));

    assertEquals(List.of("pot", "mug"), quotes.quote(order, context()).recommendations());
    assertEquals(List.of("pot"), quotes.quote(ORDER, context()).recommendations());
  }

  @Test
  void carriesTheTraceOn() throws Exception {
    Context context = context();

    quotes.quote(ORDER, context);

    String trace = context.trace().traceId();
    assertEquals(Set.of("/catalog", "/promotions", "/recommendations"), shop.traces().keySet());
    assertTrue(shop.traces().values().stream().allMatch(header -> header.contains(trace)));
  }

  @Test
  void writesCustomersIntoTheQueryAsTheyAre() throws Exception {
    quotes.quote(new Order("a&b=ü", ORDER.lines()), context());

    assertTrue(shop.requests().contains("/promotions?customer=a%26b%3D%C3%BC"));
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void sellsWithoutADiscountWhenThePromotionsCannotBeHad(Trouble trouble) throws Exception {
    shop.trouble("promotions", trouble);

    Quote quote = quotes.quote(ORDER, contextWith(Duration.ofSeconds(8)));

    assertEquals(new Quote(QUOTE.lines(), 2600, 0, 2600, QUOTE.recommendations()), quote);
  }

  @Test
  void sellsWithoutADiscountWhenThePromotionsHang() throws Exception {
    TestContext context = contextWith(Duration.ofSeconds(2));
    context.dependency("promotions").timeout(Duration.ofMillis(500)).hang();

    assertEquals(2600, quotes.quote(ORDER, context).totalCents());
    assertEquals(1, context.dependency("promotions").fallbacks());
  }

  @Test
  void failsWithTheCatalog() {
    TestContext context = contextWith(Duration.ofSeconds(2));
    context.dependency("catalog").fail();

    assertThrows(DependencyException.class, () -> quotes.quote(ORDER, context));
  }

  @Test
  void callsEachServiceOnce() throws Exception {
    TestContext context = contextWith(Duration.ofMinutes(1));

    quotes.quote(ORDER, context);

    for (String service : List.of("catalog", "promotions", "recommendations")) {
      assertEquals(1, context.dependency(service).calls(), service);
      assertEquals(0, context.dependency(service).failures(), service);
    }
  }

  @ParameterizedTest
  @CsvSource({"ERROR", "NOT_JSON", "OTHER_JSON", "CUT_OFF"})
  void failsWithoutTheCatalog(Trouble trouble) {
    shop.trouble("catalog", trouble);

    assertThrows(Exception.class, () -> quotes.quote(ORDER, context()));
  }

  @Test
  void waitsForTheCatalogNoLongerThanTheDeadlineAllows() {
    shop.trouble("catalog", Trouble.HANG);

    assertThrows(
        HttpTimeoutException.class, () -> quotes.quote(ORDER, contextWith(Duration.ofMillis(100))));
  }

  @Test
  void refusesAnArticleThatTheCatalogDoesNotHave() {
    var order = new Order("ada", List.of(new Order.Line("gold", 1)));

    var problem = assertThrows(ProblemException.class, () -> quotes.quote(order, context()));

    assertEquals(422, problem.status());
    assertEquals("the catalog has no article \"gold\"", problem.getMessage());
  }

  @Test
  void refusesAnIncompleteOrder() {
    refuses(null, "an order is needed, not null");
    refuses(new Order(" ", ORDER.lines()), "customer must not be empty");
    refuses(new Order("ada", null), "an order must have 1 to 50 lines");
    refuses(new Order("ada", List.of()), "an order must have 1 to 50 lines");
    refuses(
        new Order("ada", Collections.nCopies(51, new Order.Line("tea", 1))),
        "an order must have 1 to 50 lines");
    refuses(new Order("ada", List.of(new Order.Line(null, 1))), "sku must not be empty");
    refuses(
        new Order("ada", List.of(new Order.Line("tea", 0))),
        "quantity of tea must be 1 to 1000, was 0");
    assertEquals(Set.of(), shop.requests());
  }

  private void refuses(Order order, String detail) {
    var problem = assertThrows(ProblemException.class, () -> quotes.quote(order, context()));
    assertEquals(400, problem.status());
    assertEquals(detail, problem.getMessage());
  }

  private Context context() {
    return contextWith(Duration.ofMinutes(1));
  }

  private TestContext contextWith(Duration remaining) {
    return TestContext.builder().remaining(remaining).setting("downstream", shop.url()).build();
  }
}
