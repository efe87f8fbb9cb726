package io.cordboard.adapters.asterisk;

import io.cordboard.adapters.asterisk.AriRest.Answer;
import io.cordboard.adapters.asterisk.AriRest.Ask;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.OutsideDialling;
import io.cordboard.spi.telephony.OutsideOrder;
import io.cordboard.spi.telephony.TestCaller.TestCall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes channels: towards an agent's device, a number outside, or a pretended caller towards a line of
 * ours. A number dialled here does not pass the dialplan: its rules for emergency numbers and other
 * countries are kept here too.
 */
final class Dialler {
  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final Pattern LINE = Pattern.compile("\\+?[0-9A-Za-z][0-9A-Za-z._-]{1,31}");
  private static final int LONGEST_NAME = 80;
  private static final int ARRIVES_WITHIN_SECONDS = 10;

  private final AsteriskConfig config;
  private final AriRest rest;
  private final Legs legs;
  private final Sounds sounds;

  /** A repeat must not ring anew when the first has ended meanwhile. */
  private final Remembered<Boolean> dialled = new Remembered<>();

  Dialler(AsteriskConfig config, AriRest rest, Legs legs, Sounds sounds) {
    this.config = config;
    this.rest = rest;
    this.legs = legs;
    this.sounds = sounds;
  }

  /** Whether this can be the id of a channel, a playback: such as can stand in an address. */
  static boolean isChannel(String id) {
    return CHANNEL.matcher(id).matches() && !id.chars().allMatch(c -> c == '.');
  }

  CompletionStage<@Nullable Void> dial(DialOrder order) {
    if (!isChannel(order.channel())) {
      throw new Fault.BadRequest("'" + Fault.excerpt(order.channel()) + "' is no channel id.");
    }
    if (config.agent(order.address()).isEmpty()) {
      throw new Fault.NotFound(
          "'%s' is no device of an agent on '%s'."
              .formatted(Fault.excerpt(order.address()), config.switchId()));
    }
    if (dialled.putIfAbsent(order.channel(), true) != null) {
      return CompletableFuture.completedFuture(null);
    }
    legs.dialled(order.channel());
    return sent(request(order), order.with()).handle(
        (answer, failed) -> {
          if (failed != null) {
            throw undone(order.channel(), Lanes.fault(failed));
          }
          // 409: an earlier run of ours has dialled it
          if (!answer.good() && answer.status() != 409) {
            throw undone(order.channel(), refusal(order, answer));
          }
          return null;
        });
  }

  /** Asked for with what the other leg speaks, while that leg is there. */
  private CompletionStage<Answer> sent(Ask ask, @Nullable LegKey with) {
    if (with == null || legs.find(with.channel()) == null) {
      return rest.send(ask);
    }
    return rest.send(ask.with("originator", with.channel()))
        // the other leg has just ended: whoever ordered this will hear of it
        .thenCompose(
            answer ->
                answer.status() == 400
                    ? rest.send(ask)
                    : CompletableFuture.completedFuture(answer));
  }

  /** Made first, {@code placed} then and dialled last, so that it is in its bridge while it rings. */
  CompletionStage<@Nullable Void> dialOutside(
      OutsideOrder order, Supplier<CompletionStage<@Nullable Void>> placed) {
    if (!isChannel(order.channel())) {
      throw new Fault.BadRequest("'" + Fault.excerpt(order.channel()) + "' is no channel id.");
    }
    String endpoint = endpoint(OutsideDialling.checkedNumber(order.number()));
    if (dialled.putIfAbsent(order.channel(), true) != null) {
      return CompletableFuture.completedFuture(null);
    }
    Legs.Leg leg = legs.dialledOutside(order.channel());
    Ask dial =
        Ask.post("/channels/" + AriRest.encode(order.channel()) + "/dial")
            .with("timeout", Integer.toString(Math.max(1, order.ringSeconds())));
    return made(order, endpoint)
        .thenCompose(made -> made.good() ? entered(leg) : CompletableFuture.completedFuture(true))
        .thenCompose(made -> placed.get())
        .thenCompose(there -> show(order))
        .thenCompose(shown -> rest.send(dial))
        .handle(
            (answer, failed) -> {
              if (failed != null) {
                rest.send(Ask.delete("/channels/" + AriRest.encode(order.channel())));
                throw undone(order.channel(), Lanes.fault(failed));
              }
              // 404, 409: it has ended meanwhile, or an earlier run of ours has dialled it
              if (!answer.good() && answer.status() != 404 && answer.status() != 409) {
                rest.send(Ask.delete("/channels/" + AriRest.encode(order.channel())));
                throw undone(order.channel(), answer.fault());
              }
              return null;
            });
  }

