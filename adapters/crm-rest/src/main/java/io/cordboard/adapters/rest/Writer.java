package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.AnswerRules.Meaning;
import io.cordboard.adapters.rest.WritePlan.Action;
import io.cordboard.adapters.rest.WritePlan.Give;
import io.cordboard.adapters.rest.WritePlan.Unsure;
import io.cordboard.adapters.rest.WritePlan.Way;
import io.cordboard.adapters.rest.expression.Expression;
import io.cordboard.adapters.rest.expression.Scope;
import io.cordboard.adapters.rest.expression.Texts;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.WriteRecords.Made;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes and changes single records. */
final class Writer {
  private final String system;
  private final Sender sender;
  private final Finder finder;

  Writer(String system, Sender sender, Finder finder) {
    this.system = system;
    this.sender = sender;
    this.finder = finder;
  }

  List<Written> write(KindPlan kind, WritePlan plan, List<Write> writes) {
    List<Written> all = new ArrayList<>();
    for (Write write : writes) {
      try {
        all.add(one(kind, plan, write));
      } catch (Fault.AuthLapsed | Fault.Busy | Fault.Unreachable whole) {
        if (all.isEmpty()) {
          throw whole;
        }
        // the others would meet the same; nothing of them was sent
        while (all.size() < writes.size()) {
          all.add(new Written.Failed(whole));
        }
        return all;
      } catch (Fault fault) {
        all.add(new Written.Failed(fault));
      }
    }
    return all;
  }

  private Written one(KindPlan kind, WritePlan plan, Write write) {
    Map<String, Object> ours = ours(kind, write);
    if (plan.way() == Way.NATIVE && plan.upsert() != null && !(write.id() != null && plan.update() != null)) {
      return done(kind, plan, plan.upsert(), ours, write, Made.UNKNOWN);
    }
    if (write.id() != null) {
      if (plan.update() == null) {
        throw new Fault.BadRequest(
            "'%s' makes records of kind '%s' and changes none.".formatted(system, kind.kind().word()));
      }
      return done(kind, plan, plan.update(), ours, write, Made.NO);
    }
    if (kind.find().containsKey("ref")) {
      Optional<CrmRecord> there = finder.byRef(kind, write.ref());
      if (there.isPresent()) {
        return again(kind, plan, write, there.get());
      }
    }
    if (plan.create() == null) {
      throw new Fault.BadRequest(
          "'%s' makes no records of kind '%s' singly.".formatted(system, kind.kind().word()));
    }
    return done(kind, plan, plan.create(), ours, write, Made.YES);
  }

  // one with our id is there already: made by an attempt of which nobody knew
  private Written again(KindPlan kind, WritePlan plan, Write write, CrmRecord there) {
    if (plan.update() == null) {
      return new Written.Done(there.id(), there.version(), Made.NO);
    }
    Write known = new Write(write.ref(), there.id(), null, write.operation(), write.fields());
    return done(kind, plan, plan.update(), ours(kind, known), known, Made.NO);
  }

  /** A write as formulas see it. */
  static Map<String, Object> ours(KindPlan kind, Write write) {
    Map<String, Object> ours = new HashMap<>();
    ours.put("ref", write.ref());
    ours.put("operation", write.operation());
    ours.put("fields", kind.row().sent(write.fields()));
    if (write.id() != null) {
      ours.put("id", write.id());
    }
    if (write.version() != null && !write.version().isEmpty()) {
      ours.put("version", write.version());
    }
    return ours;
  }

  private Written done(
      KindPlan kind, WritePlan plan, Action action, Map<String, Object> ours, Write write, Made usual) {
    Map<String, Object> names = new HashMap<>();
    names.put("ours", ours);
    Map<String, Object> steps = new HashMap<>();
    Sender.Answered last = null;
    for (WritePlan.Step step : action.steps()) {
      names.put("step", Map.copyOf(steps));
      if (step.when() != null && !step.when().holds(Scope.of(names))) {
        continue;
      }
      Sender.Answered answer = sent(plan, step, names, steps.keySet().isEmpty() ? null : String.join(", ", steps.keySet()));
      if (answer.meaning() == Meaning.STALE) {
        return new Written.Stale();
      }
      if (answer.meaning() != Meaning.OK) {
        throw noSuccess(kind, write, answer);
      }
      Map<String, Object> seen = answer.scope().names();
      steps.put(step.as(), Map.of("http", seen.getOrDefault("http", Map.of()), "body", seen.getOrDefault("body", Map.of())));
      last = answer;
    }
    if (last == null) {
      throw new Fault.BadRequest("No step of the write applies to this record: look at its 'when'.");
    }
    Scope told = last.scope().with("step", Map.copyOf(steps));
    return given(plan, action.give(), told, write.id(), usual);
  }

  private Sender.Answered sent(WritePlan plan, WritePlan.Step step, Map<String, Object> names, @Nullable String before) {
    try {
      return step.request().method().equals("GET")
          ? sender.ask(step.request(), names, sender.usual())
          : sender.change(step.request(), names);
    } catch (Fault.OutcomeUnknown unknown) {
      throw unsure(plan, unknown);
    } catch (Fault.Busy | Fault.Unreachable | Fault.AuthLapsed later) {
      throw before == null || plan.unsure() == Unsure.REPEAT ? later : halfDone(before, step, later);
    } catch (Fault.Refused | Fault.BadRequest no) {
      throw before == null ? no : new Fault.Refused(
          "%s The steps before it were done: %s.".formatted(no.getMessage(), before));
    }
  }

  private Fault halfDone(String before, WritePlan.Step step, Fault cause) {
    return new Fault.OutcomeUnknown(
        "'%s' did the steps %s and not '%s': %s".formatted(system, before, step.as(), cause.getMessage()), cause);
  }

  // where a repetition does no harm, a lost answer leaves no doubt that matters
  private static Fault unsure(WritePlan plan, Fault.OutcomeUnknown unknown) {
    return plan.unsure() == Unsure.REPEAT ? new Fault.Unreachable(unknown.getMessage(), unknown) : unknown;
  }

  private Fault noSuccess(KindPlan kind, Write write, Sender.Answered answer) {
    return switch (answer.meaning()) {
      case NOT_FOUND -> new Fault.NotFound("'%s' has no record '%s' of kind '%s' any more."
          .formatted(system, Fault.excerpt(String.valueOf(write.id())), kind.kind().word()));
      case AMBIGUOUS -> new Fault.Refused("'%s' has several records that fit, and wrote none: %s"
          .formatted(system, answer.words()));
      default -> new Fault.OutcomeUnknown("'%s' answered a write with '%s': %s"
          .formatted(system, answer.meaning().word(), answer.words()), null);
    };
  }

  private Written given(WritePlan plan, Give give, Scope told, @Nullable String known, Made usual) {
    String id = text(give.id(), told);
    if (id == null && known == null) {
      throw unsure(plan, new Fault.OutcomeUnknown(
          "'%s' told no id of the record that it made: look at 'give.id'.".formatted(system), null));
    }
    String version = text(give.version(), told);
    return new Written.Done(id == null ? String.valueOf(known) : id, version == null ? "" : version, made(give, told, usual));
  }

  static @Nullable String text(@Nullable Expression expression, Scope scope) {
    return expression == null ? null : Texts.filled(expression.value(scope));
  }

  static Made made(Give give, Scope told, Made usual) {
    if (give.made() == null) {
      return usual;
    }
    Object made = give.made().value(told);
    return made instanceof Boolean yes ? yes ? Made.YES : Made.NO : Made.UNKNOWN;
  }
}
