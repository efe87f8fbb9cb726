package io.cordboard.core.sync;

import io.cordboard.core.sync.SyncStore.Kept;
import io.cordboard.core.sync.ThreeWay.Clash;
import io.cordboard.core.sync.ThreeWay.Sides;
import io.cordboard.core.work.RetrySchedule;
import io.cordboard.core.work.WorkHandler;
import io.cordboard.core.work.WorkItem;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.RemoveRecords;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings records of one system in line with ours: what stands here, what stands there as far as that has to be read,
 * what both agreed on; then one request with what differs, and the new agreement. A record whose write is in doubt is
 * read first, so that nothing is written twice.
 */
public final class SendRecords implements WorkHandler.Batch {
  private static final Duration TURN = Duration.ofSeconds(20);
  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final String CUSTOMER = "customer";

  private final Joined joined;
  private final SyncStore store;
  private final ReceiveRecords receive;
  private final Clock clock;
  private final RetrySchedule retries;
  /** Since when a record waits for its customer, by the number of its work. */
  private final Map<Long, Long> waiting = new ConcurrentHashMap<>();

  public SendRecords(Joined joined, SyncStore store, ReceiveRecords receive, Clock clock, RetrySchedule retries) {
    this.retries = retries;
    this.joined = joined;
    this.store = store;
    this.receive = receive;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return Joined.workKind(joined.name());
  }

  @Override
  public int most() {
    return joined.mappings().keySet().stream()
        .filter(kind -> joined.crm().can(kind, Ability.WRITE))
        .mapToInt(kind -> joined.crm().as(WriteRecords.class, kind).mostWritten())
        .max()
        .orElse(1);
  }

  @Override
  public RetrySchedule retries() {
    return retries;
  }

  @Override
  public List<@Nullable Fault> runAll(List<WorkItem> items, Lease lease) {
    Map<WorkItem, Fault> faults = new HashMap<>();
    Map<RecordKind, List<Task>> byKind = new LinkedHashMap<>();
    for (WorkItem item : items) {
      try {
        Task task = new Task(item, RecordKey.of(item.key()));
        byKind.computeIfAbsent(task.key.kind(), kind -> new ArrayList<>()).add(task);
      } catch (Fault unreadable) {
        faults.put(item, unreadable);
      }
    }
    byKind.forEach((kind, tasks) -> lineUp(kind, tasks, lease));
    byKind.values().forEach(tasks -> tasks.forEach(task -> {
      if (task.fault != null) {
        faults.put(task.item, task.fault);
      }
    }));
    List<@Nullable Fault> outcome = new ArrayList<>(items.size());
    items.forEach(item -> outcome.add(faults.get(item)));
    return outcome;
  }

  /** One record on its way. */
  private static final class Task {
    final WorkItem item;
    final RecordKey key;
    @Nullable Ours ours;
    @Nullable Link link;
    @Nullable CrmRecord theirs;
    @Nullable ThreeWay plan;
    @Nullable Fault fault;
    boolean over;
    String customer = "";

    Task(WorkItem item, RecordKey key) {
      this.item = item;
      this.key = key;
    }

    void fail(Fault why) {
      fault = why;
      over = true;
    }

    String ref() {
      return link == null || link.ref().isEmpty() ? key.id() : link.ref();
    }
  }

  private void lineUp(RecordKind kind, List<Task> tasks, Lease lease) {
    if (!joined.flows(kind) || !joined.crm().can(kind, Ability.WRITE)) {
      return;
    }
    try {
      load(kind, tasks);
      tasks.forEach(this::withdraw);
      customers(kind, tasks);
      lookAtTheirs(kind, tasks);
      tasks.stream().filter(task -> !task.over).forEach(this::plan);
      lease.mustHold();
      write(kind, tasks.stream().filter(task -> !task.over).toList());
    } catch (Fault whole) {
      tasks.stream().filter(task -> !task.over).forEach(task -> task.fail(whole));
    }
  }

  private void load(RecordKind kind, List<Task> tasks) {
    List<String> ids = tasks.stream().map(task -> task.key.id()).toList();
    Map<String, Ours> ours = store.ours(kind, ids);
    Map<String, Link> links = store.links(joined.name(), kind, ids);
    for (Task task : tasks) {
      task.ours = ours.get(task.key.id());
      task.link = links.get(task.key.id());
      task.over = task.ours == null && task.link == null;
    }
  }

