package io.cordboard.adapters.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.SwitchRecords.Outcome;
import io.cordboard.spi.telephony.SwitchRecords.OwnCall;
import io.cordboard.spi.telephony.SwitchRecords.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of {@code cel-custom/Master.csv}: lines as Asterisk 22 wrote them. */
final class RecordFileTest {
  private static final String NASTY = "\"\"Li, \\\"\"Lei\\\"\" 😀\"\"";

  @TempDir Path directory;
  private Path file;
  private final Set<String> live = new HashSet<>();
  private RecordFile records;
  private long at = 1_795_764_414L;

  @BeforeEach
  void start() throws IOException {
    file = directory.resolve("Master.csv");
    Files.writeString(file, line("CHAN_START", "1.0", "PJSIP/provider-0000", ""));
    records = new RecordFile(file, () -> live);
  }

  private String line(String type, String call, String channel, String extra) {
    at++;
    String linked = call.contains("/") ? call.substring(call.indexOf('/') + 1) : call;
    String own = call.contains("/") ? call.substring(0, call.indexOf('/')) : call;
    return "\"%s\",\"%d.000001\",\"cb-x-%s\",\"cb-x-%s\",\"%s\",\"+8613800138000\",\"s\",\"c\",\"\",\"%s\"\n"
        .formatted(type, at, own, linked, channel, extra);
  }

