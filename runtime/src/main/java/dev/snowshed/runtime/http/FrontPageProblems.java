package dev.snowshed.runtime.http;

import dev.snowshed.runtime.metrics.HostMeters;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers what the front page refuses in the words of the functions' refusals. */
@Singleton
final class FrontPageProblems {
  private final HostMeters meters;

  FrontPageProblems(HostMeters meters) {
    this.meters = meters;
  }

  @ServerExceptionMapper
  Response notAllowed(NotAllowedException e, HttpServerRequest request) {
    return problem(
        Refusal.with(
            Reason.METHOD_NOT_ALLOWED, "This path takes GET.", "Allow", "GET, HEAD, OPTIONS"),
        request);
  }

  @ServerExceptionMapper
  Response notAcceptable(NotAcceptableException e, HttpServerRequest request) {
    return problem(Refusal.of(Reason.NOT_ACCEPTABLE, "This path gives application/json."), request);
  }

  private Response problem(Refusal refusal, HttpServerRequest request) {
    meters.unrouted(refusal.reason().label());
    String requestId = RequestIds.acceptOrMake(request.getHeader(RequestIds.HEADER));
    Answer.Complete answer = Problems.answer(refusal, requestId);
    Response.ResponseBuilder response =
        Response.status(answer.status())
            .type(Problems.MEDIA_TYPE)
            .header(RequestIds.HEADER, requestId)
            .entity(answer.body().toString());
    refusal.headers().forEach((name, values) -> response.header(name, values.getFirst()));
    return response.build();
  }
}
