package dev.snowshed.benchmarks.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import dev.snowshed.benchmarks.overload.function.Order;
import dev.snowshed.benchmarks.overload.function.Receipt;
import dev.snowshed.benchmarks.overload.function.Work;
import java.io.IOException;

/** The functions to overload for Google's invoker, which runs one: told apart by their path. */
public final class Overload implements HttpFunction {
  private final ObjectMapper mapper = new ObjectMapper();
  private final Work work = new Work();

  @Override
  public void service(HttpRequest request, HttpResponse response)
      throws IOException, InterruptedException {
    if (request.getPath().equals("/ping")) {
      response.setStatusCode(204);
      return;
    }
    Order order = mapper.readValue(request.getInputStream(), Order.class);
    byte[] receipt = mapper.writeValueAsBytes(receipt(request.getPath(), order));
    response.setContentType("application/json");
    response.getOutputStream().write(receipt);
  }

  private Receipt receipt(String path, Order order) throws IOException, InterruptedException {
    return switch (path) {
      case "/plain" -> work.plain(order);
      case "/cpu" -> work.cpu(order);
      case "/io" -> work.io(order);
      case "/pool" -> work.pool(order);
      case "/member" -> work.member(order);
      case "/hang" -> work.hang(order);
      default -> throw new IllegalArgumentException("no function is called " + path);
    };
  }
}
