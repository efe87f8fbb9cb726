package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.spi.crm.RecordKind;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  private static final String BODY = "{\"fields\":{\"name\":\"a\"}}";
  private final FakeCrm crm = FakeCrm.start();
  private final FaultProxy proxy = FaultProxy.http(crm.port());
  private final Http http = new Http(proxy.uri(), crm.secret());

  @AfterEach
  void close() {
    http.close();
    proxy.close();
    crm.close();
  }

  @Test
  void whatGoesThroughArrivesAsItIs() throws IOException {
    assertThat(http.status("PUT", "/v1/customer/by-ref/%E5%BC%A0", "{\"fields\":{\"name\":\"张伟\"}}")).isEqualTo(201);
    assertThat(http.ask("GET", "/v1/customer/1", "").body()).contains("张伟").contains("\"ref\":\"张\"");
    assertThat(proxy.seen()).hasSize(2).first().extracting(FaultProxy.Seen::method).isEqualTo("PUT");
  }

  @Test
  void onlyTheNextOfThoseThatAreMeantAreSpoiled() throws IOException {
    proxy.next(CrmTrouble.ERROR, 1, seen -> seen.method().equals("PUT"));
    assertThat(http.status("GET", "/v1/ping", "")).isEqualTo(200);
    assertThat(http.status("PUT", "/v1/customer/by-ref/r1", BODY)).isEqualTo(500);
    assertThat(crm.store().count(RecordKind.CUSTOMER)).isZero();
    assertThat(http.status("PUT", "/v1/customer/by-ref/r1", BODY)).isEqualTo(201);
  }

  @Test
  void anAnswerIsKeptBackAfterItWasDone() throws IOException {
    proxy.always(CrmTrouble.CLOSE_AFTER, seen -> true);
    assertThatThrownBy(() -> http.ask("PUT", "/v1/customer/by-ref/r1", BODY)).isInstanceOf(IOException.class);
    assertThat(crm.store().count(RecordKind.CUSTOMER)).isEqualTo(1);
    proxy.well();
    assertThat(http.status("GET", "/v1/customer/1", "")).isEqualTo(200);
  }

  @Test
  void aStoppedOneRefusesAndAStartedOneIsWhereItWas() throws IOException {
    assertThat(http.status("GET", "/v1/ping", "")).isEqualTo(200);
    proxy.stop();
    assertThatThrownBy(() -> http.ask("GET", "/v1/ping", "")).isInstanceOf(ConnectException.class);
    proxy.start();
    assertThat(http.status("GET", "/v1/ping", "")).isEqualTo(200);
  }

  @Test
  void itTakesItsTime() throws IOException {
    proxy.latency(Duration.ofMillis(60));
    long start = System.nanoTime();
    http.status("GET", "/v1/ping", "");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
  }

  @Test
  void bytesAreCutSwallowedAndLetThrough() throws IOException {
    try (FaultProxy bytes = FaultProxy.tcp(crm.port());
        Http through = new Http(bytes.uri(), crm.secret())) {
      assertThat(through.status("GET", "/v1/ping", "")).isEqualTo(200);
      bytes.cutAfter(20);
      assertThatThrownBy(() -> through.ask("PUT", "/v1/customer/by-ref/r1", BODY)).isInstanceOf(IOException.class);
      assertThat(crm.store().count(RecordKind.CUSTOMER)).isEqualTo(1);
      bytes.well();
      assertThat(through.status("GET", "/v1/ping", "")).isEqualTo(200);
      assertThatThrownBy(() -> bytes.next(CrmTrouble.ERROR, 1, seen -> true)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
