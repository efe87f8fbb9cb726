package io.cordboard.web.desk;

import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskCommand.AskSnapshot;
import io.cordboard.core.desk.DeskCommand.ReportQuality;
import io.cordboard.core.desk.DeskCommand.LeaveTeam;
import io.cordboard.core.desk.DeskCommand.TakeAudio;
import io.cordboard.core.desk.DeskCommand.WatchTeam;
import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.desk.DeskSchema;
import io.cordboard.core.desk.DeskSchema.Result;
import io.cordboard.core.desk.DeskSchema.ToServer;
import io.cordboard.core.desk.DeskSink;
import io.cordboard.core.desk.TeamDoor;
import io.cordboard.core.desk.TeamView;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.Permission;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.web.desk.Outbox.Figures;
import io.cordboard.web.guard.DialRight;
import io.cordboard.web.json.DeskJson;
import io.cordboard.web.problem.Denied;
import io.cordboard.web.problem.Problem;
import io.cordboard.web.problem.Problems;
import io.cordboard.web.session.Session;
import io.cordboard.web.session.Sessions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One open desk. */
final class DeskConnection {
  /** The session is over; the desk shows the sign-in page. */
  static final int SIGNED_OUT = 4401;

  static final int MAX_FRAME = 64 * 1024;
  private static final int POLICY = 1008;
  private static final long DEAD_NANOS = Duration.ofSeconds(5).toNanos();
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\\d{1,15})");

  private final Doors doors;
  private final String id;
  private final Session session;
  private final AgentId agent;
  private final Outbox outbox;
  private final CardTrail trail;
  private final CommandRate rate = new CommandRate();
  private final AtomicBoolean detached = new AtomicBoolean();
  private final Runnable ender = () -> close(SIGNED_OUT, "signed out");
  private final AtomicReference<@Nullable TeamView> team = new AtomicReference<>();
  private volatile long heardAt;

  DeskConnection(Doors doors, String id, Session session, Wire wire) {
    this.doors = doors;
    this.id = id;
    this.session = session;
    this.agent = session.user().id();
    this.outbox = new Outbox(wire, doors.figures(), this::detach);
    this.trail = new CardTrail(doors.audit(), session.principal());
    this.heardAt = doors.clock().nanos();
  }

  /** What all connections use. */
  record Doors(
      DeskDoor desk, TeamDoor team, Sessions sessions, Audit audit, DeskJson json, Clock clock, Figures figures) {}

  String id() {
    return id;
  }

  void open() {
    outbox.start("desk-" + id);
    session.onEnd(ender);
    try {
      doors.desk().attach(agent, id, new Sink());
    } catch (Fault fault) {
      close(POLICY, Problem.of(fault).type());
    }
  }

  private final class Sink implements DeskSink {
    @Override
    public void take(DeskMessage message) {
      outbox.put(() -> doors.json().write(trail.trace(message)));
    }

    @Override
    public void whenSent(Runnable then) {
      outbox.whenSent(then);
    }
  }

  /** A frame came. {@code text} is null when it was longer than {@link #MAX_FRAME}. */
  void receive(String head, @Nullable String text) {
    heard();
    if (!rate.allows(doors.clock().nanos())) {
      answer(
          idIn(head),
          Problem.of(new Fault.Busy("Too many commands at once.", Duration.ofSeconds(1))));
    } else if (text == null) {
      answer(
          idIn(head),
          Problem.of(
              Problem.Kind.TOO_LARGE, "A frame may have %d bytes at most.".formatted(MAX_FRAME)));
    } else {
      read(text);
    }
  }

  private void read(String text) {
    try {
      carryOut(doors.json().read(text));
    } catch (JacksonException unreadable) {
      answer(idIn(text), Problems.of(unreadable));
    }
  }

  private void carryOut(ToServer order) {
    if (session.ended()) {
      return;
    }
    if (isPersonsDoing(order.command())) {
      doors.sessions().used(session);
    }
    try {
      DialRight.check(session.principal(), order.command());
      (aboutTeam(order.command())
              ? team(order.command())
              : doors.desk().command(agent, id, order.command()))
          .whenComplete((done, fault) -> answer(order.id(), fault));
    } catch (RuntimeException fault) {
      answer(order.id(), fault);
    }
  }

  // a page sends these by itself
  private static boolean isPersonsDoing(DeskCommand command) {
    return !(command instanceof AskSnapshot
        || command instanceof TakeAudio
        || command instanceof ReportQuality
        || aboutTeam(command));
  }

  // ---- the team, for a supervisor --------------------------------------------------------------

  private static boolean aboutTeam(DeskCommand command) {
    return command instanceof WatchTeam || command instanceof LeaveTeam;
  }

  private CompletionStage<Void> team(DeskCommand command) {
    if (command instanceof WatchTeam) {
      if (!session.principal().may(Permission.SEE_TEAM)) {
        throw new Denied(Problem.Kind.FORBIDDEN, "Your role lacks SEE_TEAM; an administrator can grant it.");
      }
      doors.team().watch(id, this::show);
      if (detached.get()) {
        // it went away meanwhile, and left before it looked
        doors.team().leave(id);
      }
    } else {
      doors.team().leave(id);
    }
    return CompletableFuture.completedFuture(null);
  }

  /** One waits to be sent at most: a desk that is slow gets the newest. */
  private void show(TeamView view) {
    if (team.getAndSet(view) == null) {
      outbox.put(
          () -> {
            TeamView newest = team.getAndSet(null);
            return newest == null ? null : doors.json().write(newest);
          });
    }
  }

  private void answer(long order, @Nullable Throwable fault) {
    if (fault == null) {
      result(new Result(order, null));
    } else {
      answer(order, Problems.of(fault));
    }
  }

  private void answer(long order, Problem problem) {
    result(new Result(order, new DeskSchema.Problem(problem.type(), problem.detail())));
  }

  private void result(Result result) {
    outbox.put(() -> doors.json().write(result));
  }

  /** The id of a command that cannot be read, 0 when there is none to be seen. */
  private static long idIn(String text) {
    Matcher matcher = ID.matcher(text.substring(0, Math.min(text.length(), 200)));
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  /** The other side lives. */
  void heard() {
    heardAt = doors.clock().nanos();
  }

  /**
   * Called every two seconds: shows both sides that the other one lives.
   *
   * @param judges whether silence counts; it does not right after we stood still ourselves
   */
  void beat(boolean judges) {
    if (judges && doors.clock().nanos() - heardAt > DEAD_NANOS) {
      detach();
      close(Outbox.TRY_AGAIN, "nothing heard for five seconds");
    } else {
      outbox.beat(doors.json().heartbeat());
    }
  }

  void close(int code, String reason) {
    outbox.close(code, reason);
  }

  /** The socket is gone, or is given up. */
  void detach() {
    if (detached.compareAndSet(false, true)) {
      session.forget(ender);
      doors.team().leave(id);
      doors.desk().detach(agent, id);
      outbox.close(Outbox.TRY_AGAIN, "gone");
    }
  }
}
