package io.cordboard.web.ops;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Ids;
import io.cordboard.web.desk.DeskSocket;
import io.cordboard.web.phone.SipSocket;
import io.cordboard.web.session.Sessions;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** The access log and the meters. */
@Configuration(proxyBeanMethods = false)
public class OpsConfiguration {

  @Bean
  FilterRegistrationBean<AccessLog> accessLog(Ids ids, Clock clock) {
    FilterRegistrationBean<AccessLog> log = new FilterRegistrationBean<>(new AccessLog(ids, clock));
    log.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return log;
  }

  /** Ready while nothing that is needed is down. */
  @Bean
  HealthIndicator partsHealthIndicator(HealthLines health) {
    return () ->
        health.lines().stream().anyMatch(line -> line.state() == HealthLines.State.DOWN)
            ? Health.down().build()
            : Health.up().build();
  }

  @Bean
  HealthIndicator aliveHealthIndicator(HealthLines health) {
    return () -> health.alive() ? Health.up().build() : Health.down().build();
  }

  @Bean
  MeterBinder webMeters(DeskSocket desks, SipSocket phones, Sessions sessions) {
    return registry -> {
      Gauge.builder("cordboard.desks", desks, DeskSocket::size)
          .description("open desks")
          .register(registry);
      Gauge.builder("cordboard.phones", phones, SipSocket::size)
          .description("connected browser phones")
          .register(registry);
      Gauge.builder("cordboard.sessions", sessions, Sessions::size)
          .description("people signed in")
          .register(registry);
      FunctionCounter.builder("cordboard.desk.frames", desks, DeskSocket::frames)
          .description("frames sent to desks, heartbeats not counted")
          .register(registry);
      FunctionCounter.builder("cordboard.desk.slow", desks, DeskSocket::slow)
          .description("desks closed because they did not take what was sent")
          .register(registry);
    };
  }
}
