package dev.snowshed.benchmarks.peers;

import dev.snowshed.benchmarks.overload.function.Order;
import dev.snowshed.benchmarks.overload.function.Receipt;
import dev.snowshed.benchmarks.overload.function.Work;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;

/** The functions to overload, on virtual threads. */
@Singleton
@Path("/overload")
@RunOnVirtualThread
public class OverloadResource {
  private final Work work = new Work();

  /** Next to nothing. */
  @POST
  @Path("/plain")
  public Receipt plain(Order order) {
    return work.plain(order);
  }

  /** Bound by the processor. */
  @POST
  @Path("/cpu")
  public Receipt cpu(Order order) {
    return work.cpu(order);
  }

  /** Bound by what calls of services cost. */
  @POST
  @Path("/io")
  public Receipt io(Order order) throws IOException, InterruptedException {
    return work.io(order);
  }

  /** Bound by a pool of its own. */
  @POST
  @Path("/pool")
  public Receipt pool(Order order) throws IOException, InterruptedException {
    return work.pool(order);
  }
}
