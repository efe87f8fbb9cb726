package io.cordboard.adapters.rest;

import io.cordboard.adapterkit.http.Allowed;
import io.cordboard.adapterkit.http.Answer;
import io.cordboard.adapterkit.http.HttpCaller;
import io.cordboard.adapterkit.http.Request;

/** The way to one system: connections are kept for the next request unless its file says that it closes them. */
final class Line implements AutoCloseable {
  private final String system;
  private final Allowed allowed;
  private final FilePlan.Defaults defaults;
  private final HttpCaller kept;

  Line(String system, Allowed allowed, FilePlan.Defaults defaults) {
    this.system = system;
    this.allowed = allowed;
    this.defaults = defaults;
    this.kept = caller();
  }

  Answer send(Request request) {
    if (defaults.reuse()) {
      return kept.send(request);
    }
    try (HttpCaller once = caller()) {
      return once.send(request);
    }
  }

  private HttpCaller caller() {
    return new HttpCaller(system, allowed, defaults.mostBytes());
  }

  @Override
  public void close() {
    kept.close();
  }
}