  /**
   * What the far end is shown, told once more: in its bridge the leg was given the identity of whoever is
   * there, which on the agent's own phone is the customer's.
   */
  private CompletionStage<@Nullable Void> show(OutsideOrder order) {
    CompletionStage<@Nullable Void> told = CompletableFuture.completedFuture(null);
    for (Map.Entry<String, String> one : identity(order).entrySet()) {
      Ask tell =
          Ask.post("/channels/" + AriRest.encode(order.channel()) + "/variable")
              .with("variable", one.getKey())
              .with("value", one.getValue());
      told = told.thenCompose(before -> rest.send(tell)).thenApply(answer -> null);
    }
    return told;
  }

  private static Map<String, String> identity(OutsideOrder order) {
    String shown = order.shownNumber();
    String digits = shown == null ? "" : shown.replaceAll("[^0-9+]", "");
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("CONNECTEDLINE(name,i)", "");
    if (digits.isEmpty()) {
      variables.put("CONNECTEDLINE(num,i)", "");
      variables.put("CONNECTEDLINE(pres,i)", "prohib");
    } else {
      variables.put("CONNECTEDLINE(num,i)", digits);
      variables.put("CALLERID(num)", digits);
    }
    return variables;
  }

  private static CompletionStage<Boolean> entered(Legs.Leg leg) {
    return leg.entered.copy().orTimeout(ARRIVES_WITHIN_SECONDS, TimeUnit.SECONDS);
  }

  private CompletionStage<Answer> made(OutsideOrder order, String endpoint) {
    return sent(creation(order, endpoint), order.with()).thenApply(
        answer -> {
          if (!answer.good() && answer.status() != 409) {
            throw answer.status() == 500 && answer.words().equals("Allocation failed")
                ? new Fault.Refused(
                    "The trunk " + config.outside().trunk() + " takes no call at the moment.")
                : answer.fault();
          }
          return answer;
        });
  }

  /** Emergency calls take the dialplan's own way: its number to show, its second trunk. */
  private String endpoint(String number) {
    AsteriskConfig.Outside rules = config.outside();
    if (rules.trunk().isEmpty()) {
      throw new Fault.Refused(
          "'%s' does not say what may be dialled outside: 'cordboard pbx down', then 'pbx up'."
              .formatted(config.switchId()));
    }
    if (rules.emergency().contains(number)) {
      return "Local/" + number + "@from-agent/n";
    }
    if (rules.abroad(number) && !rules.international()) {
      throw new Fault.Refused(
          "Calls to other countries are not allowed on '%s': 'pbx up --international yes' allows them."
              .formatted(config.switchId()));
    }
    return "PJSIP/" + number + "@" + rules.trunk();
  }

  private Ask creation(OutsideOrder order, String endpoint) {
    return Ask.post("/channels/create")
        .with("endpoint", endpoint)
        .with("app", config.ari().app())
        .with("appArgs", AriTranslator.OUTSIDE + "," + order.callId())
        .with("channelId", order.channel())
        .with(body(identity(order)));
  }