  /** Ours is no more, or is somebody else's: theirs goes, as far as it can. */
  private void withdraw(Task task) {
    Ours ours = task.ours;
    Link link = task.link;
    if (task.over || link == null) {
      task.over |= ours == null || ours.gone();
      return;
    }
    // what is told of a contact is taken away where it does not belong; all else is given its new customer
    boolean moved =
        ours != null && !ours.gone() && task.key.kind() == RecordKind.INTERACTION && isOfAnother(ours, link);
    if (ours != null && !ours.gone() && !moved) {
      task.over = link.state() == Link.State.GONE_THERE || link.state() == Link.State.LEFT_OVER;
      task.link = link.state() == Link.State.REMOVED ? again(link) : link;
      return;
    }
    if (!link.isLive()) {
      task.over = true;
      return;
    }
    try {
      Link after = removed(link);
      keep(List.of(new Kept(after, List.of())), List.of(task));
      boolean makeAnew = moved && after.state() == Link.State.REMOVED && !task.over;
      task.over = !makeAnew;
      if (makeAnew) {
        store.mark(joined.name(), task.key.kind(), List.of(task.key.id()));
        task.over = true;
      }
    } catch (Fault fault) {
      task.fail(fault);
    }
  }

  private static boolean isOfAnother(Ours ours, Link link) {
    return link.isLive() && ours.customer() != null && !link.customer().isEmpty()
        && !ours.customer().equals(link.customer());
  }

  private Link removed(Link link) {
    if (!joined.crm().can(link.kind(), Ability.REMOVE)) {
      return link.in(Link.State.LEFT_OVER);
    }
    work(() -> {
      joined.crm().as(RemoveRecords.class, link.kind())
          .remove(link.kind(), link.theirs(), "It was of another customer.");
      return true;
    });
    return link.in(Link.State.REMOVED);
  }

  /** A link whose record was taken away begins anew, under a ref of its own. */
  private static Link again(Link link) {
    int tilde = link.ref().lastIndexOf('~');
    // their record may have carried anything
    boolean counted = tilde > 0 && link.ref().substring(tilde + 1).matches("\\d{1,6}");
    int n = counted ? Integer.parseInt(link.ref().substring(tilde + 1)) + 1 : 1;
    return new Link(
        link.kind(), link.ours(), link.ours() + "~" + n, "", "", new TreeMap<>(), "", Link.State.LIVE, link.rev());
  }

  /** Whatever is of a customer waits until the customer is there. */
  private void customers(RecordKind kind, List<Task> tasks) {
    if (kind == RecordKind.CUSTOMER) {
      return;
    }
    Set<String> whose = new HashSet<>();
    for (Task task : tasks) {
      if (!task.over && task.ours != null) {
        if (task.ours.customer() == null) {
          task.over = true;
        } else {
          whose.add(task.ours.customer());
        }
      }
    }
    Map<String, Link> links = store.links(joined.name(), RecordKind.CUSTOMER, whose);
    Set<String> missing = new HashSet<>();
    for (Task task : tasks) {
      if (!task.over && task.ours != null) {
        Link of = links.get(task.ours.customer());
        if (of != null && of.isLive()) {
          waiting.remove(task.item.id());
          task.customer = of.theirs();
        } else if (of != null) {
          task.over = true;
        } else {
          missing.add(task.ours.customer());
          task.fail(waits(task));
        }
      }
    }
    store.mark(joined.name(), RecordKind.CUSTOMER, missing);
  }

  /** A moment, as often as it takes; after a minute it counts, so that what never comes ends as a letter. */
  private Fault waits(Task task) {
    boolean comes = joined.flows(RecordKind.CUSTOMER) && joined.crm().can(RecordKind.CUSTOMER, Ability.WRITE);
    if (!comes) {
      return new Fault.Refused(
          "Its customer does not stand there, and customers are not written to '%s': let them flow too.".formatted(joined.name()));
    }
    long since = waiting.computeIfAbsent(task.item.id(), any -> clock.nanos());
    if (clock.nanos() - since < LONGEST_WAIT.toNanos()) {
      return new Fault.Busy("Its customer is written first.", SOON);
    }
    waiting.remove(task.item.id());
    return new Fault.Unreachable("Its customer could not be written there: look at the customer's own letter.", null);
  }

