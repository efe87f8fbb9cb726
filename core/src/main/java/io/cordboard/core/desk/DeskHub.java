package io.cordboard.core.desk;

import io.cordboard.core.desk.DeskMessage.Caption;
import io.cordboard.core.desk.DeskMessage.Me;
import io.cordboard.core.desk.DeskMessage.QueueLoad;
import io.cordboard.core.desk.DeskMessage.TaskLoad;
import io.cordboard.core.profile.Card;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The numbered view of each agent and who looks at it. What has not changed is not told again. Used on
 * the ledger's thread only.
 */
public final class DeskHub {
  private static final int CAPTIONS = 200;

  private final Clock clock;
  private final Map<AgentId, View> views = new HashMap<>();

  public DeskHub(Clock clock) {
    this.clock = clock;
  }

  private static final class View {
    private long seq;
    private @Nullable Me me;
    private List<QueueLoad> queues = List.of();
    private TaskLoad tasks = TaskLoad.NONE;
    private final Map<String, CallView> calls = new LinkedHashMap<>();
    private final Map<String, Card> cards = new HashMap<>();
    private final Map<String, List<Caption>> captions = new HashMap<>();
    private final Map<String, DeskSink> sinks = new LinkedHashMap<>();

    private void send(DeskMessage message) {
      sinks.values().forEach(sink -> sink.take(message));
    }
  }

  /** The connection looks from now on; it gets the whole view first. */
  public void attach(AgentId agent, String connection, DeskSink sink) {
    view(agent).sinks.put(connection, sink);
    snapshot(agent, connection);
  }

  public void detach(AgentId agent, String connection) {
    view(agent).sinks.remove(connection);
  }

  /** The whole view once more, for this connection. */
  public void snapshot(AgentId agent, String connection) {
    View view = view(agent);
    DeskSink sink = view.sinks.get(connection);
    Me me = view.me;
    if (sink == null || me == null) {
      return;
    }
    Map<String, List<Caption>> captions = new HashMap<>();
    view.captions.forEach((call, lines) -> captions.put(call, List.copyOf(lines)));
    sink.take(
        new DeskMessage.Snapshot(
            view.seq, connection, clock.now(), me, List.copyOf(view.calls.values()),
            Map.copyOf(view.cards), view.queues, captions, view.tasks));
  }

  public void me(AgentId agent, Me me) {
    View view = view(agent);
    if (!me.equals(view.me)) {
      view.me = me;
      view.send(new DeskMessage.MeChanged(++view.seq, me));
    }
  }

  /** Shows the call; finished calls make room for one that rings. */
  public void call(AgentId agent, CallView call, @Nullable Card card) {
    View view = view(agent);
    boolean sameCall = call.equals(view.calls.get(call.callId()));
    boolean sameCard = card == null || card.equals(view.cards.get(call.callId()));
    if (sameCall && sameCard) {
      return;
    }
    view.calls.put(call.callId(), call);
    if (card != null) {
      view.cards.put(call.callId(), card);
    }
    view.send(new DeskMessage.CallChanged(++view.seq, call, sameCard ? null : card));
    // after it: a page that shows the one never shows none in between
    if (call.phase() == CallView.Phase.RINGING) {
      List<String> done =
          view.calls.values().stream()
              .filter(other -> other.phase() == CallView.Phase.DONE)
              .map(CallView::callId)
              .toList();
      done.forEach(id -> gone(agent, id));
    }
  }

  public void gone(AgentId agent, String callId) {
    View view = view(agent);
    if (view.calls.remove(callId) != null) {
      view.cards.remove(callId);
      view.captions.remove(callId);
      view.send(new DeskMessage.CallGone(++view.seq, callId));
    }
  }

  /** The calls that the agent sees. */
  public List<CallView> calls(AgentId agent) {
    return List.copyOf(view(agent).calls.values());
  }

  /** Whether the agent sees this call. */
  public boolean shows(AgentId agent, String callId) {
    return view(agent).calls.containsKey(callId);
  }

  /** The call as the agent sees it. */
  public @Nullable CallView shown(AgentId agent, String callId) {
    return view(agent).calls.get(callId);
  }

  public void queues(AgentId agent, List<QueueLoad> queues) {
    View view = view(agent);
    if (!queues.equals(view.queues)) {
      view.queues = queues;
      view.send(new DeskMessage.QueuesChanged(++view.seq, queues));
    }
  }

  public void tasks(AgentId agent, TaskLoad tasks) {
    View view = view(agent);
    if (!tasks.equals(view.tasks)) {
      view.tasks = tasks;
      view.send(new DeskMessage.TasksChanged(++view.seq, tasks));
    }
  }

  public void caption(AgentId agent, String callId, Caption caption) {
    View view = view(agent);
    List<Caption> lines = view.captions.computeIfAbsent(callId, id -> new ArrayList<>());
    if (lines.size() < CAPTIONS) {
      lines.add(caption);
      view.send(new DeskMessage.Captioned(++view.seq, callId, caption));
    }
  }

  public void notice(AgentId agent, String code, @Nullable String value) {
    View view = view(agent);
    view.send(new DeskMessage.Notice(++view.seq, code, value));
  }

  /** Runs this when all that was told is on its way to every desk of the agent; see {@link DeskSink}. */
  public void whenSent(AgentId agent, Runnable then) {
    List<DeskSink> sinks = List.copyOf(view(agent).sinks.values());
    AtomicInteger left = new AtomicInteger(sinks.size());
    sinks.forEach(
        sink ->
            sink.whenSent(
                () -> {
                  if (left.decrementAndGet() == 0) {
                    then.run();
                  }
                }));
    if (sinks.isEmpty()) {
      then.run();
    }
  }

  private View view(AgentId agent) {
    return views.computeIfAbsent(agent, id -> new View());
  }
}
