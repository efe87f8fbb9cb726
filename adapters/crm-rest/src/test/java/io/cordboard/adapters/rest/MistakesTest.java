package io.cordboard.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.CrmAdapter.Mistake;
import io.cordboard.testkit.HandClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MistakesTest {
  private static String paths(List<Mistake> mistakes) {
    return String.join("\n", mistakes.stream().map(mistake -> mistake.path() + " -- " + mistake.words()).toList());
  }

  // each row changes one place of a file without mistakes; the path of what it breaks is told, and some of the words
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      format: 1                          | format: 7                               | crm.format -- | format: 1
      region: CN                         | region: QQ                              | crm.region -- | country
      timezone: Asia/Shanghai            | timezone: Mars/Base                     | crm.timezone -- | time zone
      key: secret                        | key: hidden                             | settings.key -- | text, secret
      limits: {rate: 10/s                | limits: {rate: often                    | limits.rate -- | 2/s
      check: {get: /me}                  | checks: {get: /me}                      | checks -- | not known here
      check: {get: /me}                  | check: {get: /me, sorted: yes}          | check.sorted -- | not known here
      check: {get: /me}                  | check: {}                               | check -- | exactly one of
      {is: refused, message: "=body.message", field | {status: 400, is: refused, message: "=body.message", field | answers -- | is: refused
      - {status: 410, is: gap}           | - {is: refused}                         | answers[7] -- | never reached
      is: ambiguous                      | is: unclear                             | answers[4].is -- | ambiguous
      {status: 429, is: slow_down        | {status: 4x9, is: slow_down             | answers[0].status -- | 5xx
      wait: "=body.wait"                 | wait: "=bodi.wait"                      | answers[0].wait -- | Nothing is called 'bodi'
      wait: "=body.wait"                 | wait: "=body.("                         | answers[0].wait -- | no formula
      wait: "=body.wait"                 | wait: "=$eval('1')"                     | answers[0].wait -- | not allowed
      wait: "=body.wait"                 | wait: "=$now()"                         | answers[0].wait -- | not allowed
      wait: "=body.wait"                 | wait: "=cfg.hook_secret"                | answers[0].wait -- | The secret 'hook_secret'
      wait: "=body.wait"                 | wait: "=$string(cfg)"                   | answers[0].wait -- | 'cfg' stands
      wait: "=body.wait"                 | wait: "=cfg.nothing & 'x'"              | answers[0].wait -- | no setting 'nothing'
      PLATINUM: 4                        | PLATIN: 4                               | tables.level -- | PLATINUM
      "yyyy-MM-dd HH:mm:ss"              | "yyyy-MM-dd bb:xx"                      | times.local.pattern -- | no pattern
      id: "=$string(id)"                 | identity: "=$string(id)"                | records.customer.row.id -- | missing
      suits: name                        | suits: nome                             | records.customer.fields.name.suits -- | no field 'nome'
      table: level, suits                | table: levels, suits                    | records.customer.fields.level.table -- | no table
      type: flag                         | type: bool                              | records.customer.fields.vip.type -- | flag
      time: local}                       | time: lokal}                            | records.customer.fields.since.time -- | 'lokal'
      tail9], field                      | tail99], field                          | records.customer.find.phone.each.writing[2] -- | tail4 to tail15
      budget: {requests: 6               | budget: {requests: 5                    | records.customer.find.phone.each -- | makes 6 requests
      suits: phones                      | options: []                             | records.customer.find.phone -- | suits: phones
      ref: "=ext_ref"                    | reference: "=ext_ref"                     | records.customer.find.ref -- | row.ref
      rows: "=body.rows", most: 5        | most: 5                                 | records.customer.find.ref -- | where the answer has its rows
      changed: "=$time                   | unchanged: "=$time                      | records.customer.row.changed -- | missing
      resolution: 1s                     | resolution: soon                        | records.customer.changes.cursor.resolution -- | 500ms
      page: {kind: after}                | page: {kind: token}                     | records.customer.scan.page.next -- | missing
      unsure: look                       | unsure: pray                            | records.customer.write.unsure -- | repeat, look, park
      version: "=$string(rev)"           | vision: "=$string(rev)"                 | records.customer.write.conditional -- | row.version
      give: {id: "=$string(body.data.id)" | give: {identity: "=body.data.id"       | records.customer.write.create.give.id -- | missing
      CALL_ID: "=step.reg.body.call"     | CALL_ID: "=step.end.body.call"          | records.interaction.write.create.steps[1] -- | may not wait for each other
      most: 3                            | most: 1                                 | records.task.write.batch.most -- | from 2
      {is: refused, message: "=item.why"} | {status: 400, is: refused}             | records.task.write.batch.results.each -- | is: refused
      key: hook_secret, time             | key: hook_sekret, time                  | hooks[0].check.key -- | no setting
      of: [time, "text::", body]         | of: [time]                              | hooks[0].check.of -- | proves nothing
      of: [time, "text::", body]         | of: [body]                              | hooks[0].check.time -- | not signed
      by: hmac                           | by: nothing                             | hooks[0].check.because -- | why nothing
      keep: "=body.expires"              | keep: "=conn.later"                     | auth.steps[0] -- | may not wait for each other
      """)
  void everyMistakeIsToldWithItsPlaceAndItsMend(String good, String bad, String path, String words) {
    String yaml = Files.text("tulip.yaml");
    assertThat(yaml).contains(good);
    List<Mistake> mistakes = Files.mistakes(yaml.replace(good, bad));
    assertThat(paths(mistakes)).contains(path);
    assertThat(mistakes.stream().filter(mistake -> (mistake.path() + " --").equals(path)))
        .anySatisfy(mistake -> assertThat(mistake.words()).contains(words));
  }

  @Test
  void aBaseWhoseHostIsNotListedIsAMistake() {
    String yaml = Files.text("tulip.yaml").replace("hosts: [\"=cfg.address\"]", "hosts: [api.tulip.example, \"*.tulip.example\"]");
    assertThat(Files.mistakes(yaml.replace("base: \"=cfg.address\"", "base: https://api.rose.example")))
        .extracting(Mistake::path).containsExactly("request.base");
    assertThat(Files.mistakes(yaml.replace("base: \"=cfg.address\"", "base: https://eu.tulip.example/v2"))).isEmpty();
    assertThat(Files.mistakes(yaml.replace("post: \"=cfg.address & '/token'\"", "post: https://login.rose.example/token")))
        .extracting(Mistake::path).containsExactly("auth.steps[0].post");
  }

  @Test
  void allMistakesAreToldAtOnceAndAFileThatIsNoneAtAllBreaksNothing() {
    assertThat(Files.mistakes("{}")).hasSizeGreaterThan(5);
    assertThat(Files.mistakes("{crm: 5, auth: [], request: x, answers: {a: b}, records: {customer: [], house: {}}, hooks: 7, tables: {a: {b: {}}}}"))
        .hasSizeGreaterThan(8)
        .anySatisfy(mistake -> assertThat(mistake.path()).isEqualTo("records.house"));
  }

  @Test
  void aFileWithMistakesIsNotOpened() {
    assertThatThrownBy(() -> Files.open("{crm: {name: x}}", Map.of(), new HandClock()))
        .isInstanceOf(Fault.BadRequest.class).hasMessageContaining("mistakes");
  }
}
