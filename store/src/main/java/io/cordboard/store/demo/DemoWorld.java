package io.cordboard.store.demo;

import io.cordboard.core.profile.Spelling;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Makes families and companies one after the other, the same ones for the same seed and the same day.
 * One thread.
 */
final class DemoWorld {
  /** The number that the README calls from. */
  static final String README_NUMBER = "+8613800138000";

  private static final String BY = "demo";
  private static final long SECOND = 1_000_000L;
  private static final long DAY = 86_400 * SECOND;
  // 2025-01-01, so that ids of a load are in the order in which they are written
  private static final long ID_BASE_MILLIS = 1_735_689_600_000L;
  private static final List<String> LEVELS = List.of("STANDARD", "SILVER", "GOLD", "PLATINUM");
  private static final List<String> LINES =
      List.of(DemoSettings.RECORDED_LINE, DemoSettings.RINGING_LINE);
  private static final List<String> DISPOSITIONS =
      List.of("solved", "follow-up", "order", "complaint");

  private final SplittableRandom random;
  private final DemoNumbers numbers;
  private final List<AgentId> agents;
  private final long now;
  private final DemoTables out;
  private final Spelling spelling = new Spelling();
  private long ids;
  private long made;

  DemoWorld(DemoData.Plan plan, long nowMicros, DemoTables out) {
    this.random = new SplittableRandom(plan.seed());
    this.numbers = new DemoNumbers(plan.numbersInUse());
    this.agents = plan.agents();
    this.now = nowMicros - nowMicros % DAY;
    this.out = out;
  }

  /** How many customers there are so far. */
  long made() {
    return made;
  }

  /** One more family or company, of at most this many customers. */
  void next(int atMost) {
    boolean chinese = !numbers.englishLeft() || random.nextDouble() < 0.7;
    if (made == 0) {
      readmeFamily(Math.min(2, atMost));
    } else if (atMost >= 2 && random.nextDouble() < 0.2) {
      company(chinese, Math.min(atMost, 2 + random.nextInt(4)));
    } else {
      family(chinese, Math.min(atMost, familySize()));
    }
  }

  private int familySize() {
    double which = random.nextDouble();
    return which < 0.5 ? 1 : which < 0.75 ? 2 : which < 0.9 ? 3 : 4;
  }

  private void readmeFamily(int size) {
    String home = numbers.landline(true);
    UUID first = customer("PERSON", "李明", true, "GOLD");
    link(first, "mobile", README_NUMBER);
    link(first, "home", home);
    facts(first, true, README_NUMBER, 4, 2);
    if (size > 1) {
      person(true, "王", home, "home", numbers.mobile(true));
    }
  }

  private void family(boolean chinese, int size) {
    String family = DemoNames.family(chinese, random);
    String home = numbers.landline(chinese);
    for (int i = 0; i < size; i++) {
      person(chinese, family, home, "home", numbers.mobile(chinese));
    }
  }

  private void company(boolean chinese, int size) {
    String main = numbers.landline(chinese);
    UUID company = customer("COMPANY", DemoNames.company(chinese, random), chinese, level());
    link(company, "main-line", main);
    link(company, "main-line", numbers.landline(chinese));
    link(company, "email", DemoNames.email(made, true));
    facts(company, chinese, main, random.nextInt(10), random.nextInt(4));
    for (int i = 1; i < size; i++) {
      String family = DemoNames.family(chinese, random);
      person(chinese, family, main, "work", numbers.mobile(chinese));
    }
  }

  private void person(boolean chinese, String family, String shared, String kind, String mobile) {
    String name = DemoNames.person(chinese, family, random);
    UUID person = customer("PERSON", name, chinese, level());
    link(person, "mobile", mobile);
    link(person, kind, shared);
    if (random.nextDouble() < 0.3) {
      link(person, "mobile", numbers.mobile(chinese));
    }
    if (random.nextDouble() < 0.15) {
      link(person, "work", numbers.landline(chinese));
    }
    if (random.nextDouble() < 0.4) {
      link(person, "email", DemoNames.email(made, false));
    }
    facts(person, chinese, mobile, random.nextInt(6), random.nextInt(3));
  }

  private UUID customer(String kind, String name, boolean chinese, String level) {
    UUID id = id();
    LocalDate since =
        LocalDate.ofInstant(Clock.instant(before(3_000, 100)), ZoneOffset.UTC);
    out.customers.row(
        id, kind, name, spelling.of(name), DemoTexts.of(chinese).language(), level, since, true);
    made++;
    return id;
  }