  private void writes(String... lines) throws IOException {
    for (String one : lines) {
      Files.writeString(file, one, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
    }
  }

  private String unserved(String call) {
    return line(
        "UNSERVED", call, "PJSIP/provider-00a1",
        "{\"\"extra\"\":\"\"PRES=allowed&DIALLED=4008001234&CALLID=sip-1&FROM=%22Li%2C%20%5C%22Lei%20%F0%9F%98%80%22%20%3Csip%3A%2B8613800138000%40x%3E&TO=%3Csip%3A4008001234%40x%3E&HIST\"\"}");
  }

  private String hangup(String call) {
    return line(
        "HANGUP", call, "PJSIP/provider-00a1",
        "{\"\"hangupcause\"\":16,\"\"hangupsource\"\":\"\"PJSIP/provider-00a1\"\",\"\"dialstatus\"\":\"\"\"\"}");
  }

  private String mark(String type, String call, String text) {
    return line(type, call, "PJSIP/provider-00a1", "{\"\"extra\"\":\"\"" + text + "\"\"}");
  }

  private String enters(String call, String channel) {
    return line("BRIDGE_ENTER", call, channel, "{\"\"bridge_id\"\":\"\"b1\"\"}");
  }

  private String begins() {
    return Objects.requireNonNull(records.read(null)).next();
  }

  @Test
  void theFirstTimeNothingOfThePastIsTold() throws IOException {
    writes(unserved("2.0"), hangup("2.0"));
    Page first = records.read(null);
    assertThat(first.calls()).isEmpty();
    assertThat(records.read(first.next()).calls()).isEmpty();
  }

  @Test
  void anAnsweredCallHasItsTimesItsPhoneAndItsRecording() throws IOException {
    String from = begins();
    writes(
        unserved("2.0"), mark("FALLBACK", "2.0", "cb-care"),
        mark("FALLBACK_RECORDS", "2.0", "fallback-cbx2_0"),
        line("CHAN_START", "3.0/2.0", "PJSIP/1001-00b2", ""), enters("3.0/2.0", "PJSIP/1001-00b2"),
        enters("2.0", "PJSIP/provider-00a1"), hangup("2.0"));
    OwnCall call = records.read(from).calls().getFirst();
    assertThat(call.channel()).isEqualTo("cb-x-2.0");
    assertThat(call.outcome()).isEqualTo(Outcome.ANSWERED);
    assertThat(call.device()).isEqualTo("1001");
    assertThat(call.recording()).isEqualTo("fallback-cbx2_0");
    assertThat(call.sipCallId()).isEqualTo("sip-1");
    assertThat(call.answeredAt() - call.arrivedAt()).isEqualTo(5_000_000);
    assertThat(call.endedAt() - call.answeredAt()).isEqualTo(1_000_000);
    assertThat(call.cause().side()).isEqualTo(EndCause.Side.FAR);
    assertThat(call.cause().q850()).isEqualTo(16);
    assertThat(Objects.requireNonNull(call.claims()).from()).isEqualTo("+8613800138000");
    assertThat(call.claims().displayName()).isEqualTo("Li, \"Lei 😀");
    assertThat(call.claims().requestLine()).isEqualTo("4008001234");
    assertThat(call.claims().trunk()).isEqualTo("provider");
  }

  @Test
  void whoGaveUpWhoFoundNobodyAndWhoCameOutOfHoursAreToldApart() throws IOException {
    String from = begins();
    writes(
        unserved("2.0"), hangup("2.0"),
        unserved("3.0"), mark("FALLBACK", "3.0", "q"), mark("FALLBACK_ENDS", "3.0", "JOINEMPTY"), hangup("3.0"),
        unserved("4.0"), mark("FALLBACK_ENDS", "4.0", "CLOSED"), hangup("4.0"),
        unserved("5.0"), mark("FALLBACK_ENDS", "5.0", "NOLINE"), hangup("5.0"));
    assertThat(records.read(from).calls().stream().map(OwnCall::outcome))
        .containsExactly(Outcome.ABANDONED, Outcome.MISSED, Outcome.CLOSED, Outcome.NO_LINE);
  }

  @Test
  void callsThatTheServerHadAreNotTold() throws IOException {
    String from = begins();
    writes(line("CHAN_START", "2.0", "PJSIP/provider-00a1", ""), hangup("2.0"));
    Page page = records.read(from);
    assertThat(page.calls()).isEmpty();
    assertThat(page.next()).isNotEqualTo(from);
  }

  @Test
  void aCallThatGoesOnIsToldWhenItIsOverAndOthersAreNotForgottenMeanwhile() throws IOException {
    String from = begins();
    live.add("cb-x-3.0");
    writes(unserved("2.0"), hangup("2.0"), unserved("3.0"), unserved("4.0"), hangup("4.0"));
    Page page = records.read(from);
    assertThat(page.calls()).hasSize(2);
    assertThat(page.goesOn()).isEqualTo(1);
    writes(hangup("3.0"));
    live.clear();
    assertThat(records.read(page.next()).calls().stream().map(OwnCall::channel))
        .contains("cb-x-3.0");
  }

  @Test
  void aCallWhoseAsteriskDiedIsCutAtItsLastSignAfterASecondLook() throws IOException {
    String from = begins();
    writes(unserved("2.0"), mark("FALLBACK", "2.0", "q"));
    Page first = records.read(from);
    assertThat(first.calls()).as("its end may be written in a moment").isEmpty();
    OwnCall cut = records.read(first.next()).calls().getFirst();
    assertThat(cut.cause()).isEqualTo(EndCause.switchRestart());
    assertThat(cut.endedAt() - cut.arrivedAt()).isEqualTo(1_000_000);
  }

  @Test
  void aLineThatIsBeingWrittenWaitsForItsEnd() throws IOException {
    String from = begins();
    String end = hangup("2.0");
    writes(unserved("2.0"), end.substring(0, 40));
    live.add("cb-x-2.0");
    Page page = records.read(from);
    assertThat(page.calls()).isEmpty();
    assertThat(page.unreadable()).isZero();
    writes(end.substring(40));
    assertThat(records.read(page.next()).calls()).hasSize(1);
  }

  @Test
  void hostileLinesAreCountedAndSpoilNothing() throws IOException {
    String from = begins();
    writes(
        "\n", "no quotes,1,2\n", "\"UNSERVED\",\"1795764414.000001\",\"a\n", "\"a\"\"\n", "\u0000\u0001\n",
        "\"UNSERVED\",\"not a time\",\"x\",\"x\",\"n\",\"c\",\"e\",\"c\",\"\",\"\"\n",
        "\"UNSERVED\",\"1795764414.000001\",\"x y;rm\",\"x\",\"n\",\"c\",\"e\",\"c\",\"\",\"\"\n",
        "\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\",\"k\",\"l\"\n",
        line("UNSERVED", "6.0", NASTY, "{broken"), hangup("6.0"),
        mark("FALLBACK_RECORDS", "6.0", "../../etc/passwd"),
        "\"" + "x".repeat(70_000) + "\"\n",
        unserved("2.0"), hangup("2.0"));
    Page page = records.read(from);
    assertThat(page.unreadable()).isEqualTo(8);
    assertThat(page.calls()).hasSize(2);
    assertThat(page.calls().getFirst().recording()).isNull();
    assertThat(page.calls().getLast().channel()).isEqualTo("cb-x-2.0");
  }

  @Test
  void aRotatedFileIsReadToItsEndAndTheNewOneAfterIt() throws IOException {
    String from = begins();
    writes(unserved("2.0"), hangup("2.0"), unserved("3.0"));
    Files.move(file, directory.resolve("Master.csv.1"));
    writes(hangup("3.0"), unserved("4.0"), hangup("4.0"));
    Page page = records.read(from);
    assertThat(page.calls().stream().map(OwnCall::channel))
        .containsExactly("cb-x-2.0", "cb-x-3.0", "cb-x-4.0");
    assertThat(records.read(page.next()).calls()).isEmpty();
    writes(unserved("5.0"), hangup("5.0"));
    assertThat(records.read(page.next()).calls()).hasSize(1);
  }

  @Test
  void theFirstRecordEverIsReadFromItsBeginning() throws IOException {
    Files.delete(file);
    String from = begins();
    assertThat(records.read(from).calls()).isEmpty();
    writes(unserved("2.0"), hangup("2.0"));
    assertThat(records.read(from).calls()).hasSize(1);
  }

  @Test
  void aPositionOfSomebodyElseIsRefused() {
    assertThatThrownBy(() -> records.read("../../x:1")).isInstanceOf(Fault.BadRequest.class);
    assertThat(List.of(records.read("0123456789abcdef:99999999").calls())).hasSize(1);
  }
}
