package dev.snowshed.samples.quote;

import dev.snowshed.function.Context;
import dev.snowshed.function.DependsOn;
import dev.snowshed.function.Function;
import dev.snowshed.function.OnStop;
import dev.snowshed.function.ProblemException;
import dev.snowshed.function.Strength;
import dev.snowshed.samples.quote.Shop.Article;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Prices orders.
 *
 * <p>Asks three services at once: the catalog for prices, which a quote cannot do without, and
 * promotions and recommendations, which are good to have.
 */
public final class Quotes {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * Prices an order. The services are found at the setting {@code downstream}, by default {@code
   * http://127.0.0.1:8090}.
   */
  @Function(name = "quote", timeout = "2s")
  @DependsOn(value = "catalog", strength = Strength.STRONG, timeout = "1500ms")
  @DependsOn(value = "promotions", strength = Strength.WEAK, timeout = "500ms")
  @DependsOn(value = "recommendations", strength = Strength.WEAK, timeout = "500ms")
  public Quote quote(Order order, Context context) throws Exception {
    if (order == null) {
      throw new ProblemException(400, "an order is needed, not null");
    }
    order.check();
    var shop = new Shop(http, context);
    var articles = shop.articles(order.skus());
    var discount = shop.discountPercent(order.customer());
    var recommendations = shop.recommendations(order.skus());
    try {
      return price(order, articles.get(), discount.get(), recommendations.get());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** Ends the client's threads and connections. */
  @OnStop
  public void stop() throws Exception {
    if (http instanceof AutoCloseable closeable) { // from Java 21 on
      closeable.close();
    }
  }

  private static Quote price(
      Order order, Map<String, Article> articles, int discountPercent, List<String> others) {
    List<Quote.Line> lines = order.lines().stream().map(line -> price(line, articles)).toList();
    long subtotal = lines.stream().mapToLong(Quote.Line::cents).sum();
    long discount = subtotal * discountPercent / 100;
    others.removeAll(order.skus());
    return new Quote(lines, subtotal, discount, subtotal - discount, others);
  }

  private static Quote.Line price(Order.Line line, Map<String, Article> articles) {
    Article article = articles.get(line.sku());
    if (article == null) {
      throw new ProblemException(422, "the catalog has no article \"" + line.sku() + '"');
    }
    long cents = article.cents() * line.quantity();
    return new Quote.Line(line.sku(), article.name(), line.quantity(), cents);
  }
}
