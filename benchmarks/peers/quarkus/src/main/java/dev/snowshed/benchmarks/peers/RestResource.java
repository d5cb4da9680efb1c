package dev.snowshed.benchmarks.peers;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Quarkus REST in its three ways to run. */
@Singleton
@Path("/rest")
public class RestResource {

  /** On the event loop. */
  @POST
  @Path("/non-blocking")
  @NonBlocking
  public Receipt nonBlocking(Order order) {
    return order.receipt();
  }

  /** On a virtual thread. */
  @POST
  @Path("/virtual-thread")
  @RunOnVirtualThread
  public Receipt virtualThread(Order order) {
    return order.receipt();
  }

  /** On the worker pool. */
  @POST
  @Path("/blocking")
  @Blocking
  public Receipt blocking(Order order) {
    return order.receipt();
  }
}
