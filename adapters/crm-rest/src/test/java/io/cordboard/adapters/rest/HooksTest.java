package io.cordboard.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.adapters.rest.expression.Hmac;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.ReceiveHooks;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.spi.crm.ReceiveHooks.Notice;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.testkit.HandClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HooksTest {
  private static final String KEY = "hook-secret";
  private static final String URI = "https://calls.example/hooks/shop?token=shared-word";
  private static final String BODY = "{\"events\": [{\"id\": 12, \"event\": \"e-1\"}, {\"id\": 13, \"event\": \"e-2\"}]}";
  private final HandClock clock = new HandClock();

  private static final String FILE = """
      crm: {name: Hooks, adapter: rest, format: 1, hosts: [127.0.0.1]}
      settings: {hook_secret: secret, word: secret, user: text, password: secret}
      auth: {}
      request: {base: "http://127.0.0.1:1"}
      answers: [{status: 200, is: ok}, {is: refused}]
      check: {get: /me}
      records: {customer: {row: {id: "=id"}, fields: {}}}
      hooks:
        - check: %s
          content: %s
          %s
          kind: customer
          id: "=$string(id)"
          once: "=event"
      """;

  private ReceiveHooks hooks(String check, String content, String rows) {
    Crm crm = Files.open(FILE.formatted(check, content, rows),
        Map.of("hook_secret", KEY, "word", "shared-word", "user", "crm", "password", "pass"), clock);
    return crm.as(ReceiveHooks.class, RecordKind.CUSTOMER);
  }

  private ReceiveHooks hooks(String check) {
    return hooks(check, "json", "rows: \"=body.events\"");
  }

  private Hook hook(Map<String, String> headers, String body) {
    return new Hook(URI, headers, body.getBytes(StandardCharsets.UTF_8), clock.micros());
  }

  private static byte[] sum(String method, String text) {
    return Hmac.of(method, KEY.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
  }

  private static void refuses(ReceiveHooks hooks, Hook hook) {
    assertThatThrownBy(() -> hooks.read(hook)).isInstanceOf(Fault.AuthLapsed.class)
        .message().doesNotContain(KEY).doesNotContain("shared-word");
  }

  @Test
  void aSignatureOverMethodAddressBodyAndTimeIsChecked() {
    ReceiveHooks hooks = hooks(
        "{by: hmac, of: [method, uri, body, \"header:X-Time\"], header: X-Sign, encoding: base64, key: hook_secret, time: X-Time, tick: ms, age: 5m}");
    String time = Long.toString(clock.micros() / 1000);
    String sign = Base64.getEncoder().encodeToString(sum("sha256", "POST" + URI + BODY + time));
    Map<String, String> headers = Map.of("x-time", time, "x-sign", sign);
    assertThat(hooks.read(hook(headers, BODY))).containsExactly(
        new Notice(RecordKind.CUSTOMER, "12", "e-1"), new Notice(RecordKind.CUSTOMER, "13", "e-2"));
    refuses(hooks, hook(headers, BODY.replace("12", "14")));
    refuses(hooks, hook(Map.of("x-time", time + "0", "x-sign", sign), BODY));
    refuses(hooks, hook(Map.of("x-sign", sign), BODY));
    refuses(hooks, hook(Map.of("x-time", time), BODY));
    clock.advance(Duration.ofMinutes(6));
    refuses(hooks, hook(headers, BODY));
  }

  @Test
  void aSignatureInHexWithAPrefixIsChecked() {
    ReceiveHooks hooks = hooks("{by: hmac, method: sha1, header: x-hub-signature, prefix: \"sha1=\", key: hook_secret}");
    String sign = "sha1=" + HexFormat.of().formatHex(sum("sha1", BODY));
    assertThat(hooks.read(hook(Map.of("x-hub-signature", sign), BODY))).hasSize(2);
    assertThat(hooks.read(hook(Map.of("x-hub-signature", "sha1=00 " + sign), BODY))).as("two while a key changes").hasSize(2);
    refuses(hooks, hook(Map.of("x-hub-signature", "sha1=zz"), BODY));
  }

  @Test
  void aSharedWordIsCheckedWhereverItStands() {
    assertThat(hooks("{by: word, word: word, in: header, name: X-Token}").read(hook(Map.of("x-token", "shared-word"), BODY))).hasSize(2);
    refuses(hooks("{by: word, word: word, in: header, name: X-Token}"), hook(Map.of("x-token", "shared"), BODY));
    assertThat(hooks("{by: word, word: word, in: query, name: token}").read(hook(Map.of(), BODY))).hasSize(2);
    refuses(hooks("{by: word, word: word, in: query, name: other}"), hook(Map.of(), BODY));
    String withWord = BODY.replace("{\"events\"", "{\"auth\": {\"application_token\": \"shared-word\"}, \"events\"");
    assertThat(hooks("{by: word, word: word, in: body, name: auth.application_token}").read(hook(Map.of(), withWord))).hasSize(2);
    refuses(hooks("{by: word, word: word, in: body, name: auth.application_token}"), hook(Map.of(), BODY));
  }

  @Test
  void aNameAndPasswordAreChecked() {
    ReceiveHooks hooks = hooks("{by: basic, user: user, password: password}");
    assertThat(hooks.read(hook(Map.of("authorization", "Basic Y3JtOnBhc3M="), BODY))).hasSize(2);
    refuses(hooks, hook(Map.of("authorization", "Basic Y3JtOnBhc3Q="), BODY));
    refuses(hooks, hook(Map.of(), BODY));
  }

  @Test
  void aFormWithNestedNamesIsRead() {
    ReceiveHooks hooks = hooks(
        "{by: word, word: word, in: body, name: auth.application_token}", "form", "row: \"=body.data.FIELDS\"");
    List<Notice> notices = hooks.read(hook(Map.of(),
        "event=ONCRMCONTACTUPDATE&data%5BFIELDS%5D%5Bid%5D=77&data[FIELDS][event]=x&auth[application_token]=shared-word"));
    assertThat(notices).containsExactly(new Notice(RecordKind.CUSTOMER, "77", "x"));
  }

  @Test
  void oneThatProvesNothingIsTakenOnlyWhereTheFileSaysWhy() {
    assertThat(hooks("{by: nothing, because: it signs nothing}").read(hook(Map.of(), BODY))).hasSize(2);
    assertThatThrownBy(() -> hooks("{by: nothing, because: it signs nothing}").read(hook(Map.of(), "[1")))
        .isInstanceOf(Fault.BadRequest.class);
  }
}
