package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.AnswerRules.Body;
import io.cordboard.adapters.rest.AnswerRules.Meaning;
import io.cordboard.adapters.rest.AnswerRules.Rule;
import io.cordboard.adapters.rest.WritePlan.Batch;
import io.cordboard.adapters.rest.WritePlan.Unsure;
import io.cordboard.adapters.rest.expression.Expression;
import io.cordboard.adapters.rest.expression.Scope;
import io.cordboard.adapters.rest.expression.Texts;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.WriteRecords.Made;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes many records with one request; each of them gets a verdict of its own. */
final class BatchWriter {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final String system;
  private final Sender sender;

  BatchWriter(String system, Sender sender) {
    this.system = system;
    this.sender = sender;
  }

  List<Written> write(KindPlan kind, WritePlan plan, Batch batch, List<Write> writes) {
    List<Written> all = new ArrayList<>();
    for (int from = 0; from < writes.size(); from += batch.most()) {
      List<Write> some = writes.subList(from, Math.min(writes.size(), from + batch.most()));
      try {
        all.addAll(together(kind, plan, batch, some));
      } catch (Fault fault) {
        if (all.isEmpty() && some.size() == writes.size()) {
          throw fault;
        }
        some.forEach(each -> all.add(new Written.Failed(fault)));
      }
    }
    return all;
  }

  private List<Written> together(KindPlan kind, WritePlan plan, Batch batch, List<Write> writes) {
    @Nullable Written[] verdicts = new Written[writes.size()];
    List<Object> items = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      try {
        Object item = batch.item().value(Scope.of(Map.of("ours", Writer.ours(kind, writes.get(i)))));
        if (item != null) {
          items.add(item);
          places.add(i);
        }
      } catch (Fault wrong) {
        verdicts[i] = new Written.Failed(wrong);
      }
    }
    if (!items.isEmpty()) {
      List<Written> told = asked(plan, batch, writes, items, places);
      for (int i = 0; i < places.size(); i++) {
        verdicts[places.get(i)] = told.get(i);
      }
    }
    List<Written> all = new ArrayList<>();
    for (Written verdict : verdicts) {
      all.add(verdict == null ? new Written.Failed(new Fault.BadRequest("Nothing is sent for this record.")) : verdict);
    }
    return all;
  }

  private List<Written> asked(WritePlan plan, Batch batch, List<Write> writes, List<Object> items, List<Integer> places) {
    Sender.Answered answer;
    try {
      answer = sender.change(batch.request(), new HashMap<>(Map.of("items", items)));
    } catch (Fault.OutcomeUnknown unknown) {
      throw plan.unsure() == Unsure.REPEAT ? new Fault.Unreachable(unknown.getMessage(), unknown) : unknown;
    }
    List<Object> results = answer.meaning() == Meaning.OK ? results(batch, answer) : null;
    if (results == null || (batch.ref() == null && results.size() != items.size())) {
      throw unsure(plan, "'%s' answered %d writes without a verdict on each: %s"
          .formatted(system, items.size(), answer.words()));
    }
    List<Written> told = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Write write = writes.get(places.get(i));
      Object result = batch.ref() == null ? results.get(i) : named(batch.ref(), results, answer, write.ref());
      told.add(result == null
          ? new Written.Failed(unsure(plan, "'%s' gave no verdict on this record.".formatted(system)))
          : verdict(plan, batch, answer.scope().with("item", result), write));
    }
    return told;
  }

  private static @Nullable List<Object> results(Batch batch, Sender.Answered answer) {
    try {
      return batch.results().of(answer.scope());
    } catch (Fault.Refused unreadable) {
      return null;
    }
  }

  private static @Nullable Object named(Expression ref, List<Object> results, Sender.Answered answer, String wanted) {
    for (Object result : results) {
      if (wanted.equals(Texts.filled(ref.value(answer.scope().with("item", result))))) {
        return result;
      }
    }
    return null;
  }

  private Written verdict(WritePlan plan, Batch batch, Scope scope, Write write) {
    Rule rule = batch.each().fitting(status(scope), Body.JSON, scope);
    Meaning meaning = rule == null ? Meaning.REFUSED : rule.is();
    String words = rule == null ? "" : String.valueOf(Writer.text(rule.message(), scope));
    return switch (meaning) {
      case OK -> done(plan, batch, scope, write);
      case STALE -> new Written.Stale();
      case NOT_FOUND -> failed(new Fault.NotFound("'%s' has no such record any more.".formatted(system)));
      case SLOW_DOWN -> failed(new Fault.Busy(
          "'%s' asks us to come more slowly.".formatted(system), pause(rule, scope)));
      case RETRY -> failed(rule != null && rule.nothingDone()
          ? new Fault.Unreachable("'%s' cannot do it at the moment.".formatted(system), null)
          : unsure(plan, "'%s' cannot do it at the moment.".formatted(system)));
      case REAUTH -> failed(new Fault.AuthLapsed("'%s' does not accept our login.".formatted(system)));
      default -> failed(new Fault.Refused("'%s' refused: %s".formatted(system, Fault.excerpt(words))));
    };
  }

  private static int status(Scope scope) {
    Object item = scope.names().get("item");
    var status = item instanceof Map<?, ?> map ? Texts.number(map.get("status")) : null;
    return status == null ? 0 : status.intValue();
  }

  private static Duration pause(@Nullable Rule rule, Scope scope) {
    Duration asked = rule == null ? null : AnswerRules.pause(rule, scope);
    return asked == null ? PAUSE : asked;
  }

  private Written done(WritePlan plan, Batch batch, Scope scope, Write write) {
    String id = Writer.text(batch.give().id(), scope);
    String version = Writer.text(batch.give().version(), scope);
    if (id == null && write.id() == null) {
      return failed(unsure(plan, "'%s' told no id of the record that it made.".formatted(system)));
    }
    return new Written.Done(
        id == null ? String.valueOf(write.id()) : id, version == null ? "" : version,
        Writer.made(batch.give(), scope, write.id() == null ? Made.UNKNOWN : Made.NO));
  }

  private static Written failed(Fault fault) {
    return new Written.Failed(fault);
  }

  private static Fault unsure(WritePlan plan, String words) {
    return plan.unsure() == Unsure.REPEAT ? new Fault.Unreachable(words, null) : new Fault.OutcomeUnknown(words, null);
  }
}
