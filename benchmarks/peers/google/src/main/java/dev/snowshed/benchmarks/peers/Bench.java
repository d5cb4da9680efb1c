package dev.snowshed.benchmarks.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;

/** The function for Google's invoker. */
public final class Bench implements HttpFunction {
  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    Order order = mapper.readValue(request.getInputStream(), Order.class);
    response.setContentType("application/json");
    response.getOutputStream().write(mapper.writeValueAsBytes(order.receipt()));
  }
}
