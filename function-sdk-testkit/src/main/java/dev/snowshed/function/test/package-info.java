/**
 * Tests functions in plain unit tests, without a host and without HTTP. It does not depend on a
 * test framework, but for {@link dev.snowshed.function.test.DependencyDrill}, which is for JUnit.
 *
 * <p>A function is an object like any other: make it, call it, look at the answer. This package has
 * stand-ins for what the host hands in, a {@link dev.snowshed.function.test.TestContext} with a
 * {@link dev.snowshed.function.test.TestClock} that moves by hand and a {@link
 * dev.snowshed.function.test.TestRequest}, and reads what comes out with a {@link
 * dev.snowshed.function.test.TestResponse}:
 *
 * <pre>{@code
 * class QuoteTest {
 *   private final Quote quote = new Quote();
 *
 *   @Test
 *   void pricesAnOrder() throws Exception {
 *     Context context = TestContext.builder().tenant("acme").setting("currency", "EUR").build();
 *     assertEquals(new Price(1250, "EUR"), quote.quote(new Order("a1", 5), context));
 *   }
 *
 *   @Test
 *   void leavesOutRecommendationsWhenTimeIsShort() throws Exception {
 *     TestContext context = TestContext.builder().remaining(Duration.ofMillis(200)).build();
 *     context.clock().advance(Duration.ofMillis(190));
 *     assertEquals(List.of(), quote.quote(new Order("a1", 5), context).recommendations());
 *   }
 *
 *   @Test
 *   void answersCsvLineByLine() throws Exception {
 *     Request request = TestRequest.post().contentType("text/csv").body("a,1\nb,2\n").build();
 *     TestResponse response = TestResponse.of(quote.importAll(request, TestContext.create()));
 *     assertEquals(200, response.status());
 *     assertEquals("{\"sku\":\"a\"}\n{\"sku\":\"b\"}\n", response.text());
 *   }
 * }
 * }</pre>
 *
 * <p>Hooks are called like any method; what a start hook takes is {@code context.configuration()}.
 * No parameter or result is null.
 */
package dev.snowshed.function.test;