  private void lookAtTheirs(RecordKind kind, List<Task> tasks) {
    if (!joined.crm().can(kind, Ability.READ)) {
      return;
    }
    ReadRecords reads = joined.crm().as(ReadRecords.class, kind);
    // what a person edited in a field that only we write is seen by nothing but a look
    boolean always = !joined.crm().as(WriteRecords.class, kind).conditional(kind) || joined.mapping(kind).writesOnly();
    List<Task> known = new ArrayList<>();
    for (Task task : tasks) {
      if (!task.over) {
        Link link = task.link;
        boolean linked = link != null && !link.theirs().isEmpty();
        if (link != null && linked && (always || task.item.inDoubt() || link.version().isEmpty())) {
          known.add(task);
        } else if (!linked && (task.item.inDoubt() || task.item.attempt() > 1)) {
          task.theirs = work(() -> reads.findByRef(kind, task.ref())).orElse(null);
        }
      }
    }
    for (int from = 0; from < known.size(); from += reads.mostRead()) {
      read(reads, kind, known.subList(from, Math.min(known.size(), from + reads.mostRead())));
    }
  }

  private void read(ReadRecords reads, RecordKind kind, List<Task> tasks) {
    List<String> ids = tasks.stream().map(task -> link(task).theirs()).toList();
    Map<String, CrmRecord> found =
        work(() -> reads.read(kind, ids)).stream()
            .collect(Collectors.toMap(CrmRecord::id, record -> record, (first, second) -> first));
    for (Task task : tasks) {
      CrmRecord record = found.get(link(task).theirs());
      if (record != null && record.state() == CrmRecord.State.LIVE) {
        task.theirs = record;
      } else {
        receive.take(record == null ? CrmRecord.deleted(kind, link(task).theirs(), "", 0) : record);
        task.over = true;
      }
    }
  }

  private static Link link(Task task) {
    if (task.link == null) {
      throw new Fault.Bug("A record without a link was taken for one with it.", null);
    }
    return task.link;
  }

  private void plan(Task task) {
    try {
      task.plan = planned(task);
      ThreeWay plan = task.plan;
      if (!plan.here().isEmpty() && task.theirs != null) {
        // theirs goes first, in a transaction of its own; ours is marked anew by it
        receive.takeFresh(task.key.kind(), task.theirs.id());
        task.fail(new Fault.Busy("What was changed there is taken over first.", Duration.ZERO));
        return;
      }
      boolean nothing = plan.there().isEmpty() && task.link != null && plan.agreed().equals(task.link.agreed())
          && (task.theirs == null || task.theirs.version().equals(task.link.version()));
      // a record of which we may write nothing is theirs to make
      boolean theirsAlone = theirId(task) == null && plan.there().isEmpty();
      task.over |= nothing || theirsAlone;
    } catch (Fault fault) {
      task.fail(fault);
    }
  }

  private ThreeWay planned(Task task) {
    Mapping mapping = joined.mapping(task.key.kind());
    Ours ours = task.ours;
    if (ours == null) {
      throw new Fault.Bug("A record that we do not have was to be sent.", null);
    }
    SortedMap<String, Value> here = mapping.here(ours);
    if (!task.customer.isEmpty() && mapping.rules().stream().anyMatch(rule -> rule.ours().equals(CUSTOMER))) {
      here.put(CUSTOMER, new Value.Text(task.customer));
    }
    SortedMap<String, Value> agreed = task.link == null || task.link.theirs().isEmpty() ? null : task.link.agreed();
    CrmRecord theirs = task.theirs;
    SortedMap<String, Value> there =
        theirs != null ? mapping.here(theirs) : agreed == null ? new TreeMap<>() : agreed;
    boolean newer =
        agreed == null || theirs == null || theirs.changedAt() == 0 || ours.changedAt() >= theirs.changedAt();
    return ThreeWay.of(mapping.rules(), agreed, new Sides(here, there, newer));
  }

  private void write(RecordKind kind, List<Task> tasks) {
    List<Task> toWrite = new ArrayList<>();
    Map<Task, Written> written = new LinkedHashMap<>();
    for (Task task : tasks) {
      if (theirId(task) != null && plan(task, task.plan).there().isEmpty()) {
        written.put(task, new Written.Done(String.valueOf(theirId(task)), version(task), WriteRecords.Made.NO));
      } else {
        toWrite.add(task);
      }
    }
    WriteRecords writes = joined.crm().as(WriteRecords.class, kind);
    for (int from = 0; from < toWrite.size(); from += writes.mostWritten()) {
      List<Task> part = toWrite.subList(from, Math.min(toWrite.size(), from + writes.mostWritten()));
      written.putAll(write(writes, kind, part));
    }
    settle(written);
  }

