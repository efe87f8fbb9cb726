package io.cordboard.web.fake;

import io.cordboard.core.sync.webhook.Sender;
import io.cordboard.kernel.Fault;

/** Knows where something may be sent, and sends nothing. */
public final class FakeSender implements Sender {
  @Override
  public void mustReach(String url) {
    if (!url.startsWith("https://") || url.contains("internal")) {
      throw new Fault.Refused("'%s' is inside of the own network.".formatted(Fault.excerpt(url)));
    }
  }

  @Override
  public Line open(String url) {
    throw new AssertionError("nobody sends here");
  }
}
