package dev.snowshed.benchmarks.peers;

import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The function for Spring Cloud Function. */
@SpringBootApplication
public class Application {

  /** Starts the server. */
  public static void main(String[] arguments) {
    SpringApplication.run(Application.class, arguments);
  }

  /** Adds up an order. */
  @Bean
  public Function<Order, Receipt> bench() {
    return Order::receipt;
  }
}
