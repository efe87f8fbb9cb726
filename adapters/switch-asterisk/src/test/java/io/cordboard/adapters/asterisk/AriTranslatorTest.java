package io.cordboard.adapters.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.AnnouncementEnded;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.TransferAsked;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSignal.Unknown;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AriTranslatorTest {
  @Test
  void aWholeCallIsToldInItsOrderAndWithoutItsNoise() {
    List<CallEvent> events = new Wire("leg-1").events("whole-call");
    String customer = events.getFirst().leg().channel();

    assertThat(names(events, customer))
        .containsExactly(
            "LegArrived", "LegAnswered", "AnnouncementEnded", "LegJoined", "LegLeft", "LegEnded");
    assertThat(names(events, "leg-1"))
        .containsExactly(
            "LegRinging",
            "LegAnswered",
            "LegJoined",
            "DigitPressed",
            "LegHeld",
            "TransferAsked",
            "LegLeft",
            "LegEnded");
    assertThat(Wire.lines("whole-call")).hasSizeGreaterThan(4 * events.size());
  }

  @Test
  void aLegEndsOnceThoughItsEndIsToldTwice() {
    List<CallEvent> events = new Wire("leg-1").events("whole-call");
    assertThat(Wire.lines("whole-call"))
        .filteredOn(line -> text(line).matches(".*\"(StasisEnd|ChannelDestroyed)\".*"))
        .hasSize(3);
    assertThat(events).filteredOn(LegEnded.class::isInstance).hasSize(2);
  }

  @Test
  void whoEndedALegIsToldWithTheCausesThatAreKnown() {
    assertThat(end(new Wire(), "caller-gives-up")).isEqualTo(new EndCause(Side.FAR, 16, 487, ""));
    assertThat(end(new Wire("leg-2"), "rings-out"))
        .isEqualTo(new EndCause(Side.SWITCH, 19, 480, "User alerting, no answer"));
    assertThat(end(new Wire("dev"), "devices-and-decline"))
        .isEqualTo(new EndCause(Side.FAR, 17, 486, ""));
  }

  @Test
  void aHangUpThatWeOrderedIsOursAndAnyOtherSoftOneTheSwitchs() {
    EndCause ours = new EndCause(Side.US, 19, 0, "No answer");
    Wire wire = new Wire("leg-3");
    wire.legs.dialled("leg-3").ordered = ours;
    assertThat(end(wire, "withdrawn")).isEqualTo(ours);
    assertThat(end(new Wire("leg-3"), "withdrawn").side()).isEqualTo(Side.SWITCH);
  }

  @Test
  void anAnnouncementIsWholeUnlessItWasCut() {
    assertThat(announcement("whole-call").whole()).isTrue();
    assertThat(announcement("hang-up-in-announcement").whole()).isFalse();
  }

  @Test
  void aTransferIsAskedForOnceAndNewsOfItAreNoWish() {
    assertThat(new Wire("leg-1").events("whole-call"))
        .filteredOn(TransferAsked.class::isInstance)
        .singleElement()
        .satisfies(
            asked -> {
              assertThat(((TransferAsked) asked).target()).isEqualTo("1005");
              assertThat(((TransferAsked) asked).replaces()).isNull();
            });
  }

  @Test
  void theEndsOfATransferByAsteriskAreNoNewCalls() {
    List<SwitchSignal> told = new Wire().told("transfer-by-asterisk");
    assertThat(told).isNotEmpty().allMatch(Unknown.class::isInstance);
  }

  @Test
  void claimsAreTakenFromTheHeadersOfTheInvite() {
    LegArrived arrived = (LegArrived) new Wire().events("withheld-and-diverted").getFirst();
    assertThat(arrived.claims().trunk()).isEqualTo("provider");
    assertThat(arrived.claims().from()).isEqualTo("+8613800138000");
    assertThat(arrived.claims().asserted()).isEqualTo("+8613800138000");
    assertThat(arrived.claims().requestLine()).isEqualTo("4008001234");
    assertThat(arrived.claims().to()).isEqualTo("4008001234");
    assertThat(arrived.claims().calledParty()).isEqualTo("4008001234");
    assertThat(arrived.claims().diversion()).containsExactly("4008009999");
    assertThat(arrived.claims().history()).containsExactly("4008009999", "4008001234");
    assertThat(arrived.claims().withheld()).isFalse();
    assertThat(arrived.sipCallId()).isEqualTo("e57bc6a4-5bc4-49b8-bf7f-1b7e7425d714");
  }

  @Test
  void aLegToldAgainIsTheSameToTheLastField() {
    byte[] start = Wire.lines("whole-call").getFirst();
    Wire wire = new Wire();
    assertThat(wire.one(start)).isNotNull().isEqualTo(wire.one(start));
  }

  @Test
  void eventsOfChannelsThatAreNotOursAreDropped() {
    assertThat(new Wire().events("rings-out")).isEmpty();
    assertThat(new Wire().events("withdrawn")).isEmpty();
  }

  @Test
  void anEventThatNobodyKnowsIsHandedOverWithItsText() {
    String event = "{\"type\":\"ChannelSings\",\"timestamp\":\"2026-11-26T11:38:36.000+0000\"}";
    assertThat(new Wire().told(event.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Unknown("asterisk", "ChannelSings", event));
  }

  @Test
  void noNoiseIsToldAndNoNewsIsTakenForNoise() {
    for (String file : List.of("whole-call", "devices-and-decline", "hang-up-in-announcement")) {
      for (byte[] line : Wire.lines(file)) {
        AriEvent event = AriEvent.read(line);
        assertThat(event).isNotNull();
        assertThat(AriEvent.isNoise(line)).isEqualTo(AriEvent.NOISE.contains(event.type));
      }
    }
  }

  @Test
  void brokenEventsAreHandedOverAndNeverThrown() {
    for (String broken :
        List.of(
            "",
            "null",
            "[]",
            "{}",
            "{\"type\":{}}",
            "{\"type\":\"StasisStart\"",
            "{\"type\":\"StasisStart\"}x",
            "[".repeat(100_000),
            "{\"type\":\"StasisStart\",\"channel\":" + "[".repeat(5000) + "]".repeat(5000) + "}",
            "\u0000\u0001")) {
      assertThat(new Wire().told(broken.getBytes(StandardCharsets.UTF_8)))
          .as(broken.length() > 60 ? broken.substring(0, 60) : broken)
          .isInstanceOf(Unknown.class);
    }
  }

  @Test
  void eventsWithBytesChangedAtRandomNeverThrow() {
    Random random = new Random(42);
    List<byte[]> lines = Wire.lines("whole-call");
    for (int i = 0; i < 20_000; i++) {
      byte[] line = lines.get(random.nextInt(lines.size())).clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        line[random.nextInt(line.length)] = (byte) random.nextInt(256);
      }
      byte[] cut = random.nextInt(3) == 0 ? Arrays.copyOf(line, random.nextInt(line.length)) : line;
      new Wire("leg-1").one(cut);
    }
  }

  private static AnnouncementEnded announcement(String file) {
    return (AnnouncementEnded)
        new Wire()
            .events(file).stream()
                .filter(AnnouncementEnded.class::isInstance)
                .findFirst()
                .orElseThrow();
  }

  private static EndCause end(Wire wire, String file) {
    return wire.events(file).stream()
        .filter(LegEnded.class::isInstance)
        .map(event -> ((LegEnded) event).cause())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(List<CallEvent> events, String channel) {
    return events.stream()
        .filter(event -> event.leg().channel().equals(channel))
        .map(event -> event.getClass().getSimpleName())
        .toList();
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }
}
