package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Username;
import io.cordboard.web.Client.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetupFileTest {
  private static final String SETUP = "/api/v1/setup";
  private static final String FILE =
      """
      users:
        - name: agent7
          shown: 坐席七
          role: agent
          team: day
        - {name: leader1, shown: Leader, role: supervisor}
      teams:
        - {id: day, label: 白班}
      queues:
        - {id: care, label: 客户服务, agents: [leader1], teams: [day]}
      hours:
        - id: office
          label: Office
          zone: Asia/Shanghai
          week:
            - {days: [mon-fri], from: '09:00', to: '18:00'}
          holidays:
            - {date: 2026-10-01, label: 国庆节}
      lines:
        - number: +86 10 8555 1234
          label: 北京直线
          queue: care
          hours: office
          closed: {version: zh-1, language: zh-CN, text: 现在是非工作时间。}
      dispositions:
        - {code: solved, zh: 已解决, en: Solved}
        - {code: "no", zh: 否, en: No}
      trunks:
        - name: acme
          region: CN
          areaCode: "0755"
          rewrites:
            - {pattern: 00852|., replacement: +852$}
      """;

  private TestServer server;
  private Client client;

  @BeforeEach
  void start() {
    server = TestServer.start();
    client = server.as(server.world().person(Role.ADMINISTRATOR));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer put(String query, String file) {
    return client.header("Content-Type", "application/yaml").send("PUT", SETUP + query, file);
  }

  private List<String> changes(Answer answer) {
    return answer.json().at("/changes").valueStream()
        .map(c -> c.get("kind").asString() + " " + c.get("section").asString() + " " + c.get("name").asString())
        .toList();
  }

  @Test
  void aFileIsShownThenAppliedAndASecondTimeThereIsNothingToDo() {
    Answer shown = put("?dryRun=true", FILE);
    assertThat(shown.status()).as(shown.body()).isEqualTo(200);
    assertThat(changes(shown))
        .containsExactly(
            "ADDED users agent7", "ADDED users leader1", "ADDED teams day", "ADDED queues care",
            "ADDED hours office", "ADDED lines +861085551234", "ADDED dispositions solved",
            "ADDED dispositions no", "ADDED trunks acme");
    assertThat(server.world().users.login(new Username("agent7"))).isEmpty();
    Answer done = put("?basedOn=" + shown.text("/basedOn"), FILE);
    assertThat(done.status()).as(done.body()).isEqualTo(200);
    assertThat(done.json().at("/passwords").valueStream().map(p -> p.get("user").asString()))
        .containsExactly("agent7", "leader1");
    assertThat(done.text("/passwords/0/password")).hasSizeGreaterThan(12);
    assertThat(server.world().users.login(new Username("agent7")).orElseThrow().user().mustChangePassword()).isTrue();
    Answer again = put("", FILE);
    assertThat(again.status()).as(again.body()).isEqualTo(200);
    assertThat(again.json().at("/changes").isEmpty()).as(again.body()).isTrue();
    assertThat(again.json().at("/passwords").isEmpty()).isTrue();
    assertThat(server.world().audit.entries().stream().map(e -> e.what() + " " + e.subject()))
        .contains("setup-applied setup", "setup-added queues:care", "setup-added lines:+861085551234")
        .anyMatch(entry -> entry.startsWith("user-created user:"));
  }

  @Test
  void whatIsExportedCanBeAppliedAndChangesNothing() {
    put("", FILE);
    Answer export = client.get(SETUP);
    String yaml = export.text("/yaml");
    assertThat(yaml).contains("+861085551234", "mon-fri", "'no'", "坐席七").doesNotContain("password");
    assertThat(changes(put("?dryRun=true", yaml))).isEmpty();
    assertThat(export.text("/sections/queues/0/id")).isEqualTo("care");
  }

  @Test
  void aSectionThatIsLeftOutStaysAndOneThatStandsThereIsWhole() {
    put("", FILE);
    assertThat(changes(put("", "dispositions: [{code: solved, zh: 已解决, en: Done}]")))
        .containsExactly("CHANGED dispositions solved", "REMOVED dispositions no");
    assertThat(client.get(SETUP).json().at("/sections/queues").size()).isEqualTo(1);
    assertThat(changes(put("", "users: [{name: leader1, shown: Leader, role: supervisor, active: false}]")))
        .containsExactly("CHANGED users leader1");
    assertThat(client.get(SETUP).text("/yaml")).contains("agent7");
  }

  private static String agent7(String phones) {
    return "users: [{name: agent7, shown: 坐席七, role: agent, team: day, %s}]".formatted(phones);
  }

  private static String phone(String key, String extension, String kind) {
    return "%s: {switch: demo, extension: '%s', kind: %s}".formatted(key, extension, kind);
  }

  @Test
  void aUserHasASecondPhoneOfAnotherKindAndChoosesWhichOneRings() {
    put("", FILE);
    String both = agent7(phone("phone", "7", "browser") + ", " + phone("sparePhone", "8", "sip"));
    assertThat(changes(put("", both))).containsExactly("CHANGED users agent7");
    User user = server.world().users.login(new Username("agent7")).orElseThrow().user();
    Phone sip = new Phone("demo", "8", Phone.Kind.SIP);
    assertThat(server.world().spares.all()).isEqualTo(Map.of(user.id(), sip));
    assertThat(changes(put("?dryRun=true", client.get(SETUP).text("/yaml")))).isEmpty();
    // told the other way round they are the same two
    String round = agent7(phone("phone", "8", "sip") + ", " + phone("sparePhone", "7", "browser"));
    assertThat(changes(put("", round))).isEmpty();
    // the one alone: that one rings, and the other is kept
    put("", agent7(phone("phone", "8", "sip")));
    assertThat(server.world().spares.all())
        .isEqualTo(Map.of(user.id(), new Phone("demo", "7", Phone.Kind.BROWSER)));
    assertThat(changes(put("", agent7("active: true")))).isEmpty();
    assertThat(changes(put("", agent7("sparePhone: none, phone: none"))))
        .containsExactly("CHANGED users agent7");
    assertThat(server.world().spares.all()).isEmpty();
    assertThat(server.world().users.login(new Username("agent7")).orElseThrow().user().phone()).isNull();
  }

  @Test
  void aSecondPhoneThatCannotBeIsNamedWithItsPlace() {
    put("", FILE);
    String like = agent7(phone("phone", "7", "sip") + ", " + phone("sparePhone", "8", "sip"));
    assertThat(put("?dryRun=true", like).text("/wrong/0/path")).isEqualTo("users/0/sparePhone");
    String same = agent7(phone("phone", "7", "sip") + ", " + phone("sparePhone", "7", "browser"));
    assertThat(put("?dryRun=true", same).text("/wrong/0/detail")).contains("belongs to agent7");
    Answer text = put("?dryRun=true", agent7("sparePhone: some"));
    assertThat(text.text("/wrong/0/detail")).contains("'none' for no phone");
  }

  @Test
  void browserPhonesAnswerAQueuesCallsWhereItSaysSo() {
    put("", FILE);
    String queue = "queues: [{id: care, label: 客户服务, agents: [leader1], teams: [day]%s}]";
    Answer on = put("", queue.formatted(", autoAnswer: true"));
    assertThat(on.text("/changes/0/fields/0/name")).isEqualTo("autoAnswer");
    assertThat(client.get(SETUP).json().at("/sections/queues/0/autoAnswer").asBoolean()).isTrue();
    assertThat(changes(put("", queue.formatted("")))).containsExactly("CHANGED queues care");
    assertThat(client.get(SETUP).json().at("/sections/queues/0/autoAnswer").isMissingNode()).isTrue();
  }

  @Test
  void whoMayDoLessAfterwardsIsSignedOut() {
    User boss = server.world().person(Role.SUPERVISOR);
    Client other = server.as(boss);
    Answer done =
        put("", "users: [{name: %s, shown: Boss, role: agent}]".formatted(boss.username()));
    assertThat(done.status()).as(done.body()).isEqualTo(200);
    assertThat(other.get("/api/v1/session").status()).isEqualTo(401);
  }

  @Test
  void whoPerhapsMayDoLessIsSignedOutTooWhereTheDatabaseDoesNotTell() {
    User boss = server.world().person(Role.SUPERVISOR);
    Client other = server.as(boss);
    server.world().setup.loseAnswers();
    Answer lost =
        put("", "users: [{name: %s, shown: Boss, role: agent}]".formatted(boss.username()));
    assertThat(lost.status()).as(lost.body()).isGreaterThanOrEqualTo(500);
    assertThat(other.get("/api/v1/session").status()).isEqualTo(401);
    assertThat(server.world().audit.entries().stream().map(e -> e.what() + " " + e.outcome()))
        .contains("user-changed DONE", "setup-applied FAILED");
  }

  @Test
  void theTrailTellsWhatWasGrantedAndWithdrawn() {
    User person =
        server.world().person(Role.AGENT, null, Set.of(Permission.SEE_TEAM, Permission.SEE_SYSTEM), false);
    put(
        "",
        "users: [{name: %s, shown: Ann, role: agent, grants: [see-team, lead-team]}]"
            .formatted(person.username()));
    assertThat(server.world().audit.entries().stream().map(e -> e.what() + " " + e.details()))
        .contains(
            "user-changed {active=true, granted=LEAD_TEAM, role=AGENT, withdrawn=SEE_SYSTEM}");
  }

  @Test
  void thePasswordsAreToldThoughTheRestCannotBeReadAgain() {
    server.world().teamChangesFail.set(true);
    Answer done = put("", FILE);
    assertThat(done.status()).as(done.body()).isEqualTo(200);
    assertThat(done.json().at("/passwords").size()).isEqualTo(2);
    assertThat(server.world().audit.actions()).contains("user-created", "setup-added");
  }

  @Test
  void whatSomebodyElseChangedMeanwhileIsNotOverwritten() {
    String basedOn = put("?dryRun=true", FILE).text("/basedOn");
    put("", "dispositions: [{code: other, zh: 其他, en: Other}]");
    Answer late = put("?basedOn=" + basedOn, FILE);
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.text("/detail")).contains("meanwhile");
    assertThat(server.world().users.login(new Username("agent7"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zone: Asia/Shanghai|zone: Asia/Shanghi|14|no time zone",
        "queue: care|queue: cares|22|Did you mean 'care'?",
        "hours: office|hours: offices|23|Did you mean 'office'?",
        "queue: care|queu: care|22|Did you mean 'queue'?",
        "agents: [leader1], teams: [day]|agents: []|10|has no agents",
        "agents: [leader1]|agents: [leader2]|10|Did you mean 'leader1'?",
        "to: '18:00'|to: '08:00'|16|never opens",
        "role: supervisor|role: integration, password: x|6|No password",
        "region: CN|region: China|30|ISO 3166",
        "team: day|team: night|5|no team 'night'",
        "agents: [leader1], teams: [day]|parkSeconds: 5, teams: [day]|10|from 30 to 3600",
        "agents: [leader1], teams: [day]|dropOut: away, teams: [day]|10|none of complete, back",
        "agents: [leader1], teams: [day]|announceSeconds: 10, teams: [day]|10|from 15 to 3600",
        "agents: [leader1], teams: [day]|callBackKey: '1', teams: [day]|10|give 'announceSeconds' too",
        "agents: [leader1], teams: [day]|announceSeconds: 45, callBackKey: '9', teams: [day]|10|one digit",
        "hours: office|priority: 10|23|whole number from 0 to 9",
        "language: zh-CN|language: Chinese!|24|no language",
      })
  void aWrongPartIsNamedWithItsLineAndTheMendAndNothingChanges(
      String right, String bad, int line, String words) {
    String file = FILE.replace(right, bad);
    assertThat(file).isNotEqualTo(FILE);
    Answer shown = put("?dryRun=true", file);
    assertThat(shown.json().at("/wrong").isEmpty()).as(shown.body()).isFalse();
    assertThat(shown.body()).contains("\"line\":" + line + ",", words);
    assertThat(changes(shown)).isEmpty();
    Answer refused = put("", file);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("/detail")).contains("line " + line, words);
    assertThat(client.get(SETUP).json().at("/sections/queues").isEmpty()).isTrue();
  }

  private static final String OUTCOMES =
      """
      dispositions:
        - {code: complaint, zh: 投诉, en: Complaint}
        - {code: late, in: complaint, zh: 送货晚, en: Delivered late}
      fields:
        - {id: order, zh: 订单号, en: Order, kind: text, required: true, lines: ['+861085551234']}
        - {id: refund, zh: 退款, en: Refund, kind: choice, choices: [全额, 部分]}
      templates:
        - {id: promise, label: 承诺, text: '已承诺 {customer} 于 {date} 前回复'}
        - {id: other, label: 其他, text: 其他, lines: ['+861085551234']}
      """;

  @Test
  void whatAgentsFillInIsAppliedExportedAndPutInAnotherOrder() {
    put("", FILE);
    assertThat(changes(put("", OUTCOMES)))
        .containsExactly(
            "ADDED dispositions complaint", "ADDED dispositions late", "REMOVED dispositions solved",
            "REMOVED dispositions no", "ADDED fields order", "ADDED fields refund",
            "ADDED templates promise", "ADDED templates other");
    String yaml = client.get(SETUP).text("/yaml");
    assertThat(yaml).contains("in: complaint", "kind: choice", "已承诺 {customer} 于 {date} 前回复");
    assertThat(changes(put("?dryRun=true", yaml))).isEmpty();
    String swapped =
        "fields:\n" + OUTCOMES.lines().filter(l -> l.contains("id: refund")).findFirst().orElseThrow()
            + "\n" + OUTCOMES.lines().filter(l -> l.contains("id: order")).findFirst().orElseThrow();
    assertThat(changes(put("", swapped))).containsExactly("CHANGED fields *");
    assertThat(client.get(SETUP).text("/sections/fields/0/id")).isEqualTo("refund");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "in: complaint|in: complaints|3|Did you mean 'complaint'?",
        "in: complaint|in: late|3|or in itself",
        "kind: text|kind: texts|5|Did you mean 'text'?",
        "choices: [全额, 部分]|choices: [全额]|6|2 to 50 choices",
        "kind: text|kind: text, choices: [a, b]|5|Only kind: choice",
        "lines: ['+861085551234']}|lines: ['+861085551235']}|5|no line",
        "id: order|id: Order|5|small letters",
        "label: 承诺|labl: 承诺|8|Did you mean 'label'?",
      })
  void whatAgentsCouldNotFillInIsRefusedWithItsPlace(
      String right, String bad, int line, String words) {
    put("", FILE);
    String file = OUTCOMES.replace(right, bad);
    Answer shown = put("?dryRun=true", file);
    assertThat(shown.body()).contains("\"line\":" + line + ",", words);
    assertThat(put("", file).status()).isEqualTo(400);
  }

  @Test
  void hoursThatNeverOpenAndANumberThatStandsTwiceAreRefused() {
    assertThat(wrong("hours: [{id: a, label: A, zone: UTC, holidays: [{date: 2026-01-01}]}]"))
        .contains("These hours never open");
    assertThat(
            wrong(
                FILE.replace(
                    "dispositions:",
                    "  - {number: +861085551234, label: B, queue: care}\ndispositions:")))
        .contains("stands in the file twice, first at lines/0", "lines/1/number");
  }

  @Test
  void aFileThatIsNoYamlTellsWhere() {
    assertThat(wrong("queues:\n  - {id: care")).contains("This is no YAML", "\"line\":2");
    assertThat(wrong("a: &x [1]\nb: *x")).contains("write the part itself");
    assertThat(wrong("queues: [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]")).contains("This is no YAML");
    assertThat(wrong("just words")).contains("Here belong keys");
    assertThat(wrong("teams: []\nteams: []")).contains("twice", "\"line\":2");
    assertThat(wrong("queues: 7")).contains("Here belongs a list");
  }

  private String wrong(String file) {
    Answer shown = put("?dryRun=true", file);
    assertThat(shown.status()).as(shown.body()).isEqualTo(200);
    assertThat(put("", file).status()).isEqualTo(400);
    return shown.body();
  }

  @Test
  void theLastAdministratorCannotBeTurnedOff() {
    User me = server.world().users.list().getFirst();
    assertThat(
            wrong("users: [{name: %s, shown: Me, role: administrator, active: false}]".formatted(me.username())))
        .contains("No active administrator");
  }

  @Test
  void anAdministratorWhoMayNotManageUsersIsToldToLeaveThemOut() {
    User person =
        server.world().person(Role.SUPERVISOR, null, Set.of(Permission.MANAGE_SYSTEM), false);
    Client other = server.as(person).header("Content-Type", "application/yaml");
    Answer refused = other.send("PUT", SETUP, FILE);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("/detail")).contains("leave 'users' out");
    Answer shown = other.send("PUT", SETUP + "?dryRun=true", "users: []");
    assertThat(shown.status()).as("a plan tells of users too").isEqualTo(403);
    assertThat(other.send("PUT", SETUP, "teams: [{id: day, label: Day}]").status()).isEqualTo(200);
    assertThat(other.get(SETUP).body()).doesNotContain(person.username().value());
  }
}
