package dev.snowshed.runtime.http;

import dev.snowshed.runtime.loading.FunctionHost;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;

/**
 * In dev mode, holds every request until the code that was saved before it serves; where that code
 * does not compile, answers with the errors. Safe for concurrent use; runs on event loops and never
 * blocks.
 */
public final class DevGate {
  private final FunctionHost functions;

  /**
   * A gate.
   *
   * @param functions compiles and loads
   */
  public DevGate(FunctionHost functions) {
    this.functions = functions;
  }

  /**
   * Lets a request pass when its code is up to date.
   *
   * @param request the request, on its event loop
   * @param pass what to do with it then, on its event loop
   */
  public void whenCurrent(HttpServerRequest request, Runnable pass) {
    request.pause();
    Context eventLoop = Vertx.currentContext();
    CompletableFuture<Void> _ =
        functions
            .refresh()
            .whenComplete((_, _) -> eventLoop.runOnContext(_ -> passOrRefuse(request, pass)));
  }

  private void passOrRefuse(HttpServerRequest request, Runnable pass) {
    String path = request.path();
    String name =
        path.startsWith(FunctionEndpoint.PREFIX)
            ? path.substring(FunctionEndpoint.PREFIX.length()).replaceFirst("/.*", "")
            : "";
    functions.compilationErrors(name).ifPresentOrElse(errors -> refuse(request, errors), pass);
  }

  private static void refuse(HttpServerRequest request, String errors) {
    request.resume();
    Answer.Complete answer =
        Problems.answer(
            Refusal.of(Reason.COMPILATION_FAILED, errors),
            RequestIds.acceptOrMake(request.getHeader(RequestIds.HEADER)));
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader("content-type", answer.contentType())
        .end(answer.body());
  }
}