  private String level() {
    double which = random.nextDouble();
    return LEVELS.get(which < 0.6 ? 0 : which < 0.82 ? 1 : which < 0.95 ? 2 : 3);
  }

  private void link(UUID customer, String kind, String value) {
    long since = before(1_000, 90);
    long confirmed = random.nextDouble() < 0.3 ? before(90, 1) : 0;
    out.identities.row(id(), customer, kind, value, since, BY, confirmed, confirmed == 0 ? null : BY);
  }

  private void facts(UUID customer, boolean chinese, String number, int orders, int services) {
    DemoTexts texts = DemoTexts.of(chinese);
    for (int i = 0; i < orders; i++) {
      order(customer, texts, i == 0 ? 60 : 900);
    }
    for (int i = 0; i < services; i++) {
      service(customer, texts, i == 0 && random.nextDouble() < 0.4);
    }
    tags(customer, texts.tags());
    sensitive(customer);
    boolean granted = random.nextDouble() < 0.9;
    out.consents.row(customer, "recording", before(300, 10), granted, "demo-1", BY);
    for (int left = random.nextInt(3); left > 0 && !agents.isEmpty(); left--) {
      call(customer, texts, number, chinese);
    }
  }

  private void order(UUID customer, DemoTexts texts, int days) {
    long at = before(days, 1);
    String title = DemoNames.pick(texts.products(), random);
    String currency = DemoNames.pick(texts.currencies(), random);
    String state = at > now - 5 * DAY ? "shipped" : random.nextDouble() < 0.06 ? "returned" : "delivered";
    long amount = 9_900 + 100L * random.nextInt(9_000);
    out.orders.row(customer, at, "SO-" + shortId(), title, amount, currency, state);
  }

  private void service(UUID customer, DemoTexts texts, boolean open) {
    long openedAt = before(open ? 20 : 700, open ? 1 : 30);
    long closedAt = open ? 0 : openedAt + (1 + random.nextInt(20)) * DAY;
    String title = DemoNames.pick(texts.issues(), random);
    String state = open ? "in-progress" : "closed";
    out.services.row(customer, openedAt, "T-" + shortId(), closedAt, title, state);
  }

  private void tags(UUID customer, List<String> names) {
    int first = random.nextInt(names.size());
    for (int i = random.nextInt(3); i > 0; i--) {
      out.tags.row(customer, names.get((first + i) % names.size()), before(400, 20), BY);
    }
  }

  // 000000 is the code of no place, so that this is nobody's number
  private void sensitive(UUID customer) {
    LocalDate birth = LocalDate.of(1950 + random.nextInt(55), 1 + random.nextInt(12), 1 + random.nextInt(28));
    out.sensitive.row(customer, "birth-date", birth);
    String compact = birth.toString().replace("-", "");
    out.sensitive.row(customer, "id-number", "000000" + compact + format("%04d", random.nextInt(10_000)));
  }

  private void call(UUID customer, DemoTexts texts, String number, boolean chinese) {
    long arrived = before(200, 2) + random.nextInt(36_000) * SECOND;
    UUID call = new UUID(arrived / 1000 << 16 | 0x7000L | random.nextInt(4096), tail());
    AgentId agent = DemoNames.pick(agents, random);
    long wait = 2_000 + random.nextInt(20_000);
    long talk = 20_000 + random.nextInt(400_000);
    long answered = arrived + wait * 1000;
    long ended = answered + talk * 1000;
    String line = chinese ? DemoNames.pick(LINES, random) : DemoSettings.ENGLISH_LINE;
    String disposition = DemoNames.pick(DISPOSITIONS, random);
    out.calls.row(
        call, customer, "CLEAR", number, false, line, DemoSettings.CARE, "demo", "demo-" + shortId(),
        "demo", true, arrived, answered, ended, "ANSWERED", "FAR", 16, 200, "bye", wait, talk, 0, 0,
        agent, disposition, 0, 0);
    out.segments.row(
        call, 1, agent, arrived, answered, ended, ended + 30 * SECOND, "ENDED", disposition);
    String notes = DemoNames.pick(texts.notes(), random);
    out.notes.row(call, agent, notes, 1, ended + 10 * SECOND);
  }

  /** A moment at least {@code atLeast} and at most {@code atMost} days ago. */
  private long before(int atMost, int atLeast) {
    return now - random.nextLong(atLeast * DAY, atMost * DAY);
  }

  private UUID id() {
    long k = ids++;
    return new UUID(ID_BASE_MILLIS + k / 4096 << 16 | 0x7000L | k % 4096, tail());
  }

  private long tail() {
    return random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
  }

  private String shortId() {
    return format("%08d", ids++);
  }

  private static String format(String pattern, Object value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
