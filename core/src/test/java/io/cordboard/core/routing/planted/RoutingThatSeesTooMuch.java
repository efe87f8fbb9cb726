package io.cordboard.core.routing.planted;

import io.cordboard.core.journey.Journeys;
import java.sql.Connection;
import java.time.Instant;

/** Breaks the rules of the house on purpose: the architecture test must find it. */
final class RoutingThatSeesTooMuch {
  Journeys upwards;
  Connection sideways;
  Instant now = Instant.now();
}
