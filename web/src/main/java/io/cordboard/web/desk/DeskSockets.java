package io.cordboard.web.desk;

import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.desk.TeamDoor;
import io.cordboard.core.trust.Users;
import io.cordboard.core.trust.Audit;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Ids;
import io.cordboard.web.guard.OriginRule;
import io.cordboard.web.guard.SocketGate;
import io.cordboard.web.json.DeskJson;
import io.cordboard.web.phone.PhoneSettings;
import io.cordboard.web.phone.SipSocket;
import io.cordboard.web.problem.ProblemWriter;
import io.cordboard.web.session.Sessions;
import java.net.http.HttpClient;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Puts the two sockets at their addresses. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
public class DeskSockets {

  @Bean
  DeskConnection.Doors deskDoors(
      DeskDoor desk, TeamDoor team, Sessions sessions, Audit audit, JsonMapper mapper,
      Clock clock) {
    return new DeskConnection.Doors(
        desk, team, sessions, audit, new DeskJson(mapper), clock, new Outbox.Figures());
  }

  @Bean
  DeskSocket deskSocket(DeskConnection.Doors doors, Ids ids) {
    return new DeskSocket(doors, () -> ids.next().toString());
  }

  @Bean
  SipSocket sipSocket(PhoneSettings settings, Users users) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    return new SipSocket(settings, users, client);
  }

  @Bean
  WebSocketConfigurer sockets(
      DeskSocket desk, SipSocket sip, OriginRule origins, ProblemWriter problems) {
    SocketGate gate = new SocketGate(origins, problems);
    return registry -> {
      // the gate checks origins itself, and says so in a problem
      registry.addHandler(desk, "/api/v1/desk").addInterceptors(gate).setAllowedOriginPatterns("*");
      registry
          .addHandler(sip, "/api/v1/phone/sip")
          .addInterceptors(gate)
          .setAllowedOriginPatterns("*");
    };
  }

  @Bean
  Heartbeat heartbeat(DeskSocket desk, Sessions sessions) {
    return new Heartbeat(desk, sessions);
  }
}