  /** Places the call; the channel at which it arrives follows. */
  CompletionStage<String> place(TestCall call) {
    if (!LINE.matcher(call.to()).matches()) {
      throw new Fault.BadRequest("'" + Fault.excerpt(call.to()) + "' is no line of ours.");
    }
    String say = call.say();
    CompletionStage<@Nullable String> sound =
        say == null || say.isBlank()
            ? CompletableFuture.completedFuture(null)
            : sounds.of(Sounds.guessed(say)).thenApply(name -> name);
    return sound
        .thenCompose(name -> rest.send(request(call, name)))
        .thenCompose(answer -> legs.arrival(answer.orThrow().json().text("protocol_id")))
        .toCompletableFuture()
        .orTimeout(ARRIVES_WITHIN_SECONDS, TimeUnit.SECONDS)
        .exceptionallyCompose(failed -> CompletableFuture.failedFuture(notArrived(failed)));
  }

  private Ask request(DialOrder order) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("PJSIP_HEADER(add,X-Cordboard-Call)", order.callId().toString());
    if (order.autoAnswer()) {
      variables.put("PJSIP_HEADER(add,X-Cordboard-Auto)", "1");
      variables.put("PJSIP_HEADER(add,Call-Info)", "<sip:cordboard>;answer-after=0");
      variables.put(
          "PJSIP_HEADER(add,Alert-Info)", "<sip:cordboard>;info=alert-autoanswer;delay=0");
    }
    return Ask.post("/channels")
        .with("endpoint", "PJSIP/" + order.address())
        .with("app", config.ari().app())
        .with("appArgs", AriTranslator.DIALLED + "," + order.callId())
        .with("channelId", order.channel())
        .with("callerId", callerId(order.callerName(), order.callerNumber()))
        .with("timeout", Integer.toString(Math.max(1, order.ringSeconds())))
        .with(body(variables));
  }

  private Ask request(TestCall call, @Nullable String sound) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("CB_SECONDS", Integer.toString(Math.clamp(call.seconds(), 1, 36_000)));
    if (sound != null) {
      variables.put("CB_SAY", sound);
    }
    return Ask.post("/channels")
        .with("endpoint", config.sip().callerEndpoint().replace("{did}", call.to()))
        .with("context", "cordboard-caller")
        .with("extension", "s")
        .with("priority", "1")
        .with("callerId", callerId(null, call.from()))
        .with("channelId", "caller-" + UUID.randomUUID())
        .with("timeout", "120")
        .with(body(variables));
  }

  private static String body(Map<String, String> variables) {
    return "{\"variables\":" + Json.object(variables) + "}";
  }

  /** {@code "Name" <number>}, with nothing in it that could mean anything else. */
  static String callerId(@Nullable String name, @Nullable String number) {
    String digits = number == null ? "" : number.replaceAll("[^0-9A-Za-z+*#]", "");
    String shown = digits.isEmpty() ? "anonymous" : digits;
    String clean = name == null ? "" : name.replaceAll("[\\p{Cntrl}\\p{Cf}\"\\\\<>]", " ").strip();
    if (clean.length() > LONGEST_NAME) {
      clean = clean.substring(0, clean.offsetByCodePoints(0, LONGEST_NAME / 2));
    }
    return clean.isEmpty() ? "<" + shown + ">" : "\"" + clean + "\" <" + shown + ">";
  }

  /** A device that nobody registered: Asterisk answers so at once. */
  private static Fault refusal(DialOrder order, Answer answer) {
    return answer.status() == 500 && answer.words().equals("Allocation failed")
        ? new Fault.Refused("The device " + order.address() + " is not registered: it cannot ring.")
        : answer.fault();
  }

  private Fault undone(String channel, Fault fault) {
    dialled.remove(channel);
    if (!(fault instanceof Fault.OutcomeUnknown)) {
      legs.ended(channel);
    }
    return fault;
  }

  private static Fault notArrived(Throwable failed) {
    Throwable cause = failed.getCause() == null ? failed : failed.getCause();
    return cause instanceof TimeoutException
        ? new Fault.OutcomeUnknown(
            "The test call was placed and did not arrive; see the dialplan's context"
                + " from-provider.",
            cause)
        : Lanes.fault(failed);
  }
}
