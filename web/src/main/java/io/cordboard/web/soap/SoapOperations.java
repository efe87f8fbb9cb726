package io.cordboard.web.soap;

import io.cordboard.core.desk.TeamDoor;
import io.cordboard.core.desk.TeamDoor.CallsWanted;
import io.cordboard.core.desk.TeamView.PastCall;
import io.cordboard.core.identity.ContactStanding;
import io.cordboard.core.journey.SeeCustomer;
import io.cordboard.core.journey.WorkTickets;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.CustomerSearch;
import io.cordboard.core.profile.Timeline;
import io.cordboard.core.service.Tickets;
import io.cordboard.core.service.Tickets.Ticket;
import io.cordboard.core.sync.webhook.ChangeFeed;
import io.cordboard.core.sync.webhook.EventOutbox.Event;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.web.api.Code;
import io.cordboard.web.api.Cursor;
import io.cordboard.web.api.Input;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What can be asked for, by the names in the contract; the rooms behind it are those of the HTTP interface. */
public final class SoapOperations {
  private static final int MOST = 200;
  private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2199, 12, 31);
  private final Rooms rooms;
  private final Map<String, SoapOperation> all;

  /** Where it is done. */
  public record Rooms(
      SeeCustomer customers, TeamDoor team, WorkTickets tickets, ChangeFeed feed, Clock clock) {}

  /**
   * An operation.
   *
   * @param needs one of them is enough
   * @param takes the names of its parameters
   */
  record SoapOperation(Set<Permission> needs, Set<String> takes, Work work) {}

  /** Does it, and writes the answer. */
  interface Work {
    XmlText answer(XmlNode asked, Principal who);
  }

  public SoapOperations(Rooms rooms) {
    this.rooms = rooms;
    Set<Permission> see = Set.of(Permission.SEE_CUSTOMERS);
    Set<Permission> edit = Set.of(Permission.EDIT_CUSTOMERS);
    this.all =
        Map.of(
            "FindCustomers",
            new SoapOperation(see, Set.of("query", "cursor", "limit"), this::findCustomers),
            "GetCustomer", new SoapOperation(see, Set.of("id"), this::getCustomer),
            "SearchInteractions",
            new SoapOperation(
                Set.of(Permission.SEE_CUSTOMERS, Permission.SEE_TEAM),
                Set.of("customerId", "day", "queue", "outcome", "cursor", "limit"),
                this::searchInteractions),
            "CreateTicket",
            new SoapOperation(
                edit, Set.of("customerId", "number", "title", "state"), this::createTicket),
            "UpdateTicket",
            new SoapOperation(
                edit, Set.of("number", "title", "state", "closed"), this::updateTicket),
            "GetChanges", new SoapOperation(see, Set.of("cursor", "limit"), this::getChanges));
  }

  /** The names of all. */
  Set<String> names() {
    return all.keySet();
  }

  /** One by its name; {@link Fault.BadRequest} when there is none. */
  SoapOperation find(String name) {
    SoapOperation found = all.get(name);
    if (found == null) {
      throw new Fault.BadRequest(
          "There is no operation '%s': look into the WSDL.".formatted(Fault.excerpt(name)));
    }
    return found;
  }

  private static int limit(XmlNode asked, int most) {
    String text = asked.child("limit");
    try {
      return Input.between("limit", text == null ? 50 : Integer.parseInt(text.strip()), 1, most);
    } catch (NumberFormatException noNumber) {
      throw new Fault.BadRequest("'limit' is no number.");
    }
  }

  private static @Nullable String cursor(XmlNode asked) {
    return Input.optional("cursor", asked.child("cursor"), 500);
  }

  private XmlText findCustomers(XmlNode asked, Principal who) {
    CustomerSearch.Position after =
        Cursor.read(
            cursor(asked), 3,
            parts ->
                new CustomerSearch.Position(
                    Integer.parseInt(parts.get(0)), parts.get(1), CustomerId.parse(parts.get(2))));
    CustomerSearch.Found found =
        rooms.customers().search(
            who, Input.text("query", asked.child("query"), 400), after, limit(asked, 100));
    XmlText xml = new XmlText().open("FindCustomersResponse");
    for (CustomerSearch.Hit hit : found.hits()) {
      xml.open("customer")
          .text("id", hit.id())
          .text("kind", hit.kind())
          .text("name", hit.name())
          .text("level", hit.level())
          .text("language", hit.language())
          .text("foundBy", hit.by().name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .text("value", hit.value())
          .close("customer");
    }
    CustomerSearch.Position next = found.next();
    return xml.text("next", next == null ? null : Cursor.of(next.rank(), next.name(), next.id()))
        .text("broad", found.broad())
        .close("FindCustomersResponse");
  }

  private XmlText getCustomer(XmlNode asked, Principal who) {
    SeeCustomer.File file =
        rooms.customers().file(who, CustomerId.parse(Input.text("id", asked.child("id"), 40)));
    Card card = file.card();
    ContactStanding standing = file.standing();
    XmlText xml =
        new XmlText()
            .open("GetCustomerResponse")
            .text("id", card.id())
            .text("version", card.version())
            .text("kind", card.kind())
            .text("name", card.name())
            .text("language", card.language())
            .text("level", card.level())
            .text("since", card.since());
    card.tags().forEach(tag -> xml.text("tag", tag));
    card.identities()
        .forEach(
            one ->
                xml.open("identity").text("kind", one.kind()).text("value", one.value())
                    .text("shared", one.shared()).close("identity"));
    card.orders()
        .forEach(
            one ->
                xml.open("order").text("number", one.number()).text("at", one.at())
                    .text("title", one.title()).text("amountMinor", one.amountMinor())
                    .text("currency", one.currency()).text("state", one.state()).close("order"));
    card.service()
        .forEach(
            one ->
                xml.open("ticket").text("number", one.number()).text("openedAt", one.openedAt())
                    .text("closedAt", one.closedAt()).text("title", one.title())
                    .text("state", one.state()).close("ticket"));
    return xml.text("doNotCall", standing.doNotCall())
        .text("openAttempts", standing.attempts())
        .close("GetCustomerResponse");
  }

  private XmlText searchInteractions(XmlNode asked, Principal who) {
    String customer = Input.optional("customerId", asked.child("customerId"), 40);
    return customer == null
        ? ofDay(asked, who)
        : ofCustomer(CustomerId.parse(customer), asked, who);
  }

  private XmlText ofCustomer(CustomerId customer, XmlNode asked, Principal who) {
    if (asked.child("day") != null || asked.child("queue") != null || asked.child("outcome") != null) {
      throw new Fault.BadRequest("'customerId' goes with 'cursor' and 'limit' only.");
    }
    Timeline.Position after =
        Cursor.read(
            cursor(asked), 2,
            parts -> new Timeline.Position(Long.parseLong(parts.get(0)), parts.get(1)));
    Timeline.Page page =
        rooms.customers().timeline(who, customer, Set.of(Timeline.Kind.CALL), after, limit(asked, MOST));
    XmlText xml = new XmlText().open("SearchInteractionsResponse");
    page.entries().forEach(entry -> interaction(xml, entry));
    Timeline.Position next = page.next();
    return xml.text("next", next == null ? null : Cursor.of(next.at(), next.key()))
        .close("SearchInteractionsResponse");
  }

  private static void interaction(XmlText xml, Timeline.Entry entry) {
    Timeline.Call call = entry.call();
    xml.open("interaction").text("callId", entry.id()).text("at", entry.at());
    if (call != null) {
      xml.text("direction", call.direction()).text("line", call.line()).text("queue", call.queue());
    }
    xml.text("outcome", entry.state());
    if (call != null) {
      xml.text("agent", call.agent())
          .text("disposition", call.disposition())
          .text("waitMillis", call.waitMillis())
          .text("talkMillis", call.talkMillis());
      call.notes().forEach(note -> xml.text("note", note.text()));
    }
    xml.close("interaction");
  }

  private XmlText ofDay(XmlNode asked, Principal who) {
    who.mustHave(Permission.SEE_TEAM);
    int most = limit(asked, MOST);
    TeamDoor.Position before =
        Cursor.read(
            cursor(asked), 2,
            parts ->
                new TeamDoor.Position(
                    Long.parseLong(parts.get(0)), new CallId(Code.id(parts.get(1)))));
    List<PastCall> calls =
        rooms.team().calls(
            new CallsWanted(
                day(asked.child("day")), Input.optional("queue", asked.child("queue"), 40), null,
                Input.optional("outcome", asked.child("outcome"), 40), before, most));
    XmlText xml = new XmlText().open("SearchInteractionsResponse");
    for (PastCall call : calls) {
      xml.open("interaction")
          .text("callId", call.callId())
          .text("at", call.arrivedAt())
          .text("queue", call.queue())
          .text("outcome", call.outcome())
          .text("agent", call.agent())
          .text("waitMillis", call.waitMillis())
          .text("talkMillis", call.talkMillis())
          .close("interaction");
    }
    PastCall last = calls.size() < most ? null : calls.getLast();
    return xml.text("next", last == null ? null : Cursor.of(micros(last.arrivedAt()), last.callId()))
        .close("SearchInteractionsResponse");
  }

  private static @Nullable LocalDate day(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      LocalDate day = LocalDate.parse(text.strip());
      if (!day.isBefore(FIRST) && !day.isAfter(LAST)) {
        return day;
      }
    } catch (DateTimeException noDay) {
      // told below
    }
    throw new Fault.BadRequest("'day' is no day such as 2026-01-05 on which anybody called.");
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  private XmlText createTicket(XmlNode asked, Principal who) {
    String state = asked.child("state");
    return ticket(
        "CreateTicketResponse",
        rooms.tickets().open(
            who,
            CustomerId.parse(Input.text("customerId", asked.child("customerId"), 40)),
            Input.optional("number", asked.child("number"), 60),
            Input.text("title", asked.child("title"), 200),
            state == null ? "open" : Code.short40("state", state)));
  }

  private XmlText updateTicket(XmlNode asked, Principal who) {
    String state = asked.child("state");
    return ticket(
        "UpdateTicketResponse",
        rooms.tickets().change(
            who,
            Input.text("number", asked.child("number"), 60),
            new Tickets.Change(
                Input.optional("title", asked.child("title"), 200),
                state == null ? null : Code.short40("state", state),
                yesOrNo(asked.child("closed")))));
  }

  private static @Nullable Boolean yesOrNo(@Nullable String text) {
    return switch (text == null ? "" : text.strip()) {
      case "" -> null;
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new Fault.BadRequest("'closed' is true or false.");
    };
  }

  private static XmlText ticket(String name, Ticket ticket) {
    return new XmlText()
        .open(name)
        .text("customerId", ticket.customer())
        .text("number", ticket.number())
        .text("openedAt", Clock.instant(ticket.openedAt()))
        .text("closedAt", Clock.instantOrNull(ticket.closedAt()))
        .text("title", ticket.title())
        .text("state", ticket.state())
        .close(name);
  }

  private XmlText getChanges(XmlNode asked, Principal who) {
    int most = limit(asked, 500);
    ChangeFeed.Changes changes =
        rooms.feed().since(Cursor.number(cursor(asked)), most, rooms.clock().micros());
    XmlText xml = new XmlText().open("GetChangesResponse").text("reset", changes.reset());
    for (Event event : changes.events()) {
      xml.open("change").text("id", event.id()).text("type", event.type().code())
          .text("at", Clock.instant(event.at()));
      new TreeMap<>(event.ids())
          .forEach((name, id) -> xml.open("of").text("name", name).text("value", id).close("of"));
      xml.close("change");
    }
    return xml.text("cursor", changes.next())
        .text("more", changes.events().size() == most)
        .close("GetChangesResponse");
  }
}