  private Map<Task, Written> write(WriteRecords writes, RecordKind kind, List<Task> tasks) {
    Mapping mapping = joined.mapping(kind);
    Map<Task, Written> written = new LinkedHashMap<>();
    List<Task> sent = new ArrayList<>();
    List<Write> requests = new ArrayList<>();
    for (Task task : tasks) {
      try {
        requests.add(
            new Write(
                task.ref(), theirId(task), version(task), task.item.idempotencyKey(),
                mapping.there(plan(task, task.plan).there())));
        sent.add(task);
      } catch (Fault unwritable) {
        task.fail(unwritable);
      }
    }
    if (sent.isEmpty()) {
      return written;
    }
    try {
      List<Written> outcome = work(() -> writes.write(kind, requests));
      for (int i = 0; i < sent.size(); i++) {
        written.put(sent.get(i), outcome.get(i));
      }
    } catch (Fault whole) {
      sent.forEach(task -> task.fail(whole));
    }
    return written;
  }

  private static ThreeWay plan(Task task, @Nullable ThreeWay plan) {
    if (plan == null) {
      throw new Fault.Bug("A record was to be written that nobody looked at: " + task.key.text(), null);
    }
    return plan;
  }

  private static @Nullable String theirId(Task task) {
    return task.theirs != null
        ? task.theirs.id()
        : task.link == null || task.link.theirs().isEmpty() ? null : task.link.theirs();
  }

  private static String version(Task task) {
    return task.theirs != null ? task.theirs.version() : task.link == null ? "" : task.link.version();
  }

  private void settle(Map<Task, Written> written) {
    List<Kept> kept = new ArrayList<>();
    List<Task> done = new ArrayList<>();
    written.forEach(
        (task, outcome) -> {
          switch (outcome) {
            case Written.Done stands -> {
              kept.add(new Kept(linked(task, stands), clashes(task)));
              done.add(task);
            }
            case Written.Stale _ -> stale(task);
            case Written.Failed failed -> refused(task, failed.fault());
          }
        });
    keep(kept, done);
  }

  /** Somebody changed it there meanwhile: it is taken over at once, and ours is sent again. */
  private void stale(Task task) {
    try {
      receive.takeFresh(task.key.kind(), link(task).theirs());
      task.fail(new Fault.Busy("It was changed there at the same time.", Duration.ZERO));
    } catch (Fault fault) {
      task.fail(fault);
    }
  }

  /** It may be that the record is there no more: then there is nothing left to be written. */
  private void refused(Task task, Fault fault) {
    task.fail(fault);
    boolean mayBeGone = fault instanceof Fault.NotFound || fault instanceof Fault.Refused || fault instanceof Fault.BadRequest;
    if (mayBeGone && theirId(task) != null && joined.crm().can(task.key.kind(), Ability.READ)) {
      try {
        receive.takeFresh(task.key.kind(), String.valueOf(theirId(task)));
        Link now = store.links(joined.name(), task.key.kind(), List.of(task.key.id())).get(task.key.id());
        if (now != null && !now.isLive()) {
          task.fault = null;
        }
      } catch (Fault later) {
        task.fail(later);
      }
    }
  }

  private static List<Clash> clashes(Task task) {
    return task.plan == null ? List.of() : task.plan.clashes().stream().filter(clash -> !clash.ours()).toList();
  }

  private Link linked(Task task, Written.Done stands) {
    SortedMap<String, Value> agreed = plan(task, task.plan).agreed();
    String of = task.ours == null || task.ours.customer() == null ? "" : task.ours.customer();
    return new Link(
        task.key.kind(), task.key.id(), task.ref(), stands.id(), stands.version(), agreed, of, Link.State.LIVE,
        task.link == null ? 0 : task.link.rev());
  }

  private void keep(List<Kept> links, Collection<Task> tasks) {
    if (links.isEmpty()) {
      return;
    }
    Set<String> changed = store.keep(joined.name(), links, clock.micros());
    tasks.stream()
        .filter(task -> changed.contains(task.key.id()))
        .forEach(task -> task.fail(new Fault.OutcomeUnknown("It was taken over from there at the same time.", null)));
  }

  private <T> T work(java.util.function.Supplier<T> request) {
    return joined.gate().pass(CrmGate.For.WORK, TURN, request);
  }
}
