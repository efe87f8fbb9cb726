package io.cordboard.web;

import static io.cordboard.web.SoapCalls.OURS;
import static io.cordboard.web.SoapCalls.code;
import static io.cordboard.web.SoapCalls.document;
import static io.cordboard.web.SoapCalls.envelope;
import static io.cordboard.web.SoapCalls.operation;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.desk.TeamView.PastCall;
import io.cordboard.core.profile.Timeline;
import io.cordboard.core.sync.webhook.EventOutbox.Event;
import io.cordboard.core.sync.webhook.EventType;
import io.cordboard.core.trust.Role;
import io.cordboard.kernel.CustomerId;
import io.cordboard.web.Client.Answer;
import io.cordboard.web.SoapCalls.Told;
import io.cordboard.web.fake.World;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The SOAP services, over HTTP and by their own contract. */
class SoapTest {
  private static final String CALL = "0190a1b2-0000-7000-8000-000000000001";
  private static TestServer server;
  private static World world;
  private static CustomerId customer;
  private static SoapCalls soap;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    world = server.world();
    customer = world.customers.add(1, "王小明 <&> \u0007");
    world.customers.protect(customer, "birth-date", "1990-01-02");
    soap = new SoapCalls(server.with(world.key(Role.SUPERVISOR)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theContractTellsOfEveryOperationByBothVersionsAndOfItsOwnAddress() {
    Document wsdl = document(server.anybody().get("/soap/cordboard?wsdl").body());
    for (String parent : List.of("portType", "binding")) {
      NodeList all = wsdl.getElementsByTagNameNS("http://schemas.xmlsoap.org/wsdl/", parent);
      for (int i = 0; i < all.getLength(); i++) {
        NodeList operations =
            ((Element) all.item(i)).getElementsByTagNameNS("http://schemas.xmlsoap.org/wsdl/", "operation");
        List<String> names = new ArrayList<>();
        for (int n = 0; n < operations.getLength(); n++) {
          names.add(((Element) operations.item(n)).getAttribute("name"));
        }
        assertThat(names).containsExactlyInAnyOrder(
            "FindCustomers", "GetCustomer", "SearchInteractions", "CreateTicket", "UpdateTicket", "GetChanges");
      }
    }
    Element address =
        (Element) SoapCalls.first(wsdl, "http://schemas.xmlsoap.org/wsdl/soap/", "address");
    assertThat(address.getAttribute("location"))
        .isEqualTo("http://127.0.0.1:" + server.port() + "/soap/cordboard");
  }

  @Test
  void aCustomerIsFoundAndShownWithoutProtectedValuesAndStandsInTheAudit() {
    Told found = soap.ask("FindCustomers", "<query>王小明</query><limit>5</limit>");
    assertThat(found.all("id")).contains(customer.toString());
    Told file = soap.ask("GetCustomer", "<id>" + customer + "</id>");
    assertThat(file.one("name")).startsWith("王小明 <&> ").doesNotContain("\u0007");
    assertThat(file.response().getTextContent()).doesNotContain("1990-01-02");
    assertThat(world.audit.entries())
        .anyMatch(e -> e.what().equals("customer-viewed") && e.subject().equals("customer:" + customer)
            && e.details().containsValue("file"));
  }

  @Test
  void callsAreFoundByCustomerAndByDay() {
    world.customers.happened(
        new Timeline.Entry(
            Timeline.Kind.CALL, CALL, Instant.parse("2026-01-05T01:00:00Z"), customer, null, "ANSWERED", null,
            null,
            new Timeline.Call(
                "in", "+8613800138000", "4008001234", "care", "Ann", "solved", 10, 20, null, null,
                List.of(new Timeline.Note(null, "Ann", "a < b")), List.of(), List.of(), false, null, List.of())));
    Told calls = soap.ask("SearchInteractions", "<customerId>" + customer + "</customerId>");
    assertThat(calls.one("callId")).isEqualTo(CALL);
    assertThat(calls.one("note")).isEqualTo("a < b");
    for (int n = 1; n <= 3; n++) {
      world.team.past.add(
          new PastCall(
              CALL.substring(0, 35) + (9 - n), Instant.parse("2026-01-05T01:00:0" + (9 - n) + "Z"), "care", "MISSED",
              null, 1, 2));
    }
    Told first = soap.ask("SearchInteractions", "<day>2026-01-05</day><queue>care</queue><limit>2</limit>");
    assertThat(first.all("callId")).hasSize(2);
    assertThat(world.team.asked.getLast().queue()).isEqualTo("care");
    Told rest =
        soap.ask("SearchInteractions", "<limit>2</limit><cursor>" + first.one("next") + "</cursor>");
    assertThat(rest.all("callId")).hasSize(1);
    assertThat(rest.all("next")).isEmpty();
  }

  @Test
  void aTicketIsOpenedChangedAndClosed() {
    Told made = soap.ask("CreateTicket", "<customerId>" + customer + "</customerId><title>漏水 &amp; more</title>");
    String number = made.one("number");
    assertThat(made.one("state")).isEqualTo("open");
    Told done =
        soap.ask(
            "UpdateTicket",
            "<number>" + number + "</number><state>solved</state><closed>true</closed>");
    assertThat(done.one("closedAt")).isEqualTo(world.clock.now().toString());
    assertThat(done.one("title")).isEqualTo("漏水 & more");
    assertThat(world.audit.actions()).contains("ticket-opened", "ticket-changed");
    assertThat(code(soap.raw(envelope(operation("UpdateTicket", "<number>none</number>"))))).isEqualTo("not-found");
  }

  @Test
  void theFeedBeginsWithAResetAndGoesOnWhereItWasLeft() {
    Told begin = soap.ask("GetChanges", "");
    assertThat(begin.one("reset")).isEqualTo("true");
    UUID id = UUID.randomUUID();
    world.feed.events.add(
        new Event(
            id, EventType.CUSTOMER_CHANGED, customer.value(), 1_000_000, Map.of("customerId", customer.toString())));
    Told next = soap.ask("GetChanges", "<cursor>" + begin.one("cursor") + "</cursor>");
    assertThat(next.one("reset")).isEqualTo("false");
    assertThat(next.all("id")).containsExactly(id.toString());
    assertThat(next.one("type")).isEqualTo("customer.changed");
    assertThat(next.one("value")).isEqualTo(customer.toString());
    assertThat(next.one("more")).isEqualTo("false");
  }

  @Test
  void aKeyIsTakenAsBearerOrAsThePasswordOfBasicThereAndNowhereElse() {
    String key = world.key(Role.SUPERVISOR);
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(("erp:" + key).getBytes(StandardCharsets.UTF_8));
    Client client = server.anybody().header("Authorization", basic);
    assertThat(new SoapCalls(client).ask("GetChanges", "").one("reset")).isEqualTo("true");
    assertThat(client.get("/api/v1/customers").status()).isEqualTo(401);
    for (String wrong : List.of("Basic " + Base64.getEncoder().encodeToString("erp:x".getBytes(StandardCharsets.UTF_8)),
        "Basic !", "Basic ", "Digest x")) {
      Client other = server.anybody().header("Authorization", wrong).header("Content-Type", "text/xml");
      assertThat(other.send("POST", "/soap/cordboard", "<x/>").status()).as(wrong).isEqualTo(401);
    }
    assertThat(server.anybody().header("Content-Type", "text/xml").send("POST", "/soap/cordboard", "<x/>").status())
        .isEqualTo(401);
  }

  @Test
  void whoLacksThePermissionIsRefusedAndItStandsInTheAudit() {
    for (Role role : List.of(Role.INTEGRATION, Role.ADMINISTRATOR)) {
      SoapCalls lacking = new SoapCalls(server.with(world.key(role)));
      Answer answer = lacking.raw(envelope(operation("GetCustomer", "<id>" + customer + "</id>")));
      assertThat(code(answer)).as(role.name()).isEqualTo("forbidden");
      assertThat(answer.body()).contains("SEE_CUSTOMERS").contains("s:Client");
    }
    SoapCalls agent = new SoapCalls(server.with(world.key(Role.AGENT)));
    assertThat(agent.raw(envelope(operation("SearchInteractions", ""))).body())
        .as("a day's calls are the team's").contains("SEE_TEAM");
    assertThat(world.audit.entries())
        .anyMatch(e -> e.what().equals("access-refused") && e.subject().equals("operation:SOAP GetCustomer"));
  }

  @Test
  void theNewerVersionIsSpokenTooWithItsOwnFaults() {
    Client client = server.with(world.key(Role.SUPERVISOR)).header("Content-Type", "application/soap+xml; charset=utf-8");
    String asked = envelope(operation("GetChanges", "")).replace(SoapCalls.ONE_ONE, SoapCalls.ONE_TWO);
    Answer answer = client.send("POST", "/soap/cordboard", asked);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("application/soap+xml");
    assertThat(answer.body()).contains(SoapCalls.ONE_TWO).contains("GetChangesResponse");
    Answer fault = client.send("POST", "/soap/cordboard", asked.replace("GetChanges", "Nothing"));
    assertThat(fault.status()).isEqualTo(400);
    assertThat(fault.body()).contains("<s:Value>s:Sender</s:Value>");
    assertThat(code(fault)).isEqualTo("bad-request");
    assertThat(code(client.send("POST", "/soap/cordboard", envelope(operation("GetChanges", "")))))
        .isEqualTo("version-mismatch");
  }

  @Test
  void theNamespaceOfTheContractIsThatOfTheAnswers() {
    assertThat(new TreeSet<>(List.of(OURS, soap.ask("GetChanges", "").response().getNamespaceURI()))).hasSize(1);
  }
}
